#include "platform/record/import_headings.hpp"

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

} // namespace

TEST_CASE("the row of the headings is found below titles, notes and merged cells") {
    const auto found = sheet({{"Night-time economy: operations 2014-15"},
                              {"Approved by the board", "", "", "2 February 2015"},
                              {"What the operation is called", "Number of officers", "First day"},
                              {"Night bus patrol", "12", "29/03/2015"}});
    CHECK(heading_row(found, what) == 2);
}

TEST_CASE("a sheet whose headings say nothing known has them in its first row of two cells") {
    CHECK(heading_row(sheet({{"A title"}, {"Foo", "Bar"}, {"1", "2"}}), what) == 1);
    CHECK(heading_row(sheet({{"alone"}}), what) == 0);
    CHECK(heading_row(sheet({}), what) == 0);
}

TEST_CASE("columns are guessed by name, by label and by like words, each field once") {
    CHECK(guessed_fields(what, Texts{"TITLE", "Number of Officers", "Start: first day", "Leads it",
                                     "Weather", "First day"}) ==
          Texts{"title", "officers", "", "authority", "", "first_day"});
    CHECK(guessed_fields(what, Texts{}) == Texts{});
}

TEST_CASE("a heading that another program uses is known by the field's other names") {
    static constexpr auto fields = std::to_array<Field>(
        {field<&test::Authority::name>("name", "Name", {.also_called = "Agency|Lead body"})});
    auto renamed = description<test::Authority>();
    renamed.fields = fields;
    CHECK(guessed_fields(renamed, Texts{"Lead body"}) == Texts{"name"});
    CHECK(guessed_fields(renamed, Texts{"AGENCY:"}) == Texts{"name"});
    CHECK(guessed_fields(renamed, Texts{"Body of evidence"}) == Texts{""});
}

TEST_CASE("columns without a heading are called by their letters, also those beside the headings") {
    const auto found = sheet({{"Title", ""}, {"One", "x", "beyond\nthe headings"}});
    CHECK(headings_of(found, 0) == Texts{"Title", "Column B", "Column C"});
    CHECK(column_letters(0) == "A");
    CHECK(column_letters(25) == "Z");
    CHECK(column_letters(26) == "AA");
    CHECK(column_letters(701) == "ZZ");
    CHECK(column_letters(702) == "AAA");
}

TEST_CASE("a fingerprint does not depend on capitals, signs, or on refused rows given back") {
    const Texts headings{"Title", "Due date"};
    CHECK(fingerprint(headings) == fingerprint(Texts{"TITLE:", " due-date "}));
    CHECK(fingerprint(headings) != fingerprint(Texts{"Due date", "Title"}));
    CHECK(fingerprint(headings) == fingerprint(Texts{"Title", "Due date", std::string{row_heading},
                                                     std::string{reason_heading}}));
}

TEST_CASE("folding keeps letters beyond ASCII and makes one space of other signs") {
    CHECK(folded("  Thames-Valley  POLICE. ") == "thames valley police");
    CHECK(folded("Café №1") == "café №1");
    CHECK(folded("---").empty());
}

} // namespace wardmote::record
