// The lifecycle of an assessment, its pages, and what it proves of the duties.
#include <doctest/doctest.h>

#include <array>

#include "database_for_test.hpp"
#include "platform/access/organisation.hpp"
#include "platform/access/person.hpp"
#include "platform/access/tenants.hpp"
#include "platform/record/schema_check.hpp"
#include "platform/site/browser_for_test.hpp"
#include "work/assessment/assessment.hpp"
#include "work/assessment/described.hpp"
#include "work/assessment/steps.hpp"

namespace wardmote::assessment {

namespace {

const core::Date first{2014, 4, 1};
const core::Date today{2015, 2, 2};

/// A partnership with a board that decided something, and the example's assessment.
struct Place {
    site::SiteForTest of;
    access::MadeTenant made;
    std::string manager, analyst, councillor, board;

    template <class Work>
    auto write(Work &&work) {
        return of.database.write({made.tenant.id, made.administrator, {}}, work);
    }

    Place() {
        routes(of.site);
        made = std::get<access::MadeTenant>(
            access::make_tenant(of.keeper, {.name = "Oxford Partnership",
                                            .place = "Oxford",
                                            .administrator_name = "Ada Field",
                                            .administrator_email = "ada@oxford.example"}));
        write([&](db::Transaction &tx) {
            manager = person(tx, "Mary", access::Role::manager);
            analyst = person(tx, "Anna", access::Role::analyst);
            councillor = person(tx, "Colin", access::Role::councillor);
            board = decision(tx, "board", "minuted");
            make_example_assessment(of.keeper, tx);
        });
    }
    std::string person(db::Transaction &tx, const std::string &name, access::Role role) {
        return of.keeper.add(
            tx,
            access::PersonRecord{.name = name, .email = name + "@oxford.example", .role = role});
    }
    /// Decided at a meeting of 10 December 2014; partnership/ keeps both.
    std::string decision(db::Transaction &tx, const std::string &kind, const std::string &state) {
        const auto meeting = core::Id::make(of.clock).text();
        const auto id = core::Id::make(of.clock).text();
        const std::string now = of.clock.now().iso();
        tx.execute("insert into meeting (tenant, id, version, created, changed, title, kind, "
                   "starts, state) values (:tenant, :id, 1, :now, :now, 'Board', :kind, "
                   "'2014-12-10T14:00:00.000Z', :state)",
                   {{"tenant", tx.tenant()},
                    {"id", meeting},
                    {"now", now},
                    {"kind", kind},
                    {"state", state}});
        tx.execute("insert into decision (tenant, id, version, created, changed, meeting, number, "
                   "words) values (:tenant, :id, 1, :now, :now, :meeting, 1, 'Approved')",
                   {{"tenant", tx.tenant()}, {"id", id}, {"now", now}, {"meeting", meeting}});
        return id;
    }
    std::string missing(const std::string &rule, core::Date from = first, core::Date to = today) {
        return write([&](db::Transaction &tx) {
            return duty_evidence().at(rule)(tx, {}, from, to).missing;
        });
    }
    std::string only(const char *table) {
        return write([&](db::Transaction &tx) {
            return tx
                .first(std::string{"select id from "} + table + " where tenant = :tenant",
                       {{"tenant", tx.tenant()}})
                ->text("id");
        });
    }
    void change(const std::string &id, const std::function<void(Assessment &)> &how) {
        write([&](db::Transaction &tx) {
            auto kept = of.keeper.get<Assessment>(tx, id).value();
            how(kept.value);
            of.keeper.update(tx, record::description<Assessment>(), id, kept.version,
                             record::values_of(kept.value));
        });
    }
    Assessment read(const std::string &id) {
        return write(
            [&](db::Transaction &tx) { return of.keeper.get<Assessment>(tx, id).value().value; });
    }
    site::Browser browser(const std::string &who) {
        site::Browser browser{of.router};
        site::sign_in(of.site, browser, made.tenant, who);
        return browser;
    }
    int post(site::Browser &browser, const std::string &id, const std::string &verb,
             const std::string &reason = {}) {
        return browser.post("/assessments/" + id + "/" + verb, {{"reason", reason}}).status;
    }
};

} // namespace

TEST_CASE("what assessment keeps fits its tables") {
    db::Database database{test::fresh_database()};
    const std::array all{&record::description<Assessment>(), &record::description<Consultation>()};
    CHECK(record::mismatches(database, all) == std::vector<std::string>{});
}

TEST_CASE("every role tries every verb in every state, and gets what the table says") {
    for (const auto &one : law::cases(assessment_lifecycle())) {
        const auto answer = law::decide(
            assessment_lifecycle(), one.state, one.verb, one.role.bit,
            [](std::string_view) { return true; }, "a reason");
        CHECK(static_cast<bool>(answer) == (one.expected != nullptr));
    }
    CHECK(states.size() == assessment_lifecycle().states.size());
    for (std::size_t i = 0; i < states.size(); ++i) {
        CHECK(states[i].value == assessment_lifecycle().states[i].key);
    }
}

TEST_CASE("an assessment goes from its scope to its publication, step by step") {
    Place place;
    auto writer = place.browser(place.analyst);
    auto keeper = place.browser(place.manager);
    const auto earlier = place.only("assessment");
    place.change(earlier, [](Assessment &is) { is.state = State::published; });
    const auto id = place.write([&](db::Transaction &tx) {
        return place.of.keeper.add(tx, Assessment{.title = "Assessment 2015", .year = "2015-16"});
    });
    CHECK(place.post(writer, id, "drafting") == 404); // data first
    CHECK(place.post(writer, id, "collection") == 303);
    CHECK(place.post(writer, id, "drafting") == 303);
    CHECK(place.post(writer, id, "review") == 303);
    CHECK(place.post(writer, id, "scoring") == 422); // no priorities are named
    CHECK(place.post(writer, id, "redrafting") == 422);
    CHECK(place.post(writer, id, "redrafting", "The police have more") == 303);
    CHECK(place.read(id).state == State::draft);
    CHECK(place.post(writer, id, "review") == 303);
    place.change(id, [](Assessment &is) { is.priorities = "Burglary"; });
    CHECK(place.post(writer, id, "scoring") == 303);
    CHECK(place.post(writer, id, "approval") == 404); // only whoever keeps it
    for (const auto &section : sections) {
        CHECK(place.post(keeper, id, "approval") == 422);
        place.change(id, [&](Assessment &is) { is.*section.text = "Something"; });
    }
    CHECK(place.post(keeper, id, "approval") == 422);
    place.change(id, [](Assessment &is) { is.practitioners = "More than is reported"; });
    CHECK(place.post(keeper, id, "approval") == 422);
    Consultation asked{.title = "The council's survey",
                       .kind = ConsultationKind::by_others,
                       .held_on = today,
                       .assessment = core::Id::parse(id)};
    place.write([&](db::Transaction &tx) { place.of.keeper.add(tx, asked); });
    CHECK(place.post(keeper, id, "approval") == 422); // somebody else asked
    asked.kind = ConsultationKind::group;
    place.write([&](db::Transaction &tx) { place.of.keeper.add(tx, asked); });
    CHECK(place.post(keeper, id, "approval") == 422); // no board has decided
    for (const auto &[kind, state] : {std::pair{"group", "minuted"}, {"board", "planned"}}) {
        const auto other =
            place.write([&](db::Transaction &tx) { return place.decision(tx, kind, state); });
        place.change(id, [&](Assessment &is) { is.decision = core::Id::parse(other); });
        CHECK(place.post(keeper, id, "approval") == 422);
    }
    place.change(id, [&](Assessment &is) { is.decision = core::Id::parse(place.board); });
    CHECK(place.post(keeper, id, "approval") == 303);
    CHECK(place.read(id).approved_on == core::Date{2014, 12, 10});
    CHECK(writer.get("/assessments/" + id + "/edit").status == 404); // it stands
    CHECK(place.post(keeper, id, "publication") == 303);
    CHECK(place.read(id).state == State::published);
    CHECK(place.read(earlier).state == State::superseded);
    CHECK(place.read(earlier).state_note == "“Assessment 2015” was published");
}

TEST_CASE("the page shows the six sections, who was asked and what can be done") {
    Place place;
    const auto id = place.only("assessment");
    place.change(id, [](Assessment &is) {
        is.state = State::draft;
        is.reasons.clear();
    });
    auto writer = place.browser(place.analyst);
    const auto page = writer.get("/assessments/" + id);
    CHECK(site::has(page, "(c) why it changed"));
    CHECK(site::has(page, "Missing"));
    CHECK(site::has(page, "Community survey 2014"));
    CHECK(site::has(page, "Send it to the partners"));
    const auto list = place.browser(place.councillor).get("/assessments");
    CHECK(site::has(list, "Strategic Intelligence Assessment 2014"));
    CHECK_FALSE(site::has(list, "/assessments/new"));
    const auto problems = check_assessment(record::values_of(Assessment{.year = "2014"}));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].field == "year");
}

