#include "platform/site/home_page.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/looks.hpp"
#include "platform/html/home.hpp"
#include "platform/html/record_parts.hpp"
#include "platform/record/references.hpp"
#include "platform/site/record_kind.hpp"
#include "platform/site/site.hpp"

namespace wardmote::site {

namespace {

constexpr std::size_t most_due = 12;
constexpr std::size_t most_changes = 8;
constexpr std::int64_t most_changes_read = 200; // a record changed often counts once

std::string day_words(core::Date date) {
    static constexpr const char *names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                            "Thursday", "Friday", "Saturday"};
    return fmt::format("Today, {} {}", names[date.weekday()], date.text());
}

/// The clocks that it is time to speak of, nearest first.
std::vector<html::Clock> clocks_of(std::vector<Due> all, core::Date today) {
    std::erase_if(all, [today](const Due &due) {
        return core::days_between(today, due.on) > due.shown_before;
    });
    std::ranges::stable_sort(all, {}, &Due::on);
    std::vector<html::Clock> clocks;
    for (const auto &due : all) {
        clocks.push_back(clock_of(due, today));
    }
    return clocks;
}

std::string_view done_to_it(std::string_view act) {
    return act == "create"    ? "added"
           : act == "remove"  ? "removed"
           : act == "restore" ? "restored"
                              : "changed";
}

/// What others changed since this person last looked before signing in, as far as they may know.
void add_changes(const Site &site, db::Transaction &tx, const access::Visit &visit, Home &home) {
    const auto since = access::last_look(tx, visit.person.id, visit.began.iso());
    if (!since) {
        return;
    }
    const auto kinds = visible_kinds(site, visit);
    const record::StoredReferences references{tx, site.keeper().keys(), kinds};
    for (const auto &change :
         access::changed_by_others(tx, visit.person.id, *since, most_changes_read)) {
        const auto reference = references.find(change.kind, change.record);
        const auto *what = site.kind(change.kind);
        const auto at = core::Instant::parse(change.at);
        if (!reference || what == nullptr || !at) {
            continue;
        }
        home.changed.push_back(
            {.what = {reference->title, reference->href},
             .after = fmt::format("{} {}", what->one, done_to_it(change.act)),
             .below = fmt::format("{}, {}", access::name_of(tx, change.person), at->text())});
        if (home.changed.size() == most_changes) {
            return;
        }
    }
}

web::Response answer(const Site &site, const web::Request &request) {
    const auto &visit = visit_of(request);
    auto home = site.gathered(visit);
    site.database().read(visit.scope(),
                         [&](db::Transaction &tx) { add_changes(site, tx, visit, home); });
    const auto today = site.today(visit);
    html::Clocks due{.items = clocks_of(std::move(home.due), today),
                     .empty = "Nothing that you hold has a date. Clocks appear here as soon as one "
                              "starts: deadlines, reviews, answers that the law gives days for."};
    if (const auto all = due.items.size(); all > most_due && request.query("due") != "all") {
        due.items.resize(most_due);
        due.all = {fmt::format("All {} clocks I hold", all), "/?due=all"};
    }
    std::vector<html::HomeItem> waiting;
    for (auto &one : home.waiting) {
        waiting.push_back(std::move(one.item));
    }
    html::Page page{.title = "Home", .section = "/"};
    page.content =
        html::page_head({.title = day_words(today),
                         .note = fmt::format("{}, {}", visit.person.name, visit.tenant_name)});
    page.content += html::clocks(due);
    page.content += html::home_lists({{.id = "waiting",
                                       .heading = "Waiting for me",
                                       .items = std::move(waiting),
                                       .empty = "Nobody waits for an answer from you."},
                                      {.id = "changed",
                                       .heading = "Changed since I looked",
                                       .items = std::move(home.changed),
                                       .empty = "Nothing has changed."}});
    if (!home.figures.empty()) {
        page.content += html::home_figures({.heading = "This month",
                                            .all = {"All measures", "/evidence"},
                                            .figures = std::move(home.figures)});
    }
    return site.page(request, std::move(page));
}

} // namespace

void add_home_page(Site &site) {
    site.router().get("/", access::Need::signed_in(),
                      [&site](const web::Request &request) { return answer(site, request); });
}

} // namespace wardmote::site
