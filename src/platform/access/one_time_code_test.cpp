#include "platform/access/one_time_code.hpp"

#include <set>
#include <utility>

#include <doctest/doctest.h>

namespace core = wardmote::core;
using namespace wardmote::access;

namespace {

const std::string rfc_secret = "12345678901234567890"; // RFC 6238, appendix B, SHA-1

core::Instant at(std::int64_t seconds) {
    return core::Instant{core::Instant::Milliseconds{std::chrono::seconds{seconds}}};
}

} // namespace

TEST_CASE("codes are those of RFC 6238, appendix B") {
    // The table has eight digits; six are its last six (RFC 4226, 5.3: modulo a power of ten).
    const std::pair<std::int64_t, const char *> table[] = {
        {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const auto &[seconds, eight] : table)
        CHECK(one_time_code(rfc_secret, at(seconds)) == std::string{eight}.substr(2));
}

TEST_CASE("base32 is that of RFC 4648, without padding") {
    const std::pair<const char *, const char *> table[] = {
        {"f", "MY"},         {"fo", "MZXQ"},        {"foo", "MZXW6"},
        {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
    for (const auto &[bytes, text] : table) {
        CHECK(base32(bytes) == text);
        CHECK(from_base32(text) == bytes);
    }
    CHECK(from_base32("mzxw 6ytb oi") == "foobar");
    CHECK(from_base32("MZXW6===") == "foo");
    CHECK_FALSE(from_base32("MZXW1"));
    CHECK_FALSE(from_base32("MZ!W6"));
}

TEST_CASE("a code is good in its own half-minute and one either side") {
    const core::Instant now = at(1111111111); // step 37037037
    const auto check = [&](std::int64_t seconds) {
        return check_one_time_code(rfc_secret, one_time_code(rfc_secret, at(seconds)), now,
                                   std::nullopt);
    };
    CHECK(check(1111111111) == 37037037);
    CHECK(check(1111111111 - 30) == 37037036);
    CHECK(check(1111111111 + 30) == 37037038);
    CHECK_FALSE(check(1111111111 - 60));
    CHECK_FALSE(check(1111111111 + 60));
}

TEST_CASE("a code works once, and none before it after that") {
    const core::Instant now = at(1111111111);
    const std::string code = one_time_code(rfc_secret, now);
    const std::string before = one_time_code(rfc_secret, at(1111111111 - 30));
    const auto used = check_one_time_code(rfc_secret, code, now, std::nullopt);
    REQUIRE(used);
    CHECK_FALSE(check_one_time_code(rfc_secret, code, now, used));
    CHECK_FALSE(check_one_time_code(rfc_secret, before, now, used));
    const std::string after = one_time_code(rfc_secret, at(1111111111 + 30));
    CHECK(check_one_time_code(rfc_secret, after, now, used) == 37037038);
}

TEST_CASE("what is not a code is refused, and spaces in one let pass") {
    const core::Instant now = at(1111111111); // 050471
    CHECK(check_one_time_code(rfc_secret, " 050 471 ", now, std::nullopt));
    for (const char *typed : {"", "50471", "0504711", "050472", "05047a", "abcdef"})
        CHECK_FALSE(check_one_time_code(rfc_secret, typed, now, std::nullopt));
}

TEST_CASE("secrets are twenty random bytes") {
    std::set<std::string> secrets;
    for (int i = 0; i < 100; ++i) {
        const std::string secret = make_one_time_secret();
        CHECK(secret.size() == 20);
        CHECK(from_base32(base32(secret)) == secret);
        secrets.insert(secret);
    }
    CHECK(secrets.size() == 100);
}

TEST_CASE("an app is told issuer, account and secret, whatever letters they hold") {
    CHECK(otpauth_uri("Oxford & Cherwell", "zoë@oxford.example", "foobar") ==
          "otpauth://totp/Oxford%20%26%20Cherwell:zo%C3%AB%40oxford.example"
          "?secret=MZXW6YTBOI&issuer=Oxford%20%26%20Cherwell");
}
