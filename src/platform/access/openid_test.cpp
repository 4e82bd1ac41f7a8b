// The sign-in against a provider that answers as the test says; openid_provider_test.cpp has a real
// one.
#include "platform/access/openid.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "platform/access/openid_signer_test.hpp"

namespace core = wardmote::core;
using namespace wardmote::access;
using json = nlohmann::json;

namespace {

constexpr std::int64_t now = 1'795'377'903;

/// Answers by address, and remembers what it was asked.
struct Outside {
    core::FixedClock clock{core::Instant{core::Instant::Milliseconds{std::chrono::seconds{now}}}};
    Signer signer = Signer::p256("first");
    std::map<std::string, HttpResponse> answers;
    std::vector<HttpRequest> asked;

    Outside() {
        describe(json::object());
        answer("/keys", key_set({signer.jwk()}));
    }
    void answer(const std::string &path, std::string body, int status = 200) {
        answers["https://login.example" + path] = {status, std::move(body)};
    }
    void describe(const json &changes) {
        json description{{"issuer", "https://login.example"},
                         {"authorization_endpoint", "https://login.example/authorize"},
                         {"token_endpoint", "https://login.example/token"},
                         {"jwks_uri", "https://login.example/keys"}};
        description.merge_patch(changes);
        answer("/.well-known/openid-configuration", description.dump());
    }
    void give_token(const OpenIdAttempt &attempt, const json &more = json::object()) {
        const json claims{{"iss", "https://login.example"},
                          {"aud", "ward mote"},
                          {"sub", "account-7"},
                          {"exp", now + 3600},
                          {"iat", now},
                          {"nonce", attempt.nonce},
                          {"email", "jane@oxford.example"},
                          {"name", "Jane"}};
        json tokens{{"id_token", signer.token(claims.dump())}, {"token_type", "Bearer"}};
        tokens.update(more);
        answer("/token", tokens.dump());
    }
    std::size_t times_asked(const std::string &path) const {
        return static_cast<std::size_t>(
            std::ranges::count(asked, "https://login.example" + path, &HttpRequest::url));
    }
    OpenId openid() {
        return {{.issuer = "https://login.example",
                 .client_id = "ward mote",
                 .client_secret = "p&ss",
                 .redirect_uri = "https://wardmote.example/sign-in/openid"},
                [this](const HttpRequest &request) {
                    asked.push_back(request);
                    const auto found = answers.find(request.url);
                    if (found == answers.end())
                        throw std::runtime_error{"login.example did not answer."};
                    return found->second;
                },
                clock};
    }
};

OpenIdAnswer answer_to(const OpenIdAttempt &attempt) {
    return {.state = attempt.state, .code = "c0de"};
}

std::string reason(const std::variant<Identity, OpenIdFailure> &result) {
    const auto *const failure = std::get_if<OpenIdFailure>(&result);
    return failure == nullptr ? "" : failure->reason;
}

} // namespace

