#include "platform/web/client.hpp"

#include <stdexcept>

#include <doctest/doctest.h>

namespace wardmote::web {

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

Networks networks(std::vector<std::string> written) {
    return Networks{written};
}

std::optional<Client> client(Headers headers, const std::string &peer = "10.0.0.1") {
    Request request;
    request.headers = std::move(headers);
    return client_of(request, peer, false, networks({"10.0.0.0/8", "fd00::/8"}));
}

} // namespace

TEST_CASE("an address is in a network when its first bits are the network's") {
    const auto some = networks({"192.0.2.7", "10.20.0.0/15", "2001:db8::/33"});
    CHECK(some.holds("192.0.2.7"));
    CHECK_FALSE(some.holds("192.0.2.6"));
    CHECK(some.holds("10.21.255.255"));
    CHECK_FALSE(some.holds("10.22.0.0"));
    CHECK(some.holds("2001:db8:7fff::1"));
    CHECK_FALSE(some.holds("2001:db8:8000::1"));
    CHECK(some.holds("::ffff:192.0.2.7")); // IPv4 in IPv6's clothes
    CHECK_FALSE(some.holds("nonsense"));
    CHECK(networks({"0.0.0.0/0"}).holds("198.51.100.1"));
    CHECK_FALSE(networks({"0.0.0.0/0"}).holds("2001:db8::1"));
    CHECK_FALSE(Networks{}.holds("127.0.0.1"));
}

TEST_CASE("what is no network is said in a sentence") {
    for (const char *wrong : {"", "ten", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/x"})
        CHECK_THROWS_WITH_AS(networks({wrong}), doctest::Contains("is not an address"),
                             std::runtime_error);
}

TEST_CASE("forwarded headers are believed from a trusted proxy") {
    const auto through = client({{"Host", "inner:8080"},
                                 {"X-Forwarded-For", "203.0.113.9"},
                                 {"X-Forwarded-Proto", "https"},
                                 {"X-Forwarded-Host", "Safer.Example"}});
    REQUIRE(through);
    CHECK(through->remote == "203.0.113.9");
    CHECK(through->secure);
    CHECK(through->host == "safer.example");
}

TEST_CASE("forwarded headers of anybody else are not") {
    const auto direct = client({{"Host", "Oxford.Example:8080"},
                                {"X-Forwarded-For", "203.0.113.9"},
                                {"X-Forwarded-Proto", "https"},
                                {"X-Forwarded-Host", "evil.example"}},
                               "198.51.100.4");
    REQUIRE(direct);
    CHECK(direct->remote == "198.51.100.4");
    CHECK_FALSE(direct->secure);
    CHECK(direct->host == "oxford.example");
}

TEST_CASE("a client cannot put an address of its own before the proxy's") {
    // The proxy appends whom it saw; what stands to the left of that came from the client.
    const auto forged = client({{"Host", "a"}, {"X-Forwarded-For", "192.0.2.1, 203.0.113.9"}});
    CHECK(forged->remote == "203.0.113.9");
    const auto two = client(
        {{"Host", "a"}, {"X-Forwarded-For", "192.0.2.1"}, {"X-Forwarded-For", "203.0.113.9"}});
    CHECK(two->remote == "203.0.113.9");
    const auto chain =
        client({{"Host", "a"}, {"X-Forwarded-For", "203.0.113.9, 10.0.0.2, fd00::2"}});
    CHECK(chain->remote == "203.0.113.9");
    const auto odd = client({{"Host", "a"}, {"X-Forwarded-For", "203.0.113.9, unknown"}});
    CHECK(odd->remote == "10.0.0.1");
    const auto scheme = client({{"Host", "a"}, {"X-Forwarded-Proto", "https, http"}});
    CHECK_FALSE(scheme->secure);
}

TEST_CASE("a request must say, once, which host it is for") {
    CHECK_FALSE(client({}));
    CHECK_FALSE(client({{"Host", "a"}, {"Host", "b"}}));
    for (const char *wrong : {"", "a b", "a/b", "a\"", "a:b", "[::1", "[x]", "user@a"})
        CHECK_FALSE(client({{"Host", wrong}}));
    CHECK(client({{"Host", "[::1]:8080"}})->host == "[::1]");
}

TEST_CASE("a household of IPv6 counts as one client") {
    CHECK(counted_as("2001:db8::1") == counted_as("2001:db8:0:0:ffff::2"));
    CHECK(counted_as("2001:db8::1") != counted_as("2001:db8:0:1::1"));
    CHECK(counted_as("192.0.2.1") != counted_as("192.0.2.2"));
}

} // namespace wardmote::web
