#include <doctest/doctest.h>

#include <array>

#include "platform/law/parameters.hpp"
#include "platform/record/schema_check.hpp"
#include "work/funding/funding.hpp"
#include "work/funding/money_for_test.hpp"
#include "work/funding/monitoring_return.hpp"
#include "work/funding/virement.hpp"

namespace wardmote::funding {

namespace {

core::Money pounds(std::int64_t amount) {
    return core::Money::pounds(amount);
}

law::Parameters the_law() {
    return law::Parameters::read({WARDMOTE_SOURCE_DIR "/catalogue/law"});
}

std::string virement(Money3 &money, core::Money amount) {
    return money.write([&](db::Transaction &tx) {
        return money.keeper().add(tx, Virement{.reason = "Training costs more than planned",
                                               .from = Money3::id(money.patrols),
                                               .to = Money3::id(money.training),
                                               .year = "2014-15",
                                               .amount = amount});
    });
}

record::Problems step(Money3 &money, const std::string &id, std::string_view verb,
                      const Consent &consent = {}) {
    return money.write([&](db::Transaction &tx) {
        return step_virement(money.keeper(), tx, id, verb, money_role | writer_role, "", consent);
    });
}

} // namespace

TEST_CASE("what funding keeps fits its tables") {
    db::Database database{test::fresh_database()};
    const std::array all{
        &record::description<Grant>(),   &record::description<Condition>(),
        &record::description<Payment>(), &record::description<Match>(),
        &record::description<Project>(), &record::description<FundedPost>(),
        &record::description<Line>(),    &record::description<Virement>(),
        &record::description<Return>(),
    };
    for (const auto &mismatch : record::mismatches(database, all)) {
        FAIL_CHECK(mismatch);
    }
}

TEST_CASE("the lines of a year never come to more than the grant gives") {
    Money3 money;
    CHECK(money.set(money.plan()).empty());
    auto too_much = money.plan();
    too_much.budgets.at(money.training).at(y14) = core::Money::pence(1'000'001);
    const auto problems = money.set(too_much);
    REQUIRE(problems.size() == 1);
    // 35,000 + 15,000 + 10,000.01 is a penny over 60,000.
    CHECK(problems.front().words == "The lines of 2014-15 come to £60,000.01, which is £0.01 more "
                                    "than the grant gives: £60,000");
    CHECK(money.budget(money.training, y14) == pounds(10'000));
    auto below = money.plan();
    below.budgets.at(money.training).at(y14) = core::Money::pence(-1);
    CHECK(money.set(below).front().words == "No amount can be below nought");
    auto of_a_year_without_money = money.plan();
    of_a_year_without_money.budgets.at(money.training)[core::FinancialYear{2016}] = pounds(1);
    CHECK_FALSE(money.set(of_a_year_without_money).empty());
}

TEST_CASE("once a grant is agreed its money stands") {
    Money3 money;
    REQUIRE(money.agree().size() == 1); // nothing is given yet
    REQUIRE(money.set(money.plan()).empty());
    REQUIRE(money.agree().empty());
    auto changed = money.plan();
    changed.budgets.at(money.patrols).at(y14) = pounds(1);
    CHECK(money.set(changed).front().words ==
          "The grant is agreed: only a virement moves its money");
    CHECK(money.budget(money.patrols, y14) == pounds(15'000));
    money.write([&](db::Transaction &tx) {
        for (const auto &line : lines_of(tx, money.grant)) {
            CHECK(line.fixed);
        }
        CHECK(granted(tx, y14) == pounds(60'000));
        CHECK(granted(tx, y14, false) == pounds(0));
    });
}

TEST_CASE("a virement moves money only with the funder's written consent") {
    Money3 money;
    REQUIRE(money.set(money.plan()).empty());
    REQUIRE(money.agree().empty());
    const auto id = virement(money, core::Money::pence(250'050));
    CHECK_FALSE(step(money, id, "transfer").empty());
    CHECK(step(money, id, "consent").front().words ==
          "Add the document of the funder’s consent first. Give the day of the funder’s consent, "
          "which is not in the future.");
    CHECK_FALSE(step(money, id, "consent", {"letter", core::Date{2015, 2, 3}}).empty()); // to come
    CHECK(money.budget(money.training, y14) == pounds(10'000));
    CHECK(step(money, id, "consent", {"letter", core::Date{2015, 2, 1}}).empty());
    CHECK(money.budget(money.training, y14) == pounds(10'000));
    CHECK(step(money, id, "transfer").empty());
    CHECK(money.budget(money.training, y14) == core::Money::pence(1'250'050)); // 12,500.50
    CHECK(money.budget(money.patrols, y14) == core::Money::pence(1'249'950));  // 12,499.50
    CHECK(money.budget(money.coordinator, y14) == pounds(35'000));
    // Once is enough.
    CHECK_FALSE(step(money, id, "transfer").empty());
    CHECK(money.budget(money.training, y14) == core::Money::pence(1'250'050));
}

TEST_CASE("a virement takes no more than a line has left") {
    Money3 money;
    REQUIRE(money.set(money.plan()).empty());
    REQUIRE(money.agree().empty());
    money.write([&](db::Transaction &tx) {
        set_months(tx, money.world.one.ledger, money.patrols,
                   {{core::Month{2014, 4}, {.forecast = {}, .actual = pounds(9'000)}}});
    });
    const auto id = virement(money, pounds(6'001)); // 15,000 less 9,000 leaves 6,000
    REQUIRE(step(money, id, "consent", {"letter", core::Date{2015, 2, 1}}).empty());
    CHECK(step(money, id, "transfer").front().words ==
          "The line has £15,000 in 2014-15, of which £9,000 is spent: no more than what is left "
          "can be moved");
    CHECK(money.budget(money.training, y14) == pounds(10'000));
}

TEST_CASE("the outturn is spend where there is some and forecast where there is none") {
    const core::Month april{2014, 4};
    const Months months{
        {april, {.forecast = pounds(100), .actual = pounds(90), .committed = pounds(5)}},
        {april + 1, {.forecast = pounds(100)}},
        {april + 2, {.forecast = pounds(100), .actual = pounds(0)}},
        {april + 12, {.forecast = pounds(7'777)}}, // of the next year
    };
    const auto totals = totals_of(months, y14, pounds(250));
    CHECK(totals.forecast == pounds(300));
    CHECK(totals.actual == pounds(90));
    CHECK(totals.committed == pounds(5));
    CHECK(totals.outturn == pounds(190)); // 90 + 100 + 0
    CHECK(totals.variance() == pounds(60));
}

TEST_CASE("returns are due on the days that the law's parameters say") {
    const auto parameters = the_law();
    const auto due = [&](unsigned quarter) {
        return due_day(parameters, core::Quarter{y14, quarter}).first.iso();
    };
    CHECK(due(1) == "2014-07-31");
    CHECK(due(2) == "2014-10-31");
    CHECK(due(3) == "2015-01-31");
    CHECK(due(4) == "2015-04-30");
}

TEST_CASE("a return fills itself, is checked by another person and stays as it was submitted") {
    Money3 money;
    const auto parameters = the_law();
    REQUIRE(money.set(money.plan()).empty());
    REQUIRE(money.agree().empty());
    const core::Quarter q3{y14, 3};
    const auto spend = [&](core::Money april) {
        money.write([&](db::Transaction &tx) {
            set_months(tx, money.world.one.ledger, money.coordinator,
                       {{core::Month{2014, 4}, {.forecast = {}, .actual = april}},
                        {core::Month{2015, 1}, {.forecast = {}, .actual = pounds(1)}},
                        {core::Month{2015, 2}, {.forecast = pounds(2'000)}}});
        });
    };
    spend(pounds(42'749));
    const auto id = money.write([&](db::Transaction &tx) {
        CHECK(returns_due(tx, parameters, core::Date{2015, 2, 2}).front().id.empty());
        const auto made = open_return(money.keeper(), tx, parameters, money.grant, q3);
        CHECK(open_return(money.keeper(), tx, parameters, money.grant, q3) == made);
        CHECK(returns_due(tx, parameters, core::Date{2015, 2, 2}).size() == 1);
        return made;
    });
    const auto spent = [&](const std::vector<ReturnFigure> &figures) {
        for (const auto &figure : figures) {
            if (figure.name == "All lines: spend to date") {
                return figure.amount.value();
            }
        }
        return core::Money::pence(-1);
    };
    money.write([&](db::Transaction &tx) {
        const auto figures = prefilled(tx, money.grant, q3, core::Date{2015, 2, 2});
        CHECK(figures[0].name == "Coordinator: budget 2014-15");
        CHECK(figures[0].words == "£35,000");
        CHECK(figures[1].words == "£42,749"); // January is not of the third quarter
        CHECK(figures[2].words == "£44,750"); // 42,749 + 1 + 2,000
        CHECK(figures[1].source == "Spend of the months April to December 2014 of the line "
                                   "“Coordinator”, as kept on 2 February 2015");
        CHECK(spent(figures) == pounds(42'749));
        // Three quarters of 60,000 are 45,000, 5% of which is 2,250: explained from 42,750 down.
        CHECK(must_explain(tx, money.grant, q3));
    });
    spend(core::Money::pence(4'275'001));
    money.write([&](db::Transaction &tx) { CHECK_FALSE(must_explain(tx, money.grant, q3)); });
    spend(pounds(42'750));
    const auto other =
        money.world.person("Finance", "finance@oxford.example", access::Role::manager);
    const auto take = [&](std::string_view verb, const std::string &who, const char *reason = "") {
        auto scope = money.world.scope();
        scope.person = who;
        return money.world.one.database.write(scope, [&](db::Transaction &tx) {
            return step_return(money.keeper(), tx, id, verb,
                               money_role | finance_role | writer_role, reason);
        });
    };
    const auto fill = [&](const std::string &underspend) {
        money.write([&](db::Transaction &tx) {
            auto kept = money.keeper().get<Return>(tx, id).value();
            kept.value.narrative = "Training for taxi drivers";
            kept.value.underspend = underspend;
            money.keeper().update(tx, record::description<Return>(), id, kept.version,
                                  record::values_of(kept.value));
        });
    };
    const auto &me = money.world.made.administrator;
    CHECK(
        take("check", me).front().words ==
        "Say what was done with the money first. Say why less was spent than planned first: it is "
        "5% of the budget to date, or more.");
    fill("");
    CHECK(take("check", me).front().words ==
          "Say why less was spent than planned first: it is 5% of the budget to date, or more.");
    fill("A post was vacant until June");
    CHECK(take("check", me).empty());
    CHECK(take("submission", me).front().words == "Somebody other than its author must check it.");
    CHECK(take("submission", other).empty());
    spend(pounds(1));
    money.write([&](db::Transaction &tx) {
        CHECK(spent(submitted_figures(tx, id)) == pounds(42'750));
        CHECK(spent(prefilled(tx, money.grant, q3, core::Date{2015, 2, 2})) == pounds(1));
        CHECK(returns_due(tx, parameters, core::Date{2015, 2, 2}).empty());
    });
    CHECK(take("query", me, "Where did the money go?").empty());
    CHECK(take("check", me).empty());
    CHECK(take("submission", other).empty());
    money.write([&](db::Transaction &tx) { CHECK(spent(submitted_figures(tx, id)) == pounds(1)); });
    CHECK(take("acceptance", me).empty());
    CHECK_FALSE(take("query", me, "Again").empty());
}

} // namespace wardmote::funding
