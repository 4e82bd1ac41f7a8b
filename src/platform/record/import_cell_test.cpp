#include "platform/record/import_cell.hpp"

#include <doctest/doctest.h>

#include "platform/record/example_for_test.hpp"

namespace wardmote::record {

namespace {

using Inputs = std::vector<std::pair<std::string, std::string>>;

const Description &what = description<test::Operation>();

struct Authorities final : References {
    std::optional<Reference> find(std::string_view, std::string_view) const override { return {}; }
    std::vector<Reference> candidates(std::string_view) const override {
        return {{"id-1", "Thames Valley Police", ""},
                {"id-2", "City council", ""},
                {"id-3", "City Council", ""}};
    }
};

CellInput read(std::string_view field, std::string_view cell, Answers answers = {}) {
    return cell_input(what.field(field), cell, NameBook{what, Authorities{}, std::move(answers)});
}

/// "29 3 2015", or "29 3 2015 07.30"; empty for what cannot be read.
std::string date(std::string_view cell, std::string_view field = "first_day") {
    std::string parts;
    for (const auto &[name, value] : read(field, cell).inputs) {
        parts += (parts.empty() || value.empty() ? "" : " ") + value;
    }
    return parts;
}

std::string only(std::string_view field, std::string_view cell) {
    const auto input = read(field, cell);
    return input.inputs.size() == 1 ? input.inputs[0].second : "none";
}

} // namespace

TEST_CASE("dates are read as British people write them, day before month") {
    CHECK(date("2 February 2015") == "2 february 2015");
    CHECK(date("Monday 2nd Feb 15") == "2 feb 2015");
    CHECK(date("02/02/2015") == "02 02 2015");
    CHECK(date("1.9.14") == "1 9 2014");
    CHECK(date("31-Dec-99") == "31 dec 1999");
    CHECK(date("February 2, 2015") == "2 february 2015");
    CHECK(date("2015-02-02") == "02 02 2015");
    CHECK(date("2015-02-02 09:30:00", "briefing") == "02 02 2015 09.30");
    CHECK(date("2 February 2015 at 9.30am", "briefing") == "2 february 2015 9.30am");
    CHECK(date("2 February 2015, 9am", "briefing") == "2 february 2015 9am");
}

TEST_CASE("days that a spreadsheet counts are read: 42037 is 2 February 2015") {
    // From 30 December 1899: 2 days to 1 January 1900, 115 years of 365, 28 leap days from 1904 to
    // 2012, and 32 days from 1 January 2015.
    CHECK(date("42037") == "2 2 2015");
    CHECK(date("42037.0") == "2 2 2015");
    CHECK(date("42037.395833333336", "briefing") == "2 2 2015 09.30");
    CHECK(date("42036.99999999", "briefing") == "2 2 2015 00.00");
    CHECK(date("2015") == "");
    CHECK(date("1250") == "");
}

TEST_CASE("what is no date says what one looks like, and is not guessed at") {
    for (const auto *cell : {"soon", "March 2015", "Q3", "2014-15", "12", "99999999", "/ / /"}) {
        const auto input = read("first_day", cell);
        CHECK_MESSAGE(input.inputs.empty(), cell);
        CHECK_MESSAGE(input.problem == "First day must be a date, such as 2 February 2015", cell);
        CHECK_FALSE(input.unknown);
    }
}

TEST_CASE("amounts lose what spreadsheets and accountants put around them") {
    CHECK(only("budget", "£1,250") == "£1,250");
    CHECK(only("budget", " £ 1,250.00 ") == "£1,250");
    CHECK(only("budget", "(£1,250)") == "-£1,250");
    CHECK(only("budget", "GBP 12.50") == "12.50");
    CHECK(only("officers", "12.0") == "12");
    CHECK(only("officers", "12.5") == "12.5"); // refused later, as the form would
}

TEST_CASE("yes and no are read in the ways a column has them") {
    for (const auto *cell : {"Yes", "Y", "TRUE", "1", "x", "✓"}) {
        CHECK_MESSAGE(only("secret", cell) == "yes", cell);
    }
    for (const auto *cell : {"No", "n", "False", "0"}) {
        CHECK_MESSAGE(only("secret", cell) == "no", cell);
    }
    CHECK(only("secret", "perhaps") == "perhaps");
}

TEST_CASE("names are known by title or words, and those unknown or shared can be asked for") {
    CHECK(only("authority", "thames valley POLICE ") == "id-1");
    CHECK(only("sort", "Test purchase") == "test_purchase");
    CHECK(only("sort", "test_purchase") == "test_purchase");
    const auto unknown = read("authority", "TVP");
    CHECK(unknown.unknown);
    CHECK(unknown.problem == "Who leads it: nothing here is called “TVP”");
    const auto shared = read("authority", "City council");
    CHECK(shared.unknown);
    CHECK(shared.problem == "Who leads it: several are called “City council”");
}

TEST_CASE("an answer says what a name means, or that it is left empty, while it is still there") {
    const Answers answers{{"authority", {{"tvp", "id-1"}, {"tbc", ""}, {"old", "id-9"}}}};
    CHECK(read("authority", "T.V.P", {{"authority", {{"t v p", "id-1"}}}}).inputs ==
          Inputs{{"authority", "id-1"}});
    CHECK(read("authority", "TVP", answers).inputs == Inputs{{"authority", "id-1"}});
    const auto left = read("authority", "tbc", answers);
    CHECK(left.inputs.empty());
    CHECK(left.problem.empty());
    CHECK(read("authority", "old", answers).unknown);
}

TEST_CASE("an empty cell says nothing, and so does a dash where no words are meant") {
    for (const auto &field : what.fields) {
        CHECK(read(field.name, "  ").inputs.empty());
        CHECK(read(field.name, "").problem.empty());
    }
    CHECK(read("budget", "-").inputs.empty());
    CHECK(read("first_day", "n/a").inputs.empty());
    CHECK(only("title", "-") == "-");
}

TEST_CASE("a field of one line takes the lines of a cell as one, a paragraph keeps them") {
    CHECK(only("title", "Night\nbus") == "Night bus");
    CHECK(only("aim", "Night\nbus") == "Night\nbus");
}

} // namespace wardmote::record
