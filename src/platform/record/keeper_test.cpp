#include "platform/record/keeper.hpp"

#include <doctest/doctest.h>

#include "platform/record/example_for_test.hpp"

namespace wardmote::record {

namespace {

using test::Operation;
using test::Store;

const Description &what = description<Operation>();

Value value(const Values &values, std::string_view field) {
    return values[what.index(field)];
}

Values with(Values values, std::string_view field, Value changed) {
    values[what.index(field)] = std::move(changed);
    return values;
}

} // namespace

TEST_CASE("a record comes back as it was given, whatever kinds its fields are of") {
    Store store;
    const auto id = store.add(store.full());
    const auto kept = store.read([&](auto &tx) { return store.keeper.get<Operation>(tx, id); });
    REQUIRE(kept);
    CHECK(kept->version == 1);
    CHECK(kept->value.title == "Night bus patrol");
    CHECK(kept->value.aim == "Fewer assaults\nafter the last bus");
    CHECK(kept->value.contact == "kit@example.org");
    CHECK(kept->value.officers == 12);
    CHECK(kept->value.budget == core::Money::pence(125050));
    CHECK(kept->value.first_day == core::Date{2015, 3, 29});
    CHECK(kept->value.briefing->iso() == "2015-03-29T07:30:00.000Z");
    CHECK_FALSE(kept->value.secret);
    CHECK(kept->value.sort == test::Sort::campaign);
    CHECK(kept->value.authority.text() == store.police);

    const auto bare = store.add(store.operation("Bare"));
    const auto empty = store.read([&](auto &tx) { return store.keeper.get<Operation>(tx, bare); });
    REQUIRE(empty);
    CHECK(empty->value.aim.empty());
    CHECK_FALSE(empty->value.officers);
    CHECK_FALSE(empty->value.briefing);
}

TEST_CASE("a sensitive value is sealed in its row and in the change log") {
    Store store;
    const auto id = store.add(store.full());
    store.read([&](db::Transaction &tx) {
        const auto row = tx.first("select contact from operation where id = :id", {{"id", id}});
        CHECK(row->text("contact").starts_with("sealed:"));
        for (const auto &entry : tx.query("select detail from change_log")) {
            CHECK(entry.text("detail").find("kit@") == std::string::npos);
        }
        for (const auto &entry : tx.query("select title, words from search_entry")) {
            CHECK((entry.text("title") + entry.text("words")).find("kit") == std::string::npos);
        }
        const auto history = store.keeper.history(tx, what, id);
        REQUIRE(history.size() == 1);
        CHECK(history[0].act == "create");
        CHECK(history[0].person == test::jo);
        CHECK(history[0].fields.size() == 10); // secret is no: that is something
        CHECK(history[0].fields[2].field == "contact");
        CHECK(history[0].fields[2].after == Value{"kit@example.org"});
    });
}

TEST_CASE("an edit writes the next version and logs only what changed") {
    Store store;
    const auto id = store.add(store.full());
    store.clock.move_to(core::Instant::parse("2015-02-03T09:00:00.000Z").value());
    store.database.write(Store::as(test::sam), [&](db::Transaction &tx) {
        const auto before = store.keeper.find(tx, what, id, Store::everything()).value();
        const auto result =
            store.keeper.update(tx, what, id, 1, with(before.values, "officers", Value{14}));
        REQUIRE(result);
        const auto &after = std::get<Stored>(*result);
        CHECK(after.version == 2);
        CHECK(after.changed_by == test::sam);
        CHECK(after.created_by == test::jo);
    });
    store.read([&](db::Transaction &tx) {
        const auto kept = store.keeper.find(tx, what, id, Store::everything()).value();
        CHECK(kept.version == 2);
        CHECK(value(kept.values, "officers") == Value{14});
        CHECK(kept.changed == "2015-02-03T09:00:00.000Z");
        const auto history = store.keeper.history(tx, what, id);
        REQUIRE(history.size() == 2);
        CHECK(history[0].act == "edit");
        CHECK(history[0].version == 2);
        REQUIRE(history[0].fields.size() == 1);
        CHECK(history[0].fields[0].field == "officers");
        CHECK(history[0].fields[0].before == Value{12});
        CHECK(history[0].fields[0].after == Value{14});
    });
}

TEST_CASE("an edit that changes nothing is not written") {
    Store store;
    const auto id = store.add(store.full());
    store.write([&](db::Transaction &tx) {
        const auto before = store.keeper.find(tx, what, id, Store::everything()).value();
        const auto result = store.keeper.update(tx, what, id, 1, before.values);
        CHECK(std::get<Stored>(*result).version == 1);
        CHECK(store.keeper.history(tx, what, id).size() == 1);
    });
}

TEST_CASE("two people who edit the same record are shown each other's change and lose nothing") {
    Store store;
    const auto id = store.add(store.full());
    const auto opened = store.read(
        [&](auto &tx) { return store.keeper.find(tx, what, id, Store::everything()).value(); });
    // Sam saves twice: the title, then the number of officers and the informant.
    store.database.write(Store::as(test::sam), [&](db::Transaction &tx) {
        auto theirs = with(opened.values, "title", Value{"Night bus"});
        store.keeper.update(tx, what, id, 1, theirs);
        theirs = with(theirs, "officers", Value{20});
        store.keeper.update(tx, what, id, 2, with(theirs, "contact", Value{"lee@example.org"}));
    });
    // Jo opened version 1, and changed the aim and the number of officers.
    auto mine = with(opened.values, "aim", Value{"Safer journeys"});
    mine = with(mine, "officers", Value{15});
    const auto result = store.write(
        [&](db::Transaction &tx) { return store.keeper.update(tx, what, id, 1, mine); });
    REQUIRE(result);
    const auto &clash = std::get<Clash>(*result);
    CHECK(clash.now.version == 3);
    CHECK(clash.changed_by == test::sam);
    CHECK(clash.base == opened.values);
    REQUIRE(clash.theirs.size() == 3);
    CHECK(clash.theirs[0].field == "title");
    CHECK(clash.theirs[0].before == Value{"Night bus patrol"});
    CHECK(clash.theirs[0].after == Value{"Night bus"});
    CHECK(clash.theirs[1].field == "contact");
    CHECK(clash.theirs[1].before == Value{"kit@example.org"});
    CHECK(clash.both == std::vector<std::string>{"officers"});
    CHECK(value(clash.merged, "title") == Value{"Night bus"});         // theirs
    CHECK(value(clash.merged, "contact") == Value{"lee@example.org"}); // theirs
    CHECK(value(clash.merged, "aim") == Value{"Safer journeys"});      // mine
    CHECK(value(clash.merged, "officers") == Value{15});               // mine, where both changed

    const auto again = store.write([&](db::Transaction &tx) {
        return store.keeper.update(tx, what, id, clash.now.version, clash.merged);
    });
    CHECK(std::get<Stored>(*again).version == 4);
    const auto kept = store.read(
        [&](auto &tx) { return store.keeper.find(tx, what, id, Store::everything()).value(); });
    CHECK(kept.values == clash.merged);
}

TEST_CASE("a record removed while somebody edits it is a clash, and one that never was is not") {
    Store store;
    const auto id = store.add(store.full());
    store.write([&](db::Transaction &tx) {
        const auto opened = store.keeper.find(tx, what, id, Store::everything()).value();
        CHECK(store.keeper.remove(tx, what, id));
        const auto mine = with(opened.values, "officers", Value{3});
        const auto result = store.keeper.update(tx, what, id, 1, mine);
        CHECK(std::get<Clash>(*result).now.is_removed());
        CHECK(std::get<Clash>(*result).theirs.empty());
        CHECK_FALSE(store.keeper.update(tx, what, test::jo, 1, mine));
    });
}

TEST_CASE("what is removed leaves lists, can be restored, and both are logged") {
    Store store;
    const auto id = store.add(store.operation("One"));
    store.add(store.operation("Two"));
    CHECK(store.write([&](auto &tx) { return store.keeper.remove(tx, what, id); }));
    CHECK_FALSE(store.write([&](auto &tx) { return store.keeper.remove(tx, what, id); }));
    CHECK(store.titles({}) == std::vector<std::string>{"Two"});
    CHECK(store.titles({.removed = true}) == std::vector<std::string>{"One"});
    store.read([&](db::Transaction &tx) {
        CHECK(store.keeper.find(tx, what, id, Store::everything())->is_removed());
    });
    CHECK(store.write([&](auto &tx) { return store.keeper.restore(tx, what, id); }));
    CHECK_FALSE(store.write([&](auto &tx) { return store.keeper.restore(tx, what, id); }));
    CHECK(store.titles({}) == std::vector<std::string>{"One", "Two"});
    store.read([&](db::Transaction &tx) {
        const auto history = store.keeper.history(tx, what, id);
        REQUIRE(history.size() == 3);
        CHECK(history[0].act == "restore");
        CHECK(history[0].version == 3);
        CHECK(history[1].act == "remove");
    });
}

TEST_CASE("a record of another partnership is neither found, changed, removed nor listed") {
    Store store;
    const auto id = store.add(store.full());
    store.database.write(Store::as(test::sam, test::cherwell), [&](db::Transaction &tx) {
        CHECK_FALSE(store.keeper.find(tx, what, id, Store::everything()));
        CHECK_FALSE(store.keeper.update(tx, what, id, 1, Values(what.fields.size())));
        CHECK_FALSE(store.keeper.remove(tx, what, id));
        CHECK(store.keeper.list(tx, what, {}, Store::everything()).total == 0);
        CHECK(store.keeper.list(tx, what, {.words = "bus"}, Store::everything()).total == 0);
        CHECK(store.keeper.history(tx, what, id).empty());
    });
}

TEST_CASE("a second record of the same id is a conflict, and the write leaves no trace") {
    Store store;
    const auto id = store.add(store.full());
    CHECK_THROWS_AS(store.write([&](db::Transaction &tx) {
        store.keeper.insert(tx, what, values_of(store.operation("Again")), id);
    }),
                    db::Conflict);
    CHECK(store.titles({}) == std::vector<std::string>{"Night bus patrol"});
    store.read([&](auto &tx) { CHECK(store.keeper.history(tx, what, id).size() == 1); });
}

TEST_CASE("every entry the keeper writes is one the ledger vouches for") {
    Store store;
    const auto id = store.add(store.full());
    store.write([&](auto &tx) { store.keeper.remove(tx, what, id); });
    const auto verification = store.ledger.verify(store.database);
    CHECK(verification.entries == 4); // two authorities, one operation, one removal
    CHECK(verification.findings.empty());
}

} // namespace wardmote::record
