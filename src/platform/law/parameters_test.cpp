#include "platform/law/parameters.hpp"

#include <set>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

namespace core = wardmote::core;
namespace fs = std::filesystem;
using namespace wardmote::law;

namespace {

const fs::path law_folder{WARDMOTE_SOURCE_DIR "/catalogue/law"};

struct RowText {
    std::string key = "fpn.litter";
    std::string value = "10000";
    std::string unit = "pence";
    std::string from = "2018-04-01";
    std::string rest = "";
    std::string layer = "statute";
};

std::string row(const RowText &text) {
    return "[[parameter]]\nkey = \"" + text.key + "\"\ntitle = \"Litter\"\nlayer = \"" +
           text.layer + "\"\nvalue = " + text.value + "\nunit = \"" + text.unit +
           "\"\nvalid_from = " + text.from + "\nsource = \"The Act\"\n" + text.rest + "\n";
}

Parameters read(const std::string &toml) {
    return Parameters::parse(toml, "law.toml");
}

std::string refusal(const std::string &toml) {
    try {
        read(toml);
    } catch (const std::runtime_error &error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("a parameter is read at the date of the event, not at today's") {
    const auto law =
        read(row({.value = "8000", .from = "2006-04-06", .rest = "valid_to = 2018-03-31"}) +
             row({.value = "15000", .from = "2018-04-01"}));
    CHECK(law.find("fpn.litter", {2006, 4, 5}) == nullptr);
    CHECK(law.at("fpn.litter", {2006, 4, 6}).money() == core::Money::pounds(80));
    CHECK(law.at("fpn.litter", {2018, 3, 31}).money() == core::Money::pounds(80));
    CHECK(law.at("fpn.litter", {2018, 4, 1}).money() == core::Money::pounds(150));
    CHECK(law.find("fpn.litters", {2018, 4, 1}) == nullptr);
    CHECK_THROWS_WITH(law.at("fpn.litter", {2006, 4, 5}),
                      "The law's files hold no “fpn.litter” for 5 April 2006.");
}

TEST_CASE(
    "an area's own row wins over the nation's, and a record keeps the id of the row it used") {
    const auto law = read(row({.rest = "least = 6500\nmost = 15000"}) +
                          row({.value = "12000",
                               .from = "2019-01-01",
                               .rest = "area = \"E07000178\"",
                               .layer = "local"}) +
                          row({.key = "respect-orders",
                               .value = "true",
                               .unit = "yes or no",
                               .from = "2026-06-29",
                               .rest = "area = \"E07000178\""}));
    const auto &before = law.at("fpn.litter", {2018, 12, 31}, "E07000178");
    const auto &own = law.at("fpn.litter", {2019, 1, 1}, "E07000178");
    const auto &elsewhere = law.at("fpn.litter", {2019, 1, 1}, "E07000177");
    CHECK(before.id == "fpn.litter@2018-04-01");
    CHECK(own.id == "fpn.litter@2019-01-01:E07000178:local");
    CHECK(own.in_words() == "£120");
    CHECK(elsewhere.id == before.id);
    CHECK(law.by_id(own.id) == &own);
    CHECK(law.by_id("fpn.litter@2001-01-01") == nullptr);
    // A pilot in one area only.
    CHECK(law.at("respect-orders", {2026, 7, 1}, "E07000178").yes());
    CHECK(law.find("respect-orders", {2026, 7, 1}, "E07000177") == nullptr);
}

TEST_CASE("a local value that statute does not allow is refused with file, line and reason") {
    const auto statute = row({.rest = "least = 6500\nmost = 15000"});
    CHECK(refusal(statute + row({.value = "15000", .layer = "local"})) == "");
    CHECK(refusal(statute + row({.value = "15001", .layer = "local"})) ==
          "law.toml, line 11: fpn.litter cannot be £150.01 on 1 April 2018: The Act allows £65 "
          "to £150.");
    CHECK(refusal(statute + row({.value = "100", .unit = "times", .layer = "local"})) ==
          "law.toml, line 11: fpn.litter is counted in “times” here and in “pence” by statute "
          "(law.toml, line 1).");
    CHECK(refusal(row({}) + row({.value = "9000", .layer = "local"})) ==
          "law.toml, line 10: fpn.litter cannot be £90 on 1 April 2018: The Act leaves no choice.");
    // Statute narrows while the local value stands.
    CHECK(refusal(row({.rest = "most = 15000\nvalid_to = 2022-12-31"}) +
                  row({.value = "5000", .from = "2023-01-01", .rest = "most = 8000"}) +
                  row({.value = "9000", .layer = "local"})) ==
          "law.toml, line 20: fpn.litter cannot be £90 on 1 January 2023: The Act allows £80 at "
          "most.");
    // Where statute says nothing, policy is free.
    CHECK(refusal(row({.value = "9000", .layer = "local"})) == "");
}

TEST_CASE("rows that overlap are refused") {
    CHECK(refusal(row({.from = "2018-04-01"}) + row({.from = "2020-01-01"})) ==
          "law.toml, line 10: fpn.litter is set from 1 January 2020 on, but law.toml, line 1 sets "
          "it for that day already.");
    CHECK(refusal(row({.rest = "valid_to = 2020-01-01"}) + row({.from = "2020-01-01"})) != "");
    CHECK(refusal(row({.rest = "valid_to = 2019-12-31"}) + row({.from = "2020-01-01"})) == "");
    CHECK(refusal(row({}) + row({.rest = "area = \"E07000178\""})) == "");
}

TEST_CASE("a faulty row is refused with file, line and what would mend it") {
    CHECK(refusal("[[parameters]]") ==
          "law.toml, line 1: “parameters” is not a setting known here.");
    CHECK(refusal("parameter = 3") == "law.toml, line 1: “parameter” must be a list of tables, "
                                      "each headed by its name in [[double brackets]].");
    CHECK(refusal("key = ").starts_with("law.toml, line 1: "));
    CHECK(refusal(row({.rest = "vaild_to = 2020-01-01"})) ==
          "law.toml, line 9: “vaild_to” is not a setting known here.");
    CHECK(refusal(row({.value = "-1"})) ==
          "law.toml, line 5: “value” must be a whole number from 0 to 1000000000000.");
    CHECK(refusal(row({.value = "1.5"})).starts_with("law.toml, line 5: “value” must be"));
    CHECK(refusal(row({.unit = "pounds"}))
              .starts_with("law.toml, line 6: “unit” must be one of “days"));
    CHECK(refusal(row({.layer = "county"})) ==
          "law.toml, line 4: “layer” must be “statute” or “local”.");
    CHECK(refusal(row({.key = "FPN"})) ==
          "law.toml, line 2: “key” must be small letters, digits, dots and hyphens.");
    CHECK(refusal(row({.from = "2018-02-30"})).starts_with("law.toml, line 7: "));
    CHECK(refusal(row({.rest = "valid_to = 2018-03-31"})) ==
          "law.toml, line 9: “valid_to” is before “valid_from”.");
    CHECK(refusal(row({.rest = "least = 10001"})) ==
          "law.toml, line 5: “value” does not lie between “least” and “most”.");
    CHECK(refusal(row({.rest = "least = 1", .layer = "local"})) ==
          "law.toml, line 9: “least” is for a number of statute only.");
    CHECK(refusal(row({.value = "\"02-29\"", .unit = "day of the year"})) ==
          "law.toml, line 5: “value” must be a day that every year has, such as “03-31”.");
    CHECK(refusal(row({.value = "1", .unit = "yes or no"})) ==
          "law.toml, line 5: “value” must be true or false.");
}

TEST_CASE("every unit reads back under its own name, and its value in words") {
    const std::vector<std::pair<std::string, std::string>> numbers{
        {"days beginning with", "28 days"},
        {"days following", "28 days"},
        {"weeks beginning with", "28 weeks"},
        {"months beginning with", "28 months"},
        {"years beginning with", "28 years"},
        {"working days", "28 working days"},
        {"hours", "28 hours"},
        {"clear days", "28 clear days"},
        {"times a year", "28 times a year"},
        {"months", "28 months"},
        {"years", "28 years"},
        {"times", "28"},
        {"pence", "£0.28"},
        {"per cent", "28%"}};
    for (const auto &[unit, words] : numbers) {
        const auto law = read(row({.value = "28", .unit = unit}));
        CHECK(kind_of(law.rows().front().unit).name == unit);
        CHECK(law.rows().front().in_words() == words);
    }
    CHECK(unit_kinds.size() == numbers.size() + 3);
    CHECK(read(row({.value = "1", .unit = "times a year"})).rows().front().in_words() ==
          "once a year");
    const auto day = read(row({.value = "\"03-31\"", .unit = "day of the year"})).rows().front();
    CHECK(day.in_words() == "31 March");
    CHECK(day.day_in(2016) == core::Date{2016, 3, 31});
    CHECK_THROWS_WITH(day.number(), "law.toml, line 1: fpn.litter is asked for as a number, but "
                                    "its unit is “day of the year”.");
    CHECK(read(row({.value = "false", .unit = "yes or no"})).rows().front().in_words() == "no");
    CHECK(read(row({.value = "\"so\"", .unit = "words"})).rows().front().in_words() == "so");
}

TEST_CASE("a limit that the law's files set is counted as they word it") {
    const auto holidays = BankHolidays::read(law_folder / bank_holidays_file);
    const core::Date event{2026, 3, 2};
    const auto end = [&](const char *value, const char *unit) {
        const auto law = read(row({.value = value, .unit = unit}));
        return due(law.at("fpn.litter", event), event, holidays).last_day.iso();
    };
    CHECK(end("21", "days beginning with") == "2026-03-22");
    CHECK(end("14", "days following") == "2026-03-16");
    CHECK(end("6", "weeks beginning with") == "2026-04-12");
    CHECK(end("1", "months beginning with") == "2026-04-01");
    CHECK(end("3", "years beginning with") == "2029-03-01");
    CHECK(end("5", "working days") == "2026-03-09");
    CHECK(end("12", "months") == "2027-03-02"); // the twelve months from 3 March hold it
    CHECK(end("3", "years") == "2029-03-02");
    CHECK_THROWS_AS(end("48", "hours"), std::runtime_error);
}

TEST_CASE("the shipped law reads, and holds what the duties of a partnership need") {
    const auto law = Parameters::read({law_folder, law_folder / "no-such-folder"});
    const auto holidays = BankHolidays::read(law_folder / bank_holidays_file);
    const core::Date report{2015, 2, 2};
    CHECK(law.at("public-meetings.each-year", report).in_words() == "once a year");
    CHECK(law.at("assessment.each-year", report).number() == 1);
    CHECK(law.at("assessment.sections", report).number() == 6);
    CHECK(law.at("plan.sections", report).number() == 6);
    CHECK(law.at("plan.years", report).in_words() == "3 years");
    CHECK(law.at("plan.revised-by", report).day_in(2015) == core::Date{2015, 3, 31});
    CHECK(law.at("board.meetings-each-year", report).number() == 4);
    CHECK(law.at("scrutiny.interval", report).in_words() == "12 months");
    CHECK(due(law.at("scrutiny.response", report), report, holidays).words ==
          "within 28 days following 2 February 2015: Monday 2 March 2015");
    // The data of April to June 2026 is due by the end of September.
    CHECK(due(law.at("dataset.due", {2026, 7, 1}), {2026, 7, 1}, holidays).last_day ==
          core::Date{2026, 9, 30});
    // Serious violence became a limb of section 6 after this report.
    CHECK(law.find("plan.limb.serious-violence", report) == nullptr);
    CHECK(law.find("plan.limb.serious-violence", {2026, 1, 1}) != nullptr);
    const char *returns[]{"31 July", "31 October", "31 January", "30 April"};
    for (int quarter = 1; quarter <= 4; ++quarter) {
        CHECK(law.at("grant.return.q" + std::to_string(quarter), report).in_words() ==
              returns[quarter - 1]);
    }
    std::set<std::string> ids;
    for (const auto &each : law.rows()) {
        CHECK(ids.insert(each.id).second);
    }
}
