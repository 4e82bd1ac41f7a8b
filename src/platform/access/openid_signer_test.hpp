/// Makes keys and signs tokens with them, for tests: what a provider does.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st; // OpenSSL's

namespace wardmote::access {

class Signer {
public:
    static Signer rsa(std::string id, int bits = 2048);
    static Signer p256(std::string id);

    const char *algorithm() const { return m_is_rsa ? "RS256" : "ES256"; }
    /// The public key as a member of a key set.
    std::string jwk() const;
    /// header.claims.signature, whatever the header says.
    std::string token(std::string_view header, std::string_view claims) const;
    /// With the header that belongs to the key.
    std::string token(std::string_view claims) const;

private:
    Signer(std::string id, bool is_rsa, evp_pkey_st *key);
    std::string signature(std::string_view text) const;

    std::string m_id;
    bool m_is_rsa;
    std::shared_ptr<evp_pkey_st> m_key;
};

/// {"keys": [ ... ]}
std::string key_set(std::initializer_list<std::string> jwks);

} // namespace wardmote::access