TEST_CASE("the browser is sent with state, nonce and the challenge of RFC 7636, appendix B") {
    Outside outside;
    const std::string url = outside.openid().authorisation_url(
        {.state = "s",
         .nonce = "n",
         .code_verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"});
    CHECK(url == "https://login.example/authorize?response_type=code&client_id=ward%20mote"
                 "&redirect_uri=https%3A%2F%2Fwardmote.example%2Fsign-in%2Fopenid"
                 "&scope=openid%20email%20profile&state=s&nonce=n"
                 "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                 "&code_challenge_method=S256");
    outside.describe({{"authorization_endpoint", "https://login.example/authorize?p=1"}});
    CHECK(outside.openid().authorisation_url({}).starts_with(
        "https://login.example/authorize?p=1&response_type=code&"));
}

TEST_CASE("each try has secrets of its own, of 256 bits") {
    const OpenIdAttempt one = OpenIdAttempt::make();
    const OpenIdAttempt other = OpenIdAttempt::make();
    CHECK(from_base64url(one.state)->size() == 32);
    CHECK(from_base64url(one.nonce)->size() == 32);
    CHECK(one.code_verifier.size() == 43); // RFC 7636, 4.1: 43 to 128 characters
    CHECK(one.state != other.state);
    CHECK(one.nonce != other.nonce);
    CHECK(one.code_verifier != other.code_verifier);
    CHECK(one.state != one.nonce);
}

TEST_CASE("the code is exchanged with the client's secret and the verifier") {
    Outside outside;
    const OpenIdAttempt attempt = OpenIdAttempt::make();
    outside.give_token(attempt);
    OpenId openid = outside.openid();
    const auto result = openid.finish(attempt, answer_to(attempt));
    REQUIRE_MESSAGE(std::holds_alternative<Identity>(result), reason(result));
    CHECK(std::get<Identity>(result).subject == "account-7");
    CHECK(std::get<Identity>(result).email == "jane@oxford.example");
    const auto &request =
        *std::ranges::find(outside.asked, "https://login.example/token", &HttpRequest::url);
    CHECK(request.form == "grant_type=authorization_code&code=c0de"
                          "&redirect_uri=https%3A%2F%2Fwardmote.example%2Fsign-in%2Fopenid"
                          "&code_verifier=" +
                              attempt.code_verifier);
    // printf 'ward%%20mote:p%%26ss' | base64
    CHECK(request.headers.back() ==
          std::pair<std::string, std::string>{"Authorization", "Basic d2FyZCUyMG1vdGU6cCUyNnNz"});
}

TEST_CASE("a provider that takes the secret in the form only gets it there") {
    Outside outside;
    outside.describe({{"token_endpoint_auth_methods_supported", {"client_secret_post"}}});
    const OpenIdAttempt attempt = OpenIdAttempt::make();
    outside.give_token(attempt);
    OpenId openid = outside.openid();
    CHECK(reason(openid.finish(attempt, answer_to(attempt))).empty());
    const auto &request =
        *std::ranges::find(outside.asked, "https://login.example/token", &HttpRequest::url);
    CHECK(request.form->ends_with("&client_id=ward%20mote&client_secret=p%26ss"));
    CHECK(request.headers.size() == 1);
}

TEST_CASE("an answer that is not to our question is refused before anything is fetched for it") {
    Outside outside;
    const OpenIdAttempt attempt = OpenIdAttempt::make();
    outside.give_token(attempt);
    OpenId openid = outside.openid();
    const std::string not_ours = "The answer belongs to no sign-in that was begun here.";
    CHECK(reason(openid.finish(attempt, {.state = "another", .code = "c0de"})) == not_ours);
    CHECK(reason(openid.finish(attempt, {.code = "c0de"})) == not_ours);
    CHECK(reason(openid.finish({}, {.code = "c0de"})) == not_ours); // no try was begun
    CHECK(outside.asked.empty());

    OpenIdAnswer answer = answer_to(attempt);
    answer.issuer = "https://evil.example";
    CHECK(reason(openid.finish(attempt, answer)) == "The answer is from another issuer.");
    outside.describe({{"authorization_response_iss_parameter_supported", true}});
    CHECK(reason(outside.openid().finish(attempt, answer_to(attempt))) ==
          "The answer is from another issuer."); // it says it always names itself
    CHECK(outside.times_asked("/token") == 0);
}

TEST_CASE("a provider's no is told in words of ours") {
    Outside outside;
    const OpenIdAttempt attempt = OpenIdAttempt::make();
    OpenId openid = outside.openid();
    const auto result =
        openid.finish(attempt, {.state = attempt.state, .error = "<b>access_denied</b>"});
    CHECK(reason(result) == "The provider answered with an error.");
    outside.answer("/token", R"({"error":"invalid_grant"})", 400);
    CHECK(reason(openid.finish(attempt, answer_to(attempt))) ==
          "The provider gave no ID token for the code.");
    outside.answer("/token", "<html>", 502);
    CHECK(reason(openid.finish(attempt, answer_to(attempt))) ==
          "The provider gave no ID token for the code.");
}

TEST_CASE("keys are fetched again when the provider has changed them, but not in a flood") {
    Outside outside;
    const OpenIdAttempt attempt = OpenIdAttempt::make();
    outside.give_token(attempt);
    OpenId openid = outside.openid();
    CHECK(reason(openid.finish(attempt, answer_to(attempt))).empty());
    CHECK(reason(openid.finish(attempt, answer_to(attempt))).empty());
    CHECK(outside.times_asked("/keys") == 1);

    outside.signer = Signer::p256("second");
    outside.give_token(attempt);
    CHECK_FALSE(reason(openid.finish(attempt, answer_to(attempt))).empty());
    CHECK(outside.times_asked("/keys") == 1); // within a minute of the first
    outside.clock.move_to(outside.clock.now().plus(std::chrono::seconds{61}));
    outside.answer("/keys", key_set({outside.signer.jwk()}));
    CHECK(reason(openid.finish(attempt, answer_to(attempt))).empty());
    CHECK(outside.times_asked("/keys") == 2);
}

TEST_CASE("an address and name kept for the access token are fetched, for the same person only") {
    Outside outside;
    outside.describe({{"userinfo_endpoint", "https://login.example/me"}});
    const OpenIdAttempt attempt = OpenIdAttempt::make();
    const json claims{{"iss", "https://login.example"},
                      {"aud", "ward mote"},
                      {"sub", "account-7"},
                      {"exp", now + 3600},
                      {"iat", now},
                      {"nonce", attempt.nonce}};
    outside.answer(
        "/token",
        json{{"id_token", outside.signer.token(claims.dump())}, {"access_token", "acce55"}}.dump());
    const auto email = [&] {
        OpenId openid = outside.openid();
        return std::get<Identity>(openid.finish(attempt, answer_to(attempt))).email;
    };
    outside.answer("/me", R"({"sub":"account-7","email":"jane@oxford.example"})");
    CHECK(email() == "jane@oxford.example");
    CHECK(outside.asked.back().headers.back().second == "Bearer acce55");
    outside.answer("/me", R"({"sub":"account-8","email":"mallory@oxford.example"})");
    CHECK(email().empty());
    outside.answer("/me", "not json");
    CHECK(email().empty());
}

TEST_CASE("a provider that describes itself wrongly is not used") {
    for (const json &changes :
         {json{{"issuer", "https://evil.example"}}, json{{"issuer", nullptr}},
          json{{"token_endpoint", "http://login.example/token"}}, json{{"jwks_uri", nullptr}},
          json{{"authorization_endpoint", "javascript:alert(1)"}}}) {
        Outside outside;
        outside.describe(changes);
        CHECK_THROWS_AS(outside.openid().authorisation_url({}), std::runtime_error);
    }
    Outside outside;
    outside.answer("/.well-known/openid-configuration", "not found", 404);
    CHECK_THROWS_AS(outside.openid().authorisation_url({}), std::runtime_error);
    const HttpFetch none = [](const HttpRequest &) { return HttpResponse{}; };
    const std::string here = "https://wardmote.example/";
    for (const OpenIdSettings &settings :
         {OpenIdSettings{"http://login.example", "x", "y", here},
          OpenIdSettings{"https://login.example", "x", "y", "http://wardmote.example/"},
          OpenIdSettings{"https://login.example", "", "y", here}})
        CHECK_THROWS_AS((OpenId{settings, none, outside.clock}), std::runtime_error);
}
