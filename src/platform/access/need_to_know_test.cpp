#include "platform/access/need_to_know.hpp"

#include <doctest/doctest.h>

#include "platform/access/organisation.hpp"
#include "platform/access/post.hpp"
#include "platform/access/visible.hpp"
#include "platform/access/world_for_test.hpp"

using namespace wardmote;
using namespace wardmote::access;

namespace {

Person as(const World &world, const std::string &id, Role role = Role::officer) {
    return {.id = id,
            .tenant = world.made.tenant.id,
            .name = {},
            .email = {},
            .role = role,
            .organisation = {}};
}

} // namespace

TEST_CASE("what a person may see of a kind follows from the table") {
    World world;
    const auto &people = record::description<PersonRecord>();
    auto partner = as(world, "p1", Role::partner_officer);
    CHECK_FALSE(visible_to(partner, people)); // no organisation: nothing is theirs
    partner.organisation = "o1";
    CHECK(visible_to(partner, people)->body == "o1");
    CHECK(visible_to(partner, people)->person == "p1");
    CHECK_FALSE(visible_to(as(world, "p1", Role::councillor), people));
    const auto all = visible_to(as(world, "p1", Role::manager), people).value();
    CHECK_FALSE(all.body);
    CHECK_FALSE(all.owner);
    CHECK_FALSE(all.all_restricted);
}

TEST_CASE("a record's body and state are what the table is asked with") {
    const auto &people = record::description<PersonRecord>();
    const auto organisation = core::Id::parse("0193a5a0-7c1e-7abc-8def-0123456789ab").value();
    record::Stored stored{.id = "p1",
                          .version = 1,
                          .values = record::values_of(PersonRecord{.organisation = organisation})};
    CHECK(subject_of(people, stored).body == organisation.text());
    CHECK(subject_of(people, stored).state.empty());
    stored.removed = "2026-03-02T09:00:00.000Z";
    CHECK(subject_of(people, stored).state == "removed");
}

TEST_CASE("an access list is kept by those on it, and somebody always is") {
    World world;
    const auto bea = world.person("Bea Hill", "bea@oxford.example");
    const auto cal = world.person("Cal Moor", "cal@oxford.example");
    auto &keeper = world.one.keeper;
    world.one.database.write(world.scope(), [&](db::Transaction &tx) {
        const auto grant = [&](const std::string &who, const std::string &person) {
            return !grant_access(keeper, tx, as(world, who), "case", "c1", person).has_value();
        };
        const auto withdraw = [&](const std::string &who, const std::string &person) {
            return !withdraw_access(keeper, tx, as(world, who), "case", "c1", person).has_value();
        };
        CHECK_FALSE(grant(bea, cal)); // nobody is on it: the first is oneself
        CHECK(grant(bea, bea));
        CHECK_FALSE(grant(cal, cal));
        CHECK_FALSE(grant(bea, "nobody"));
        CHECK_FALSE(withdraw(bea, bea));
        CHECK(grant(bea, cal));
        CHECK(on_access_list(tx, "case", "c1", cal));
        CHECK_FALSE(on_access_list(tx, "case", "c2", cal));
        const auto list = access_list(tx, "case", "c1");
        REQUIRE(list.size() == 2);
        CHECK(list[1].name == "Cal Moor");
        CHECK(list[1].granted_by == bea);
        CHECK(withdraw(cal, bea));
        CHECK_FALSE(withdraw(bea, cal)); // is no longer on it
        CHECK_FALSE(withdraw(cal, cal)); // is the last
    });
    CHECK(world.logged("change_log", "grant-access") == 2);
    CHECK(world.logged("change_log", "withdraw-access") == 1);
}

TEST_CASE("a restricted record is no search result and no count for those not on its list") {
    World world;
    const auto bea = world.person("Bea Hill", "bea@oxford.example");
    const auto cal = world.person("Cal Moor", "cal@oxford.example");
    // Posts, as if those in senior positions were restricted.
    auto what = record::description<Post>();
    what.restricted = "senior";
    auto &keeper = world.one.keeper;
    world.one.database.write(world.scope(), [&](db::Transaction &tx) {
        const auto police =
            core::Id::parse(keeper.add(tx, Organisation{.name = "Thames Valley Police"})).value();
        const auto add = [&](const std::string &title, bool restricted) {
            const Post post{.title = title, .organisation = police, .senior = restricted};
            return keeper.insert(tx, what, record::values_of(post)).id;
        };
        add("Constable", false);
        const auto secret = add("Commander of the operation", true);
        CHECK_FALSE(grant_access(keeper, tx, as(world, bea), "post", secret, bea));

        const auto count = [&](const std::string &person, const record::Query &query = {}) {
            return keeper.list(tx, what, query, visible_to(as(world, person), what).value()).total;
        };
        const auto finds = [&](const std::string &person) {
            return keeper.find(tx, what, secret, visible_to(as(world, person), what).value())
                .has_value();
        };
        CHECK(count(bea) == 2);
        CHECK(count(cal) == 1);
        CHECK(count(bea, {.words = "commander"}) == 1);
        CHECK(count(cal, {.words = "commander"}) == 0);
        CHECK(finds(bea));
        CHECK_FALSE(finds(cal));
        // An administrator is on no list by being one.
        CHECK(count(world.made.administrator) == 1);

        CHECK_FALSE(grant_access(keeper, tx, as(world, bea), "post", secret, cal));
        CHECK(count(cal) == 2);
        CHECK(finds(cal));
        CHECK_FALSE(withdraw_access(keeper, tx, as(world, cal), "post", secret, bea));
        CHECK(count(bea) == 1);
    });
}

TEST_CASE("a change of a person is guarded, of anything else it is not") {
    World world;
    const auto ada = as(world, world.made.administrator, Role::administrator);
    const core::Date today{2026, 3, 2};
    world.one.database.write(world.scope(), [&](db::Transaction &tx) {
        const auto &people = record::description<PersonRecord>();
        const auto before = world.one.keeper.find(tx, people, ada.id, {.all_restricted = true});
        REQUIRE(before);
        CHECK(guard_change(tx, ada, people, &*before, &before->values, today).empty());
        CHECK(guard_change(tx, ada, people, &*before, nullptr, today).front().field.empty());
        CHECK(guard_change(tx, ada, people, nullptr, &before->values, today).front().field ==
              "email");
        const auto &organisations = record::description<Organisation>();
        CHECK(guard_change(tx, ada, organisations, nullptr, nullptr, today).empty());
    });
}
