#include "platform/html/home.hpp"

#include <doctest/doctest.h>

namespace wardmote::html {

namespace {

bool holds(const Html &html, std::string_view part) {
    return html.str().find(part) != std::string::npos;
}

Clock clock_with(Clock::State state) {
    Clock one;
    one.state = state;
    one.left = "3 days overdue";
    one.left_more = "31 hours left";
    one.what = {.text = "Return <Q3>", .href = "/returns/3"};
    one.who = "You";
    one.rule = "Grant agreement, schedule 2";
    one.act = {.text = "Finish the return", .href = "/returns/3/edit"};
    return one;
}

} // namespace

TEST_CASE("what is due is counted in words, and only what presses is named") {
    const auto overdue = clock_with(Clock::State::overdue);
    const auto today = clock_with(Clock::State::today);
    const auto later = clock_with(Clock::State::later);
    CHECK(due_words({}) == "Due: nothing");
    CHECK(due_words({later, later, later}) == "Due: 3 later");
    CHECK(due_words({overdue, overdue, today, later}) == "Due: 2 overdue, 1 today");
}

TEST_CASE("an overdue clock says so in a tag and its button is filled") {
    const auto drawn = clocks({.items = {clock_with(Clock::State::overdue)}, .all = {}});
    CHECK(holds(drawn, "<strong class=\"govuk-tag govuk-tag--red\">3 days overdue</strong>"));
    CHECK(holds(drawn, "Return &lt;Q3&gt;</a></h3><p>You</p>"));
    CHECK(holds(drawn, "class=\"govuk-button app-button-s\""));
    CHECK_FALSE(holds(drawn, "31 hours left"));
}

TEST_CASE("a later clock says what is left in words and its button is quiet") {
    const auto drawn = clocks({.items = {clock_with(Clock::State::later)}, .all = {}});
    CHECK_FALSE(holds(drawn, "govuk-tag"));
    CHECK(holds(drawn, "31 hours left"));
    CHECK(holds(drawn, "govuk-button--secondary"));
}

TEST_CASE("no clocks leave a sentence, not an empty list") {
    const auto drawn = clocks({.items = {}, .all = {}, .empty = "Nothing is due."});
    CHECK(holds(drawn, "Nothing is due."));
    CHECK_FALSE(holds(drawn, "<ol"));
}

TEST_CASE("a list on the home page counts its lines in its heading") {
    HomeList waiting;
    waiting.id = "waiting";
    waiting.heading = "Waiting for me";
    waiting.items = {{.what = {.text = "Approve", .href = "/1"}, .below = "Analyst"},
                     {.what = {.text = "Answer", .href = "/2"}, .after = "6 set aside"}};
    const auto drawn = home_lists({waiting});
    CHECK(holds(drawn, "<h2 class=\"govuk-heading-m\" id=\"waiting\">Waiting for me: 2</h2>"));
    CHECK(holds(drawn, "<br><span class=\"app-quiet\">Analyst</span>"));
    CHECK(holds(drawn, "<a class=\"govuk-link\" href=\"/2\">Answer</a>: 6 set aside"));
}

} // namespace wardmote::html
