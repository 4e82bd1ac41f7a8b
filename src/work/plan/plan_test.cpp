// The lifecycles, the judgement, and what others ask of the plan.
#include <doctest/doctest.h>

#include "work/plan/example_for_test.hpp"
#include "work/plan/ref_order.hpp"
#include "work/plan/year.hpp"

namespace wardmote::plan {

namespace {

core::Date day(const char *iso) {
    return core::Date::parse(iso).value();
}

Facts running(std::optional<int> percent = {}, std::string of = {}) {
    Facts facts{.state = ActionState::in_progress,
                .starts = day("2014-04-01"),
                .due = day("2015-03-31"),
                .percent = percent,
                .said_of = std::move(of)};
    if (percent) {
        facts.said = Rag::on_track;
    }
    return facts;
}

} // namespace

TEST_CASE("every role tries every verb in every state, and gets what the table says") {
    for (const auto *lifecycle : {&action_lifecycle(), &strategy_lifecycle()}) {
        for (const auto &one : law::cases(*lifecycle)) {
            const auto answer = law::decide(
                *lifecycle, one.state, one.verb, one.role.bit,
                [](std::string_view) { return true; }, "the board's minute 4");
            CHECK(static_cast<bool>(answer) == (one.expected != nullptr));
        }
    }
}

TEST_CASE("an action cannot begin before somebody leads it") {
    const auto answer = law::decide(action_lifecycle(), "proposed", "beginning", keeper_role,
                                    [](std::string_view) { return false; });
    CHECK_FALSE(answer);
    CHECK(answer.refusal.find("Say which person leads it first") != std::string::npos);
}

TEST_CASE("business as usual is refused with the sentence that says why") {
    Action action{.ref = "1.1", .title = "Empty the bins"};
    action.starts = day("2014-04-01");
    action.due = day("2015-03-31");
    auto problems = check_action(record::values_of(action));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].field == "added_value");
    CHECK(problems[0].words.find("not actions that are “business as usual”") != std::string::npos);
    action.added_value = "Police and council act together";
    CHECK(check_action(record::values_of(action)).empty());
}

TEST_CASE("a priority serves a limb, and is ratified by a minute and a day together") {
    Priority priority{.title = "Violent crime"};
    CHECK(check_priority(record::values_of(priority)).size() == 1);
    priority.limb_violence = true;
    CHECK(check_priority(record::values_of(priority)).empty());
    priority.ratified_on = day("2014-03-12");
    CHECK(check_priority(record::values_of(priority)).front().field == "ratified_minute");
}

TEST_CASE("quarters are written so that they sort, and read back") {
    const auto quarter = last_quarter(day("2015-02-02"));
    CHECK(stored(quarter) == "2014-15 Q3");
    CHECK(parse_quarter("2014-15 Q3") == quarter);
    CHECK(stored(last_quarter(day("2015-04-01"))) == "2014-15 Q4");
    CHECK_FALSE(parse_quarter("2014-15 Q5"));
    CHECK_FALSE(parse_quarter("2014-16 Q1"));
}

TEST_CASE("references sort by their numbers") {
    CHECK(ref_before("1.9", "1.10"));
    CHECK_FALSE(ref_before("1.10", "1.9"));
    CHECK(ref_before("1.10", "2.1"));
    CHECK(ref_before("1", "1.1"));
    CHECK_FALSE(ref_before("2", "2"));
}

TEST_CASE("an action past its day is off track, and the days are counted") {
    auto facts = running(60, "2014-15 Q3");
    facts.due = day("2014-12-31");
    const auto judged = judge(facts, day("2015-02-02"));
    CHECK(judged.rag == Rag::off_track);
    CHECK(judged.overdue == 33); // 31 days of January and 2 of February
    CHECK(judged.differs);
}

TEST_CASE("an owner's per cent is held against the time gone when the quarter ended") {
    // 275 of 365 days had gone on 31 December 2014: 75 per cent.
    const auto today = day("2015-02-02");
    CHECK(judge(running(60, "2014-15 Q3"), today).rag == Rag::on_track);
    CHECK(judge(running(59, "2014-15 Q3"), today).rag == Rag::at_risk);
    CHECK(judge(running(45, "2014-15 Q3"), today).rag == Rag::at_risk);
    CHECK(judge(running(44, "2014-15 Q3"), today).rag == Rag::off_track);
    CHECK(judge(running(44, "2014-15 Q3"), today).gone == 84); // 308 of 365 days
}

