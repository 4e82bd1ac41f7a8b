#include "platform/html/list.hpp"

#include <doctest/doctest.h>

namespace wardmote::html {

namespace {

bool holds(const Html &html, std::string_view part) {
    return html.str().find(part) != std::string::npos;
}

std::string organisations(int total, int page) {
    return count_words(total, page, "organisation", "organisations");
}

ListTools tools() {
    ListTools all;
    all.action = "/organisations";
    all.count = "2 organisations";
    all.carried = {{.name = "kind", .value = "a&b"}};
    all.sorts = {{.text = "Name", .value = "name", .chosen = true},
                 {.text = "Review date", .value = "review"}};
    all.columns = {{.text = "Kind", .value = "kind", .shown = true},
                   {.text = "Successor", .value = "successor", .shown = false}};
    all.csv_href = "/organisations.csv?kind=a";
    return all;
}

} // namespace

TEST_CASE("a list is counted in words, and says which part of it is shown") {
    CHECK(organisations(0, 1) == "No organisations");
    CHECK(organisations(1, 1) == "1 organisation");
    CHECK(organisations(25, 1) == "25 organisations");
    CHECK(organisations(26, 2) == "26 organisations: 26 shown");
    CHECK(organisations(212, 2) == "212 organisations: 26 to 50 shown");
    CHECK(organisations(212, 9) == "212 organisations: 201 to 212 shown");
    CHECK(organisations(20000, 800) == "20,000 organisations: 19,976 to 20,000 shown");
    CHECK(organisations(212, 10) == "212 organisations: none on this page");
}

TEST_CASE("sorting keeps the filters and the columns, and choosing columns keeps the sort") {
    const auto drawn = list_tools(tools()).str();
    const auto columns = drawn.find("app-tools__columns");
    REQUIRE(columns != std::string::npos);
    const auto sorting = drawn.substr(0, columns);
    const auto choosing = drawn.substr(columns);
    const std::string filter = R"(<input type="hidden" name="kind" value="a&amp;b">)";
    CHECK(sorting.find(filter) != std::string::npos);
    CHECK(choosing.find(filter) != std::string::npos);
    CHECK(sorting.find(R"(<input type="hidden" name="column" value="kind">)") != std::string::npos);
    CHECK(sorting.find(R"(name="column" value="successor")") == std::string::npos);
    CHECK(choosing.find(R"(<input type="hidden" name="sort" value="name">)") != std::string::npos);
}

TEST_CASE("only what can be downloaded is offered") {
    const auto drawn = list_tools(tools());
    CHECK(holds(drawn, "href=\"/organisations.csv?kind=a\" download>"));
    CHECK_FALSE(holds(drawn, "JSON"));
}

TEST_CASE("a list without sorts and columns has no forms") {
    ListTools plain;
    plain.count = "No meetings";
    CHECK_FALSE(holds(list_tools(plain), "<form"));
}

TEST_CASE("the filter stands before the results, whose rows the keys walk") {
    FilterLayout layout;
    layout.filter.action = "/organisations";
    layout.results = Html{"<p>none</p>"};
    const auto drawn = filter_layout(layout).str();
    CHECK(drawn.find("<form class=\"moj-filter\"") <
          drawn.find("<div data-rows><p>none</p></div>"));
}

} // namespace wardmote::html
