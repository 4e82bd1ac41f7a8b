#include <doctest/doctest.h>

#include "platform/chart/bars.hpp"
#include "platform/chart/chart.hpp"
#include "platform/chart/drawn_test.hpp"

using namespace wardmote::chart;

namespace {

Chart example() {
    BarsInput input;
    input.words = {"thefts", "Thefts of <bicycles> & \"more\" fell",
                   "A year", "Police & others.",
                   "Thefts", "theft",
                   "thefts"};
    input.bars = {{"2012-13", 1250}, {"2013-14", 900}};
    return bars(input);
}

bool has(const std::string &text, std::string_view part) {
    return text.find(part) != text.npos;
}

} // namespace

TEST_CASE("a figure holds its heading, pictures, sentence, table and source in this order") {
    const std::string html = figure(example()).str();
    std::size_t at = 0;
    for (const std::string_view part :
         {"<figure class=\"app-figure\" id=\"thefts\">", "<h2", "app-figure__sub", "only-wide",
          "only-narrow", "app-figure__words", "<details", "<caption>", "<figcaption>"}) {
        CAPTURE(part);
        const auto found = html.find(part, at);
        REQUIRE(found != html.npos);
        at = found;
    }
    CHECK(testing::fault(html) == "");
}

TEST_CASE("a figure for paper has its number, its table open and one drawing") {
    FigureOptions options;
    options.number = 3;
    options.heading_level = 4;
    options.table_open = true;
    options.narrow = false;
    const std::string html = figure(example(), options).str();
    CHECK(has(html, ">Figure 3. Thefts of &lt;bicycles&gt; &amp; &quot;more&quot; fell</h4>"));
    CHECK_FALSE(has(html, "<details"));
    CHECK(has(html, "<table"));
    CHECK_FALSE(has(html, "only-narrow"));
    CHECK(testing::fault(html) == "");
}

TEST_CASE("a figure links to its downloads only where there are any") {
    CHECK_FALSE(has(figure(example()).str(), "<a "));
    FigureOptions options;
    options.csv_href = "thefts.csv?a=1&b=2";
    options.table = false;
    options.table_href = "#numbers";
    const std::string html = figure(example(), options).str();
    CHECK(has(html, R"(href="thefts.csv?a=1&amp;b=2")"));
    CHECK(has(html, R"(href="#numbers")"));
    CHECK_FALSE(has(html, "<table"));
}

TEST_CASE("the CSV is the table, its numbers plain") {
    CHECK(csv(example()) == "Year,Thefts,Note\r\n2012-13,1250,\r\n2013-14,900,\r\n");
    Chart chart = example();
    chart.table.rows = {{"Smith, \"J\"", "−1,234.5", "=1+1"}};
    CHECK(csv(chart) == "Year,Thefts,Note\r\n\"Smith, \"\"J\"\"\",-1234.5,'=1+1\r\n");
}

TEST_CASE("a picture by itself is a well-formed file with title, description and style") {
    const std::string file = svg(example());
    CHECK(file.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"740\""));
    CHECK(has(file, "<title>Thefts of &lt;bicycles&gt; &amp; &quot;more&quot; fell</title>"));
    CHECK(has(file, "<desc>In 2013-14 there were 900 thefts, against 1,250 in 2012-13: down 28%."));
    CHECK(has(file, "<style>svg text{"));
    CHECK(testing::fault(file) == "");
}

TEST_CASE("the same chart is drawn with the same bytes") {
    CHECK(figure(example()).str() == figure(example()).str());
}

TEST_CASE("a picture says in its label what it shows") {
    const std::string &svg = example().wide.str();
    CHECK(has(svg, R"(role="img" aria-label="Thefts of &lt;bicycles&gt; &amp; &quot;more&quot; )"
                   R"(fell. In 2013-14 there were 900 thefts)"));
    CHECK(has(svg, R"(focusable="false")"));
    CHECK_FALSE(has(svg, "style="));
}
