#include <doctest/doctest.h>

#include <fmt/format.h>

#include "platform/record/example_for_test.hpp"

namespace wardmote::record {

namespace {

using test::Operation;
using test::Store;
using Titles = std::vector<std::string>;

/// Alpha to Echo, with capitals and without, on five days, of three kinds.
struct Five : Store {
    std::string alpha, secret;
    Five() {
        const auto make = [&](std::string title, unsigned day, test::Sort sort,
                              std::optional<int> officers, bool few = false) {
            auto made = operation(std::move(title));
            made.first_day = core::Date{2015, 2, day};
            made.sort = sort;
            made.officers = officers;
            made.secret = few;
            made.briefing = core::Instant::parse(fmt::format("2015-07-{:02}T22:59:00.000Z", day));
            clock.move_to(clock.now().plus(std::chrono::milliseconds{1})); // ids sort by moments
            return add(made);
        };
        make("charlie", 3, test::Sort::patrol, 30);
        alpha = make("Alpha", 5, test::Sort::patrol, {});
        make("Delta", 1, test::Sort::campaign, 10);
        secret = make("bravo", 4, test::Sort::test_purchase, 20, true);
        make("Echo", 2, test::Sort::campaign, {});
    }
    Titles by(std::string field, std::vector<std::string> values) {
        return titles({.filters = {{std::move(field), std::move(values)}}});
    }
};

} // namespace

TEST_CASE("a list is sorted by its first order, capitals or not, or by a field that was asked") {
    Five store;
    const Titles by_title{"Alpha", "bravo", "charlie", "Delta", "Echo"};
    CHECK(store.titles({}) == by_title);
    CHECK(store.titles({.sort = "-title"}) == Titles{"Echo", "Delta", "charlie", "bravo", "Alpha"});
    CHECK(store.titles({.sort = "first_day"}) ==
          Titles{"Delta", "Echo", "charlie", "bravo", "Alpha"});
    // Nothing is less than anything.
    CHECK(store.titles({.sort = "officers"}) ==
          Titles{"Alpha", "Echo", "Delta", "bravo", "charlie"});
    CHECK(store.titles({.sort = "-officers"}) ==
          Titles{"charlie", "bravo", "Delta", "Echo", "Alpha"});
    // What cannot be sorted by, or is no field at all, is never SQL.
    for (const std::string bad :
         {"contact", "aim", "authority", "version; drop table operation", "-", "title desc --"}) {
        CHECK(store.titles({.sort = bad}) == by_title);
    }
}

TEST_CASE("a list gives one page, and how many there are of all") {
    Five store;
    const auto listed = [&](std::int64_t page, std::int64_t size) {
        return store.read([&](auto &tx) {
            return store.keeper.list(tx, description<Operation>(),
                                     {.page = page, .page_size = size}, Store::everything());
        });
    };
    CHECK(store.titles({.page = 1, .page_size = 2}) == Titles{"Alpha", "bravo"});
    CHECK(store.titles({.page = 3, .page_size = 2}) == Titles{"Echo"});
    CHECK(store.titles({.page = 4, .page_size = 2}).empty());
    CHECK(store.titles({.page = -7, .page_size = 2}) == Titles{"Alpha", "bravo"});
    for (const std::int64_t page : {1, 2, 3, 4}) {
        CHECK(listed(page, 2).total == 5);
    }
    CHECK(listed(1, 5).total == 5);
    CHECK(listed(1, 0).records.size() == 5);
    CHECK(listed(9, 0).total == 5); // a download has no pages
}

TEST_CASE("a filter keeps any of its values, a range of dates, moments or numbers, or nothing") {
    Five store;
    CHECK(store.by("sort", {"patrol"}) == Titles{"Alpha", "charlie"});
    CHECK(store.by("sort", {"patrol", "campaign"}) == Titles{"Alpha", "charlie", "Delta", "Echo"});
    CHECK(store.by("sort", {}).size() == 5);
    CHECK(store.by("sort", {"' or 1 = 1 --"}).empty());
    CHECK(store.by("first_day", {"2015-02-02..2015-02-04"}) == Titles{"bravo", "charlie", "Echo"});
    CHECK(store.by("first_day", {"..2015-02-02"}) == Titles{"Delta", "Echo"});
    CHECK(store.by("first_day", {"2015-02-05.."}) == Titles{"Alpha"});
    CHECK(store.by("first_day", {"2015-02-30.."}).empty()); // no such day
    CHECK(store.by("officers", {"15..30"}) == Titles{"bravo", "charlie"});
    CHECK(store.by("officers", {"10"}) == Titles{"Delta"});
    CHECK(store.by("officers", {"ten"}).empty());
    CHECK(store.by("officers", {""}) == Titles{"Alpha", "Echo"});
    CHECK(store.by("officers", {"", "10"}) == Titles{"Alpha", "Delta", "Echo"});
    CHECK(store.by("officers", {".."}) == Titles{"bravo", "charlie", "Delta"});
    // 22:59 UTC is 23:59 of the same day in a London summer.
    CHECK(store.by("briefing", {"2015-07-04..2015-07-05"}) == Titles{"Alpha", "bravo"});
    CHECK(store.by("briefing", {"..2015-07-01T22:59:00.000Z"}) == Titles{"Delta"});
    CHECK(store.titles({.filters = {{"sort", {"campaign"}}, {"officers", {"10"}}}}) ==
          Titles{"Delta"});
    CHECK_THROWS_AS(store.by("contact", {"x"}), std::logic_error); // sealed
    CHECK_THROWS_AS(store.by("1 = 1 or title", {"x"}), std::logic_error);
}

TEST_CASE("who sees only their organisation's or their own sees no other, however they ask") {
    Five store;
    auto other = store.operation("Foxtrot");
    other.authority = core::Id::parse(store.council).value();
    const auto foxtrot = store.database.write(
        Store::as(test::sam), [&](auto &tx) { return store.keeper.add(tx, other); });
    const auto &what = description<Operation>();

    const Visible council{.body = store.council};
    const Visible sams{.owner = test::sam};
    for (const auto &visible : {council, sams}) {
        CHECK(store.titles({}, visible) == Titles{"Foxtrot"});
        CHECK(store.titles({.words = "charlie"}, visible).empty());
        store.read([&](db::Transaction &tx) {
            CHECK(store.keeper.list(tx, what, {.page_size = 1}, visible).total == 1);
            CHECK(store.keeper.find(tx, what, foxtrot, visible));
            CHECK_FALSE(store.keeper.find(tx, what, store.alpha, visible));
        });
    }
    // Authorities belong to nobody: who sees only their own sees none.
    store.read([&](db::Transaction &tx) {
        const auto &authorities = description<test::Authority>();
        CHECK(store.keeper.list(tx, authorities, {}, council).total == 0);
        CHECK(store.keeper.list(tx, authorities, {}, Visible{}).total == 2);
    });
}

TEST_CASE("a restricted record is known only to those on its access list") {
    Five store;
    const auto &what = description<Operation>();
    const Titles open{"Alpha", "charlie", "Delta", "Echo"};
    const Visible sam{.person = test::sam};
    const auto seen = [&](const Visible &visible) {
        return store.read(
            [&](auto &tx) { return store.keeper.find(tx, what, store.secret, visible); });
    };
    CHECK(store.titles({}, Visible{}) == open);
    CHECK(store.titles({}, sam) == open);
    CHECK_FALSE(seen(sam));
    store.write([&](db::Transaction &tx) {
        tx.execute(
            "insert into access_list (tenant, kind, record, person, granted) "
            "values (:tenant, 'operation', :id, :person, '2015')",
            {{"tenant", tx.tenant()}, {"id", store.secret}, {"person", std::string{test::sam}}});
    });
    CHECK(store.titles({}, sam) == Titles{"Alpha", "bravo", "charlie", "Delta", "Echo"});
    CHECK(seen(sam));
    CHECK(store.titles({}, {.person = test::jo}) == open);
    CHECK(store.titles({}, {.body = store.council, .person = test::sam}).empty());
}

TEST_CASE("references are fetched for a whole list and only where they may be known") {
    Five store;
    const auto &what = description<Operation>();
    store.read([&](db::Transaction &tx) {
        const std::vector<VisibleKind> kinds{{&description<test::Authority>(), {}},
                                             {&what, {.person = test::sam}}};
        StoredReferences references{tx, store.keys, kinds};
        references.load(what, store.keeper.list(tx, what, {}, Store::everything()).records);
        const auto police = references.find("authority", store.police);
        REQUIRE(police);
        CHECK(police->title == "Police");
        CHECK(police->href == "/authorities/" + store.police);
        CHECK_FALSE(references.find("authority", store.alpha));
        CHECK_FALSE(references.find("nowhere", store.police));
        CHECK(references.find("operation", store.alpha)->title == "Alpha");
        CHECK_FALSE(references.find("operation", store.secret));

        const auto candidates = references.candidates("authority");
        REQUIRE(candidates.size() == 2);
        CHECK(candidates[0].title == "City council");
        CHECK(references.candidates("operation").size() == 4);
        CHECK(references.candidates("nowhere").empty());
    });
}

} // namespace wardmote::record
