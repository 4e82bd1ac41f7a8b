#include "work/plan/asking.hpp"

#include <fmt/format.h>

#include "platform/access/ticket.hpp"
#include "platform/jobs/job.hpp"
#include "platform/jobs/schedule.hpp"
#include "platform/site/messages.hpp"
#include "work/plan/plan.hpp"
#include "work/plan/year.hpp"

namespace wardmote::plan {

namespace {

constexpr const char *ask_kind = "plan-progress";
constexpr const char *form_path = "/answer/";

site::Letter letter_to(const Unanswered &one, std::string token, bool again) {
    return {.name = one.name,
            .email = one.email,
            .subject = fmt::format("{}How does “{}” stand?", again ? "Reminder: " : "", one.title),
            .text = fmt::format(
                "You lead action {} of the partnership's plan: “{}”.\n\nSay how it stood in {}: "
                "three taps and a sentence, in less than a minute, without signing in:\n\n{{link}}"
                "\n\nThe link is yours alone, opens only this form and works for {} days.",
                one.ref, one.title, one.quarter, link_lasts.count()),
            .path = form_path,
            .token = std::move(token)};
}

void ask_and_remind(const site::Site &site, db::Transaction &tx) {
    const auto is_example =
        tx.first("select example from tenant where id = :tenant", {{"tenant", tx.tenant()}});
    if (!is_example || is_example->integer("example") != 0) {
        return; // nobody reads the mail of an example
    }
    const auto now = site.clock().now();
    write_to(site, tx, ask(site.keeper(), tx, last_quarter(now.london_date())), false);
    write_to(site, tx, remind(site.keeper(), tx, now.plus(-std::chrono::days{days_to_answer})),
             true);
}

} // namespace

std::vector<Asked> write_to(const site::Site &site, db::Transaction &tx,
                            const std::vector<Unanswered> &all, bool again) {
    const access::Tickets tickets{site.keeper()};
    std::vector<Asked> asked;
    for (const auto &one : all) {
        auto token = tickets.issue(
            tx,
            {.purpose = access::Purpose::progress, .person = one.person, .secret = one.progress},
            link_lasts);
        asked.push_back({one, form_path + token});
        site::post(tx, site.keeper(), site.queue(), site.settings(),
                   letter_to(one, std::move(token), again));
    }
    return asked;
}

void add_jobs(const site::Site &site, jobs::Handlers &handlers) {
    handlers.in_transaction(
        ask_kind, [&site](db::Transaction &tx, const jobs::Job &) { ask_and_remind(site, tx); });
}

std::vector<jobs::Schedule> schedules() {
    return {{.name = ask_kind, .kind = ask_kind, .recurrence = jobs::Recurrence::daily(7, 30)}};
}

} // namespace wardmote::plan
