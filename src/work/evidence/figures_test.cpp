#include <doctest/doctest.h>

#include "work/evidence/charts.hpp"
#include "work/evidence/fake_reader_test.hpp"
#include "work/evidence/figures.hpp"

using namespace wardmote;
using namespace wardmote::evidence;

namespace {

const core::FixedClock clock_2015{*core::Instant::parse("2015-02-02T08:10:00Z")};
const std::string dataset = "police-recorded";

Measure sexual_offences() {
    Measure measure;
    measure.key = "sexual-offences";
    measure.title = measure.short_title = "Sexual offences";
    measure.plural = true;
    measure.in_sentence = measure.many = "sexual offences";
    measure.one = "sexual offence";
    measure.publisher = "Police";
    measure.definition = "Sexual offences recorded by the police.";
    measure.denominator = Measure::Denominator::residents;
    Source source;
    source.dataset = dataset;
    source.where = {{"category", {"Sexual offences"}, false}};
    source.words = "offence group Sexual offences";
    measure.sources = {source};
    Measure::Part part;
    part.key = "non-recent";
    part.title = "Non-recent";
    part.one = "non-recent offence";
    part.many = "non-recent offences";
    part.flags = {"non-recent"};
    part.words = "flag non-recent";
    measure.parts = {part};
    return measure;
}

/// One row a month from April of the year on.
void add_year(FakeReader &reader, int year, const std::vector<std::int64_t> &counts,
              const std::string &ward = "W1", const std::string &flags = "") {
    core::Month month{year, 4};
    for (const auto count : counts) {
        reader.rows.push_back({dataset, month, ward, "Sexual offences", count, flags});
        ++month;
    }
}

const std::vector<std::int64_t> last_year{3, 2, 3, 3, 2, 3, 3, 2, 3, 3, 3, 4}; // Apr-Dec 24, all 34
const std::vector<std::int64_t> this_year{5, 5, 6, 6, 7, 6, 7, 7, 7};          // 56

Desk desk_of(std::unique_ptr<FakeReader> reader, Measure measure = sexual_offences()) {
    Settings settings;
    settings.place = "Oxford";
    settings.area = "D1";
    settings.as_at = core::Date{2015, 2, 2};
    return {settings, {std::move(measure)}, std::move(reader), clock_2015};
}

Desk example() {
    auto reader = std::make_unique<FakeReader>();
    add_year(*reader, 2013, last_year);
    add_year(*reader, 2014, this_year);
    return desk_of(std::move(reader));
}

Answer ask(const Desk &desk, const std::string &what, const Asking &asking = {}) {
    return answer(desk, "sexual-offences." + what, asking);
}

} // namespace

// Handbook section 11, vector 9: 56 against 24 is +133.3%, +32.
TEST_CASE("a change says base, result, change and period, and is more than doubled") {
    const auto desk = example();
    CHECK(ask(desk, "this").figure->value() == 56);
    CHECK(ask(desk, "last").figure->value() == 24);
    const auto change = ask(desk, "change");
    CHECK(change.figure->value() == doctest::Approx(133.333).epsilon(1e-4));
    CHECK(change.figure->unit() == "per cent");
    CHECK(change.figure->text() == "more than doubled, from 24 to 56");
    CHECK(change.verdict == "rise");
    const auto &sentence = change.figure->sentence();
    CHECK(sentence.starts_with("From April to December 2014 there were 56 sexual offences in "
                               "Oxford, 32 more than the 24 of the same months of 2013: up 133.3%, "
                               "a clear rise"));
}

TEST_CASE("a figure says which rows and files it rests on") {
    const auto desk = example();
    const auto change = ask(desk, "change");
    const auto &provenance = change.figure->provenance();
    CHECK(provenance.measure == "sexual-offences");
    CHECK(provenance.rows == 80); // 56 + 24
    CHECK(provenance.files.size() == 1);
    CHECK(provenance.period == "April to December 2014");
    CHECK(provenance.comparator == "April to December 2013");
    CHECK(provenance.filter == "offence group Sexual offences");
    CHECK(ask(desk, "this").figure->provenance().rows == 56);
}

TEST_CASE("a figure can be asked to an earlier month") {
    const auto desk = example();
    Asking november;
    november.last = core::Month{2014, 11};
    CHECK(ask(desk, "this", november).figure->value() == 49); // 56 - 7
    CHECK(ask(desk, "last", november).figure->value() == 21); // 24 - 3
}

TEST_CASE("the month of the day it is asked is not complete and is left out") {
    const auto desk = example();
    Asking december;
    december.as_at = core::Date{2014, 12, 31};
    CHECK(ask(desk, "this", december).figure->value() == 49);
}