TEST_CASE("an owner who was asked is silent after a week") {
    auto facts = running(75, "2014-15 Q2");
    facts.waiting = day("2015-01-05");
    facts.waiting_for = "2014-15 Q3";
    CHECK_FALSE(judge(facts, day("2015-01-12")).silent);
    const auto judged = judge(facts, day("2015-01-13"));
    CHECK(judged.silent);
    CHECK(judged.rag == Rag::at_risk);
    CHECK(judged.why == "Owner has not answered for 2014-15 Q3");
}

TEST_CASE("a finished action is judged no more") {
    auto facts = running();
    facts.state = ActionState::done;
    facts.due = day("2014-12-31");
    CHECK(judge(facts, day("2015-02-02")).overdue == 0);
    CHECK(judge(facts, day("2015-02-02")).rag == Rag::on_track);
}

TEST_CASE("the example's plan is the report's: 8, 9 and 8 actions, four priorities") {
    Example example;
    example.read([&](db::Transaction &tx) {
        const auto all = counts(tx, "2014-15");
        CHECK(all.all == 25);
        CHECK(all.by_group.at("whole_community") == 8);
        CHECK(all.by_group.at("supporting_victims") == 9);
        CHECK(all.by_group.at("targeting_offenders") == 8);
        CHECK(all.by_state.at("done") == 5);
        const auto is = standing(tx, "2014-15");
        CHECK(is.priorities == 4);
        CHECK(is.ratified == 4);
        CHECK(is.limbs_without.empty());
        CHECK(years(tx) == std::vector<std::string>{"2014-15"});
    });
}

TEST_CASE("others ask for the actions of a person, a post and a source of money") {
    Example example;
    example.read([&](db::Transaction &tx) {
        const auto all = actions_of_year(tx, "2014-15");
        REQUIRE(all.size() == 25);
        CHECK(all.front().ref == "1.1");
        CHECK(all.back().ref == "3.8");
        const auto late = overdue(tx, day("2015-02-02"));
        REQUIRE(late.size() == 1);
        CHECK(late[0].ref == "1.8");
        CHECK_FALSE(actions_funded_by(tx, "police and crime commissioner").empty());
        const auto &post = all.front().post;
        REQUIRE_FALSE(post.empty());
        for (const auto &one : actions_of_post(tx, post)) {
            CHECK(one.post == post);
        }
        for (const auto &one : actions_of_lead(tx, example.coordinator)) {
            CHECK(one.state == "in_progress");
        }
    });
}

TEST_CASE("a year is read with its names, and the silent are known") {
    Example example;
    example.read([&](db::Transaction &tx) {
        const auto year = load_year(tx, "", day("2015-02-02"));
        CHECK(year.year == "2014-15");
        REQUIRE(year.lines.size() == 25);
        CHECK(year.lines[2].ref == "1.3");
        std::vector<std::string> silent;
        for (const auto &line : year.lines) {
            if (line.judged.silent) {
                silent.push_back(line.ref);
            }
        }
        CHECK(silent == std::vector<std::string>{"3.7"});
    });
}

TEST_CASE("partners, measures and places are replaced, and the change is logged once") {
    Example example;
    const auto action = example.action("1.3");
    const auto logged = [&] {
        return example.read([&](db::Transaction &tx) {
            return tx
                .first("select count(*) as entries from change_log where tenant = :tenant "
                       "and act = 'edit-links' and record = :record",
                       {{"tenant", tx.tenant()}, {"record", action}})
                ->integer("entries");
        });
    };
    const auto before = logged();
    const auto set = [&](const Links &links) {
        example.write(
            [&](db::Transaction &tx) { set_links(tx, example.site.ledger, action, links); });
    };
    set({.places = {"Carfax", "Holywell", "Carfax"}});
    CHECK(logged() == before + 1);
    set({.places = {"Holywell", "Carfax"}});
    CHECK(logged() == before + 1);
    CHECK(example.read([&](db::Transaction &tx) { return links_of(tx, action); }) ==
          Links{.places = {"Carfax", "Holywell"}});
}

TEST_CASE("each lead is asked once a quarter, and reminded once") {
    Example example;
    const core::Quarter fourth{core::FinancialYear{2014}, 4};
    const auto ask_now = [&] {
        return example.write(
            [&](db::Transaction &tx) { return ask(example.site.keeper, tx, fourth).size(); });
    };
    const auto asked = ask_now();
    CHECK(asked > 0);
    CHECK(ask_now() == 0);
    const auto reminded_before = [&](core::Instant moment) {
        return example.write(
            [&](db::Transaction &tx) { return remind(example.site.keeper, tx, moment).size(); });
    };
    const auto now = example.site.clock.now();
    CHECK(reminded_before(now.plus(-std::chrono::days{7})) <= 1); // 3.7, asked in January
    const auto later = reminded_before(now);
    CHECK(later == asked);
    CHECK(reminded_before(now) == 0);
}

} // namespace wardmote::plan
