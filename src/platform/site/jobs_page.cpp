#include "engine/core/text.hpp"
#include "platform/html/table.hpp"
#include "platform/jobs/overview.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/pages.hpp"

namespace wardmote::site {

namespace {

using access::Act;
using access::Need;
using html::Html;
using jobs::State;
using web::Request;
using web::Response;

std::string when(const std::string &iso) {
    const auto at = core::Instant::parse(iso);
    return at ? at->text() : iso;
}

Html counts(const std::map<State, std::int64_t> &all) {
    html::SummaryList list;
    for (const auto &[state, words] : {std::pair{State::waiting, "Waiting"},
                                       {State::running, "Running"},
                                       {State::done, "Done in the last 30 days"},
                                       {State::dead, "Given up"}}) {
        html::SummaryRow row;
        row.key = words;
        row.value = core::number(all.at(state));
        list.rows.push_back(std::move(row));
    }
    return html::summary_list(list);
}

Html dead_letters(const Site &site, const Request &request,
                  const std::vector<jobs::Listed> &letters) {
    if (letters.empty()) {
        return paragraph("No job has been given up.");
    }
    const bool may_act = site.may_pass(visit_of(request), Need::to(Act::administer, "job"));
    html::DataTable table{.caption = "Jobs given up, latest first",
                          .columns = {{.heading = "What", .label = "What"},
                                      {.heading = "Given up", .label = "Given up"},
                                      {.heading = "Attempts", .label = "Attempts", .numeric = true},
                                      {.heading = "Why", .label = "Why"},
                                      {.heading = "", .label = ""}}};
    for (const auto &letter : letters) {
        Html buttons;
        if (may_act) {
            for (const auto &[part, words] :
                 {std::pair{"/replay", "Try again"}, {"/discard", "Discard"}}) {
                buttons += html::post_button(
                    {.action = "/administration/jobs/" + letter.id + part,
                     .csrf = request.csrf,
                     .text =
                         html::format(R"({}<span class="govuk-visually-hidden"> {} of {}</span>)",
                                      words, letter.kind, when(letter.created)),
                     .as_link = true});
            }
        }
        table.rows.push_back(
            {{letter.kind, when(letter.finished.value_or(letter.created)),
              core::number(std::int64_t{letter.attempts}), letter.error, std::move(buttons)}});
    }
    return html::data_table(table);
}

Response show(const Site &site, const Request &request) {
    html::Page page;
    page.title = "Jobs";
    page.section = "/administration";
    page.breadcrumbs = {{"Home", "/"}, {"Administration", "/administration"}};
    page.content =
        heading(page.title) + paragraph("What the site does in the background: messages, "
                                        "reminders, upkeep. A job that keeps failing is given up "
                                        "and stays here until somebody decides.");
    site.database().read(visit_of(request).scope(), [&](db::Transaction &tx) {
        page.content +=
            counts(jobs::counts(tx)) + dead_letters(site, request, jobs::list(tx, State::dead));
    });
    return site.page(request, std::move(page));
}

/// replay() or discard()
using Decision = bool (*)(db::Transaction &, db::Ledger &, const core::Clock &, std::string_view);

web::Handler deciding(const Site &site, Decision decide, const char *done_words) {
    return [&site, decide, done_words](const Request &request) {
        const bool was_there =
            site.database().write(visit_of(request).scope(), [&](db::Transaction &tx) {
                return decide(tx, site.keeper().ledger(), site.clock(), request.parameter("id"));
            });
        return was_there ? site.done(request, "/administration/jobs", done_words)
                         : web::not_found("No job of that number has been given up.");
    };
}

} // namespace

void add_jobs_page(Site &site) {
    auto &router = site.router();
    router.get("/administration/jobs", Need::to(Act::view, "job"),
               [&site](const Request &request) { return show(site, request); });
    router.post("/administration/jobs/:id/replay", Need::to(Act::administer, "job"),
                deciding(site, jobs::replay, "The job will be tried again"));
    router.post("/administration/jobs/:id/discard", Need::to(Act::administer, "job"),
                deciding(site, jobs::discard, "The job is discarded"));
}

} // namespace wardmote::site