TEST_CASE("years, calendar years and the year before are counted whole or not at all") {
    const auto desk = example();
    CHECK(ask(desk, "last-year").figure->value() == 34);
    CHECK(ask(desk, "2013-14").figure->value() == 34);
    CHECK(ask(desk, "2014").figure->value() == 66); // 3 + 3 + 4 + 56
    CHECK_FALSE(ask(desk, "2014-15").figure);
    CHECK(ask(desk, "2013").why_not.find("2013 is not complete") != std::string::npos);
}

// Handbook 6.1 (b): 56 x 34 / 24 = 79.3.
TEST_CASE("a projection states its method, its interval and last year") {
    const auto desk = example();
    const auto projection = ask(desk, "projection");
    CHECK(projection.figure->value() == doctest::Approx(79.33).epsilon(1e-3));
    CHECK(projection.figure->text() == "about 79");
    CHECK(projection.figure->provenance().method.find("easonal share") != std::string::npos);
    CHECK(ask(desk, "projection-change").figure->value() == doctest::Approx(133.33).epsilon(1e-3));
}

TEST_CASE("a month missing on one side is left out of both, and the sentence says so") {
    auto reader = std::make_unique<FakeReader>();
    add_year(*reader, 2013, last_year);
    add_year(*reader, 2014, this_year);
    reader->absent = {core::Month{2014, 7}};
    const auto desk = desk_of(std::move(reader));
    const auto change = ask(desk, "change");
    REQUIRE(change.figure);
    CHECK(ask(desk, "this").figure->value() == 50); // 56 - 6
    CHECK(ask(desk, "last").figure->value() == 21); // 24 - 3
    CHECK(change.figure->sentence().find("without July 2014") != std::string::npos);
    CHECK(change.figure->provenance().notes.size() >= 1);
    CHECK_FALSE(ask(desk, "2014").figure);
}

TEST_CASE("nothing is compared across a declared break") {
    auto reader = std::make_unique<FakeReader>();
    add_year(*reader, 2013, last_year);
    add_year(*reader, 2014, this_year);
    auto measure = sexual_offences();
    measure.breaks = {{core::Month{2014, 4}, "Counting rules changed"}};
    const auto desk = desk_of(std::move(reader), measure);
    const auto change = ask(desk, "change");
    CHECK_FALSE(change.figure);
    CHECK(change.why_not.find("Counting rules changed") != std::string::npos);
    CHECK(ask(desk, "this").figure->value() == 56);
}

TEST_CASE("no clear change is said where chance explains it") {
    auto reader = std::make_unique<FakeReader>();
    add_year(*reader, 2013, {30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30});
    add_year(*reader, 2014, {31, 30, 32, 30, 29, 30, 31, 30, 30});
    const auto desk = desk_of(std::move(reader));
    const auto change = ask(desk, "change");
    CHECK(change.verdict == "no clear change");
    CHECK(change.figure->sentence().find("no clear change; chance alone could explain it") !=
          std::string::npos);
    CHECK(headline(*desk.analyse(desk.measures().front(), *desk.standpoint({}))) ==
          "Sexual offences show no clear change, from 270 to 273");
}

TEST_CASE("a base under 20 is never given as a percentage") {
    auto reader = std::make_unique<FakeReader>();
    add_year(*reader, 2013, {1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 1, 1}); // 12 to December
    add_year(*reader, 2014, {2, 2, 1, 2, 2, 1, 2, 2, 1});          // 15
    const auto desk = desk_of(std::move(reader));
    const auto change = ask(desk, "change");
    CHECK(change.figure->text() == "from 12 to 15");
    CHECK(change.figure->sentence().find('%') == std::string::npos);
}

TEST_CASE("rows with a flag are a part with its own key") {
    auto reader = std::make_unique<FakeReader>();
    add_year(*reader, 2013, last_year);
    add_year(*reader, 2014, {4, 4, 4, 4, 4, 4, 4, 4, 4});
    add_year(*reader, 2014, {1, 2, 2, 2, 3, 2, 3, 3, 3}, "W1", "domestic non-recent"); // 21
    const auto desk = desk_of(std::move(reader));
    CHECK(ask(desk, "non-recent").figure->value() == 21);
    CHECK(ask(desk, "this").figure->value() == 57); // 36 + 21
}

