// The shipped council report of a partnership that has figures and no records yet. What the
// example's records make of it is in src/app/example_report_test.cpp.

#include <algorithm>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "platform/document/render.hpp"
#include "platform/document/test_values.hpp"

using namespace wardmote;
using document::Block;
using document::Document;

namespace {

std::string source(const std::string &path) {
    std::ifstream file{WARDMOTE_SOURCE_DIR "/" + path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Figures as given, and the words that the evidence gives.
class CouncilValues : public document::TestValues {
public:
    CouncilValues() {
        figures.clear();
        verdicts.clear();
        lists.clear();
        texts = {{"place", "Oxford"},         {"partnership", "Oxford Partnership"},
                 {"date", "2 February 2015"}, {"year", "2014-15"},
                 {"last-year", "2013-14"},    {"calendar-year", "2014"},
                 {"plan_year", "2014-15"},    {"next_plan_year", "2015-16"}};
    }
    void change(const std::string &key, double percent, std::string verdict, std::string text) {
        add(key + ".change", percent, text, std::move(verdict), "All of it: " + text + ".");
        add(key + ".last", 125, "125", "", "There were 125.");
        add(key + ".this", 95, "95", "", "There were 95.");
    }
    void count(const std::string &key, double value, std::string text) {
        add(key, value, text, "", "The records hold " + text + ".");
    }
};

CouncilValues oxford() {
    CouncilValues live;
    live.texts["last-meeting"] = "December 2014";
    live.change("all-crime", -9.5, "fall", "down 9.5%");
    live.count("all-crime.lowest-on-record", 1, "the lowest level since 2003-04");
    live.change("robbery", -24, "no clear change", "down 24.0%");
    live.change("bicycle-theft", -3.8, "no clear change", "down 3.8%");
    live.change("asb-police", -6.8, "fall", "down 6.8%");
    live.change("violence", 11, "rise", "up 11.0%");
    live.change("sexual-offences", 133.3, "rise", "more than doubled, from 24 to 56");
    live.add("burglary-home.projection", 320, "about 320", "fall", "Seasonal share.");
    live.add("burglary-home.projection-change", -24, "down 24.0%", "fall", "From 421 to 320.");
    live.count("burglary-home.last-year", 421, "421");
    return live;
}

Document council(document::LiveValues &live) {
    return document::compile("council", "council.md", source("catalogue/reports/council.md"), live);
}

std::vector<std::string> headings(const Document &document) {
    std::vector<std::string> anchors;
    for (const auto &block : document.blocks)
        if (block.kind == Block::Kind::heading && block.level == 2)
            anchors.push_back(block.anchor);
    return anchors;
}

std::string words(const Document &document) {
    return document::body(document, document::Medium::word).str();
}

bool has(const std::string &text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("A change that chance could explain is called no clear change") {
    auto live = oxford();
    const auto text = words(council(live));
    CHECK(has(text, ", no clear change, and cycle theft is"));
    live.change("all-crime", -1, "no clear change", "down 1.0%");
    CHECK(has(words(council(live)), "no clear change, for chance alone could explain it"));
}

TEST_CASE("Without a figure its claim is not made") {
    auto live = oxford();
    live.figures.erase("all-crime.lowest-on-record");
    live.figures.erase("burglary-home.projection");
    const auto document = council(live);
    CHECK(document.problems.empty());
    CHECK_FALSE(has(words(document), "Crime in Oxford is at"));
    CHECK_FALSE(has(words(document), "projected to end"));
}

TEST_CASE("A city with nothing but its crime files gets a report that says what it lacks") {
    CouncilValues live;
    live.change("all-crime", 2, "no clear change", "up 2.0%");
    live.figures.erase("all-crime.last");
    for (const auto *key : {"burglary", "robbery", "bicycle-theft", "vehicle-crime", "shoplifting",
                            "violence-and-sexual-offences", "asb-police", "drugs"})
        live.change(key, -10, "fall", "down 10.0%");
    live.lists["notes.all-crime.this"] = {{{"text", "July 2025 has no figure."}}};
    const auto document = council(live);
    CHECK(document.problems.empty());
    const auto text = words(document);
    CHECK(has(text, "Burglary, of homes and businesses together") == false); // no projection
    CHECK(has(text, "So far, from April to December 2014, it is"));
    CHECK(has(text, "July 2025 has no figure."));
    CHECK(has(text, "Shoplifting is"));
    CHECK_FALSE(has(text, "Public order"));
    CHECK(has(text, "are not recorded yet"));
    CHECK(headings(document) ==
          std::vector<std::string>{"s-crime-and-anti-social-behaviour-in-oxford",
                                   "s-the-role-of-the-partnership",
                                   "s-what-is-not-in-this-report"});
}

TEST_CASE("A workspace without any evidence still gets a report, and no figure in it") {
    CouncilValues live;
    const auto document = council(live);
    CHECK(document.problems.empty());
    CHECK(document.notes.empty());
    CHECK(has(words(document), "nothing is said of it here"));
}
