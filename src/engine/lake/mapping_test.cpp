#include "engine/lake/mapping.hpp"

#include <doctest/doctest.h>

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

namespace core = wardmote::core;
namespace lake = wardmote::lake;

namespace {

constexpr const char *least = R"(
name = "noise"
title = "Complaints of noise"
kind = "incidents"
[columns]
date = "when"
)";

std::vector<lake::Mapping> shipped() {
    const std::vector<std::string> catalogues{WARDMOTE_SOURCE_DIR "/catalogue"};
    return lake::load_mappings(catalogues);
}

template <std::size_t N>
std::string recognised(const std::array<std::string_view, N> &header, std::string_view file) {
    static const auto mappings = shipped();
    const lake::Mapping *mapping = lake::recognise(mappings, header, file);
    return mapping != nullptr ? mapping->name : "";
}

} // namespace

TEST_CASE("A file's name gives owner and month, whatever comes after the first full stop") {
    const auto parts = lake::match_name("{month}-{owner}-street",
                                        "2022-02-northumbria-street.vintage-2022.csv.gz");
    REQUIRE(parts.has_value());
    CHECK(parts->owner == "northumbria");
    CHECK(parts->period == core::Period{core::Month{2022, 2}});
    CHECK(
        lake::match_name("{month}-{owner}-street", "2025-01-thames-valley-street (1).csv")->owner ==
        "thames-valley");
    CHECK_FALSE(lake::match_name("{month}-{owner}-street", "2025-01-thames-valley-outcomes.csv"));
    CHECK_FALSE(lake::match_name("{month}-{owner}-street", "2025-13-durham-street.csv"));
}

TEST_CASE("A run of months in a file's name is a period") {
    const auto parts =
        lake::match_name("contacts-{owner}-{period}", "contacts-oxford-2013-04-to-2014-12.csv");
    REQUIRE(parts.has_value());
    CHECK(parts->owner == "oxford");
    CHECK(parts->period == core::Period{core::Month{2013, 4}, core::Month{2014, 12}});
    CHECK(lake::match_name("crime_month_{month}_area_{owner}",
                           "crime_month_2018_06_area_E05000026_0.json")
              ->period == core::Period{core::Month{2018, 6}});
}

TEST_CASE("Every mapping shipped can be read, and the commonest are told by their headers") {
    CHECK(shipped().size() >= 20);
    constexpr std::array<std::string_view, 12> street{"Crime ID",
                                                      "Month",
                                                      "Reported by",
                                                      "Falls within",
                                                      "Longitude",
                                                      "Latitude",
                                                      "Location",
                                                      "LSOA code",
                                                      "LSOA name",
                                                      "Crime type",
                                                      "Last outcome category",
                                                      "Context"};
    CHECK(recognised(street, "x.csv") == "police-street");
    constexpr std::array<std::string_view, 10> outcomes{
        "Crime ID", "Month",    "Reported by", "Falls within", "Longitude",
        "Latitude", "Location", "LSOA code",   "LSOA name",    "Outcome type"};
    CHECK(recognised(outcomes, "x.csv") == "police-outcomes");
    constexpr std::array<std::string_view, 4> contacts{"Ward_Code", " category", "DATE",
                                                       "reference"};
    CHECK(recognised(contacts, "x.csv") == "contacts");
    constexpr std::array<std::string_view, 2> other{"colour", "size"};
    CHECK(recognised(other, "x.csv").empty());
}

TEST_CASE("A table whose year stands only in its name is not guessed when the name is another") {
    constexpr std::array<std::string_view, 3> header{"lsoa11_name", "lsoa11_code",
                                                     "total_population"};
    CHECK(recognised(header, "mye2019_lsoa11_total.csv.gz") == "population-mid-2019");
    CHECK(recognised(header, "mye2020_lsoa11_total.csv.gz") == "population-mid-2020");
    CHECK(recognised(header, "mye2031_lsoa11_total.csv.gz").empty());
}

TEST_CASE("A mapping says by file and line, or by key, what is wrong in it") {
    CHECK(lake::parse_mapping(least, "x.toml").dataset == "noise");
    const auto wrong = [](const std::string &toml) -> std::string {
        try {
            lake::parse_mapping(toml, "x.toml");
        } catch (const std::runtime_error &error) {
            return error.what();
        }
        return "";
    };
    const std::string text = least;
    CHECK(wrong(text + "colour = \"c\"\n") ==
          "x.toml: columns.colour is no column every dataset has; put it under [extra].");
    CHECK(wrong(text + "[chekcs]\n") == "x.toml: chekcs is no key of a mapping.");
    CHECK(wrong(text + "[checks]\nrequired = [\"ward\"]\n") ==
          "x.toml: checks.required names ward, which is not under [columns].");
    CHECK(wrong(text + "[checks]\nreference_once = 3\n") ==
          "x.toml: checks.reference_once has a value of the wrong kind.");
    CHECK(wrong("name = \n").rfind("x.toml, line 1:", 0) == 0);
    CHECK(wrong("name = \"../up\"\ntitle = \"t\"\nkind = \"counts\"\n") ==
          "x.toml: name and dataset must be lower-case letters, digits and -.");
}

TEST_CASE("Fly-tipping's land and waste types are all counted, and checked against the total") {
    for (const auto &mapping : shipped()) {
        if (mapping.name == "fly-tipping") {
            std::map<std::string, int> count;
            for (const auto &value : mapping.values) {
                ++count[value.category];
            }
            // As the return has them: 10 land types, 15 waste types, 7 sizes.
            CHECK(count["land"] == 10);
            CHECK(count["waste"] == 15);
            CHECK(count["size"] == 7);
            CHECK(mapping.sums.size() == 3);
        }
    }
}
