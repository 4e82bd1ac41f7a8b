/// The public keys by which an OpenID provider signs (JSON Web Key, RFC 7517).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct evp_pkey_st; // OpenSSL's

namespace wardmote::access {

/// Bytes as base64url without padding (RFC 4648, 5).
std::string base64url(std::string_view bytes);
/// The bytes, or nothing when anything in the text is not base64url.
std::optional<std::string> from_base64url(std::string_view text);

/// RSA of 2,048 bits or more for RS256, P-256 for ES256. Other keys of the set are passed over.
class KeySet {
public:
    struct Key {
        std::string id; ///< "kid"; may be empty
        std::string algorithm;
        std::shared_ptr<evp_pkey_st> key;

        /// Whether the holder of the private half signed the text (RFC 7518, 3.3 and 3.4).
        bool verifies(std::string_view text, std::string_view signature) const;
    };

    /// Throws std::runtime_error with a sentence when it is not a key set.
    static KeySet from_json(std::string_view json);

    /// The key for this algorithm with this id. Without an id, the only key for the algorithm.
    const Key *find(const std::optional<std::string> &id, std::string_view algorithm) const;
    std::size_t size() const { return m_keys.size(); }

private:
    std::vector<Key> m_keys;
};

} // namespace wardmote::access
