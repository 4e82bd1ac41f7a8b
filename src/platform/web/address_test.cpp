#include "platform/web/address.hpp"

#include <doctest/doctest.h>

namespace wardmote::web {

TEST_CASE("percent escapes are read in either case") {
    CHECK(percent_decoded("a%2Fb%2fc") == "a/b/c");
    CHECK(percent_decoded("St%20Margaret%E2%80%99s") == "St Margaret\u2019s");
    CHECK(percent_decoded("") == "");
}

TEST_CASE("a broken escape is refused") {
    for (const auto *text : {"%", "%4", "%zz", "abc%2", "%-1"})
        CHECK_FALSE(percent_decoded(text));
}

TEST_CASE("a NUL is refused") {
    CHECK_FALSE(percent_decoded("a%00b"));
}

TEST_CASE("bytes that are not UTF-8 are refused") {
    // Latin-1 e acute; a lone continuation; an overlong slash; a surrogate; past U+10FFFF.
    for (const auto *text : {"%E9", "%80", "%C0%AF", "%ED%A0%80", "%F4%90%80%80", "%E2%82"})
        CHECK_FALSE(percent_decoded(text));
    CHECK(percent_decoded("%F0%9F%9A%93")); // U+1F693
}

TEST_CASE("encoding leaves only the unreserved characters of RFC 3986") {
    CHECK(percent_encoded("a-b_c.d~e") == "a-b_c.d~e");
    CHECK(percent_encoded("a b/c?d") == "a%20b%2Fc%3Fd");
    CHECK(percent_encoded("\u00e9") == "%C3%A9");
}

TEST_CASE("a query is read in order, with plus as a space") {
    const auto fields = decoded_query("place=Rose+Hill%20and&x=&place=2&flag");
    REQUIRE(fields);
    const Fields expected{{"place", "Rose Hill and"}, {"x", ""}, {"place", "2"}, {"flag", ""}};
    CHECK(*fields == expected);
}

TEST_CASE("an empty query has no fields") {
    CHECK(decoded_query("") == Fields{});
    CHECK(decoded_query("&&") == Fields{});
}

TEST_CASE("a query with one broken escape is refused whole") {
    CHECK_FALSE(decoded_query("a=1&b=%"));
    CHECK_FALSE(decoded_query("%zz=1"));
}

TEST_CASE("a value may hold an equals sign") {
    CHECK(decoded_query("a=b=c") == Fields{{"a", "b=c"}});
}

TEST_CASE("a path is split before it is decoded, so an escaped slash stays in its segment") {
    using Segments = std::vector<std::string>;
    CHECK(decoded_path("/") == Segments{});
    CHECK(decoded_path("/sources/a%2Fb") == Segments{"sources", "a/b"});
    CHECK(decoded_path("/sources/") == Segments{"sources", ""});
}

TEST_CASE("a path may not climb") {
    CHECK_FALSE(decoded_path("/../etc/passwd"));
    CHECK_FALSE(decoded_path("/a/%2e%2e/b"));
    CHECK_FALSE(decoded_path("/a/./b"));
}

TEST_CASE("a path begins with a slash") {
    CHECK_FALSE(decoded_path(""));
    CHECK_FALSE(decoded_path("*"));
    CHECK_FALSE(decoded_path("http://example.org/"));
}

} // namespace wardmote::web
