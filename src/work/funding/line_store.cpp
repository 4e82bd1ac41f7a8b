// Budgets and months of lines: the only statements that write them.
#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "platform/record/keeper.hpp"
#include "work/funding/line.hpp"

namespace wardmote::funding {

namespace {

/// Nobody else changes the money of this grant until the transaction ends. False when the grant is
/// not in this state.
bool hold(db::Transaction &tx, std::string_view grant, const char *state) {
    return tx.execute("update grant_agreement set state = state where tenant = :tenant "
                      "and id = :grant and state = :state and removed is null",
                      {{"tenant", tx.tenant()},
                       {"grant", std::string{grant}},
                       {"state", std::string{state}}}) == 1;
}

MoneyByYear sums_of(const std::vector<LineMoney> &lines) {
    MoneyByYear sums;
    for (const auto &line : lines) {
        for (const auto &[year, amount] : line.budget) {
            sums[year] = sums[year] + amount;
        }
    }
    return sums;
}

record::Problems over(const MoneyByYear &amounts, const MoneyByYear &sums) {
    record::Problems problems;
    for (const auto &[year, sum] : sums) {
        const auto given = amounts.find(year);
        const auto amount = given == amounts.end() ? core::Money{} : given->second;
        if (sum > amount) {
            problems.push_back(
                {"", fmt::format("The lines of {} come to {}, which is {} more than the grant "
                                 "gives: {}",
                                 year.name(), sum.text(), (sum - amount).text(), amount.text())});
        }
    }
    return problems;
}

void write_budget(db::Transaction &tx, std::string_view line, core::FinancialYear year,
                  core::Money amount) {
    tx.execute("insert into line_budget (tenant, line, year, amount) "
               "values (:tenant, :line, :year, :amount) "
               "on conflict (tenant, line, year) do update set amount = excluded.amount",
               {{"tenant", tx.tenant()},
                {"line", std::string{line}},
                {"year", year.name()},
                {"amount", amount.pence()}});
}

nlohmann::json json_of(const MoneyByYear &money) {
    auto json = nlohmann::json::object();
    for (const auto &[year, amount] : money) {
        json[year.name()] = amount.pence();
    }
    return json;
}

/// The grant of a line that is kept.
std::optional<std::string> grant_of(db::Transaction &tx, std::string_view line) {
    const auto row = tx.first("select grant_agreement from grant_line where tenant = :tenant "
                              "and id = :line and removed is null",
                              {{"tenant", tx.tenant()}, {"line", std::string{line}}});
    return row ? std::optional{row->text("grant_agreement")} : std::nullopt;
}

db::Value pence_of(std::optional<core::Money> money) {
    return money ? db::Value{money->pence()} : db::Value{};
}

std::optional<core::Money> money_in(const db::Row &row, std::string_view column) {
    const auto pence = row.optional_integer(column);
    return pence ? std::optional{core::Money::pence(*pence)} : std::nullopt;
}

} // namespace

std::vector<LineMoney> lines_of(db::Transaction &tx, std::string_view grant) {
    std::vector<LineMoney> lines;
    tx.each("select l.id, l.title, l.funded_post, l.project, l.rank, l.state, b.year, b.amount "
            "from grant_line l left join line_budget b on b.tenant = l.tenant and b.line = l.id "
            "where l.tenant = :tenant and l.grant_agreement = :grant and l.removed is null "
            "order by l.rank, lower(l.title), l.id, b.year",
            {{"tenant", tx.tenant()}, {"grant", std::string{grant}}}, [&](const db::Row &row) {
                if (lines.empty() || lines.back().id != row.text("id")) {
                    lines.push_back({.id = row.text("id"),
                                     .title = row.text("title"),
                                     .post = row.text("funded_post"),
                                     .project = row.text("project"),
                                     .rank = static_cast<int>(row.integer("rank")),
                                     .fixed = row.text("state") == "fixed",
                                     .budget = {}});
                }
                if (row.has("year")) {
                    lines.back().budget.emplace(
                        core::FinancialYear::parse(row.text("year")).value(),
                        core::Money::pence(row.integer("amount")));
                }
            });
    return lines;
}

record::Problems lines_within(db::Transaction &tx, std::string_view grant) {
    return over(amounts_of(tx, grant), sums_of(lines_of(tx, grant)));
}

record::Problems set_money(db::Transaction &tx, db::Ledger &ledger, std::string_view grant,
                           const GrantMoney &money) {
    if (!hold(tx, grant, "draft")) {
        return {{"", "The grant is agreed: only a virement moves its money"}};
    }
    auto lines = lines_of(tx, grant);
    std::set<std::string, std::less<>> known;
    for (auto &line : lines) {
        known.insert(line.id);
        const auto wanted = money.budgets.find(line.id);
        line.budget = wanted == money.budgets.end() ? MoneyByYear{} : wanted->second;
    }
    record::Problems problems;
    for (const auto &[line, budget] : money.budgets) {
        if (!known.contains(line)) {
            problems.push_back({"", "One of the lines is no longer there"});
        }
    }
    const auto negative = [](const MoneyByYear &amounts) {
        return std::ranges::any_of(amounts,
                                   [](const auto &each) { return each.second < core::Money{}; });
    };
    if (negative(money.amounts) || std::ranges::any_of(lines, negative, &LineMoney::budget)) {
        problems.push_back({"", "No amount can be below nought"});
    }
    if (problems.empty()) {
        problems = over(money.amounts, sums_of(lines));
    }
    if (!problems.empty()) {
        return problems;
    }
    const db::Bindings of_grant{{"tenant", tx.tenant()}, {"grant", std::string{grant}}};
    tx.execute("delete from grant_year where tenant = :tenant and grant_agreement = :grant",
               of_grant);
    tx.execute("delete from line_budget where tenant = :tenant and line in (select id from "
               "grant_line where tenant = :tenant and grant_agreement = :grant)",
               of_grant);
    nlohmann::json detail{{"amounts", json_of(money.amounts)}};
    for (const auto &[year, amount] : money.amounts) {
        tx.execute("insert into grant_year (tenant, grant_agreement, year, amount) "
                   "values (:tenant, :grant, :year, :amount)",
                   {{"tenant", tx.tenant()},
                    {"grant", std::string{grant}},
                    {"year", year.name()},
                    {"amount", amount.pence()}});
    }
    for (const auto &line : lines) {
        for (const auto &[year, amount] : line.budget) {
            write_budget(tx, line.id, year, amount);
        }
        detail["lines"][line.id] = json_of(line.budget);
    }
    ledger.append(tx, db::Log::changes,
                  {.act = "set-money",
                   .kind = "grant_agreement",
                   .record = std::string{grant},
                   .version = 0,
                   .detail = detail.dump()});
    return {};
}

void fix_lines(record::Keeper &keeper, db::Transaction &tx, std::string_view grant) {
    for (const auto &line : lines_of(tx, grant)) {
        auto kept = keeper.get<Line>(tx, line.id).value();
        kept.value.state = LineState::fixed;
        keeper.update(tx, record::description<Line>(), kept.id, kept.version,
                      record::values_of(kept.value));
    }
}

record::Problems move_budget(db::Transaction &tx, std::string_view from, std::string_view to,
                             core::FinancialYear year, core::Money amount) {
    const auto grant = grant_of(tx, from);
    if (!grant || grant != grant_of(tx, to)) {
        return {{"to_line", "Money moves only between two lines of one grant"}};
    }
    if (!hold(tx, *grant, "agreed")) {
        return {{"", "The grant is not agreed, or closed: nothing can be moved"}};
    }
    core::Money available;
    core::Money target;
    for (const auto &line : lines_of(tx, *grant)) {
        const auto budget = line.budget.find(year);
        const auto had = budget == line.budget.end() ? core::Money{} : budget->second;
        available = line.id == from ? had : available;
        target = line.id == to ? had : target;
    }
    const auto spent = totals_of(months_of(tx, from, year.period()), year, available).actual;
    if (amount <= core::Money{} || amount > available - spent) {
        return {{"amount", fmt::format("The line has {} in {}, of which {} is spent: no more than "
                                       "what is left can be moved",
                                       available.text(), year.name(), spent.text())}};
    }
    // What one line loses the other gains: the sum of the year, and so its limit, stays.
    write_budget(tx, from, year, available - amount);
    write_budget(tx, to, year, target + amount);
    return {};
}

Months months_of(db::Transaction &tx, std::string_view line, core::Period period) {
    Months months;
    tx.each("select month, forecast, actual, committed from line_month where tenant = :tenant "
            "and line = :line and month >= :first and month <= :last",
            {{"tenant", tx.tenant()},
             {"line", std::string{line}},
             {"first", period.first().iso()},
             {"last", period.last().iso()}},
            [&](const db::Row &row) {
                months.emplace(core::Month::parse(row.text("month")).value(),
                               MonthMoney{.forecast = money_in(row, "forecast"),
                                          .actual = money_in(row, "actual"),
                                          .committed = money_in(row, "committed")});
            });
    return months;
}

void set_months(db::Transaction &tx, db::Ledger &ledger, std::string_view line,
                const Months &months) {
    if (months.empty()) {
        return;
    }
    const auto before = months_of(tx, line, {months.begin()->first, months.rbegin()->first});
    auto detail = nlohmann::json::object();
    for (const auto &[month, money] : months) {
        const auto was = before.find(month);
        if ((was == before.end() ? MonthMoney{} : was->second) == money) {
            continue;
        }
        tx.execute("insert into line_month (tenant, line, month, forecast, actual, committed) "
                   "values (:tenant, :line, :month, :forecast, :actual, :committed) "
                   "on conflict (tenant, line, month) do update set forecast = excluded.forecast, "
                   "actual = excluded.actual, committed = excluded.committed",
                   {{"tenant", tx.tenant()},
                    {"line", std::string{line}},
                    {"month", month.iso()},
                    {"forecast", pence_of(money.forecast)},
                    {"actual", pence_of(money.actual)},
                    {"committed", pence_of(money.committed)}});
        const auto text = [](std::optional<core::Money> amount) {
            return amount ? nlohmann::json(amount->pence()) : nlohmann::json{};
        };
        detail[month.iso()] = {{"forecast", text(money.forecast)},
                               {"actual", text(money.actual)},
                               {"committed", text(money.committed)}};
    }
    if (!detail.empty()) {
        ledger.append(tx, db::Log::changes,
                      {.act = "set-months",
                       .kind = "grant_line",
                       .record = std::string{line},
                       .version = 0,
                       .detail = detail.dump()});
    }
}

YearTotals totals_of(const Months &months, core::FinancialYear year, core::Money budget) {
    YearTotals totals{
        .budget = budget, .forecast = {}, .actual = {}, .committed = {}, .outturn = {}};
    for (const auto &[month, money] : months) {
        if (!year.period().contains(month)) {
            continue;
        }
        const auto forecast = money.forecast.value_or(core::Money{});
        totals.forecast = totals.forecast + forecast;
        totals.actual = totals.actual + money.actual.value_or(core::Money{});
        totals.committed = totals.committed + money.committed.value_or(core::Money{});
        totals.outturn = totals.outturn + money.actual.value_or(forecast);
    }
    return totals;
}

} // namespace wardmote::funding
