#include "engine/core/text.hpp"

#include <limits>
#include <stdexcept>

#include <doctest/doctest.h>

#include "engine/core/figure.hpp"
#include "engine/core/money.hpp"

namespace core = wardmote::core;
using core::Money;

TEST_CASE("numbers are grouped in threes with a true minus") {
    CHECK(core::number(0) == "0");
    CHECK(core::number(999) == "999");
    CHECK(core::number(1'234'567) == "1,234,567");
    CHECK(core::number(-1'234) == "−1,234");
    CHECK(core::number(std::numeric_limits<std::int64_t>::min()) == "−9,223,372,036,854,775,808");
    CHECK(core::number(1234.56, 1) == "1,234.6");
    CHECK(core::number(-0.04, 1) == "0.0");
    CHECK(core::number(-9.5, 1) == "−9.5");
}

TEST_CASE("changes are said with a direction and a size") {
    CHECK(core::change_in_words(-24.04, 1) == "down 24.0%");
    CHECK(core::change_in_words(133.333, 0) == "up 133%");
    CHECK(core::change_in_words(0.04, 1) == "unchanged");
}

TEST_CASE("counts and lists are put as people say them") {
    CHECK(core::counted(1, "row", "rows") == "1 row");
    CHECK(core::counted(1200, "row", "rows") == "1,200 rows");
    CHECK(core::in_words(5) == "five");
    CHECK(core::in_words(12) == "12");
    CHECK(core::ordinal(1) == "1st");
    CHECK(core::ordinal(11) == "11th");
    CHECK(core::ordinal(22) == "22nd");
    CHECK(core::ordinal(113) == "113th");
    const std::vector<std::string> wards = {"Carfax", "Holywell", "North"};
    CHECK(core::joined(wards) == "Carfax, Holywell and North");
    CHECK(core::joined(std::span{wards}.first(1)) == "Carfax");
    CHECK(core::joined({}).empty());
}

TEST_CASE("a number is read only when it is the whole of the text") {
    CHECK(core::parse_integer("42") == 42);
    CHECK_FALSE(core::parse_integer("42 "));
    CHECK_FALSE(core::parse_integer(""));
    CHECK_FALSE(core::parse_integer("99999999999999999999"));
    CHECK(core::parse_real("-1.25") == -1.25);
    CHECK_FALSE(core::parse_real("nan"));
    CHECK_FALSE(core::parse_real("1,5"));
}

TEST_CASE("a CSV field is quoted when it must be and can start no formula") {
    CHECK(core::csv_field("Carfax") == "Carfax");
    CHECK(core::csv_field("a,b") == "\"a,b\"");
    CHECK(core::csv_field("say \"no\"") == "\"say \"\"no\"\"\"");
    CHECK(core::csv_field("=HYPERLINK(1)") == "'=HYPERLINK(1)");
    CHECK(core::csv_field("-12.5") == "-12.5");
    CHECK(core::csv_field("-cmd") == "'-cmd");
    const std::vector<std::string> fields = {"a", "", "b\nc"};
    CHECK(core::csv_line(fields) == "a,,\"b\nc\"\r\n");
}

TEST_CASE("money is read and shown in whole pence") {
    CHECK(Money::parse("£1,250")->pence() == 125'000);
    CHECK(Money::parse("1250.5")->pence() == 125'050);
    CHECK(Money::parse("-£3.07")->pence() == -307);
    CHECK(Money::parse(" 0.01 ")->pence() == 1);
    for (const char *wrong :
         {"", "£", "1,25", "12,500,00", "1.234", ".5", "1.", "1e3", "--1", "1 2"}) {
        CAPTURE(wrong);
        CHECK_FALSE(Money::parse(wrong));
    }
    CHECK(Money::pounds(1'250).text() == "£1,250");
    CHECK(Money::pence(125'050).text() == "£1,250.50");
    CHECK(Money::pence(-307).text() == "−£3.07");
}

TEST_CASE("a share of money rounds halves away from nought") {
    CHECK(Money::pence(101).share(5'000) == Money::pence(51));
    CHECK(Money::pence(-101).share(5'000) == Money::pence(-51));
    CHECK(Money::pounds(100).share(3'000) == Money::pounds(30));
}

TEST_CASE("a figure that cannot say where it comes from cannot be made") {
    core::Provenance nowhere{.measure = "robbery",
                             .definition = {},
                             .filter = {},
                             .area = {},
                             .period = {},
                             .comparator = {},
                             .method = {},
                             .as_known_on = *core::Instant::parse("2015-02-02T08:10:00Z"),
                             .rows = 0,
                             .files = {},
                             .notes = {}};
    CHECK_THROWS_AS(core::Figure("robbery.change", -24, "per cent", "down 24%", "", nowhere),
                    std::logic_error);
}

TEST_CASE("figures.csv has its columns in the order promised") {
    const auto moment = *core::Instant::parse("2015-02-02T08:10:00Z");
    core::Provenance from{.measure = "robbery",
                          .definition = "Robbery",
                          .filter = "",
                          .area = "Oxford",
                          .period = "April to December 2014",
                          .comparator = "April to December 2013",
                          .method = "Year to date",
                          .as_known_on = moment,
                          .rows = 220,
                          .files = {{.name = "a.csv",
                                     .sha256 = "ab12",
                                     .dataset = "police",
                                     .publisher = "",
                                     .licence = "",
                                     .received = moment}},
                          .notes = {}};
    const core::Figure figure{"robbery.change", -24.04,          "per cent",
                              "down 24%",       "Robbery fell.", from};
    CHECK(core::figures_csv({figure}) ==
          "key,value,unit,text,sentence,measure,period,comparator,method,as_known_on,sources\r\n"
          "robbery.change,-24.0,per cent,down 24%,Robbery fell.,robbery,April to December 2014,"
          "April to December 2013,Year to date,2015-02-02T08:10:00.000Z,a.csv ab12\r\n");
}
