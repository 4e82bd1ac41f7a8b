#include "platform/access/openid_keys.hpp"

#include <stdexcept>

#include <doctest/doctest.h>

#include "platform/access/openid_signer_test.hpp"

using namespace wardmote::access;

namespace {

// RFC 7515, appendices A.2 and A.3: the same claims signed by RS256 and ES256.
constexpr std::string_view rfc_claims =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
    "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const std::string rsa_jwk = R"({"kty":"RSA","kid":"rsa","e":"AQAB","n":")"
                            "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp"
                            "-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOW"
                            "vG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs"
                            "LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9k"
                            "G4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2"
                            "PAcDTW9gb54h4FRWyuXpoQ\"}";
const std::string ec_jwk = R"({"kty":"EC","kid":"ec","crv":"P-256",)"
                           R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                           R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";
constexpr std::string_view rsa_signature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7"
    "AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
    "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K"
    "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
    "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
    "p0igcN_IoypGlUPQGe77Rw";
constexpr std::string_view ec_signature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSA"
    "pmWQxfKTUJqPP3-Kg6NU1Q";

} // namespace

TEST_CASE("base64url is strict") {
    CHECK(base64url(std::string{"\x03\xec\xff\xe0\xc1", 5}) == "A-z_4ME"); // RFC 7515, appendix C
    CHECK(from_base64url("A-z_4ME") == std::string{"\x03\xec\xff\xe0\xc1", 5});
    CHECK(from_base64url("") == "");
    for (const char *text :
         {"A-z_4ME=", "A+z/4ME", "A-z_ 4ME", "A", "A-z_4MF", "A-z_4M\n", "\xC4\xC9\x85\xCC"})
        CHECK_MESSAGE(!from_base64url(text), text);
}

TEST_CASE("the signatures of RFC 7515 are verified") {
    const KeySet keys = KeySet::from_json(key_set({rsa_jwk, ec_jwk}));
    const std::string rs256 = std::string{"eyJhbGciOiJSUzI1NiJ9."} + std::string{rfc_claims};
    const std::string es256 = std::string{"eyJhbGciOiJFUzI1NiJ9."} + std::string{rfc_claims};
    const auto *const rsa = keys.find("rsa", "RS256");
    const auto *const ec = keys.find("ec", "ES256");
    REQUIRE(rsa != nullptr);
    REQUIRE(ec != nullptr);
    CHECK(rsa->verifies(rs256, *from_base64url(rsa_signature)));
    CHECK(ec->verifies(es256, *from_base64url(ec_signature)));
    CHECK_FALSE(rsa->verifies(es256, *from_base64url(rsa_signature)));
    CHECK_FALSE(ec->verifies(rs256, *from_base64url(ec_signature)));
    CHECK_FALSE(ec->verifies(es256, from_base64url(ec_signature)->substr(1)));
    CHECK_FALSE(ec->verifies(es256, ""));
    CHECK_FALSE(ec->verifies(es256, std::string(64, '\0'))); // r = s = 0
}

TEST_CASE("a key is found by its id, or without one when there is no doubt") {
    const KeySet keys = KeySet::from_json(
        key_set({Signer::rsa("a").jwk(), Signer::rsa("b").jwk(), Signer::p256("c").jwk()}));
    CHECK(keys.size() == 3);
    REQUIRE(keys.find("b", "RS256") != nullptr);
    CHECK(keys.find("b", "RS256")->id == "b");
    CHECK(keys.find("b", "ES256") == nullptr); // another kind of key
    CHECK(keys.find("d", "RS256") == nullptr);
    CHECK(keys.find(std::nullopt, "ES256") != nullptr);
    CHECK(keys.find(std::nullopt, "RS256") == nullptr);
}

TEST_CASE("keys that are weak, broken or for something else are passed over") {
    const std::string good = Signer::p256("good").jwk();
    const std::string off_the_curve = R"({"kty":"EC","crv":"P-256",)"
                                      R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                                      R"("y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"})";
    const std::string to_encrypt = R"({"use":"enc",)" + good.substr(1);
    const std::string another_method = R"({"alg":"PS256",)" + Signer::rsa("x").jwk().substr(1);
    const KeySet keys = KeySet::from_json(
        key_set({Signer::rsa("weak", 1024).jwk(), off_the_curve, to_encrypt, another_method,
                 R"({"kty":"oct","k":"AAAA"})", R"({"kty":"RSA"})", R"({"kty":7})", "7", good}));
    CHECK(keys.size() == 1);
    for (const char *text : {"", "[]", "{}", R"({"keys":7})", "{\"keys\":["})
        CHECK_THROWS_AS(KeySet::from_json(text), std::runtime_error);
}