TEST_CASE("wards that rise are counted and named, largest rise first") {
    auto reader = std::make_unique<FakeReader>();
    reader->wards = {{"W1", "Carfax", lake::Level::ward, "", "D1", "", ""},
                     {"W2", "Holywell", lake::Level::ward, "", "D1", "", ""},
                     {"W3", "North", lake::Level::ward, "", "D1", "", ""}};
    add_year(*reader, 2013, {10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10}, "W1");
    add_year(*reader, 2014, {11, 10, 10, 10, 10, 10, 10, 10, 10}, "W1");
    add_year(*reader, 2013, {10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10}, "W2");
    add_year(*reader, 2014, {20, 20, 20, 20, 20, 20, 20, 20, 20}, "W2");
    add_year(*reader, 2013, {10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10}, "W3");
    add_year(*reader, 2014, {5, 5, 5, 5, 5, 5, 5, 5, 5}, "W3");
    const auto desk = desk_of(std::move(reader));
    const auto rising = ask(desk, "wards-rising");
    CHECK(rising.figure->value() == 2);
    CHECK(rising.listing->items == std::vector<std::string>{"Holywell", "Carfax"});
    CHECK(rising.figure->sentence().find("rose in 2 of 3 wards: Holywell and Carfax; the rise is "
                                         "clear in Holywell") != std::string::npos);
    CHECK(ask(desk, "wards-falling").listing->items == std::vector<std::string>{"North"});
    Asking carfax;
    carfax.area = "W1";
    CHECK(ask(desk, "this", carfax).figure->value() == 91);
    CHECK(ask(desk, "this", carfax).figure->sentence().find("in Carfax") != std::string::npos);
}

TEST_CASE("what is few and personal is not shown by ward") {
    auto reader = std::make_unique<FakeReader>();
    reader->wards = {{"W1", "Carfax", lake::Level::ward, "", "D1", "", ""}};
    add_year(*reader, 2013, last_year);
    add_year(*reader, 2014, this_year);
    auto measure = sexual_offences();
    measure.district_only = true;
    const auto desk = desk_of(std::move(reader), measure);
    Asking carfax;
    carfax.area = "W1";
    CHECK(ask(desk, "this", carfax).why_not.find("not shown below the district") !=
          std::string::npos);
    CHECK_FALSE(ask(desk, "wards-rising").figure);
    CHECK(ask(desk, "this").figure->value() == 56);
}

TEST_CASE("a control chart of one or two a month makes no signal of a single one") {
    auto reader = std::make_unique<FakeReader>();
    add_year(*reader, 2013, {0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    add_year(*reader, 2014, {0, 0, 0, 0, 0, 0, 0, 0, 3});
    const auto desk = desk_of(std::move(reader));
    CHECK(control_words(*desk.analyse(desk.measures().front(), *desk.standpoint({}))) ==
          "Too few to tell");
}

// April 5 on 3 is up 66.7%; by December 56 on 24 is up 133.3%: it grows.
TEST_CASE("the course of the year to date says whether a rise eases") {
    const auto desk = example();
    const auto course = ask(desk, "change-eases");
    REQUIRE(course.figure);
    CHECK(course.figure->value() == 0);
    CHECK(course.listing->rows.size() == 9);
    CHECK(ask(desk, "april-change").figure->value() == doctest::Approx(66.667).epsilon(1e-4));
}

// 66 in 2014 over 150,000 people is 0.44 for every 1,000.
TEST_CASE("a rate is of twelve months") {
    const auto rate = ask(example(), "rate");
    REQUIRE_MESSAGE(rate.figure, rate.why_not);
    CHECK(rate.figure->value() == doctest::Approx(0.44));
    CHECK(rate.figure->unit() == "per 1,000 residents");
}

TEST_CASE("what cannot be answered says why") {
    const auto desk = example();
    CHECK(answer(desk, "burglary.change", {}).why_not.find("burglary") != std::string::npos);
    CHECK(ask(desk, "nonsense").why_not.find("nonsense") != std::string::npos);
    Asking elsewhere;
    elsewhere.area = "E99";
    CHECK(ask(desk, "this", elsewhere).why_not.find("E99") != std::string::npos);
}

TEST_CASE("charts are made from the same series") {
    const auto desk = example();
    for (const auto *kind : {"year-to-date", "control", "months", "monthly-change", "course"}) {
        CAPTURE(kind);
        const auto drawn = make_chart(desk, std::string{"sexual-offences."} + kind, {});
        REQUIRE(drawn);
        CHECK_FALSE(drawn->headline.empty());
        CHECK_FALSE(drawn->table.rows.empty());
    }
    CHECK_FALSE(make_chart(desk, "sexual-offences.map", {}));
}