TEST_CASE("the example's assessment proves its seven duties, and without it they fall open") {
    Place place;
    for (const auto &[rule, evidence] : duty_evidence()) {
        if (rule.starts_with("assessment")) {
            CAPTURE(rule);
            CHECK(place.missing(rule).empty());
        }
    }
    const auto id = place.only("assessment");
    for (const auto &section : sections) {
        const auto rule = "assessment_" + std::string{section.field};
        CAPTURE(rule);
        const auto text = place.read(id).*section.text;
        place.change(id, [&](Assessment &is) { (is.*section.text).clear(); });
        CHECK(place.missing(rule) == "“Strategic Intelligence Assessment 2014” does not say " +
                                         std::string{section.words} + ".");
        CHECK(place.missing("assessment").empty());
        place.change(id, [&](Assessment &is) { is.*section.text = text; });
    }
    place.write([&](db::Transaction &tx) {
        place.of.keeper.remove(tx, record::description<Assessment>(), id);
    });
    for (const auto &[rule, evidence] : duty_evidence()) {
        if (rule.starts_with("assessment")) {
            CHECK(place.missing(rule) == "There is no assessment of 2014-15.");
        }
    }
}

TEST_CASE("an assessment proves nothing before the board approves it, nor after the year") {
    Place place;
    const auto id = place.only("assessment");
    place.change(id, [](Assessment &is) { is.approved_on = core::Date{2015, 4, 1}; });
    CHECK(place.missing("assessment", first, core::Date{2015, 3, 31}) ==
          "“Strategic Intelligence Assessment 2014” was approved on 1 April 2015, which is too "
          "late.");
    place.change(id, [](Assessment &is) { is.approved_on.reset(); });
    CHECK(place.missing("assessment_levels") ==
          "“Strategic Intelligence Assessment 2014” is not approved yet.");
}

