#include "platform/law/law.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <unistd.h>

#include <doctest/doctest.h>

namespace core = wardmote::core;
namespace fs = std::filesystem;
using namespace wardmote::law;

namespace {

const std::string shipped{WARDMOTE_SOURCE_DIR "/catalogue"};

/// A workspace's catalogue that lasts as long as the test.
struct OwnCatalogue {
    fs::path path = fs::temp_directory_path() / ("wardmote-law-test-" + std::to_string(::getpid()));

    OwnCatalogue() { fs::create_directories(path / "law"); }
    ~OwnCatalogue() { fs::remove_all(path); }
    void write(const char *name, const char *text) const {
        std::ofstream{path / "law" / name} << text;
    }
};

} // namespace

TEST_CASE("a partnership's own choice stands over the one shipped, in its area") {
    const OwnCatalogue own;
    own.write("ours.toml", R"([[parameter]]
key = "board.papers-notice"
title = "Papers go out before a meeting of the board"
layer = "local"
area = "E07000178"
value = 7
unit = "clear days"
valid_from = 2014-04-01
source = "Terms of reference, paragraph 12"
)");
    const auto law = Law::read({shipped, own.path.string()});
    const core::Date before{2014, 3, 31};
    const core::Date after{2014, 4, 1};
    CHECK(law.parameters.at("board.papers-notice", before, "E07000178").number() == 5);
    CHECK(law.parameters.at("board.papers-notice", after, "E07000178").number() == 7);
    CHECK(law.parameters.at("board.papers-notice", after).number() == 5);
    CHECK(law.holidays.name({2014, 4, 18}) == "Good Friday");
}

TEST_CASE("a choice that statute does not allow is refused when the program starts") {
    const OwnCatalogue own;
    own.write("ours.toml", R"([[parameter]]
key = "public-meetings.each-year"
title = "Public meetings"
layer = "local"
area = "E07000178"
value = 0
unit = "times a year"
valid_from = 2014-04-01
source = "Terms of reference"
)");
    CHECK_THROWS_WITH(
        Law::read({shipped, own.path.string()}),
        "ours.toml, line 1: public-meetings.each-year cannot be 0 times a year on 1 April 2014: "
        "Crime and Disorder (Formulation and Implementation of Strategy) Regulations 2007 (SI "
        "2007/1830), regulation 12(4)(a) allows once a year or more.");
}

TEST_CASE("a workspace's own list of bank holidays stands instead of the shipped one") {
    const OwnCatalogue own;
    own.write("bank-holidays.toml",
              "bank_holidays_from = 2029\nbank_holidays_to = 2029\n"
              "bank_holiday = [{ date = 2029-01-01, name = \"New Year\" }]\n");
    const auto law = Law::read({shipped, own.path.string()});
    CHECK(law.holidays.name({2029, 1, 1}) == "New Year");
    CHECK(law.holidays.first_year() == 2029);
    CHECK_THROWS_AS(Law::read({own.path.string() + "-nowhere"}), std::runtime_error);
}
