#include <doctest/doctest.h>

#include "work/funding/cliff.hpp"

namespace wardmote::funding {

namespace {

const core::FinancialYear y14{2014}, y15{2015}, y16{2016}, y17{2017};

core::Money pounds(std::int64_t amount) {
    return core::Money::pounds(amount);
}

MoneyByYear each_year(std::int64_t amount) {
    return {{y14, pounds(amount)}, {y15, pounds(amount)}, {y16, pounds(amount)}};
}

/// 100,000 a year for three posts of 40,000, 35,000 and 25,000, in the order they are kept.
CliffInput three_posts() {
    return {
        .grants = {{.id = "g", .funder = "pcc", .agreed = true, .amounts = each_year(100'000)}},
        .lines =
            {{.grant = "g", .title = "C", .post = "third", .rank = 3, .budget = each_year(25'000)},
             {.grant = "g", .title = "A", .post = "first", .rank = 1, .budget = each_year(40'000)},
             {.grant = "g",
              .title = "B",
              .post = "second",
              .rank = 2,
              .budget = each_year(35'000)}},
        .posts = {{.id = "first", .title = "First", .starts = core::Date{2013, 4, 1}},
                  {.id = "second", .title = "Second", .starts = core::Date{2013, 4, 1}},
                  {.id = "third", .title = "Third", .starts = core::Date{2013, 4, 1}}}};
}

} // namespace

TEST_CASE("without a cut every post whose money is agreed is secured") {
    const auto made = cliff(three_posts(), y14, y16, std::nullopt);
    CHECK(made.years.size() == 3);
    for (const auto &row : made.rows) {
        for (const auto &year : row.years) {
            CHECK(year.standing == Standing::secured);
            CHECK(year.full_time_equivalent == 100);
        }
    }
    CHECK(made.years[2].agreed == pounds(100'000));
    CHECK(made.years[2].lost == pounds(0));
}

TEST_CASE("a cut of 30 per cent from 2016-17 takes the last post and part of the second") {
    const auto made = cliff(three_posts(), y14, y16, Cut{30, y16});
    CHECK(made.years[1].agreed == pounds(100'000));
    CHECK(made.years[2].agreed == pounds(70'000));
    CHECK(made.years[2].lost == pounds(30'000));
    const auto in_2016 = [&](std::size_t post) { return made.rows[post].years[2]; };
    CHECK(made.rows[1].years[1].standing == Standing::secured);
    CHECK(in_2016(0).standing == Standing::secured);
    // 70,000 less 40,000 leaves 30,000 of 35,000: 0.857 of full time.
    CHECK(in_2016(1).standing == Standing::falls_in_part);
    CHECK(in_2016(1).kept == pounds(30'000));
    CHECK(in_2016(1).full_time_equivalent == 85);
    CHECK(in_2016(2).standing == Standing::falls);
    CHECK(in_2016(2).kept == pounds(0));
    CHECK(in_2016(2).full_time_equivalent == 0);
}

TEST_CASE("money that no line has falls first") {
    auto input = three_posts();
    input.grants[0].amounts[y16] = pounds(150'000);
    const auto made = cliff(input, y16, y16, Cut{30, y16}); // 105,000 is enough for all
    CHECK(made.rows[2].years[0].standing == Standing::secured);
    CHECK(made.years[0].lost == pounds(45'000));
}

TEST_CASE("a post is at risk where its money is not agreed, not named, or its day has come") {
    auto input = three_posts();
    input.grants[0].agreed = false;
    CHECK(cliff(input, y14, y14, {}).rows[0].years[0].standing == Standing::at_risk);
    CHECK(cliff(input, y14, y14, {}).years[0].expected == pounds(100'000));
    input.grants[0].agreed = true;
    input.posts[0].at_risk_on = core::Date{2016, 4, 1};
    input.posts[1].ends = core::Date{2016, 3, 31};
    input.posts[2].starts = core::Date{2015, 4, 1};
    const auto made = cliff(input, y14, y17, {});
    CHECK(made.rows[0].years[1].standing == Standing::secured); // to 31 March 2016
    CHECK(made.rows[0].years[2].standing == Standing::at_risk); // from 1 April 2016
    CHECK(made.rows[1].years[1].standing == Standing::secured);
    CHECK(made.rows[1].years[2].standing == Standing::ended);
    CHECK(made.rows[2].years[0].standing == Standing::not_begun);
    CHECK(made.rows[2].years[3].standing == Standing::at_risk); // 2017-18: nobody names money
}

TEST_CASE("all of it falls when everything is cut") {
    const auto made = cliff(three_posts(), y15, y16, Cut{100, y16});
    for (const auto &row : made.rows) {
        CHECK(row.years[0].standing == Standing::secured);
        CHECK(row.years[1].standing == Standing::falls);
    }
}

} // namespace wardmote::funding
