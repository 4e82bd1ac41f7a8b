#include "platform/access/openid_signer_test.hpp"

#include <array>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "platform/access/openid_keys.hpp"

namespace wardmote::access {

namespace {

std::string number_of(EVP_PKEY *key, const char *name) {
    BIGNUM *number = nullptr;
    REQUIRE(EVP_PKEY_get_bn_param(key, name, &number) == 1);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
    BN_bn2bin(number, reinterpret_cast<unsigned char *>(bytes.data()));
    BN_free(number);
    return base64url(bytes);
}

/// A DER signature as two numbers of 32 bytes side by side.
std::string side_by_side(const std::string &der) {
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.data());
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair{
        d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size())), &ECDSA_SIG_free};
    REQUIRE(pair);
    std::array<unsigned char, 64> both{};
    BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), both.data(), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), both.data() + 32, 32);
    return {both.begin(), both.end()};
}

} // namespace

Signer::Signer(std::string id, bool is_rsa, evp_pkey_st *key)
    : m_id{std::move(id)}
    , m_is_rsa{is_rsa}
    , m_key{key, &EVP_PKEY_free} {}

Signer Signer::rsa(std::string id, int bits) {
    return {std::move(id), true, EVP_RSA_gen(static_cast<unsigned>(bits))};
}

Signer Signer::p256(std::string id) {
    return {std::move(id), false, EVP_EC_gen("P-256")};
}

std::string Signer::jwk() const {
    if (m_is_rsa)
        return fmt::format(R"({{"kty":"RSA","use":"sig","kid":"{}","n":"{}","e":"{}"}})", m_id,
                           number_of(m_key.get(), OSSL_PKEY_PARAM_RSA_N),
                           number_of(m_key.get(), OSSL_PKEY_PARAM_RSA_E));
    std::array<unsigned char, 65> point{};
    std::size_t length = 0;
    REQUIRE(EVP_PKEY_get_octet_string_param(m_key.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                            point.size(), &length) == 1);
    const std::string bytes{point.begin(), point.end()};
    return fmt::format(R"({{"kty":"EC","crv":"P-256","kid":"{}","x":"{}","y":"{}"}})", m_id,
                       base64url(bytes.substr(1, 32)), base64url(bytes.substr(33)));
}

std::string Signer::signature(std::string_view text) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free};
    const auto *bytes = reinterpret_cast<const unsigned char *>(text.data());
    std::string signed_with(1024, '\0');
    std::size_t length = signed_with.size();
    REQUIRE(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) == 1);
    REQUIRE(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signed_with.data()),
                           &length, bytes, text.size()) == 1);
    signed_with.resize(length);
    return m_is_rsa ? signed_with : side_by_side(signed_with);
}

std::string Signer::token(std::string_view header, std::string_view claims) const {
    const std::string text = base64url(header) + '.' + base64url(claims);
    return text + '.' + base64url(signature(text));
}

std::string Signer::token(std::string_view claims) const {
    return token(fmt::format(R"({{"alg":"{}","kid":"{}"}})", algorithm(), m_id), claims);
}

std::string key_set(std::initializer_list<std::string> jwks) {
    return fmt::format(R"({{"keys":[{}]}})", fmt::join(jwks, ","));
}

} // namespace wardmote::access
