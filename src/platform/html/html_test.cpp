#include "platform/html/html.hpp"

#include <stdexcept>

#include <doctest/doctest.h>

#include "platform/html/content.hpp"

namespace wardmote::html {

TEST_CASE("text is escaped for content and for quoted attributes") {
    CHECK(text(R"(<a href="x">Tom & 'Ann'</a>)").str() ==
          "&lt;a href=&quot;x&quot;&gt;Tom &amp; &#39;Ann&#39;&lt;/a&gt;");
}

TEST_CASE("format escapes words and lets Html stand") {
    CHECK(format("<p>{} {}</p>", "a<b", Html{"<b>x</b>"}).str() == "<p>a&lt;b <b>x</b></p>");
    CHECK(format("<p>{}</p>", 42).str() == "<p>42</p>");
    CHECK(format("<p>x</p>").str() == "<p>x</p>");
}

TEST_CASE("an argument that looks like a pattern stays as it is") {
    CHECK(format("{}|{}", "{}", "b").str() == "{}|b");
}

TEST_CASE("content takes words and markup alike") {
    const Content words = "a & b";
    const Content markup = Html{"<b>a</b>"};
    CHECK(words.html().str() == "a &amp; b");
    CHECK(markup.html().str() == "<b>a</b>");
    CHECK(Content{}.empty());
}

TEST_CASE("an attribute's value is escaped, and its name cannot break out") {
    CHECK(attributes({{"data-x", "\"><script>"}}).str() == R"( data-x="&quot;&gt;&lt;script&gt;")");
    CHECK_THROWS_AS(attributes({{"x onclick", "y"}}), std::invalid_argument);
    CHECK_THROWS_AS(attributes({{"", "y"}}), std::invalid_argument);
}

TEST_CASE("an empty attribute is left out") {
    CHECK(attribute_if("id", "").empty());
    CHECK(attribute_if("id", "a").str() == R"( id="a")");
}

TEST_CASE("class lists have no blanks to spare") {
    CHECK(classes("a", "") == "a");
    CHECK(classes("", "b") == "b");
    CHECK(classes("a", "b c") == "a b c");
}

TEST_CASE("a link without an address is its words") {
    CHECK(link({"Home & away", "/?a=1&b=2"}).str() ==
          R"(<a class="govuk-link" href="/?a=1&amp;b=2">Home &amp; away</a>)");
    CHECK(link({"Home", ""}).str() == "Home");
}

TEST_CASE("parts are joined by markup") {
    const std::vector<Html> parts = {text("a"), text("b")};
    CHECK(joined(parts, "<br>").str() == "a<br>b");
    CHECK(joined({}).empty());
}

} // namespace wardmote::html
