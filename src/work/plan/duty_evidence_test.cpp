// What in the plan proves a duty: taken away, the duty falls open.
#include <doctest/doctest.h>

#include "platform/law/parameters.hpp"
#include "work/plan/example_for_test.hpp"

namespace wardmote::plan {

namespace {

const core::Date first{2014, 4, 1};
const core::Date today{2015, 2, 2};

struct Rules : Example {
    law::Parameters parameters = law::Parameters::read({WARDMOTE_SOURCE_DIR "/catalogue/law"});

    partnership::Found found(db::Transaction &tx, std::string_view rule, core::Date from = first,
                             core::Date to = today) {
        return duty_evidence(parameters).find(rule)->second(tx, {}, from, to);
    }
    /// What is still missing; empty: proved.
    std::string missing(std::string_view rule) {
        return read([&](db::Transaction &tx) { return found(tx, rule).missing; });
    }
    void change(const std::string &statement, db::Bindings bindings = {}) {
        write([&](db::Transaction &tx) {
            bindings.push_back({"tenant", tx.tenant()});
            tx.execute(statement + " and tenant = :tenant", bindings);
        });
    }
    /// Removes whatever a proof leads to, as a person would.
    void remove_proof(std::string_view rule) {
        write([&](db::Transaction &tx) {
            const auto proof = found(tx, rule).proof;
            REQUIRE_FALSE(proof.empty());
            for (const auto &link : proof) {
                const auto cut = link.href.rfind('/');
                const auto *what =
                    site.site.kind(link.href.starts_with("/strategies")   ? "strategy"
                                   : link.href.starts_with("/plan-years") ? "plan_year"
                                                                          : "priority");
                CHECK(site.keeper.remove(tx, *what, link.href.substr(cut + 1)));
            }
        });
    }
};

} // namespace

TEST_CASE("every part of the plan is proved by its record and falls open when that is removed") {
    for (const auto *rule : {"plan_revised", "plan_limbs", "plan_strategy", "plan_priorities",
                             "plan_objectives", "plan_engagement", "plan_local_help"}) {
        CAPTURE(rule);
        Rules rules;
        CHECK(rules.missing(rule).empty());
        rules.remove_proof(rule);
        CHECK_FALSE(rules.missing(rule).empty());
    }
}

TEST_CASE("every rule asks for the plan of its own year") {
    Rules rules;
    for (const auto &[rule, evidence] : duty_evidence(rules.parameters)) {
        CAPTURE(rule);
        rules.read([&](db::Transaction &tx) {
            CHECK(evidence(tx, {}, core::Date{2013, 4, 1}, core::Date{2014, 3, 31}).missing ==
                  "There is no plan of 2013-14.");
        });
    }
}

TEST_CASE("the example's fourth priority has neither an action nor a measure, and it is said") {
    Rules rules; // the report of 2015 names no action against theft
    CHECK(rules.missing("plan_steps") == "No action serves “Priority theft offences”.");
    CHECK(rules.missing("plan_measures") ==
          "No action has a measure that serves “Priority theft offences”.");
    const auto theft = "update action set priority = (select id from priority where number = 4 "
                       "and tenant = :tenant) where ref = '1.3'"; // measured by robbery
    rules.change(theft);
    CHECK(rules.missing("plan_steps").empty());
    CHECK(rules.missing("plan_measures").empty());
    rules.change("update action set state = 'dropped' where ref = '1.3'");
    CHECK_FALSE(rules.missing("plan_steps").empty());
    rules.change("update action set state = 'done' where ref = '1.3'");
    CHECK(rules.missing("plan_steps").empty());
    rules.change("delete from action_measure where 1 = 1");
    CHECK(rules.missing("plan_measures").find("“Inter-personal abuse”") != std::string::npos);
}

TEST_CASE("a limb that no priority serves is named, and only one that is in force is asked for") {
    Rules rules;
    rules.change("update priority set limb_reoffending = 0, limb_violence = 0 where 1 = 1");
    CHECK(rules.missing("plan_limbs") == "No priority serves re-offending.");
    rules.change("update plan_year set year = '2023-24' where 1 = 1");
    rules.read([&](db::Transaction &tx) {
        CHECK(
            rules.found(tx, "plan_limbs", core::Date{2023, 4, 1}, core::Date{2023, 5, 1}).missing ==
            "No priority serves re-offending and serious violence.");
    });
}

TEST_CASE("a plan revised on the last day of March is in time and on the next day is not") {
    Rules rules;
    rules.change("update plan_year set refreshed_on = '2014-03-31' where 1 = 1");
    CHECK(rules.missing("plan_revised").empty());
    rules.change("update plan_year set refreshed_on = '2014-04-01' where 1 = 1");
    CHECK(rules.missing("plan_revised") ==
          "The plan of 2014-15 was revised on 1 April 2014, after 31 March 2014.");
    rules.change("update plan_year set refreshed_on = null where 1 = 1");
    CHECK(rules.missing("plan_revised") == "The plan of 2014-15 has no day of its refresh.");
}

TEST_CASE("a strategy proves three years once it is ratified, and only those") {
    Rules rules;
    const auto with = [&](const char *first_year) {
        rules.change("update strategy set first_year = :first where 1 = 1",
                     {{"first", std::string{first_year}}});
        return rules.missing("plan_strategy");
    };
    CHECK(with("2012-13").empty());
    const std::string outside =
        "The strategy “Oxford Safer Communities Rolling Plan” does not cover the year.";
    CHECK(with("2011-12") == outside);
    CHECK(with("2015-16") == outside);
    CHECK(with("2014-15").empty());
    rules.change("update strategy set state = 'consulted' where 1 = 1");
    CHECK(rules.missing("plan_strategy") ==
          "The strategy “Oxford Safer Communities Rolling Plan” is not in force.");
}

TEST_CASE("a priority without its minute is named") {
    Rules rules;
    rules.change("update priority set ratified_on = null where number = 2");
    CHECK(rules.missing("plan_priorities") == "No minute ratifies “Violent crime”.");
}

} // namespace wardmote::plan
