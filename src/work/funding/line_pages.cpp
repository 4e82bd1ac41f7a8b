// The months of a line: forecast, spend and commitments in one grid, added up by the server.
#include <algorithm>

#include <fmt/format.h>

#include "platform/html/form_page.hpp"
#include "work/funding/pages.hpp"

namespace wardmote::funding {

namespace {

using access::Act;
using access::Need;

struct Column {
    const char *key, *words;
    std::optional<core::Money> MonthMoney::*money;
};
constexpr Column columns[] = {{"forecast", "Forecast", &MonthMoney::forecast},
                              {"actual", "Spent", &MonthMoney::actual},
                              {"committed", "Committed", &MonthMoney::committed}};

const record::Description &what() {
    return record::description<Line>();
}

std::string input_name(core::Month month, const Column &column) {
    return fmt::format("{}-{}", column.key, month.iso());
}

core::Money budget_of(db::Transaction &tx, const record::Stored &stored, core::FinancialYear year) {
    for (const auto &line : lines_of(tx, record::typed<Line>(stored).value.grant->text())) {
        if (line.id == stored.id && line.budget.contains(year)) {
            return line.budget.at(year);
        }
    }
    return {};
}

html::Html totals(const YearTotals &sums, core::FinancialYear year) {
    html::DataTable table{.caption = fmt::format("All of {}", year.name())};
    html::DataRow row{.cells = {year.name()}};
    table.columns = {{.heading = "Year", .label = "Year"}};
    for (const auto &[words, amount] : {std::pair{"Budget", sums.budget},
                                        {"Forecast", sums.forecast},
                                        {"Spent", sums.actual},
                                        {"Committed", sums.committed},
                                        {"Outturn", sums.outturn},
                                        {"Left of the budget", sums.variance()}}) {
        table.columns.push_back({.heading = words, .label = words, .numeric = true});
        row.cells.push_back(amount.text());
    }
    table.rows.push_back(std::move(row));
    return html::data_table(table) +
           paragraph("Outturn is what was spent in the months that have it, and the forecast of "
                     "the others.");
}

core::FinancialYear year_of(const web::Request &request, core::Date today) {
    const auto asked = core::FinancialYear::parse(request.query("year").value_or(""));
    return asked.value_or(core::FinancialYear::containing(core::Month{today}));
}

html::Html grid(const web::Request &request, const Months &months, core::FinancialYear year,
                const record::Problems &problems) {
    html::DataTable table{.caption = "Pounds for each month"};
    table.columns = {{.heading = "Month", .label = "Month"}};
    for (const auto &column : columns) {
        table.columns.push_back({.heading = column.words, .label = column.words});
    }
    const bool again = request.method == "POST";
    for (const auto month : year.period().each()) {
        html::DataRow row{.cells = {month.text()}};
        const auto kept = months.find(month);
        for (const auto &column : columns) {
            const auto name = input_name(month, column);
            const bool wrong = std::ranges::any_of(
                problems, [&](const record::Problem &problem) { return problem.field == name; });
            const auto value = again                  ? request.value(name).value_or("")
                               : kept == months.end() ? std::string{}
                                                      : typed(kept->second.*column.money);
            row.cells.push_back(money_input(
                name, fmt::format("{}, {}, in pounds", column.words, month.text()), value, wrong));
        }
        table.rows.push_back(std::move(row));
    }
    return html::data_table(table);
}

web::Response page(const site::Site &site, const web::Request &request, db::Transaction &tx,
                   const record::Stored &stored, core::FinancialYear year,
                   const record::Problems &problems) {
    const auto line = record::typed<Line>(stored).value;
    const auto months = months_of(tx, stored.id, year.period());
    const auto address = fmt::format("{}/{}", what().path, stored.id);
    const auto of = [&](core::FinancialYear other) {
        return fmt::format("{}/months?year={}", address, other.name());
    };
    auto content = html::format(R"(<p class="govuk-body">{}, {}</p>)",
                                html::link({(year - 1).name(), of(year - 1)}),
                                html::link({(year + 1).name(), of(year + 1)})) +
                   totals(totals_of(months, year, budget_of(tx, stored, year)), year) +
                   html::form({.action = of(year),
                               .csrf = site::csrf(request),
                               .fields = grid(request, months, year, problems),
                               .button = "Save the months",
                               .cancel = {"Cancel", address}});
    auto whole = page_of(fmt::format("{}: months of {}", line.title, year.name()),
                         std::move(content), {{line.title, address}});
    whole.errors = error_lines(problems);
    return site.page(request, std::move(whole), problems.empty() ? 200 : 422);
}

web::Response save(const site::Site &site, const web::Request &request, core::Date today) {
    const auto &visit = site::visit_of(request);
    const auto year = year_of(request, today);
    record::Problems problems;
    Months months;
    for (const auto month : year.period().each()) {
        MonthMoney money;
        for (const auto &column : columns) {
            money.*column.money =
                read_money(request, input_name(month, column),
                           fmt::format("{} of {}", column.words, month.text()), problems);
        }
        months.emplace(month, money);
    }
    return site.database().write(visit.scope(), [&](db::Transaction &tx) {
        const auto stored = find(site, tx, request, what());
        if (!stored) {
            return missing(what());
        }
        if (!problems.empty()) {
            return page(site, request, tx, *stored, year, problems);
        }
        set_months(tx, site.keeper().ledger(), stored->id, months);
        return site.done(request,
                         fmt::format("{}/{}/months?year={}", what().path, stored->id, year.name()),
                         fmt::format("The months of {} are saved", year.name()));
    });
}

} // namespace

html::Html months_of_line(db::Transaction &tx, const access::Visit &visit,
                          const record::Stored &stored, core::Date today) {
    const auto year = core::FinancialYear::containing(core::Month{today});
    auto all = heading("Money") + totals(totals_of(months_of(tx, stored.id, year.period()), year,
                                                   budget_of(tx, stored, year)),
                                         year);
    if (access::may_somewhere(visit.person, Act::edit, "line_month")) {
        all += html::format(
            R"(<ul class="govuk-list"><li>{}</li><li>{}</li></ul>)",
            html::link({fmt::format("Forecast and spend by month, {}", year.name()),
                        fmt::format("{}/{}/months?year={}", what().path, stored.id, year.name())}),
            html::link(
                {"Ask to move money from this line",
                 fmt::format("/virements/new?from_line={}&year={}", stored.id, year.name())}));
    }
    return all;
}

void add_line_pages(site::Site &site) {
    const auto need = Need::to(Act::edit, "line_month");
    site.router().get("/grant-lines/:id/months", need, [&site](const web::Request &request) {
        return site.database().read(site::visit_of(request).scope(), [&](db::Transaction &tx) {
            const auto stored = find(site, tx, request, what());
            return stored ? page(site, request, tx, *stored,
                                 year_of(request, site.today(site::visit_of(request))), {})
                          : missing(what());
        });
    });
    site.router().post("/grant-lines/:id/months", need, [&site](const web::Request &request) {
        return save(site, request, site.today(site::visit_of(request)));
    });
}

} // namespace wardmote::funding
