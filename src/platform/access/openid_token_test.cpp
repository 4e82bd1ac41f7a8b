#include "platform/access/openid_token.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "platform/access/openid_signer_test.hpp"

namespace core = wardmote::core;
using namespace wardmote::access;
using json = nlohmann::json;

namespace {

constexpr std::int64_t now = 1'795'377'903; // 22 November 2026, 20:05:03 UTC

TokenExpectation expectation() {
    return {.issuer = "https://login.example",
            .client_id = "wardmote",
            .nonce = "n-0S6_WzA2Mj",
            .now = core::Instant{core::Instant::Milliseconds{std::chrono::seconds{now}}}};
}

json good_claims() {
    return {{"iss", "https://login.example"},
            {"aud", "wardmote"},
            {"sub", "account-7"},
            {"exp", now + 3600},
            {"iat", now - 5},
            {"nonce", "n-0S6_WzA2Mj"},
            {"email", "jane.smithson@oxford.example"},
            {"email_verified", true},
            {"name", "Jane Smithson"}};
}

const Signer &rsa() {
    static const Signer signer = Signer::rsa("rsa-1");
    return signer;
}

const Signer &p256() {
    static const Signer signer = Signer::p256("ec-1");
    return signer;
}

const KeySet &keys() {
    static const KeySet set = KeySet::from_json(key_set({rsa().jwk(), p256().jwk()}));
    return set;
}

/// Empty when the token is taken, otherwise why not.
std::string reason(std::string_view token) {
    const auto result = verify_id_token(token, keys(), expectation());
    const auto *const problem = std::get_if<TokenProblem>(&result);
    return problem == nullptr ? "" : problem->reason;
}

/// The good claims with some changed; null takes one away.
std::string reason_with(const json &changes) {
    json claims = good_claims();
    claims.merge_patch(changes);
    return reason(rsa().token(claims.dump()));
}

} // namespace

TEST_CASE("a good token says who signed in, by RS256 and by ES256") {
    for (const Signer *const signer : {&rsa(), &p256()}) {
        const auto result =
            verify_id_token(signer->token(good_claims().dump()), keys(), expectation());
        REQUIRE(std::holds_alternative<Identity>(result));
        const auto &identity = std::get<Identity>(result);
        CHECK(identity.issuer == "https://login.example");
        CHECK(identity.subject == "account-7");
        CHECK(identity.email == "jane.smithson@oxford.example");
        CHECK(identity.email_verified);
        CHECK(identity.name == "Jane Smithson");
    }
}

TEST_CASE("a token with wrong claims is refused") {
    const std::string expired = "The token has expired.";
    const std::string early = "The token is not valid yet, or does not say when it was issued.";
    const std::string issuer = "The token is from another issuer.";
    const std::string audience = "The token is for another audience.";
    const std::string sign_in = "The token answers another sign-in.";
    const std::string nobody = "The token does not say who signed in.";
    struct Row {
        json changes;
        std::string reason; ///< empty: the token is taken
    };
    const Row table[] = {
        {{{"iss", "https://login.example/"}}, issuer},
        {{{"iss", nullptr}}, issuer},
        {{{"iss", 7}}, issuer},
        {{{"aud", "another"}}, audience},
        {{{"aud", nullptr}}, audience},
        {{{"aud", json::array()}}, audience},
        {{{"aud", {"wardmote"}}}, ""},
        {{{"aud", {"wardmote", "another"}}}, audience},
        {{{"aud", {"wardmote", "another"}}, {"azp", "wardmote"}}, ""},
        {{{"aud", {"wardmote", "another"}}, {"azp", "another"}}, audience},
        {{{"azp", "another"}}, audience},
        {{{"azp", 7}}, audience},
        {{{"exp", now - 119}}, ""},
        {{{"exp", now - 120}}, expired},
        {{{"exp", nullptr}}, expired},
        {{{"exp", "9999999999"}}, expired},
        {{{"iat", now + 120}}, ""},
        {{{"iat", now + 121}}, early},
        {{{"iat", nullptr}}, early},
        {{{"nbf", now + 121}}, early},
        {{{"nonce", "another"}}, sign_in},
        {{{"nonce", nullptr}}, sign_in},
        {{{"nonce", json::object()}}, sign_in},
        {{{"sub", nullptr}}, nobody},
        {{{"sub", ""}}, nobody},
        {{{"sub", std::string(256, 's')}}, nobody},
    };
    for (const Row &row : table)
        CHECK_MESSAGE(reason_with(row.changes) == row.reason, row.changes.dump());
}

