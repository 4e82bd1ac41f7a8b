/// ID tokens and key sets of OpenID providers: whatever comes is refused, or means what it says.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include "platform/access/openid_token.hpp"

using namespace wardmote::access;
namespace core = wardmote::core;

namespace {

// RFC 7515, A.3. Its private half is published too, but no input can be signed by chance.
const KeySet &keys() {
    static const auto set = KeySet::from_json(
        R"({"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
        R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})");
    return set;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char *>(data), size};
    const auto result = verify_id_token(
        text, keys(),
        {.issuer = "joe",
         .client_id = "wardmote",
         .nonce = "n",
         .now = core::Instant{core::Instant::Milliseconds{std::chrono::seconds{1300819000}}}});
    if (std::holds_alternative<Identity>(result))
        std::abort(); // a forgery
    try {
        KeySet::from_json(text).find(std::nullopt, "RS256");
    } catch (const std::runtime_error &) { // refused with a sentence
    }
    return 0;
}
