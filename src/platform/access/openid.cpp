#include "platform/access/openid.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sodium.h>

namespace wardmote::access {

namespace {

using json = nlohmann::json;

constexpr std::size_t secret_bytes = 32;
constexpr std::chrono::hours description_lasts{1};
constexpr std::chrono::minutes keys_last_at_least{1}; // so that bad tokens make no flood of fetches

/// What the provider says of itself (OpenID Connect Discovery, 3).
struct Provider {
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string userinfo_endpoint; ///< may be empty
    std::string jwks_uri;
    bool secret_in_form = false; ///< it takes the client's secret in the form only
    bool names_itself = false;   ///< its answers carry "iss"
};

std::string random_secret() {
    std::string bytes(secret_bytes, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return base64url(bytes);
}

std::string sha256(std::string_view text) {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char *>(digest.data()),
                       reinterpret_cast<const unsigned char *>(text.data()), text.size());
    return digest;
}

bool same_secret(std::string_view ours, std::string_view theirs) {
    return !ours.empty() && ours.size() == theirs.size() &&
           sodium_memcmp(ours.data(), theirs.data(), ours.size()) == 0;
}

std::string basic_credentials(const OpenIdSettings &settings) {
    // RFC 6749, 2.3.1: each is form-encoded first.
    const std::string pair =
        percent_encoded(settings.client_id) + ':' + percent_encoded(settings.client_secret);
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_encoded_len(pair.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char *>(pair.data()), pair.size(), variant);
    text.pop_back(); // the closing nought
    return "Basic " + text;
}

using Parameters = std::vector<std::pair<std::string_view, std::string_view>>;

std::string form_of(const Parameters &parameters) {
    std::string form;
    for (const auto &[name, value] : parameters) {
        form += form.empty() ? "" : "&";
        form += fmt::format("{}={}", name, percent_encoded(value));
    }
    return form;
}

std::string get(const HttpFetch &fetch, const std::string &url, std::string_view what) {
    HttpResponse response = fetch({.url = url});
    if (response.status != 200)
        throw std::runtime_error{
            fmt::format("The OpenID provider gave no {} (status {}).", what, response.status)};
    return std::move(response.body);
}

std::string text_of(const json &document, const char *name) {
    const auto found = document.find(name);
    return found != document.end() && found->is_string() ? found->get<std::string>() : "";
}

bool lists(const json &document, const char *name, std::string_view wanted) {
    const auto found = document.find(name);
    return found != document.end() && found->is_array() &&
           std::ranges::find(*found, json(wanted)) != found->end();
}

Provider discover(const HttpFetch &fetch, const std::string &issuer) {
    const std::string base = issuer.ends_with('/') ? issuer.substr(0, issuer.size() - 1) : issuer;
    const json document =
        json::parse(get(fetch, base + "/.well-known/openid-configuration", "description of itself"),
                    nullptr, false);
    if (!document.is_object() || text_of(document, "issuer") != issuer)
        throw std::runtime_error{
            "The OpenID provider does not describe itself as the issuer that the settings name."};
    const auto endpoint = [&](const char *name) {
        std::string url = text_of(document, name);
        if (!is_safe_url(url))
            throw std::runtime_error{
                fmt::format("The OpenID provider gives no https address as its {}.", name)};
        return url;
    };
    constexpr auto methods = "token_endpoint_auth_methods_supported";
    return {.authorization_endpoint = endpoint("authorization_endpoint"),
            .token_endpoint = endpoint("token_endpoint"),
            .userinfo_endpoint =
                document.contains("userinfo_endpoint") ? endpoint("userinfo_endpoint") : "",
            .jwks_uri = endpoint("jwks_uri"),
            .secret_in_form = !lists(document, methods, "client_secret_basic") &&
                              lists(document, methods, "client_secret_post"),
            .names_itself =
                document.value("authorization_response_iss_parameter_supported", json{}) == true};
}

OpenIdFailure failure(std::string reason) {
    return {"Signing in with your organisation's account did not work. Try again. If it goes on, "
            "tell your administrator.",
            std::move(reason)};
}

} // namespace

struct OpenId::State {
    OpenIdSettings settings;
    HttpFetch fetch;
    const core::Clock &clock;

    std::mutex mutex; ///< held while fetching, so that one visitor fetches for all
    std::optional<Provider> known_provider;
    core::Instant provider_fetched{core::Instant::Milliseconds{}};
    std::optional<KeySet> known_keys;
    core::Instant keys_fetched{core::Instant::Milliseconds{}};

    Provider provider() {
        const std::lock_guard lock{mutex};
        const core::Instant now = clock.now();
        if (!known_provider || provider_fetched.plus(description_lasts) < now) {
            known_provider = discover(fetch, settings.issuer);
            provider_fetched = now;
        }
        return *known_provider;
    }

    /// The provider's keys; `again` when those we have did not fit.
    KeySet keys(const std::string &jwks_uri, bool again) {
        const std::lock_guard lock{mutex};
        const core::Instant now = clock.now();
        if (!known_keys || (again && keys_fetched.plus(keys_last_at_least) < now)) {
            known_keys = KeySet::from_json(get(fetch, jwks_uri, "keys"));
            keys_fetched = now;
        }
        return *known_keys;
    }

