#include "platform/record/import_rows.hpp"

#include <doctest/doctest.h>

#include "platform/record/example_for_test.hpp"

namespace wardmote::record {

namespace {

using Texts = std::vector<std::string>;

const Description &what = description<test::Operation>();

core::Sheet sheet(std::vector<Texts> rows) {
    core::Sheet made;
    for (auto &cells : rows) {
        made.rows.push_back({.line = made.rows.size() + 1, .cells = std::move(cells)});
    }
    return made;
}

/// A store with one operation, and a sheet read against it.
struct Place {
    test::Store store;
    std::string id = store.add(store.full());

    std::vector<PlannedRow> plan(const core::Sheet &file, const Mapping &mapping,
                                 const ImportRules &rules = open) {
        return store.read([&](db::Transaction &tx) {
            const std::vector<VisibleKind> kinds{
                {&description<test::Authority>(), test::Store::everything()}};
            const StoredReferences references{tx, store.keys, kinds};
            const auto listing =
                store.keeper.list(tx, what, {.page_size = 0}, test::Store::everything());
            return plan_rows(what, file, mapping, references, listing.records, rules);
        });
    }

    static inline const ImportRules open{
        .may_change = [](const Stored &) { return true; },
        .guard = [](const Stored *, const Values &) { return Problems{}; }};
};

const Mapping usual{.fields = {"title", "officers", "first_day", "sort", "authority"}};

Value value(const PlannedRow &row, std::string_view field) {
    return row.after[what.index(field)];
}

} // namespace

TEST_CASE("a row makes a record, changes the one of its title, says nothing new, or is refused") {
    Place place;
    const auto file = sheet({{"Title", "Officers", "First day", "Kind", "Lead"},
                             {"Bike marking", "4", "2 February 2015", "Campaign", "City council"},
                             {"night bus PATROL", "14", "", "", ""},
                             {"Gloves off", "four", "2015-02-30", "Raid", "Police"},
                             {"Pub watch", "", "", "Patrol", "Police"}});
    const auto rows = place.plan(file, usual);
    REQUIRE(rows.size() == 4);

    CHECK(rows[0].fate == Fate::made);
    CHECK(rows[0].title == "Bike marking");
    CHECK(rows[0].id.empty());
    CHECK(value(rows[0], "officers") == Value{4});
    CHECK(value(rows[0], "first_day") == Value{"2015-02-02"});
    CHECK(value(rows[0], "authority") == Value{place.store.council});

    CHECK(rows[1].fate == Fate::changed);
    CHECK(rows[1].id == place.id);
    CHECK(rows[1].version == 1);
    const auto changes = differences(what, rows[1].before, rows[1].after);
    REQUIRE(changes.size() == 2); // its title in other capitals, and the officers; no empty cell
    CHECK(changes[0].field == "title");
    CHECK(changes[1].before == Value{12});
    CHECK(changes[1].after == Value{14});

    CHECK(rows[2].fate == Fate::refused);
    REQUIRE(rows[2].problems.size() == 3);
    CHECK(reason(what, file, usual, rows[2], rows[2].problems[0]) ==
          "Kind of operation, column D, “Raid”: Kind of operation: nothing here is called “Raid”");
    CHECK(rows[2].problems[1].words == "Number of officers must be a whole number, like 12");
    CHECK(rows[2].problems[2].words == "First day must be a real date");

    CHECK(rows[3].fate == Fate::refused); // a new one needs its first day
    CHECK(reason(what, file, usual, rows[3], rows[3].problems.at(0)) ==
          "First day, column C, is empty: Enter the first day");

    const auto same = place.plan(sheet({{"Title"}, {"Night bus patrol"}}), {.fields = {"title"}});
    CHECK(same.at(0).fate == Fate::same);
}

TEST_CASE("two rows for one record are refused, and so is a title that several have") {
    Place place;
    const auto twice = place.plan(
        sheet({{"Title", "Officers"}, {"Night bus patrol", "1"}, {"Night-bus patrol", "2"}}),
        {.fields = {"title", "officers"}});
    CHECK(twice.at(0).fate == Fate::changed);
    CHECK(twice.at(1).problems.at(0).words == "Row 2 is the same operation");

    place.store.add(place.store.operation("NIGHT BUS PATROL"));
    const auto shared = place.plan(sheet({{"Title"}, {"Night bus patrol"}}), {.fields = {"title"}});
    CHECK(shared.at(0).problems.at(0).words ==
          "Several operations here are called “Night bus patrol”");
}

TEST_CASE("what is said once holds for what is new, and leaves what is there alone") {
    Place place;
    const Mapping mapping{.fields = {"title"},
                          .fixed = {{"first_day-day", "1"},
                                    {"first_day-month", "4"},
                                    {"first_day-year", "2015"},
                                    {"sort", "patrol"},
                                    {"authority", place.store.council}}};
    const auto rows =
        place.plan(sheet({{"Title"}, {"Bike marking"}, {"Night bus patrol"}}), mapping);
    CHECK(rows.at(0).fate == Fate::made);
    CHECK(value(rows[0], "first_day") == Value{"2015-04-01"});
    CHECK(rows.at(1).fate == Fate::same);

    std::vector<std::string_view> missing;
    for (const auto &field : missing_fields(what, {.fields = {"title", "sort"}})) {
        missing.push_back(field.name);
    }
    CHECK(missing == std::vector<std::string_view>{"first_day", "authority"});
}

TEST_CASE("what is not theirs to change, or is guarded, is refused with its sentence") {
    Place place;
    const auto file = sheet({{"Title", "Officers"}, {"Night bus patrol", "3"}});
    const Mapping mapping{.fields = {"title", "officers"}};
    auto rules = Place::open;
    rules.may_change = [](const Stored &) { return false; };
    CHECK(place.plan(file, mapping, rules).at(0).problems.at(0).words ==
          "This operation is not yours to change");
    rules = Place::open;
    rules.guard = [](const Stored *before, const Values &) {
        return Problems{{"officers", before == nullptr ? "new" : "Too few for a night"}};
    };
    const auto row = place.plan(file, mapping, rules).at(0);
    CHECK(row.fate == Fate::refused);
    CHECK(row.problems.at(0).words == "Too few for a night");
}

TEST_CASE("names that mean nothing are counted, each once, in the order of the file") {
    Place place;
    const auto file = sheet({{"Title", "Lead"},
                             {"One", "TVP"},
                             {"Two", "Fire service"},
                             {"Three", "tvp"},
                             {"Four", "Police"}});
    const Mapping mapping{.fields = {"title", "authority"}};
    const auto unknown = place.store.read([&](db::Transaction &tx) {
        const std::vector<VisibleKind> kinds{
            {&description<test::Authority>(), test::Store::everything()}};
        const StoredReferences references{tx, place.store.keys, kinds};
        return unknown_names(what, file, mapping, NameBook{what, references});
    });
    REQUIRE(unknown.size() == 2);
    CHECK(unknown[0].name == "TVP");
    CHECK(unknown[0].rows == 2);
    CHECK(unknown[1].name == "Fire service");
    CHECK(unknown[1].field->name == "authority");
}

TEST_CASE("refused rows are given back as they stood, with why, and nothing that a program runs") {
    Place place;
    auto file = sheet({{"Title", "Officers", "First day", "Kind", "Lead"},
                       {"=HYPERLINK(\"http://evil.example\")", "many", "", "Patrol", "Police"},
                       {"A good one", "3", "2 February 2015", "Patrol", "Police"},
                       {"Broken"}});
    file.rows[3].problem = "a quote is opened and never closed";
    const auto csv = refused_csv(what, file, usual, place.plan(file, usual));
    CHECK(csv == "Title,Officers,First day,Kind,Lead,Row in the file,Why it was not brought in\r\n"
                 "\"'=HYPERLINK(\"\"http://evil.example\"\")\",many,,Patrol,Police,2,"
                 "\"Number of officers, column B, “many”: Number of officers must be a whole "
                 "number, like 12. First day, column C, is empty: Enter the first day\"\r\n"
                 "Broken,,,,,4,The row cannot be read: a quote is opened and never closed\r\n");
}

TEST_CASE("a file of refused rows, mended and sent again, gives back no reasons of before") {
    Place place;
    const auto file =
        sheet({{"Title", std::string{"Row in the file"}, std::string{"Why it was not brought in"}},
               {"Bike marking", "4", "First day, column C, is empty"}});
    const Mapping mapping{.fields = {"title", "", ""}};
    const auto csv = refused_csv(what, file, mapping, place.plan(file, mapping));
    CHECK(csv.starts_with("Title,Row in the file,Why it was not brought in\r\nBike marking,2,"));
}

TEST_CASE("ten thousand rows are planned, each for itself") {
    Place place;
    core::Sheet file = sheet({{"Title", "Officers", "First day", "Kind", "Lead"}});
    for (int i = 0; i < 10'000; ++i) {
        file.rows.push_back({.line = static_cast<std::uint64_t>(i) + 2,
                             .cells = {"Operation " + std::to_string(i), i % 10 == 0 ? "x" : "5",
                                       "2 February 2015", "Patrol", "Police"}});
    }
    const auto rows = place.plan(file, usual);
    REQUIRE(rows.size() == 10'000);
    CHECK(std::ranges::count(rows, Fate::refused, &PlannedRow::fate) == 1'000);
    CHECK(std::ranges::count(rows, Fate::made, &PlannedRow::fate) == 9'000);
}

TEST_CASE("a sheet with nothing below its headings plans nothing") {
    Place place;
    CHECK(place.plan(sheet({{"Title"}}), {.fields = {"title"}}).empty());
}

} // namespace wardmote::record
