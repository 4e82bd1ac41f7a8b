// A monitoring return on its page, and as a file of figures.
#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/typography.hpp"
#include "work/funding/monitoring_return.hpp"
#include "work/funding/pages.hpp"

namespace wardmote::funding {

namespace {

using access::Act;
using access::Need;

const record::Description &what() {
    return record::description<Return>();
}

/// As it was submitted, or, while it is being written, as the lines and the plan are now.
std::vector<ReturnFigure> figures_of(db::Transaction &tx, const record::Stored &stored,
                                     core::Date today) {
    const auto value = record::typed<Return>(stored).value;
    const bool sent = value.state == ReturnState::submitted || value.state == ReturnState::accepted;
    return sent ? submitted_figures(tx, stored.id)
                : prefilled(tx, value.grant->text(), parse_stored_quarter(value.quarter).value(),
                            today);
}

web::Response csv(const site::Site &site, const web::Request &request, core::Date today) {
    const auto &visit = site::visit_of(request);
    return site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto stored = find(site, tx, request, what());
        if (!stored || !access::may(visit.person, Act::download, what(), *stored)) {
            return missing(what());
        }
        std::string lines =
            core::csv_line(std::vector<std::string>{"name", "words", "pence", "source"});
        for (const auto &figure : figures_of(tx, *stored, today)) {
            lines += core::csv_line(std::vector<std::string>{
                figure.name, figure.words,
                figure.amount ? std::to_string(figure.amount->pence()) : std::string{},
                figure.source});
        }
        site.note(request, "export", what().table, stored->id);
        const auto quarter = record::typed<Return>(*stored).value.quarter;
        return web::download(fmt::format("return-{}.csv", quarter), "text/csv; charset=utf-8",
                             std::move(lines));
    });
}

} // namespace

html::Html parts_of_return(db::Transaction &tx, const access::Visit &visit,
                           const record::Stored &stored, core::Date today) {
    const auto value = record::typed<Return>(stored).value;
    const bool sent = value.state == ReturnState::submitted || value.state == ReturnState::accepted;
    html::DataTable table{.caption =
                              sent ? "As it was submitted" : "As the lines and the plan say today",
                          .columns = {{.heading = "What", .label = "What"},
                                      {.heading = "It says", .label = "It says", .numeric = true},
                                      {.heading = "From", .label = "From"}}};
    for (const auto &figure : figures_of(tx, stored, today)) {
        table.rows.push_back({.cells = {figure.name, figure.words, figure.source}});
    }
    html::Html all = heading("Figures") + html::data_table(table);
    const auto quarter = parse_stored_quarter(value.quarter).value();
    if (!sent && must_explain(tx, value.grant->text(), quarter)) {
        all += html::inset_text(
            {.text = "Spend to date is 5% or more below an even share of the year's budget: say "
                     "why before it goes to finance."});
    }
    if (access::may(visit.person, Act::download, what(), stored)) {
        all += html::format(R"(<p class="govuk-body">{}</p>)",
                            html::link({"Download the figures (CSV)",
                                        fmt::format("{}/{}/return.csv", what().path, stored.id)}));
    }
    return all + step_forms(visit, what(), stored, return_lifecycle());
}

void add_return_pages(site::Site &site) {
    site.router().get("/monitoring-returns/:id/return.csv", Need::to(Act::download, what().table),
                      [&site](const web::Request &request) {
                          return csv(site, request, site.today(site::visit_of(request)));
                      });
    add_step_route(site, what(), return_lifecycle(),
                   [&site](db::Transaction &tx, const std::string &id, const std::string &verb,
                           law::Roles roles, const std::string &reason, const web::Request &) {
                       return step_return(site.keeper(), tx, id, verb, roles, reason);
                   });
}

} // namespace wardmote::funding
