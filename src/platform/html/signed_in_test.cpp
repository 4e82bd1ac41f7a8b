// What the page shell adds for a person who is signed in, and the script it loads.
#include <doctest/doctest.h>

#include "platform/html/keys.hpp"
#include "platform/html/page.hpp"
#include "platform/html/script.hpp"

namespace wardmote::html {

namespace {

bool holds(const Html &html, std::string_view part) {
    return html.str().find(part) != std::string::npos;
}

Site oxford() {
    Site site;
    site.name = "Oxford Safer Communities Partnership";
    site.sections = {{"Home", "/home"}, {"Evidence", "/evidence"}};
    site.footer_links = {{"Keys", "/keys"}};
    site.keys = {{"/evidence", "g e"}, {"/keys", "?"}};
    return site;
}

} // namespace

TEST_CASE("a marking stands at the top and at the bottom, with its descriptor") {
    Page one;
    one.marking = {.level = "OFFICIAL-SENSITIVE", .descriptor = "PERSONAL DATA"};
    const auto whole = page(oxford(), one).str();
    const std::string words = "app-marking--sensitive\">OFFICIAL-SENSITIVE: PERSONAL DATA</p>";
    const auto top = whole.find(words);
    REQUIRE(top != std::string::npos);
    CHECK(top < whole.find("<main"));
    const auto bottom = whole.find(words, top + 1);
    REQUIRE(bottom != std::string::npos);
    CHECK(bottom > whole.find("</main>"));

    one.marking = {.level = "OFFICIAL", .descriptor = {}};
    CHECK(holds(page(oxford(), one), "app-marking--top\">OFFICIAL</p>"));
}

TEST_CASE("a search box sends q, and on a narrow screen is a link") {
    auto site = oxford();
    site.search_href = "/search";
    const auto whole = page(site, {});
    CHECK(holds(whole, "<form action=\"/search\" method=\"get\" role=\"search\">"));
    CHECK(holds(whole, "name=\"q\" type=\"search\""));
    CHECK(holds(whole, "<a class=\"app-header__search-link\" href=\"/search\">Search</a>"));
}

TEST_CASE("the header leads to the person's own page") {
    auto site = oxford();
    site.account = {.text = "Jo <Brown>", .href = "/me"};
    site.account_tools = Html{"<i>out</i>"};
    CHECK(holds(page(site, {}), "<a href=\"/me\">Jo &lt;Brown&gt;</a><i>out</i>"));
}

TEST_CASE("a page runs its script only with a nonce") {
    Page one;
    CHECK_FALSE(holds(page(oxford(), one), "<script"));
    one.nonce = "abc";
    CHECK(holds(page(oxford(), one),
                "<script type=\"module\" nonce=\"abc\" src=\"" + script_href() + "\"></script>"));
}

TEST_CASE("how long one stays signed in is said in words and to the script") {
    Page one;
    one.signed_in = SignedIn{.csrf = "t\"",
                             .idle_seconds = 1800,
                             .seconds_left = 28800,
                             .until_words = "8pm today",
                             .person = "7"};
    const auto whole = page(oxford(), one);
    CHECK(holds(whole, "<meta name=\"csrf\" content=\"t&quot;\">"));
    CHECK(holds(whole, "data-person=\"7\" data-idle-seconds=\"1800\" data-seconds-left=\"28800\""));
    CHECK(holds(whole, "until 8pm today, or until 30 minutes pass"));
}

TEST_CASE("what is wrong stands above the heading and in the title") {
    Page one;
    one.title = "Add a person";
    one.content = Html{"<h1>Add a person</h1>"};
    one.errors = {{.text = "Enter the name", .href = "#name", .attributes = {}}};
    const auto whole = page(oxford(), one).str();
    CHECK(whole.find("<title>Error: Add a person - ") != std::string::npos);
    CHECK(whole.find("govuk-error-summary") < whole.find("<h1>"));
}

TEST_CASE("what has been done is announced above the heading") {
    Page one;
    one.content = Html{"<h1>x</h1>"};
    one.message = "The meeting is saved";
    const auto whole = page(oxford(), one).str();
    CHECK(whole.find("The meeting is saved") < whole.find("<h1>"));
    CHECK(whole.find("govuk-notification-banner--success") != std::string::npos);
}

TEST_CASE("keys are written on the links they open") {
    const auto whole = page(oxford(), {});
    CHECK(holds(whole, "data-key=\"g e\""));
    CHECK(holds(whole, "data-key=\"?\""));
}

TEST_CASE("the page of keys lists those of the sections in the order they are pressed") {
    const auto drawn = keys_list(oxford());
    CHECK(holds(drawn, "<kbd class=\"app-key-cap\">g</kbd> then <kbd class=\"app-key-cap\">e</kbd>"
                       "</dt><dd class=\"app-keys__words\">Evidence</dd>"));
    CHECK_FALSE(holds(drawn, ">Home<"));            // it has no keys
    CHECK_FALSE(holds(drawn, "Search everything")); // there is no search
}

TEST_CASE("the script stands alone under a strict policy") {
    const auto js = script();
    CHECK(js.size() > 5'000);
    CHECK(js.size() < 40'000); // each page's first visit pays for it
    for (const auto *never :
         {"eval(", "new Function", "import(", "innerHTML", "</script", ".style."})
        CHECK_MESSAGE(js.find(never) == js.npos, never);
    CHECK(script_href().starts_with("/assets/app."));
    CHECK(script_href().ends_with(".js"));
    CHECK(script_href().size() == std::string{"/assets/app..js"}.size() + 16);
}

} // namespace wardmote::html
