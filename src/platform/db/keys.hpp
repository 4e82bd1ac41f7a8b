/// The secret of one installation, from which every key is derived; it is kept in a file beside the
/// database and never in it.
///
/// Whoever has only the database can neither read sealed fields and files nor forge a log entry.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wardmote::db {

class Keys {
public:
    using Key = std::array<std::uint8_t, 32>;
    enum class Purpose : std::uint8_t { fields = 1, files, ledger, tokens, checkpoints };

    /// Reads FOLDER/secret.key, or makes it, readable by its owner only. Throws std::runtime_error
    /// when it cannot be read, is damaged, or others may read it.
    static Keys open(const std::string &folder);
    /// For tests: a new secret that is nowhere kept.
    static Keys ephemeral();

    Key key(Purpose purpose) const; ///< libsodium's crypto_kdf (BLAKE2b)

    /// Text sealed with XSalsa20-Poly1305 under a random nonce, as "sealed:" and base64.
    std::string seal(std::string_view text) const;
    /// Nothing when it was sealed with another secret, or has been changed.
    std::optional<std::string> unseal(std::string_view sealed) const;
    /// A keyed hash of a token, as hexadecimal: what the database keeps instead of the token.
    std::string token_hash(std::string_view token) const;

private:
    explicit Keys(const Key &secret)
        : m_secret{secret} {}
    Key m_secret;
};

/// 256 random bits for a link or a cookie, as unpadded base64url.
std::string random_token();

} // namespace wardmote::db
