#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <fmt/core.h>
#include <unistd.h>

#include "work/reports/records.hpp"

using namespace wardmote::reports;
using wardmote::core::Date;
namespace fs = std::filesystem;

namespace {

Records read(const std::string &toml) {
    const auto path = fs::temp_directory_path() / fmt::format("wardmote-records-{}", getpid());
    std::ofstream{path} << toml;
    const auto removed = [&] { fs::remove(path); };
    try {
        auto records = Records::read(path.string());
        removed();
        return records;
    } catch (...) {
        removed();
        throw;
    }
}

} // namespace

TEST_CASE("A workspace without records has none") {
    const auto records = Records::read("/no/such/council.toml");
    CHECK_FALSE(records.present());
    CHECK_FALSE(records.text("chair"));
    CHECK_FALSE(records.list("actions"));
    CHECK_FALSE(records.last_meeting({2015, 2, 2}));
}

TEST_CASE("Words, lists and entries are found by their names, kinds and years") {
    const auto records = read(R"(
chair = "the Director"
[report]
to = "Full Council"
recommendations = ["Note it.", "Thank them."]
[[themes]]
date = 2014-06-11
title = "mental health"
[[themes]]
date = 2013-06-11
title = "probation"
[[actions]]
strand = "victims"
text = "Training"
figure = "nuisance-cases.2014"
)");
    CHECK(records.present());
    CHECK(records.text("chair") == "the Director");
    CHECK(records.text("report.to") == "Full Council");
    CHECK(records.list("report.recommendations")->at(1).at("text") == "Thank them.");
    REQUIRE(records.list("themes.2014")->size() == 1);
    CHECK(records.list("themes.2014")->front().at("text") == "mental health");
    CHECK(records.list("actions.victims")->front().at("figure") == "nuisance-cases.2014");
    CHECK_FALSE(records.list("actions.offenders"));
}

TEST_CASE("The last meeting is the latest on or before the day") {
    const auto records = read("[[meetings]]\ndate = 2014-12-10\n[[meetings]]\ndate = 2014-09-10\n"
                              "[[meetings]]\ndate = 2015-03-11\n");
    CHECK(records.last_meeting({2015, 2, 2}) == Date{2014, 12, 10});
    CHECK(records.last_meeting({2014, 12, 9}) == Date{2014, 9, 10});
    CHECK_FALSE(records.last_meeting({2014, 1, 1}));
}

TEST_CASE("A fault of the records is named with its line") {
    CHECK_THROWS_WITH(
        read("chair = \"a\"\nposts = [ { duties = \"b\" } ]\n"),
        doctest::Contains("line 2: an entry needs a text, a title, a name or a date"));
    CHECK_THROWS_WITH(read("a = 1\nchair = = 2\n"), doctest::Contains("line 2"));
    CHECK_THROWS_WITH(read("[report]\nto = 1.5\n"), doctest::Contains("line 2: words in quotes"));
}
