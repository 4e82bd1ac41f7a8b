// A grant on its page: its money, lines, payments and returns; and the form of its money.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/typography.hpp"
#include "work/funding/monitoring_return.hpp"
#include "work/funding/pages.hpp"

namespace wardmote::funding {

namespace {

using access::Act;
using access::Need;

const record::Description &what() {
    return record::description<Grant>();
}

/// The years that a grant can pay for: from its agreement, or the one before its end, to its end.
std::vector<core::FinancialYear> years_of(const Grant &grant, const MoneyByYear &amounts) {
    std::set<core::FinancialYear> years;
    const auto last = core::FinancialYear::containing(core::Month{grant.ends});
    const auto first =
        grant.agreed_on ? core::FinancialYear::containing(core::Month{*grant.agreed_on}) : last;
    constexpr int most = 10; // wider than any grant: a slip of the keyboard makes no long form
    for (auto year = std::max(first, last - most); year <= last; year = year + 1) {
        years.insert(year);
    }
    for (const auto &[year, amount] : amounts) {
        years.insert(year);
    }
    return {years.begin(), years.end()};
}

std::string input_name(std::string_view line, core::FinancialYear year) {
    return fmt::format("{}-{}", line.empty() ? "grant" : line, year.name());
}

html::Html money_form(const web::Request &request, const record::Stored &stored,
                      const std::vector<LineMoney> &lines, const MoneyByYear &amounts,
                      const record::Problems &problems) {
    const auto years = years_of(record::typed<Grant>(stored).value, amounts);
    const bool again = request.method == "POST";
    const auto input = [&](std::string_view line, const std::string &label,
                           core::FinancialYear year, const MoneyByYear &money) {
        const auto name = input_name(line, year);
        const auto kept = money.contains(year) ? typed(money.at(year)) : std::string{};
        const bool wrong = std::ranges::any_of(
            problems, [&](const record::Problem &problem) { return problem.field == name; });
        return money_input(name, fmt::format("{}, {}, in pounds", label, year.name()),
                           again ? request.value(name).value_or("") : kept, wrong);
    };
    html::DataTable table{.caption = "Pounds for each financial year"};
    table.columns.push_back({.heading = "What", .label = "What"});
    for (const auto year : years) {
        table.columns.push_back({.heading = year.name(), .label = year.name()});
    }
    html::DataRow given{.cells = {"What the grant gives"}};
    for (const auto year : years) {
        given.cells.push_back(input({}, "What the grant gives", year, amounts));
    }
    table.rows.push_back(std::move(given));
    for (const auto &line : lines) {
        html::DataRow row{.cells = {line.title}};
        for (const auto year : years) {
            row.cells.push_back(input(line.id, line.title, year, line.budget));
        }
        table.rows.push_back(std::move(row));
    }
    const auto action = fmt::format("{}/{}/money", what().path, stored.id);
    return paragraph("Empty is nothing. The lines of a year cannot come to more than the grant "
                     "gives for it. Once the grant is agreed, only a virement moves its money.") +
           html::form({.action = action,
                       .csrf = site::csrf(request),
                       .fields = html::data_table(table),
                       .button = "Save the money",
                       .cancel = {"Cancel", fmt::format("{}/{}", what().path, stored.id)}});
}

web::Response money_page(const site::Site &site, const web::Request &request, db::Transaction &tx,
                         const record::Stored &stored, const record::Problems &problems) {
    auto page = page_of(
        "The money of this grant",
        money_form(request, stored, lines_of(tx, stored.id), amounts_of(tx, stored.id), problems),
        {{record::typed<Grant>(stored).value.title, fmt::format("{}/{}", what().path, stored.id)}});
    page.errors = error_lines(problems);
    return site.page(request, std::move(page), problems.empty() ? 200 : 422);
}

/// The grant of the address, while this visit may change its money.
std::optional<record::Stored> open_grant(const site::Site &site, db::Transaction &tx,
                                         const web::Request &request) {
    auto stored = find(site, tx, request, what());
    return stored && access::may(site::visit_of(request).person, Act::edit, what(), *stored) &&
                   record::typed<Grant>(*stored).value.state == GrantState::draft
               ? std::move(stored)
               : std::nullopt;
}

web::Response save_money(const site::Site &site, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    record::Problems problems;
    const auto stored = site.database().write(visit.scope(), [&](db::Transaction &tx) {
        auto grant = open_grant(site, tx, request);
        if (!grant) {
            return grant;
        }
        problems.clear();
        GrantMoney money;
        const auto read = [&](std::string_view line, const std::string &label,
                              core::FinancialYear year, MoneyByYear &into) {
            if (const auto amount = read_money(request, input_name(line, year), label, problems)) {
                into.emplace(year, *amount);
            }
        };
        const auto lines = lines_of(tx, grant->id);
        for (const auto year :
             years_of(record::typed<Grant>(*grant).value, amounts_of(tx, grant->id))) {
            read({}, "What the grant gives", year, money.amounts);
            for (const auto &line : lines) {
                read(line.id, line.title, year, money.budgets[line.id]);
            }
        }
        if (problems.empty()) {
            problems = set_money(tx, site.keeper().ledger(), grant->id, money);
        }
        return grant;
    });
    if (!stored) {
        return missing(what());
    }
    if (!problems.empty()) {
        return site.database().read(visit.scope(), [&](db::Transaction &tx) {
            return money_page(site, request, tx, *stored, problems);
        });
    }
    return site.done(request, fmt::format("{}/{}", what().path, stored->id),
                     "The money of the grant is saved");
}

html::Html money_table(const Grant &grant, const std::vector<LineMoney> &lines,
                       const MoneyByYear &amounts) {
    const auto years = years_of(grant, amounts);
    html::DataTable table{.caption = "Budget by financial year"};
    table.columns = {{.heading = "Line", .label = "Line"}};
    for (const auto year : years) {
        table.columns.push_back({.heading = year.name(), .label = year.name(), .numeric = true});
    }
    const auto add = [&](const html::Content &name, const auto &amount) {
        html::DataRow row{.cells = {name}};
        for (const auto year : years) {
            row.cells.push_back(amount(year).text());
        }
        table.rows.push_back(std::move(row));
    };
    MoneyByYear left = amounts;
    for (const auto &line : lines) {
        add(html::link({line.title, "/grant-lines/" + line.id}),
            [&](core::FinancialYear year) { return in_year(line.budget, year); });
        for (const auto &[year, amount] : line.budget) {
            left[year] = left[year] - amount;
        }
    }
    add("In no line", [&](core::FinancialYear year) { return in_year(left, year); });
    add("The grant gives", [&](core::FinancialYear year) { return in_year(amounts, year); });
    return html::data_table(table);
}

html::Html lists_of(db::Transaction &tx, const record::Stored &stored) {
    struct List {
        const char *words, *table, *path, *name, *more;
    };
    constexpr List lists[] = {
        {"Conditions", "grant_condition", "/grant-conditions", "words", "due"},
        {"Payments", "grant_payment", "/grant-payments", "name", "due"},
        {"Match funding", "match_funding", "/match-funding", "name", "year"},
        {"Monitoring returns", "monitoring_return", "/monitoring-returns", "quarter", "due"},
    };
    html::Html all;
    for (const auto &list : lists) {
        html::Html items;
        tx.each(fmt::format("select id, {} as name, {} as more from {} where tenant = :tenant and "
                            "grant_agreement = :grant and removed is null order by {}, id",
                            list.name, list.more, list.table, list.more),
                {{"tenant", tx.tenant()}, {"grant", stored.id}}, [&](const db::Row &row) {
                    const auto day = core::Date::parse(row.text("more"));
                    items +=
                        html::format("<li>{}{}</li>",
                                     html::link({row.text("name"),
                                                 fmt::format("{}/{}", list.path, row.text("id"))}),
                                     row.has("more") ? ", " + (day ? day->text() : row.text("more"))
                                                     : std::string{});
                });
        if (!items.empty()) {
            all += heading(list.words) + html::format(R"(<ul class="govuk-list">{}</ul>)", items);
        }
    }
    return all;
}

} // namespace

html::Html money_of_grant(db::Transaction &tx, const access::Visit &visit,
                          const record::Stored &stored, core::Date today) {
    const auto grant = record::typed<Grant>(stored).value;
    const auto lines = lines_of(tx, stored.id);
    auto all = heading("Money") + money_table(grant, lines, amounts_of(tx, stored.id));
    if (access::may(visit.person, Act::edit, what(), stored)) {
        html::Html links;
        const auto add = [&](std::string words, const std::string &href) {
            links += html::format("<li>{}</li>", html::link({std::move(words), href}));
        };
        if (grant.state == GrantState::draft) {
            add("Change the money", fmt::format("{}/{}/money", what().path, stored.id));
        }
        for (const auto &[words, path] : {std::pair{"Add a line", "/grant-lines"},
                                          {"Add a condition", "/grant-conditions"},
                                          {"Add a payment", "/grant-payments"},
                                          {"Add match funding", "/match-funding"}}) {
            add(words, fmt::format("{}/new?grant_agreement={}", path, stored.id));
        }
        all += html::format(R"(<ul class="govuk-list">{}</ul>)", links);
    }
    if (grant.state == GrantState::agreed &&
        access::may_somewhere(visit.person, Act::edit, "monitoring_return")) {
        const auto last = core::Quarter::containing(core::Month{today} - 3);
        all += html::post_button({.action = fmt::format("{}/{}/returns", what().path, stored.id),
                                  .csrf = visit.csrf,
                                  .hidden = {{"quarter", stored_quarter(last)}},
                                  .text = fmt::format("Open the return for {}", last.name())});
    }
    return all + step_forms(visit, what(), stored, grant_lifecycle()) + lists_of(tx, stored);
}

void add_grant_pages(site::Site &site, const law::Parameters &parameters) {
    const auto change = Need::to(Act::edit, what().table);
    site.router().get("/grants/:id/money", change, [&site](const web::Request &request) {
        return site.database().read(site::visit_of(request).scope(), [&](db::Transaction &tx) {
            const auto stored = open_grant(site, tx, request);
            return stored ? money_page(site, request, tx, *stored, {}) : missing(what());
        });
    });
    site.router().post("/grants/:id/money", change,
                       [&site](const web::Request &request) { return save_money(site, request); });
    site.router().post(
        "/grants/:id/returns", Need::to(Act::edit, "monitoring_return"),
        [&site, &parameters](const web::Request &request) {
            const auto quarter = parse_stored_quarter(request.value("quarter").value_or(""));
            if (!quarter) {
                return web::bad_request("Say which quarter the return is for, such as 2014-15 Q3.");
            }
            const auto id = site.database().write(
                site::visit_of(request).scope(),
                [&](db::Transaction &tx) -> std::optional<std::string> {
                    const auto grant = find(site, tx, request, what());
                    if (!grant || record::typed<Grant>(*grant).value.state != GrantState::agreed) {
                        return std::nullopt;
                    }
                    return open_return(site.keeper(), tx, parameters, grant->id, *quarter);
                });
            return id ? web::redirect("/monitoring-returns/" + *id) : missing(what());
        });
    add_step_route(site, what(), grant_lifecycle(),
                   [&site](db::Transaction &tx, const std::string &id, const std::string &verb,
                           law::Roles roles, const std::string &reason, const web::Request &) {
                       return step_grant(site.keeper(), tx, id, verb, roles, reason);
                   });
}

} // namespace wardmote::funding
