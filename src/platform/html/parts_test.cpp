// Our own table, and the five components of the Ministry of Justice, held against the markup that
// its documentation and our design pages give.
#include <stdexcept>

#include <doctest/doctest.h>

#include "platform/html/form.hpp"
#include "platform/html/moj.hpp"
#include "platform/html/table.hpp"

namespace wardmote::html {

namespace {

bool holds(const Html &html, std::string_view part) {
    return html.str().find(part) != std::string::npos;
}

DataTable wards() {
    DataTable table;
    table.caption = "Incidents by ward";
    table.columns = {{.heading = "Ward", .label = {}, .sort = {}, .sort_href = {}, .classes = {}},
                     {.heading = "Incidents",
                      .label = "Incidents",
                      .numeric = true,
                      .sort = "descending",
                      .sort_href = "?sort=count",
                      .classes = {}}};
    table.rows = {{.cells = {"Carfax", "513"}, .chosen = true},
                  {.cells = {"North", "79"}, .chosen = false}};
    return table;
}

} // namespace

TEST_CASE("a table that becomes cards writes its roles and repeats its headings") {
    const auto drawn = data_table(wards());
    CHECK(holds(drawn, "<table role=\"table\" class=\"app-table app-table--cards\">"));
    CHECK(holds(drawn, "<th role=\"rowheader\" scope=\"row\">Carfax</th>"));
    CHECK(holds(drawn, "<td role=\"cell\" class=\"app-num\" data-label=\"Incidents\">513</td>"));
}

TEST_CASE("a sorted column says so on its heading, and sorts by a link") {
    CHECK(holds(data_table(wards()),
                "<th role=\"columnheader\" scope=\"col\" class=\"app-num\" "
                "aria-sort=\"descending\"><a class=\"govuk-link app-sort\" href=\"?sort=count\">"));
}

TEST_CASE("a chosen row is marked") {
    CHECK(holds(data_table(wards()), "<tr role=\"row\" class=\"is-chosen\">"));
}

TEST_CASE("a row of the wrong length is a programmer's mistake") {
    auto table = wards();
    table.rows[0].cells.pop_back();
    CHECK_THROWS_AS(data_table(table), std::invalid_argument);
}

TEST_CASE("an alert is a region named by its kind and its label") {
    const auto drawn = alert({.kind = Alert::Kind::warning,
                              .label = "how sound the data are",
                              .text = "December is provisional"});
    CHECK(holds(drawn, "role=\"region\" class=\"moj-alert moj-alert--warning\" "
                       "aria-label=\"warning: how sound the data are\""));
    CHECK(holds(drawn, "<div class=\"moj-alert__content\">December is provisional</div>"));
    CHECK(holds(alert({.label = "Saved", .text = {}}), "moj-alert__content\">Saved</div>"));
}

TEST_CASE("an alert with a heading shows its label") {
    const auto drawn =
        alert({.label = "Sound", .text = "x", .shows_heading = true, .heading_level = 3});
    CHECK(holds(drawn, "moj-alert--with-heading"));
    CHECK(holds(drawn, "<h3 class=\"moj-alert__heading\">Sound</h3>x"));
}

TEST_CASE("a filter is a GET form whose applied parts can be taken off") {
    Filter all;
    all.action = "/sources";
    all.label = "Filter the sources";
    all.applied = {{"Owner", {{"Police", "/sources?x=1"}}}};
    all.clear_href = "/sources";
    const auto drawn = filter(all);
    CHECK(holds(drawn, "<form class=\"moj-filter\" action=\"/sources\" method=\"get\""));
    CHECK(holds(drawn, "<a class=\"moj-filter__tag\" href=\"/sources?x=1\"><span "
                       "class=\"govuk-visually-hidden\">Remove this filter</span> Police</a>"));
    CHECK(holds(drawn, "Clear filters"));
    all.applied.clear();
    CHECK_FALSE(holds(filter(all), "Clear filters"));
}

TEST_CASE("an identity bar is a labelled region") {
    CHECK(holds(identity_bar({.label = "Action 1.3", .items = {"Official"}}),
                "<div class=\"moj-identity-bar\" role=\"region\" aria-label=\"Action 1.3\">"));
}

TEST_CASE("sub navigation marks the page one is on") {
    const auto drawn =
        sub_navigation({.label = "Parts", .items = {{"Overview", "/a", true}, {"People", "/b"}}});
    CHECK(holds(drawn, "aria-current=\"page\" href=\"/a\">Overview</a>"));
    CHECK(holds(drawn, "moj-sub-navigation__link\" href=\"/b\">People</a>"));
}

TEST_CASE("a timeline says who, when and what") {
    Timeline all;
    all.items = {{.title = "Action finished",
                  .byline = "Community safety manager",
                  .datetime = "2015-01-30T08:10:00Z",
                  .date = "30 January 2015 at 8.10am",
                  .description = "All wardens trained"}};
    const auto drawn = timeline(all);
    CHECK(holds(drawn, "<h2 class=\"moj-timeline__title\">Action finished</h2>"));
    CHECK(holds(drawn, "by Community safety manager"));
    CHECK(holds(drawn, "<time datetime=\"2015-01-30T08:10:00Z\">30 January 2015 at 8.10am</time>"));
}

TEST_CASE("an error message keeps a blank between \"Error:\" and its words") {
    CHECK(holds(error_message({.text = "Enter a date", .id = {}, .classes = {}, .attributes = {}}),
                "<span class=\"govuk-visually-hidden\">Error:</span> Enter a date"));
}

TEST_CASE("what a person typed comes back escaped") {
    Input given;
    given.field.name = "title";
    given.field.label.text = "Title";
    given.value = "\"><script>alert(1)</script>";
    CHECK(holds(input(given), "value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\""));
    Textarea longer;
    longer.field.name = "note";
    longer.value = "</textarea><script>";
    CHECK(holds(textarea(longer), ">&lt;/textarea&gt;&lt;script&gt;</textarea>"));
}

TEST_CASE("the last of several may not be removed, and Enter never removes one") {
    AddAnother posts;
    posts.name = "posts";
    posts.item = "Post";
    posts.button = "Add another post";
    posts.items = {Html{"<i>1</i>"}};
    CHECK_FALSE(holds(add_another(posts), "name=\"remove\""));
    posts.items.push_back(Html{"<i>2</i>"});
    const auto drawn = add_another(posts);
    CHECK(holds(drawn, "moj-add-another__item-title\">Post 2</legend><i>2</i>"));
    CHECK(holds(drawn, "value=\"posts.1\""));
    CHECK(holds(drawn, "name=\"add\""));
    CHECK(drawn.str().find("tabindex=\"-1\"") < drawn.str().find("name=\"remove\""));
    posts.items.pop_back();
    posts.may_be_empty = true;
    CHECK(holds(add_another(posts), "name=\"remove\""));
}

} // namespace wardmote::html
