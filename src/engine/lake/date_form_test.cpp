#include "engine/lake/date_form.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

namespace core = wardmote::core;
namespace lake = wardmote::lake;

namespace {

std::string read(const char *form, const char *text) {
    const auto date = lake::DateForm{form}.read(text);
    return date ? date->iso() : "";
}

} // namespace

TEST_CASE("A date is read by an example of its form") {
    CHECK(read("2014-12-31", "2015-02-02") == "2015-02-02");
    CHECK(read("31/12/2014", "2/2/2015") == "2015-02-02");
    CHECK(read("12/31/2014", "02/13/2015") == "2015-02-13");
    CHECK(read("31 December 2014", "2 February 2015") == "2015-02-02");
    CHECK(read("31-Dec-14", "02-Feb-15") == "2015-02-02");
    CHECK(read("31/12/2014 23:59", "02/02/2015 7:05") == "2015-02-02");
}

TEST_CASE("What is in another form, or no day at all, is no date") {
    CHECK(read("2014-12-31", "02/02/2015").empty());
    CHECK(read("31/12/2014", "29/02/2015").empty());
    CHECK(read("2014-12-31", "2015-02-02 or so").empty());
    CHECK(read("2014-12-31", "").empty());
    CHECK_THROWS_AS(lake::DateForm{"yyyy-mm-dd"}, std::runtime_error);
}

TEST_CASE("A time in UTC falls on London's day") {
    constexpr const char *form = "2014-12-31T23:59:59+00:00";
    CHECK(read(form, "2020-05-31T23:05:00+00:00") == "2020-06-01"); // British Summer Time
    CHECK(read(form, "2020-12-31T23:05:00+00:00") == "2020-12-31");
}
