#include "engine/lake/quality.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace wardmote;
using namespace wardmote::lake;

namespace {

/// Months of `rows` each, from January 2025, all in one category.
std::vector<MonthQuality> run(const std::vector<std::uint64_t> &rows) {
    std::vector<MonthQuality> months;
    core::Month month{2025, 1};
    for (const std::uint64_t count : rows) {
        months.push_back({month, count, 0, 0, 0, count, 0, {{"asb", count}}});
        ++month;
    }
    return months;
}

std::vector<std::string> codes(const std::vector<QualityFinding> &findings) {
    std::vector<std::string> list;
    for (const QualityFinding &finding : findings) {
        list.push_back(finding.code);
    }
    return list;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("an even run of months has nothing to be said of") {
    CHECK(find_quality(run({100, 110, 90, 105, 98, 101})).empty());
    CHECK(find_quality({}).empty());
}

TEST_CASE("a gap between months is said to be missing, not nought") {
    std::vector<MonthQuality> months = run({100, 100, 100, 100, 100});
    months.erase(months.begin() + 2);
    const auto found = find_quality(months);
    REQUIRE(codes(found) == Texts{"month-missing"});
    CHECK(found[0].sentence ==
          "There is no file for March 2025: the month is missing, not nought.");
    months.erase(months.begin() + 2);
    CHECK(find_quality(months)[0].months == core::Period{{2025, 3}, {2025, 4}});
}

TEST_CASE("a month a tenth of its neighbours is said, and one of a ninth is not") {
    const auto found = find_quality(run({100, 100, 10, 100, 100}));
    REQUIRE(codes(found) == Texts{"month-small"});
    CHECK(found[0].months == core::Period{core::Month{2025, 3}});
    CHECK(found[0].rows == 10);
    CHECK(find_quality(run({100, 100, 11, 100, 100})).empty());
    CHECK(find_quality(run({0, 1, 0, 1})).empty()); // too few for anything to be said
}

TEST_CASE("a category that comes or goes at once is said, with the month") {
    std::vector<MonthQuality> months = run({100, 100, 100, 100, 100, 100, 100, 100});
    for (std::size_t i = 4; i < 8; ++i) {
        months[i].categories = {{"nuisance", 100}};
    }
    const auto found = find_quality(months);
    REQUIRE(codes(found) == Texts{"category-disappears", "category-appears"});
    CHECK(found[0].months == core::Period{core::Month{2025, 4}});
    CHECK(found[1].months == core::Period{core::Month{2025, 5}});
    // A rare one that comes now and then is not.
    months = run({100, 100, 100, 100, 100, 100, 100, 100});
    months[5].categories.emplace_back("rare", 2);
    CHECK(find_quality(months).empty());
}

TEST_CASE("shares say how many of how many") {
    std::vector<MonthQuality> months = run({200, 200});
    months[0].without_point = 8;
    months[1].blank_lsoa = 4;
    months[1].both = 100;
    months[0].both = 100;
    months[1].disagree = 7;
    const auto found = find_quality(months);
    REQUIRE(codes(found) == Texts{"no-coordinates", "lsoa-blank", "point-and-code-disagree"});
    CHECK(found[0].sentence == "8 of 400 rows (2.0%) have no coordinates.");
    CHECK(found[2].sentence ==
          "7 of 200 rows (3.5%) that have both a point and an area code name two different places; "
          "the point is believed.");
}

TEST_CASE("a dataset that never has points does not lack them") {
    std::vector<MonthQuality> months = run({50, 50});
    months[0].without_point = months[1].without_point = 50;
    CHECK(find_quality(months).empty());
}
