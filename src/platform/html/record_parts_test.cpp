#include "platform/html/record_parts.hpp"

#include <doctest/doctest.h>

#include "platform/html/form_page.hpp"
#include "platform/html/history.hpp"

namespace wardmote::html {

namespace {

bool holds(const Html &html, std::string_view part) {
    return html.str().find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a form posts its token and what it carries, and the server alone checks it") {
    Form one;
    one.action = "/people/12";
    one.csrf = "a\"b";
    one.hidden = {{.name = "version", .value = "3"}};
    one.cancel = {.text = "Cancel", .href = "/people/12"};
    const auto drawn = form(one);
    CHECK(holds(drawn, "action=\"/people/12\" method=\"post\" novalidate data-draft>"));
    CHECK(holds(drawn, "<input type=\"hidden\" name=\"csrf\" value=\"a&quot;b\">"));
    CHECK(holds(drawn, "<input type=\"hidden\" name=\"version\" value=\"3\">"));
    CHECK(holds(drawn, "href=\"/people/12\">Cancel</a>"));
    CHECK_FALSE(holds(drawn, "enctype"));
    one.sends_files = true;
    one.keeps_draft = false;
    CHECK(holds(form(one), "novalidate enctype=\"multipart/form-data\">"));
}

TEST_CASE(
    "a button that changes something is a form with a token, even where it looks like a link") {
    PostButton out;
    out.action = "/sign-out";
    out.csrf = "t";
    out.text = "Sign out";
    out.as_link = true;
    CHECK(post_button(out).str() ==
          "<form class=\"app-post\" action=\"/sign-out\" method=\"post\"><input type=\"hidden\" "
          "name=\"csrf\" value=\"t\"><button class=\"app-link-button\">Sign out</button></form>");
    out.as_link = false;
    CHECK(holds(post_button(out), "govuk-button--secondary"));
}

TEST_CASE("what cannot be undone is warned of and has a red button") {
    Confirmation ask;
    ask.action = "/organisations/1/removal";
    ask.consequences = {"Its 12 posts end today"};
    ask.button = "Remove";
    CHECK_FALSE(holds(confirmation(ask), "govuk-warning-text"));
    CHECK(holds(confirmation(ask), "<li>Its 12 posts end today</li>"));
    ask.undoable = false;
    CHECK(holds(confirmation(ask), "This cannot be undone."));
    CHECK(holds(confirmation(ask), "govuk-button--warning"));
}

TEST_CASE("steps say which is next, and one that cannot be begun is no link") {
    const auto drawn =
        steps({{.state = Step::State::done, .what = {.text = "One", .href = "/1"}, .note = {}},
               {.state = Step::State::next, .what = {.text = "Two", .href = "/2"}, .note = {}},
               {.state = Step::State::later, .what = {.text = "Three", .href = {}}, .note = {}}});
    CHECK(holds(drawn, "<li class=\"app-step\" aria-current=\"step\"><div><a class=\"govuk-link\" "
                       "href=\"/2\">Two</a></div>"));
    CHECK(holds(drawn, "<div>Three</div>"));
}

TEST_CASE("an empty list says how to start") {
    const auto drawn = empty_state({.title = "No meetings yet",
                                    .text = "They will be here.",
                                    .start = {.text = "Add a meeting", .href = "/meetings/new"}});
    CHECK(holds(drawn, "<h2 class=\"govuk-heading-m\">No meetings yet</h2>"));
    CHECK(holds(drawn, "href=\"/meetings/new\""));
}

TEST_CASE("a file that may not be opened yet is no link, and removing one names it") {
    Attachment file;
    file.name = "Terms.pdf";
    file.kind = "PDF";
    file.size = "312 KB";
    file.state = "Being checked";
    CHECK(holds(attachments({file}),
                "<div>Terms.pdf <span class=\"app-quiet\">(PDF, 312 KB)</span></div>"));
    file.href = "/files/1";
    file.remove_href = "/files/1/removal";
    CHECK(holds(attachments({file}), "href=\"/files/1\">Terms.pdf</a>"));
    CHECK(holds(attachments({file}), "Remove<span class=\"govuk-visually-hidden\"> Terms.pdf"));
    CHECK(holds(attachments({}), "No files yet."));
}

TEST_CASE("a change shows each field before and after, and nothing as nothing") {
    const auto drawn =
        differences({.caption = {}, .fields = {{.field = "Note", .before = {}, .after = "<b>"}}});
    CHECK(holds(drawn, "data-label=\"Before\"><span class=\"app-quiet\">nothing</span></td>"));
    CHECK(holds(drawn, "data-label=\"After\">&lt;b&gt;</td>"));
    CHECK(holds(differences({}), "No field was changed."));
}

TEST_CASE("two people's changes stand side by side, with whose they are") {
    const auto drawn =
        conflicts({.who = "Sam Green",
                   .when = "today at 3.12pm",
                   .fields = {{.field = "Telephone", .was = "1", .theirs = "2", .yours = "3"}}});
    CHECK(holds(drawn, "Sam Green saved this today at 3.12pm"));
    CHECK(holds(drawn, "data-label=\"Saved by Sam Green\">2</td>"));
    CHECK(holds(drawn, "data-label=\"Typed by you\">3</td>"));
    CHECK(conflicts({}).empty());
}

} // namespace wardmote::html