    json exchange(const Provider &provider, const OpenIdAttempt &attempt,
                  const std::string &code) const {
        HttpRequest request{.url = provider.token_endpoint,
                            .headers = {{"Accept", "application/json"}}};
        Parameters form{{"grant_type", "authorization_code"},
                        {"code", code},
                        {"redirect_uri", settings.redirect_uri},
                        {"code_verifier", attempt.code_verifier}};
        if (provider.secret_in_form || settings.client_secret.empty())
            form.emplace_back("client_id", settings.client_id);
        if (!settings.client_secret.empty()) {
            if (provider.secret_in_form)
                form.emplace_back("client_secret", settings.client_secret);
            else
                request.headers.emplace_back("Authorization", basic_credentials(settings));
        }
        request.form = form_of(form);
        return json::parse(fetch(request).body, nullptr, false);
    }

    /// Providers may keep the address and name for those who ask with the access token.
    void ask_profile(const Provider &provider, const json &tokens, Identity &identity) const {
        const std::string access_token = text_of(tokens, "access_token");
        const bool is_one_word =
            std::ranges::all_of(access_token, [](char c) { return c > 0x20 && c < 0x7F; });
        if (provider.userinfo_endpoint.empty() || access_token.empty() || !is_one_word)
            return;
        const HttpResponse response =
            fetch({.url = provider.userinfo_endpoint,
                   .headers = {{"Authorization", "Bearer " + access_token}}});
        const json claims = json::parse(response.body, nullptr, false);
        // Core, 5.3.2: without the same subject it may be another person's.
        if (claims.is_object() && text_of(claims, "sub") == identity.subject)
            read_profile(claims, identity);
    }
};

OpenIdAttempt OpenIdAttempt::make() {
    return {.state = random_secret(), .nonce = random_secret(), .code_verifier = random_secret()};
}

OpenId::OpenId(OpenIdSettings settings, HttpFetch fetch, const core::Clock &clock)
    : m_state{
          new State{.settings = std::move(settings), .fetch = std::move(fetch), .clock = clock}} {
    if (!is_safe_url(m_state->settings.issuer) || !is_safe_url(m_state->settings.redirect_uri))
        throw std::runtime_error{
            "The OpenID issuer and the address to come back to must begin with https://."};
    if (m_state->settings.client_id.empty())
        throw std::runtime_error{"The OpenID settings need a client_id."};
}

OpenId::~OpenId() = default;

std::string OpenId::authorisation_url(const OpenIdAttempt &attempt) {
    const std::string endpoint = m_state->provider().authorization_endpoint;
    const OpenIdSettings &settings = m_state->settings;
    const std::string challenge = base64url(sha256(attempt.code_verifier));
    const char *const joint = endpoint.find('?') == endpoint.npos ? "?" : "&";
    return endpoint + joint +
           form_of({{"response_type", "code"},
                    {"client_id", settings.client_id},
                    {"redirect_uri", settings.redirect_uri},
                    {"scope", "openid email profile"},
                    {"state", attempt.state},
                    {"nonce", attempt.nonce},
                    {"code_challenge", challenge},
                    {"code_challenge_method", "S256"}});
}

std::variant<Identity, OpenIdFailure> OpenId::finish(const OpenIdAttempt &attempt,
                                                     const OpenIdAnswer &answer) {
    State &state = *m_state;
    if (!same_secret(attempt.state, answer.state))
        return failure("The answer belongs to no sign-in that was begun here.");
    const Provider provider = state.provider();
    if ((provider.names_itself || !answer.issuer.empty()) && answer.issuer != state.settings.issuer)
        return failure("The answer is from another issuer.");
    if (!answer.error.empty())
        return OpenIdFailure{"Your organisation did not sign you in. Try again, or ask whoever "
                             "looks after your account there.",
                             "The provider answered with an error."};

    const json tokens = state.exchange(provider, attempt, answer.code);
    const std::string token = tokens.is_object() ? text_of(tokens, "id_token") : "";
    if (token.empty())
        return failure("The provider gave no ID token for the code.");
    const TokenExpectation expected{.issuer = state.settings.issuer,
                                    .client_id = state.settings.client_id,
                                    .nonce = attempt.nonce,
                                    .now = state.clock.now()};
    auto result = verify_id_token(token, state.keys(provider.jwks_uri, false), expected);
    if (const auto *problem = std::get_if<TokenProblem>(&result); problem && problem->unknown_key)
        result = verify_id_token(token, state.keys(provider.jwks_uri, true), expected);
    if (auto *problem = std::get_if<TokenProblem>(&result))
        return failure(std::move(problem->reason));
    Identity identity = std::get<Identity>(std::move(result));
    if (identity.email.empty() || identity.name.empty())
        state.ask_profile(provider, tokens, identity);
    return identity;
}

} // namespace wardmote::access