TEST_CASE("a token with a wrong signature is refused") {
    const std::string claims = good_claims().dump();
    const std::string method = "The token is signed by a method that is not accepted.";
    const std::string wrong = "The token's signature is wrong.";
    const std::string good = rsa().token(claims);
    const std::string header_and_claims = good.substr(0, good.rfind('.'));
    json other_claims = good_claims();
    other_claims["sub"] = "account-8";
    const std::string other = rsa().token(other_claims.dump());

    // Another's signature, none at all, and one from a key that is not in the set.
    CHECK(reason(header_and_claims + other.substr(other.rfind('.'))) == wrong);
    CHECK(reason(header_and_claims + '.') == wrong);
    CHECK(reason(Signer::rsa("rsa-1").token(claims)) == wrong);
    // "none", as RFC 7519 allows and we do not; the public key as the secret of an HMAC; others.
    CHECK(reason(base64url(R"({"alg":"none"})") + '.' + base64url(claims) + '.') == method);
    for (const char *header :
         {R"({"alg":"none","kid":"rsa-1"})", R"({"alg":"HS256","kid":"rsa-1"})",
          R"({"alg":"RS1","kid":"rsa-1"})", R"({"alg":7})", "{}"})
        CHECK_MESSAGE(reason(rsa().token(header, claims)) == method, header);
    // A key of the other kind, and an extension that we do not know.
    CHECK_FALSE(reason(rsa().token(R"({"alg":"ES256","kid":"ec-1"})", claims)).empty());
    CHECK_FALSE(reason(rsa().token(R"({"alg":"ES256","kid":"rsa-1"})", claims)).empty());
    CHECK_FALSE(
        reason(rsa().token(R"({"alg":"RS256","kid":"rsa-1","crit":["x"],"x":1})", claims)).empty());
}

TEST_CASE("a key that is not known is said to be so, and a missing id needs no guess") {
    const std::string claims = good_claims().dump();
    const auto unknown = verify_id_token(Signer::rsa("rsa-2").token(claims), keys(), expectation());
    REQUIRE(std::holds_alternative<TokenProblem>(unknown));
    CHECK(std::get<TokenProblem>(unknown).unknown_key);
    CHECK(reason(rsa().token(R"({"alg":"RS256"})", claims)).empty());
}

TEST_CASE("what is not a token is refused") {
    const std::string good = rsa().token(good_claims().dump());
    for (const std::string &text :
         {std::string{}, std::string{"."}, std::string{".."}, std::string{"a.b.c"}, good + ".x",
          good + "=", ' ' + good, good.substr(0, good.rfind('.')), rsa().token("[]", "{}"),
          rsa().token("7"), rsa().token("{\"iss\":"), rsa().token("\xFF"),
          std::string(20'000, 'a') + good})
        CHECK_MESSAGE(reason(text) == "The token is not a signed JSON token.", text);
}

TEST_CASE("an address counts as verified only when the provider says so, as a truth value") {
    for (const json &said : {json(false), json("true"), json(1), json(nullptr)}) {
        json claims = good_claims();
        claims["email_verified"] = said;
        const auto result = verify_id_token(rsa().token(claims.dump()), keys(), expectation());
        REQUIRE(std::holds_alternative<Identity>(result));
        CHECK_FALSE(std::get<Identity>(result).email_verified);
    }
    json claims = good_claims();
    claims["email"] = std::string(255, 'e');
    claims["name"] = 7;
    const auto result = verify_id_token(rsa().token(claims.dump()), keys(), expectation());
    CHECK(std::get<Identity>(result).email.empty());
    CHECK_FALSE(std::get<Identity>(result).email_verified);
    CHECK(std::get<Identity>(result).name.empty());
}