TEST_CASE("a consultation proves what it says of whom it asked") {
    Place place;
    CHECK(place.missing("consultation").empty());
    CHECK(place.missing("consultation_groups").empty());
    CHECK_FALSE(place.missing("consultation_others").empty()); // the report names none
    const auto id = place.only("consultation");
    const auto change = [&](const std::function<void(Consultation &)> &how) {
        place.write([&](db::Transaction &tx) {
            auto kept = place.of.keeper.get<Consultation>(tx, id).value();
            how(kept.value);
            place.of.keeper.update(tx, record::description<Consultation>(), id, kept.version,
                                   record::values_of(kept.value));
        });
    };
    change([](Consultation &is) { is.affected_asked = false; });
    CHECK_FALSE(place.missing("consultation_groups").empty());
    change([](Consultation &is) {
        is.affected_asked = true;
        is.groups_asked.clear();
    });
    CHECK_FALSE(place.missing("consultation_groups").empty());
    change([](Consultation &is) { is.kind = ConsultationKind::by_others; });
    CHECK_FALSE(place.missing("consultation").empty());
    CHECK(place.missing("consultation_others").empty());
    change([](Consultation &is) { is.held_on = core::Date{2014, 3, 31}; });
    CHECK_FALSE(place.missing("consultation_others").empty());
}

} // namespace wardmote::assessment
