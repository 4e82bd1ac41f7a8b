#include "platform/access/openid_keys.hpp"

#include <algorithm>
#include <stdexcept>

#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

namespace wardmote::access {

namespace {

using json = nlohmann::json;

/// unique_ptr with one of OpenSSL's functions to free.
template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T *held) const {
        Free(held);
    }
};
using BigNumber = std::unique_ptr<BIGNUM, Freed<&BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<&OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<&OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<&EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<&EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<&ECDSA_SIG_free>>;

constexpr int least_rsa_bits = 2048;
constexpr int most_rsa_bits = 8192; // a larger one only costs time
constexpr std::size_t coordinate_bytes = 32;

const unsigned char *bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char *>(text.data());
}

BigNumber big_number(std::string_view bytes) {
    return BigNumber{BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr)};
}

std::string member(const json &object, const char *name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::string bytes_member(const json &object, const char *name) {
    return from_base64url(member(object, name)).value_or("");
}

std::shared_ptr<EVP_PKEY> make_key(const char *type, OSSL_PARAM_BLD *builder) {
    const Parameters parameters{OSSL_PARAM_BLD_to_param(builder)};
    const KeyContext context{EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)};
    EVP_PKEY *key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return nullptr;
    return {key, &EVP_PKEY_free};
}

std::shared_ptr<EVP_PKEY> rsa_key(const json &jwk) {
    const BigNumber modulus = big_number(bytes_member(jwk, "n"));
    const BigNumber exponent = big_number(bytes_member(jwk, "e"));
    const Builder builder{OSSL_PARAM_BLD_new()};
    if (!modulus || !exponent || !builder || BN_num_bits(modulus.get()) < least_rsa_bits ||
        BN_num_bits(modulus.get()) > most_rsa_bits || BN_num_bits(exponent.get()) > 64 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1)
        return nullptr;
    return make_key("RSA", builder.get());
}

std::shared_ptr<EVP_PKEY> p256_key(const json &jwk) {
    const std::string x = bytes_member(jwk, "x");
    const std::string y = bytes_member(jwk, "y");
    if (member(jwk, "crv") != "P-256" || x.size() != coordinate_bytes ||
        y.size() != coordinate_bytes)
        return nullptr;
    const std::string point =
        '\x04' + x + y; // uncompressed; OpenSSL checks that it is on the curve
    const Builder builder{OSSL_PARAM_BLD_new()};
    if (!builder ||
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1",
                                        0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                         point.size()) != 1)
        return nullptr;
    return make_key("EC", builder.get());
}

/// The two numbers that JSON Web Signatures write side by side, as the DER that OpenSSL reads.
std::string der_of(std::string_view signature) {
    if (signature.size() != 2 * coordinate_bytes)
        return {};
    const Signature pair{ECDSA_SIG_new()};
    BigNumber r = big_number(signature.substr(0, coordinate_bytes));
    BigNumber s = big_number(signature.substr(coordinate_bytes));
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1)
        return {};
    static_cast<void>(r.release()); // the pair owns them now
    static_cast<void>(s.release());
    unsigned char *der = nullptr;
    const int length = i2d_ECDSA_SIG(pair.get(), &der);
    if (length <= 0)
        return {};
    std::string text{reinterpret_cast<const char *>(der), static_cast<std::size_t>(length)};
    OPENSSL_free(der);
    return text;
}

} // namespace

std::string base64url(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
    text.pop_back(); // the closing nought
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t length = 0;
    const char *end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char *>(bytes.data()), bytes.size(),
                          text.data(), text.size(), nullptr, &length, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        end != text.data() + text.size())
        return std::nullopt;
    bytes.resize(length);
    // libsodium also takes some bytes beyond ASCII for letters.
    return base64url(bytes) == text ? std::optional{std::move(bytes)} : std::nullopt;
}

bool KeySet::Key::verifies(std::string_view text, std::string_view signature) const {
    const std::string der = algorithm == "ES256" ? der_of(signature) : std::string{signature};
    const DigestContext context{EVP_MD_CTX_new()};
    return context &&
           EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(der), der.size(), bytes_of(text),
                            text.size()) == 1;
}

KeySet KeySet::from_json(std::string_view text) {
    const json document = json::parse(text, nullptr, false);
    if (!document.is_object() || !document.contains("keys") || !document["keys"].is_array())
        throw std::runtime_error{"The provider's keys are not a JSON key set."};
    KeySet set;
    for (const json &jwk : document["keys"]) {
        if (!jwk.is_object())
            continue;
        const std::string type = member(jwk, "kty");
        const std::string use = member(jwk, "use");
        const std::string algorithm = type == "RSA" ? "RS256" : type == "EC" ? "ES256" : "";
        const std::string stated = member(jwk, "alg");
        if (algorithm.empty() || (!use.empty() && use != "sig") ||
            (!stated.empty() && stated != algorithm))
            continue;
        if (auto key = type == "RSA" ? rsa_key(jwk) : p256_key(jwk))
            set.m_keys.push_back({member(jwk, "kid"), algorithm, std::move(key)});
    }
    return set;
}

const KeySet::Key *KeySet::find(const std::optional<std::string> &id,
                                std::string_view algorithm) const {
    const auto fits = [&](const Key &key) {
        return key.algorithm == algorithm && (!id || key.id == *id);
    };
    const auto found = std::ranges::find_if(m_keys, fits);
    if (found == m_keys.end() || (!id && std::ranges::count_if(m_keys, fits) > 1))
        return nullptr;
    return &*found;
}

} // namespace wardmote::access
