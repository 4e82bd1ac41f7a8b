#include "platform/access/openid_token.hpp"

#include <array>
#include <chrono>
#include <cmath>

#include <nlohmann/json.hpp>

namespace wardmote::access {

namespace {

using json = nlohmann::json;

constexpr std::size_t longest_token = 16 * 1024;
constexpr std::size_t longest_subject = 255; // OpenID Connect Core, 2
constexpr std::size_t longest_email = 254;
constexpr std::size_t longest_name = 200;
constexpr double grace = 120; // seconds

/// The parts of a token in its compact form: header.claims.signature.
struct Parts {
    std::string_view signed_text; ///< the first two, as they came
    json header;
    json claims;
    std::string signature;
};

json parse_object(std::string_view encoded) {
    const auto text = from_base64url(encoded);
    return text ? json::parse(*text, nullptr, false) : json{};
}

std::optional<Parts> parse_token(std::string_view token) {
    const auto first = token.find('.');
    const auto second = first == token.npos ? first : token.find('.', first + 1);
    if (token.size() > longest_token || second == token.npos ||
        token.find('.', second + 1) != token.npos)
        return std::nullopt;
    auto signature = from_base64url(token.substr(second + 1));
    Parts parts{token.substr(0, second), parse_object(token.substr(0, first)),
                parse_object(token.substr(first + 1, second - first - 1)), ""};
    if (!signature || !parts.header.is_object() || !parts.claims.is_object())
        return std::nullopt;
    parts.signature = std::move(*signature);
    return parts;
}

/// A member that is text; nothing when it is missing or something else.
std::optional<std::string> text_of(const json &object, const char *name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string())
        return std::nullopt;
    return found->get<std::string>();
}

/// A member that is a number of seconds since 1970.
std::optional<double> time_of(const json &object, const char *name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number())
        return std::nullopt;
    const double seconds = found->get<double>();
    return std::isfinite(seconds) ? std::optional{seconds} : std::nullopt;
}

std::string problem_with_signature(const Parts &parts, const KeySet &keys, bool &unknown_key) {
    const auto algorithm = text_of(parts.header, "alg");
    if (algorithm != "RS256" && algorithm != "ES256")
        return "The token is signed by a method that is not accepted.";
    if (parts.header.contains("crit")) // extensions that must be understood; we know none
        return "The token demands an extension that is not known.";
    const auto id = text_of(parts.header, "kid");
    const KeySet::Key *const key = keys.find(id, *algorithm);
    if (key == nullptr) {
        unknown_key = true;
        return "The token is signed by a key that the provider does not list.";
    }
    return key->verifies(parts.signed_text, parts.signature) ? ""
                                                             : "The token's signature is wrong.";
}

/// Whether the token is for us: we are its audience, or one of several and named as the party it
/// was given to.
bool is_for(const json &claims, const std::string &client_id) {
    const auto audience = claims.find("aud");
    if (audience == claims.end())
        return false;
    const json list = audience->is_array() ? *audience : json::array({*audience});
    bool named = false;
    for (const json &entry : list)
        named = named || (entry.is_string() && entry.get<std::string>() == client_id);
    const auto party = claims.find("azp");
    const bool party_is_us = party != claims.end() && *party == client_id;
    return named && (party == claims.end() ? list.size() == 1 : party_is_us);
}

std::string problem_with_claims(const json &claims, const TokenExpectation &expected) {
    const double now =
        std::chrono::duration<double>(expected.now.time().time_since_epoch()).count();
    const auto expires = time_of(claims, "exp");
    const auto issued = time_of(claims, "iat");
    const auto subject = text_of(claims, "sub");
    const auto too_early = [now](const std::optional<double> &time) {
        return time && *time > now + grace;
    };
    if (text_of(claims, "iss") != expected.issuer)
        return "The token is from another issuer.";
    if (!is_for(claims, expected.client_id))
        return "The token is for another audience.";
    if (!expires || *expires <= now - grace)
        return "The token has expired.";
    if (!issued || too_early(issued) || too_early(time_of(claims, "nbf")))
        return "The token is not valid yet, or does not say when it was issued.";
    if (expected.nonce.empty() || text_of(claims, "nonce") != expected.nonce)
        return "The token answers another sign-in.";
    if (!subject || subject->empty() || subject->size() > longest_subject)
        return "The token does not say who signed in.";
    return "";
}

} // namespace

std::variant<Identity, TokenProblem> verify_id_token(std::string_view token, const KeySet &keys,
                                                     const TokenExpectation &expected) {
    const auto parts = parse_token(token);
    if (!parts)
        return TokenProblem{"The token is not a signed JSON token."};
    bool unknown_key = false;
    if (auto problem = problem_with_signature(*parts, keys, unknown_key); !problem.empty())
        return TokenProblem{std::move(problem), unknown_key};
    if (auto problem = problem_with_claims(parts->claims, expected); !problem.empty())
        return TokenProblem{std::move(problem)};
    Identity identity{.issuer = expected.issuer, .subject = *text_of(parts->claims, "sub")};
    read_profile(parts->claims, identity);
    return identity;
}

void read_profile(const json &claims, Identity &identity) {
    if (const auto email = text_of(claims, "email"); email && email->size() <= longest_email) {
        identity.email = *email;
        const auto verified = claims.find("email_verified");
        identity.email_verified = verified != claims.end() && *verified == true;
    }
    if (const auto name = text_of(claims, "name"); name && name->size() <= longest_name)
        identity.name = *name;
}

} // namespace wardmote::access
