#include "platform/record/show.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "platform/record/example_for_test.hpp"
#include "platform/record/export.hpp"

namespace wardmote::record {

namespace {

using test::Operation;

constexpr const char *police = "0193a5a0-7c1e-7abc-8def-00000000000c";
const Description &what = description<Operation>();

struct OneAuthority final : References {
    std::optional<Reference> find(std::string_view, std::string_view id) const override {
        return id == police ? std::optional{Reference{police, "<Police>", "/authorities/1"}}
                            : std::nullopt;
    }
    std::vector<Reference> candidates(std::string_view) const override { return {}; }
};
const OneAuthority references;

Values values() {
    Operation made;
    made.title = "=Night bus";
    made.aim = "Fewer assaults\n<b>always</b>";
    made.contact = "kit@example.org";
    made.officers = 1200;
    made.budget = core::Money::pence(125050);
    made.first_day = core::Date{2015, 2, 2};
    made.briefing = core::Instant::parse("2015-07-29T07:10:00.000Z");
    made.sort = test::Sort::test_purchase;
    made.authority = core::Id::parse(police).value();
    return values_of(made);
}

std::string words(std::string_view field, bool reveal = false) {
    return in_words(what.field(field), values()[what.index(field)], references, reveal);
}
std::string page(std::string_view field, bool reveal = false) {
    return shown(what.field(field), values()[what.index(field)], references, reveal).str();
}

Listing listing() {
    Listing made;
    made.records.push_back({.id = "7", .version = 2, .values = values()});
    made.records.push_back({.id = "8", .version = 1, .values = Values(what.fields.size())});
    made.total = 12;
    return made;
}

} // namespace

TEST_CASE("values are shown in words") {
    CHECK(words("officers") == "1,200");
    CHECK(words("budget") == "£1,250.50");
    CHECK(words("first_day") == "2 February 2015");
    CHECK(words("briefing") == "29 July 2015 at 8.10am"); // London's summer
    CHECK(words("secret") == "No");
    CHECK(words("sort") == "Test purchase");
    CHECK(words("authority") == "<Police>");
    CHECK(in_words(what.field("officers"), Value{}, references, true).empty());
    CHECK(in_words(what.field("authority"), Value{"other"}, references, true) ==
          "Not known to you");
}

TEST_CASE("on a page text is escaped, paragraphs keep their lines and references are links") {
    CHECK(page("aim") == "Fewer assaults<br>&lt;b&gt;always&lt;/b&gt;");
    CHECK(page("authority") == R"(<a class="govuk-link" href="/authorities/1">&lt;Police&gt;</a>)");
}

TEST_CASE("a sensitive value is masked wherever it could be shown") {
    CHECK(words("contact") == "Hidden: you may not see this");
    CHECK(words("contact", true) == "kit@example.org");
    auto after = values();
    after[what.index("contact")] = Value{"lee@example.org"};
    const auto changed = differences(what, values(), after);
    REQUIRE(changed.size() == 1);
    const auto masked = shown_differences(what, changed, references, false);
    CHECK(masked.fields[0].before.html().str() == hidden_words);
    CHECK(masked.fields[0].after.html().str() == hidden_words);
    const auto open = shown_differences(what, changed, references, true);
    CHECK(open.fields[0].field == "E-mail address of the informant");
    CHECK(open.fields[0].before.html().str() == "kit@example.org");
    const std::vector<std::string> columns{"contact"};
    CHECK(csv(what, listing(), columns, references, false) == "contact\r\nhidden\r\n\r\n");
    CHECK(json(what, listing(), columns, false).find("kit@") == std::string::npos);
    CHECK(json(what, listing().records[0], false).find("kit@") == std::string::npos);
}

TEST_CASE("a summary shows every field, and says where nothing was given") {
    auto some = values();
    some[what.index("budget")] = Value{};
    const auto list = summary(what, some, references, true);
    REQUIRE(list.rows.size() == 10);
    CHECK(list.rows[0].key.html().str() == "What the operation is called");
    CHECK(list.rows[0].value.html().str() == "=Night bus");
    CHECK(list.rows[4].value.html().str() == "Not given");
}

TEST_CASE("a clash shows what was, what is and what was typed, of the fields both changed") {
    Clash clash{.base = values(), .both = {"officers"}};
    clash.now.values = values();
    clash.now.values[what.index("officers")] = Value{20};
    auto mine = values();
    mine[what.index("officers")] = Value{15};
    const auto table = shown_clash(what, clash, mine, references, "Sam", "today at 3pm", true);
    REQUIRE(table.fields.size() == 1);
    CHECK(table.fields[0].field == "Number of officers");
    CHECK(table.fields[0].was.html().str() == "1,200");
    CHECK(table.fields[0].theirs.html().str() == "20");
    CHECK(table.fields[0].yours.html().str() == "15");
    CHECK(table.who == "Sam");
}

TEST_CASE("CSV has the chosen columns under names that do not change, safe in a spreadsheet") {
    const std::vector<std::string> columns{"id",     "title",    "officers",  "budget", "first_day",
                                           "secret", "briefing", "authority", "sort"};
    CHECK(csv(what, listing(), columns, references, true) ==
          "id,title,officers,budget,first_day,secret,briefing,authority,sort\r\n"
          "7,'=Night bus,1200,1250.50,2015-02-02,no,2015-07-29T07:10:00.000Z,<Police>,"
          "test_purchase\r\n"
          "8,,,,,,,,\r\n");
    const std::vector<std::string> wrong{"title", "password"};
    CHECK_THROWS_AS(csv(what, listing(), wrong, references, true), std::logic_error);
}

TEST_CASE("JSON has the chosen columns with their types, and its schema describes them") {
    const auto columns = all_columns(what);
    const auto read = nlohmann::json::parse(json(what, listing(), columns, true));
    CHECK(read["total"] == 12);
    REQUIRE(read["operations"].size() == 2);
    const auto &record = read["operations"][0];
    CHECK(record["id"] == "7");
    CHECK(record["officers"] == 1200);
    CHECK(record["budget"] == 125050);
    CHECK(record["secret"] == false);
    CHECK(record["authority"] == police);
    CHECK(read["operations"][1]["officers"].is_null());

    const auto schema = nlohmann::json::parse(json_schema(what));
    CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
    const auto &properties = schema["properties"];
    CHECK(properties.size() == 17); // ten fields and the seven that every record has
    CHECK(properties["title"]["maxLength"] == 40);
    CHECK(properties["title"]["type"] == "string");
    CHECK(properties["officers"]["type"] == nlohmann::json{"integer", "null"});
    CHECK(properties["officers"]["minimum"] == 1);
    CHECK(properties["officers"]["maximum"] == 500);
    CHECK(properties["first_day"]["format"] == "date");
    CHECK(properties["sort"]["enum"] == nlohmann::json{"patrol", "test_purchase", "campaign"});
    CHECK(schema["required"] ==
          nlohmann::json{"id", "version", "title", "first_day", "sort", "authority"});
    const auto whole = nlohmann::json::parse(json(what, listing().records[0], true));
    for (const auto &[name, ignored] : whole.items()) {
        CHECK(properties.contains(name));
    }
}

} // namespace wardmote::record
