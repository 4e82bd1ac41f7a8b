#include "platform/access/looks.hpp"

#include <doctest/doctest.h>

#include "platform/access/organisation.hpp"
#include "platform/access/world_for_test.hpp"

namespace wardmote::access {

namespace {

struct Looking : World {
    std::string sam = person("Sam Hill", "sam@oxford.example");
    std::string police;

    db::Scope as(const std::string &who) const { return {made.tenant.id, who, "r2"}; }

    void look(const std::string &who, const std::string &act, const std::string &record) {
        one.database.write(as(who), [&](db::Transaction &tx) {
            one.ledger.append(tx, db::Log::seen,
                              {.act = act, .kind = "organisation", .record = record});
        });
        pass(std::chrono::minutes{1});
    }
    void add_police(const std::string &who) {
        police = one.database.write(as(who), [&](db::Transaction &tx) {
            return one.keeper.add(tx, Organisation{.name = "Thames Valley Police"});
        });
        pass(std::chrono::minutes{1});
    }
    template <class Question>
    auto ask(Question &&question) {
        return one.database.read(scope(), question);
    }
};

} // namespace

TEST_CASE("who has looked at a record is told, latest first and by name") {
    Looking world;
    world.add_police(world.sam);
    world.look(world.sam, "view", world.police);
    world.look(world.made.administrator, "export", world.police);
    world.look(world.sam, "view", "another");
    const auto looks =
        world.ask([&](auto &tx) { return looks_at(tx, "organisation", world.police, 1, 25); });
    REQUIRE(looks.looks.size() == 2);
    CHECK(looks.total == 2);
    CHECK(looks.looks[0].name == "Ada Field");
    CHECK(act_in_words(looks.looks[0].act) == "Downloaded");
    CHECK(looks.looks[1].name == "Sam Hill");
    const auto second =
        world.ask([&](auto &tx) { return looks_at(tx, "organisation", world.police, 2, 1); });
    REQUIRE(second.looks.size() == 1);
    CHECK(second.looks[0].name == "Sam Hill");
}

TEST_CASE("what others changed since one last looked is told once a record, without one's own") {
    Looking world;
    world.look(world.sam, "view", "anything");
    const auto since =
        world.ask([&](auto &tx) { return last_look(tx, world.sam, world.clock.now().iso()); });
    REQUIRE(since);
    world.add_police(world.made.administrator);
    world.one.database.write(world.as(world.sam), [&](db::Transaction &tx) {
        world.one.keeper.add(tx, Organisation{.name = "Sam's own"});
    });
    const auto changes =
        world.ask([&](auto &tx) { return changed_by_others(tx, world.sam, *since, 100); });
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].record == world.police);
    CHECK(changes[0].act == "create");
    CHECK(changes[0].person == world.made.administrator);
}

TEST_CASE("somebody who never looked has no last look") {
    Looking world;
    CHECK_FALSE(world.ask(
        [&](auto &tx) { return last_look(tx, world.sam, world.clock.now().iso()).has_value(); }));
}

} // namespace wardmote::access
