// Organisations, successions, people and posts as records.
#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "platform/access/organisation.hpp"
#include "platform/access/post.hpp"
#include "platform/access/succession.hpp"
#include "platform/access/world_for_test.hpp"

using namespace wardmote;
using namespace wardmote::access;

namespace {

core::Date day(std::string_view iso) {
    return core::Date::parse(iso).value();
}

core::Id id(const std::string &text) {
    return core::Id::parse(text).value();
}

std::vector<std::string> names(const std::vector<record::Kept<Organisation>> &organisations) {
    std::vector<std::string> all;
    for (const auto &kept : organisations) {
        all.push_back(kept.value.name);
    }
    return all;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("a last day before the first is a problem of the last day") {
    const auto problems = check_organisation(record::values_of(
        Organisation{.name = "A", .valid_from = day("2014-06-01"), .valid_to = day("2014-05-31")}));
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().field == "valid_to");
    CHECK(check_organisation(record::values_of(Organisation{.name = "A",
                                                            .valid_from = day("2014-06-01"),
                                                            .valid_to = day("2014-06-01")}))
              .empty());
    CHECK(check_post(
              record::values_of(Post{.held_from = day("2015-01-02"), .held_to = day("2015-01-01")}))
              .size() == 1);
    CHECK(check_person(record::values_of(PersonRecord{.active_from = day("2015-01-02"),
                                                      .active_to = day("2015-01-01")}))
              .size() == 1);
}

TEST_CASE("an organisation cannot take over from itself") {
    const auto one = id("0193a5a0-7c1e-7abc-8def-0123456789ab");
    CHECK(check_succession(record::values_of(Succession{.predecessor = one, .successor = one}))
              .front()
              .field == "successor");
    CHECK(check_succession(record::values_of(Succession{})).empty());
}

TEST_CASE("probation was one, was split in two, and is one again") {
    World world;
    auto &keeper = world.one.keeper;
    world.one.database.write(world.scope(), [&](db::Transaction &tx) {
        const auto trust = keeper.add(tx, Organisation{.name = "Thames Valley Probation Trust",
                                                       .kind = OrganisationKind::probation,
                                                       .valid_to = day("2014-05-31")});
        const auto national = keeper.add(tx, Organisation{.name = "National Probation Service",
                                                          .kind = OrganisationKind::probation,
                                                          .valid_from = day("2014-06-01"),
                                                          .valid_to = day("2021-06-25")});
        const auto company = keeper.add(tx, Organisation{.name = "Community Rehabilitation Company",
                                                         .kind = OrganisationKind::probation,
                                                         .valid_from = day("2014-06-01"),
                                                         .valid_to = day("2021-06-25")});
        const auto again = keeper.add(tx, Organisation{.name = "The Probation Service",
                                                       .kind = OrganisationKind::probation,
                                                       .valid_from = day("2021-06-26")});
        const auto follow = [&](const std::string &from, const std::string &to,
                                std::string_view on) {
            keeper.add(
                tx,
                Succession{.predecessor = id(from), .successor = id(to), .took_effect = day(on)});
        };
        follow(trust, national, "2014-06-01");
        follow(trust, company, "2014-06-01");
        follow(national, again, "2021-06-26");
        follow(company, again, "2021-06-26");

        auto halves = Names{national, company};
        std::ranges::sort(halves);
        CHECK(successors_of(tx, trust) == Names{halves[0], halves[1], again});
        CHECK(predecessors_of(tx, again) == Names{halves[0], halves[1], trust});
        CHECK(successors_of(tx, again).empty());

        CHECK(names(organisations_on(keeper, tx, day("2014-05-31"))) ==
              Names{"Thames Valley Probation Trust"});
        CHECK(names(organisations_on(keeper, tx, day("2015-02-02"))) ==
              Names{"Community Rehabilitation Company", "National Probation Service"});
        CHECK(names(organisations_on(keeper, tx, day("2026-03-02"))) ==
              Names{"The Probation Service"});

        follow(again, trust, "2030-01-01"); // a circle, by mistake, ends all the same
        CHECK(successors_of(tx, trust).size() == 3);
    });
}

TEST_CASE("who held a post is known for any day") {
    World world;
    const auto first = world.person("Bea Hill", "bea@oxford.example");
    const auto second = world.person("Cal Moor", "cal@oxford.example");
    auto &keeper = world.one.keeper;
    world.one.database.write(world.scope(), [&](db::Transaction &tx) {
        const auto police = keeper.add(
            tx, Organisation{.name = "Thames Valley Police", .kind = OrganisationKind::police});
        const auto hold = [&](const std::string &person, std::optional<core::Date> from,
                              std::optional<core::Date> to) {
            keeper.add(tx, Post{.title = "Local Area Commander",
                                .organisation = id(police),
                                .person = id(person),
                                .held_from = from,
                                .held_to = to});
        };
        hold(first, std::nullopt, day("2015-01-31"));
        hold(second, day("2015-02-01"), std::nullopt);
        const auto holders = [&](std::string_view on) {
            return holders_of(tx, police, "local area commander", day(on));
        };
        CHECK(holders("2015-01-31") == Names{first});
        CHECK(holders("2015-02-01") == Names{second});
        CHECK(holders_of(tx, police, "Sergeant", day("2015-02-01")).empty());
    });
}

TEST_CASE("two people cannot have one e-mail address, in whatever case; a removed one frees it") {
    World world;
    const auto bea = world.person("Bea Hill", "Bea@Oxford.example");
    CHECK_THROWS_AS(world.person("Other", "bea@oxford.EXAMPLE"), db::Conflict);
    const Person ada{.id = world.made.administrator,
                     .tenant = world.made.tenant.id,
                     .name = "Ada",
                     .email = {},
                     .role = Role::administrator,
                     .organisation = {}};
    world.one.database.write(world.scope(), [&](db::Transaction &tx) {
        const auto problems = person_change_problems(
            tx, ada, "", PersonRecord{.name = "Other", .email = " bea@OXFORD.example"},
            day("2026-03-02"));
        REQUIRE(problems.size() == 1);
        CHECK(problems.front().field == "email");
        CHECK(world.one.keeper.remove(tx, record::description<PersonRecord>(), bea));
    });
    CHECK_NOTHROW(world.person("Other", "bea@oxford.example"));
}

TEST_CASE("nobody changes their own role, and the last administrator stays one") {
    World world;
    world.member(world.made.administrator);
    const auto today = day("2026-03-02");
    const Person ada{.id = world.made.administrator,
                     .tenant = world.made.tenant.id,
                     .name = "Ada",
                     .email = {},
                     .role = Role::administrator,
                     .organisation = {}};
    const PersonRecord as_is{
        .name = "Ada Field", .email = "Ada@oxford.example", .role = Role::administrator};
    auto demoted = as_is;
    demoted.role = Role::manager;
    auto leaving = as_is;
    leaving.active_to = day("2026-04-01");

    const auto deputy = world.person("Bea Hill", "bea@oxford.example", Role::administrator);
    const Person bea{.id = deputy,
                     .tenant = ada.tenant,
                     .name = "Bea",
                     .email = {},
                     .role = Role::administrator,
                     .organisation = {}};
    const auto fields = [&](const Person &who, const std::optional<PersonRecord> &after) {
        return world.one.database.write(world.scope(), [&](db::Transaction &tx) {
            std::vector<std::string> all;
            for (const auto &problem :
                 person_change_problems(tx, who, world.made.administrator, after, today)) {
                all.push_back(problem.field);
            }
            return all;
        });
    };
    CHECK(fields(ada, as_is).empty());
    // The deputy cannot sign in yet: there would be nobody left who can.
    CHECK(fields(bea, demoted) == Names{"role"});
    CHECK(fields(bea, leaving) == Names{"role"});
    CHECK(fields(bea, std::nullopt) == Names{""});
    world.member(deputy);
    CHECK(fields(bea, demoted).empty());
    CHECK(fields(bea, std::nullopt).empty());
    // Their own, never.
    CHECK(fields(ada, demoted) == Names{"role"});
    CHECK(fields(ada, leaving) == Names{"active_to"});
    CHECK(fields(ada, std::nullopt) == Names{""});
}

TEST_CASE("two administrators who demote each other at once leave one") {
    World world;
    const auto ada = world.made.administrator;
    const auto bea = world.person("Bea Hill", "bea@oxford.example", Role::administrator);
    world.member(ada);
    world.member(bea);
    const auto demote = [&](Process &process, const std::string &who, const std::string &whom,
                            const std::string &email) {
        const Person by{.id = who,
                        .tenant = world.made.tenant.id,
                        .name = {},
                        .email = {},
                        .role = Role::administrator,
                        .organisation = {}};
        const PersonRecord after{.name = "Demoted", .email = email, .role = Role::manager};
        process.database.write({by.tenant, who, {}}, [&](db::Transaction &tx) {
            if (person_change_problems(tx, by, whom, after, day("2026-03-02")).empty()) {
                process.keeper.update(tx, record::description<PersonRecord>(), whom, 1,
                                      record::values_of(after));
            }
        });
    };
    {
        std::jthread first{[&] { demote(world.one, ada, bea, "bea@oxford.example"); }};
        std::jthread second{[&] { demote(world.two, bea, ada, "ada@oxford.example"); }};
    }
    const auto left = world.one.database.read(world.scope(), [](db::Transaction &tx) {
        return tx.first("select count(*) as n from person where role = 'administrator'")
            ->integer("n");
    });
    CHECK(left == 1);
}
