#include "platform/record/form.hpp"

#include <doctest/doctest.h>

#include "engine/core/text.hpp"
#include "platform/record/example_for_test.hpp"

namespace wardmote::record {

namespace {

using test::Operation;
using Form = std::vector<std::pair<std::string, std::string>>;

constexpr const char *police = "0193a5a0-7c1e-7abc-8def-00000000000c";
const Description &what = description<Operation>();

struct OneAuthority final : References {
    std::optional<Reference> find(std::string_view table, std::string_view id) const override {
        return table == "authority" && id == police
                   ? std::optional{Reference{police, "Police & crime", "/authorities/1"}}
                   : std::nullopt;
    }
    std::vector<Reference> candidates(std::string_view table) const override {
        return {find(table, police).value()};
    }
};
const OneAuthority references;

Form good() {
    return {{"title", "  Night bus patrol "},
            {"aim", "Fewer assaults\r\nafter the last bus\r"},
            {"contact", "kit@example.org"},
            {"officers", "1,200"},
            {"budget", "£1,250.50"},
            {"first_day-day", "29"},
            {"first_day-month", "3"},
            {"first_day-year", "2015"},
            {"briefing-day", "29"},
            {"briefing-month", "March"},
            {"briefing-year", "2015"},
            {"briefing-time", "8.30am"},
            {"secret", "no"},
            {"sort", "campaign"},
            {"authority", police}};
}

Form with(std::vector<std::pair<std::string, std::string>> changes) {
    auto form = good();
    for (auto &[name, value] : form) {
        if (name == "officers") {
            value = "12";
        }
        for (const auto &change : changes) {
            if (change.first == name) {
                value = change.second;
            }
        }
    }
    return form;
}

Value value(const Parsed &parsed, std::string_view field) {
    return parsed.values[what.index(field)];
}

/// What is said of a form that is right but for these inputs.
std::string said(std::vector<std::pair<std::string, std::string>> changes) {
    const auto parsed = parse(what, with(std::move(changes)), references);
    std::vector<std::string> sentences;
    for (const auto &problem : parsed.problems) {
        sentences.push_back(problem.words);
    }
    return core::joined(sentences);
}

} // namespace

TEST_CASE("a form is read as people write: dates in three boxes, money with its sign") {
    const auto parsed = parse(what, with({}), references);
    CHECK(parsed.ok());
    CHECK(value(parsed, "title") == Value{"Night bus patrol"});
    CHECK(value(parsed, "aim") == Value{"Fewer assaults\nafter the last bus"});
    CHECK(value(parsed, "contact") == Value{"kit@example.org"});
    CHECK(value(parsed, "officers") == Value{12});
    CHECK(value(parsed, "budget") == Value{125050});
    CHECK(value(parsed, "first_day") == Value{"2015-03-29"});
    // On 29 March 2015 London's clocks went from 1am to 2am: 8.30am there is 7.30 UTC.
    CHECK(value(parsed, "briefing") == Value{"2015-03-29T07:30:00.000Z"});
    CHECK(value(parsed, "secret") == Value{0});
    CHECK(value(parsed, "sort") == Value{"campaign"});
    CHECK(value(parsed, "authority") == Value{police});
}

TEST_CASE("times are read in the ways people write them") {
    const std::vector<std::pair<std::string, std::string>> right{
        {"12.05am", "00:05"}, {"12pm", "12:00"}, {"8:10 PM", "20:10"}, {"20.10", "20:10"},
        {"08:10", "08:10"},   {"0.00", "00:00"}, {"7am", "07:00"}};
    for (const auto &[typed, time] : right) {
        CAPTURE(typed);
        // In winter London keeps UTC.
        const auto parsed =
            parse(what, with({{"briefing-month", "1"}, {"briefing-time", typed}}), references);
        CHECK(value(parsed, "briefing") == Value{"2015-01-29T" + time + ":00.000Z"});
    }
    for (const auto *wrong : {"8", "24.00", "13pm", "0am", "8.60am", "8.5.1", "noonish", "-1:00"}) {
        CAPTURE(wrong);
        CHECK(said({{"briefing-time", wrong}}) == "Briefing must include a time, like 9.30am");
    }
}

TEST_CASE("each thing that is wrong is said in a sentence that mends it") {
    CHECK(said({{"title", " \t"}}) == "Enter what the operation is called");
    CHECK(said({{"title", std::string(40, 'a')}}).empty());
    CHECK(said({{"title", std::string(41, 'a')}}) ==
          "What the operation is called must be 40 characters or fewer");
    CHECK(said({{"aim", std::string(4001, 'a')}}) == "Aim must be 4,000 characters or fewer");
    CHECK(said({{"officers", "0"}}) == "Number of officers must be between 1 and 500");
    CHECK(said({{"officers", "twelve"}}) == "Number of officers must be a whole number, like 12");
    CHECK(said({{"officers", "99999999999999999999"}}) ==
          "Number of officers must be a whole number, like 12");
    CHECK(said({{"budget", "12.345"}}) == "Budget must be an amount of money, like £1,250.50");
    CHECK(said({{"budget", "-5"}}) == "Budget must be £0 or more");
    CHECK(said({{"first_day-day", "31"}, {"first_day-month", "2"}}) ==
          "First day must be a real date");
    CHECK(said({{"first_day-year", "15"}}) == "First day must be a real date");
    CHECK(said({{"first_day-month", "Smarch"}}) == "First day must be a real date");
    CHECK(said({{"first_day-month", ""}}) == "First day must include a month");
    CHECK(said({{"first_day-day", ""}, {"first_day-year", " "}}) ==
          "First day must include a day and year");
    CHECK(said({{"first_day-day", ""}, {"first_day-month", ""}, {"first_day-year", ""}}) ==
          "Enter the first day");
    CHECK(said({{"sort", ""}}) == "Select the kind of operation");
    CHECK(said({{"sort", "raid"}}) == "Select the kind of operation");
    CHECK(said({{"secret", "perhaps"}}) == "Only for those on its list must be yes or no");
    CHECK(said({{"authority", ""}}) == "Select who leads it");
    CHECK(said({{"authority", "0193a5a0-7c1e-7abc-8def-00000000000d"}}) == "Select who leads it");
    for (const auto *wrong : {"kit", "kit@", "@example.org", "kit@example", "a b@example.org",
                              "a@b@example.org", "kit@example..org", "<kit@example.org>"}) {
        CAPTURE(wrong);
        CHECK(said({{"contact", wrong}}) == "E-mail address of the informant must be an e-mail "
                                            "address, like name@example.com");
    }
    CHECK(said({{"contact", "o'brien+ward@mail.example.co.uk"}}).empty());
}

TEST_CASE("characters are counted as people count them, and what cannot be shown is refused") {
    std::string forty;
    for (int i = 0; i < 40; ++i) {
        forty += "é";
    }
    CHECK(said({{"title", forty}}).empty());
    CHECK(said({{"title", "Tab\there"}}).empty());
    for (const auto &wrong :
         {std::string{"a\0b", 3}, std::string{"a\x1b[31m"}, std::string{"two\nlines"},
          std::string{"a\x7f"}, std::string{"a\xC2\x85"}, std::string{"\xFF"},
          std::string{"\xC0\xAF"}, std::string{"\xED\xA0\x80"}, std::string{"\xF5\x80\x80\x80"},
          std::string{"cut \xE2\x82"}}) {
        CHECK(said({{"title", wrong}}) ==
              "What the operation is called includes a character that cannot be kept. "
              "Type it again");
    }
    CHECK(said({{"aim", std::string{"a\0b", 3}}}) ==
          "Aim includes a character that cannot be kept. Type it again");
}

TEST_CASE("what was typed is kept to be shown again, right or wrong") {
    const auto parsed =
        parse(what, with({{"first_day-month", "Smarch"}, {"budget", "lots"}}), references);
    CHECK(parsed.typed.at("first_day-month") == "Smarch");
    CHECK(parsed.typed.at("budget") == "lots");
    CHECK(parsed.typed.at("title") == "  Night bus patrol ");
    const auto page = fields(what, parsed.typed, parsed.problems, references).str();
    CHECK(page.find(R"(value="Smarch")") != page.npos);
    CHECK(page.find(R"(value="lots")") != page.npos);
    CHECK(page.find("First day must be a real date") != page.npos);
}

TEST_CASE("a field that the form did not send keeps its value") {
    const auto before = parse(what, with({}), references).values;
    const auto parsed = parse(what, Form{{"title", "Renamed"}}, references, before);
    CHECK(parsed.ok());
    auto expected = before;
    expected[what.index("title")] = Value{"Renamed"};
    CHECK(parsed.values == expected);
}

TEST_CASE("who may not see a sensitive field can neither change nor empty it") {
    const auto before = parse(what, with({}), references).values;
    for (const auto *typed : {"", "mallory@example.org"}) {
        const auto parsed = parse(what, with({{"contact", typed}}), references, before, false);
        CHECK(parsed.ok());
        CHECK(value(parsed, "contact") == Value{"kit@example.org"});
    }
    const auto shown = fields(what, typed_of(what, before), {}, references, false).str();
    CHECK(shown.find("kit@") == shown.npos);
    CHECK(shown.find("informant") == shown.npos);
    // Of a new record there is nothing to hide.
    CHECK(value(parse(what, with({}), references, {}, false), "contact") ==
          Value{"kit@example.org"});
}

TEST_CASE("what was not touched is not judged again, and keeps the seconds no input shows") {
    auto before = parse(what, with({}), references).values;
    before[what.index("briefing")] = Value{"2015-03-29T07:30:59.123Z"};
    before[what.index("authority")] = Value{"0193a5a0-7c1e-7abc-8def-00000000000d"}; // unknown here
    const auto typed = typed_of(what, before);
    const auto parsed = parse(what, Form{typed.begin(), typed.end()}, references, before);
    CHECK(parsed.ok());
    CHECK(parsed.values == before);
    const auto page = fields(what, typed, {}, references).str();
    CHECK(page.find("Chosen by somebody else") != page.npos);
}

TEST_CASE("an optional field left empty is nothing, and an unsaid yes or no is no") {
    const auto parsed = parse(what,
                              Form{{"title", "Bare"},
                                   {"first_day-day", "1"},
                                   {"first_day-month", "2"},
                                   {"first_day-year", "2015"},
                                   {"sort", "patrol"},
                                   {"authority", police},
                                   {"officers", ""}},
                              references);
    CHECK(parsed.ok());
    for (const auto *field : {"aim", "contact", "officers", "budget", "briefing"}) {
        CHECK(db::is_nothing(value(parsed, field)));
    }
    CHECK(value(parsed, "secret") == Value{0});
}

TEST_CASE("errors lead to the very input that is to be mended") {
    const auto parsed = parse(
        what, with({{"title", ""}, {"first_day-month", ""}, {"briefing-time", "x"}, {"sort", ""}}),
        references);
    const auto lines = error_lines(what, parsed.problems, parsed.typed);
    REQUIRE(lines.size() == 4);
    CHECK(lines[0].href == "#title");
    CHECK(lines[1].href == "#first_day-month");
    CHECK(lines[2].href == "#briefing-time");
    CHECK(lines[3].href == "#sort");
    const auto page = fields(what, parsed.typed, parsed.problems, references).str();
    for (const auto *id : {"title", "first_day-month", "briefing-time", "sort"}) {
        CAPTURE(id);
        CHECK(page.find(" id=\"" + std::string{id} + "\"") != page.npos);
    }
    CHECK(error_lines(what, {{"", "The last day must not be before the first"}}, {})[0].href == "");
}

TEST_CASE("the inputs of a record that is kept read back as what is kept") {
    const auto before = parse(what, with({}), references).values;
    const auto typed = typed_of(what, before);
    CHECK(typed.at("budget") == "1250.50");
    CHECK(typed.at("briefing-time") == "8.30am");
    CHECK(typed.at("first_day-month") == "3");
    CHECK(typed.at("secret") == "no");
    CHECK(parse(what, Form{typed.begin(), typed.end()}, references).values == before);
}

TEST_CASE("every field is drawn with the input that suits it") {
    const auto typed = typed_of(what, parse(what, with({}), references).values);
    const auto page = fields(what, typed, {}, references).str();
    const auto has = [&](std::string_view part) { return page.find(part) != page.npos; };
    CHECK(has("Budget (optional)"));
    CHECK_FALSE(has("First day (optional)"));
    CHECK(has("You can write up to 4,000 characters."));
    CHECK(
        has(R"(<option value="0193a5a0-7c1e-7abc-8def-00000000000c" selected>Police &amp; crime)"));
    CHECK(has(R"(value="campaign" checked)"));
    CHECK(has(R"(inputmode="decimal")"));
    CHECK(has(R"(name="briefing-time")"));
    CHECK(has(R"(type="email")"));
}

TEST_CASE("values that came by another way than a form are held to the same rules") {
    auto values = parse(what, with({}), references).values;
    CHECK(problems_of(what, values, references).empty());
    values[what.index("officers")] = Value{501};
    values[what.index("title")] = Value{7};
    values[what.index("first_day")] = Value{"2015-02-30"};
    const auto problems = problems_of(what, values, references);
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].words == "What the operation is called is of the wrong type");
    CHECK(problems[1].words == "Number of officers must be between 1 and 500");
    CHECK(problems[2].words == "First day must be a real date");
}

} // namespace wardmote::record
