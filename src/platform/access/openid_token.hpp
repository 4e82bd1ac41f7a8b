/// ID tokens of OpenID Connect: signed JSON (RFC 7519), checked as its Core 3.1.3.7 says.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include <nlohmann/json_fwd.hpp>

#include "engine/core/clock.hpp"
#include "platform/access/openid_keys.hpp"

namespace wardmote::access {

/// What a token must say to be for us, now.
struct TokenExpectation {
    std::string issuer;
    std::string client_id;
    std::string nonce;
    core::Instant now;
};

/// Who signed in, as the provider says.
struct Identity {
    std::string issuer;
    std::string subject; ///< never changes and is never given to another; with issuer, the person
    std::string email;   ///< empty when not said
    bool email_verified = false; ///< only then may it be matched with an account's address
    std::string name;            ///< empty when not said
};

/// Why a token was refused: a sentence for the log, without anything the token said.
struct TokenProblem {
    std::string reason;
    bool unknown_key = false; ///< the provider may have changed its keys: fetch them and try again
};

/// Checks signature (RS256, ES256 and nothing else), iss, aud, azp, exp, nbf, iat and nonce, with
/// two minutes' grace for clocks that differ. Never throws for what the token holds.
std::variant<Identity, TokenProblem> verify_id_token(std::string_view token, const KeySet &keys,
                                                     const TokenExpectation &expected);

/// Takes email, email_verified and name from claims, as far as they are there and no longer than
/// an address or a name is.
void read_profile(const nlohmann::json &claims, Identity &identity);

} // namespace wardmote::access
