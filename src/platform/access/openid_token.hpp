/// ID tokens of OpenID Connect: signed JSON (RFC 7519), checked as OpenID Connect Core 3.1.3.7
/// says.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/core/clock.hpp"

namespace wardmote::access {

/// Bytes as base64url without padding (RFC 4648, 5).
std::string base64url(std::string_view bytes);
/// The bytes, or nothing when anything in the text is not base64url.
std::optional<std::string> from_base64url(std::string_view text);

/// The provider's public keys (RFC 7517): RSA of 2,048 bits or more, and P-256. Others in the set
/// are passed over.
class KeySet {
public:
    /// Throws std::runtime_error with a sentence when it is not a key set.
    static KeySet from_json(std::string_view json);

    struct Key;
    /// The key with this id that can check this algorithm ("RS256", "ES256"). Without an id, the
    /// only one that can.
    const Key *find(const std::optional<std::string> &id, std::string_view algorithm) const;

private:
    std::vector<std::shared_ptr<const Key>> m_keys;
};

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

} // namespace wardmote::access
