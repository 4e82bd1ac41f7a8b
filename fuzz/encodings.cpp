/// base32 and base64url: what is read is written again as the same bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "platform/access/one_time_code.hpp"
#include "platform/access/openid_keys.hpp"

using namespace wardmote::access;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char *>(data), size};
    if (const auto bytes = from_base64url(text); bytes && base64url(*bytes) != text)
        std::abort(); // two texts for the same bytes
    if (const auto bytes = from_base32(text); bytes && from_base32(base32(*bytes)) != bytes)
        std::abort();
    if (from_base64url(base64url(text)) != text || from_base32(base32(text)) != text)
        std::abort();
    return 0;
}
