/// Manifests: what is read is written again as it was.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include "engine/lake/manifest.hpp"

namespace lake = wardmote::lake;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    try {
        const auto manifest =
            lake::Manifest::from_json({reinterpret_cast<const char *>(data), size}, "fuzz.json");
        if (lake::Manifest::from_json(manifest.to_json(), "again").to_json() !=
            manifest.to_json()) {
            std::abort();
        }
    } catch (const std::runtime_error &) { // refused with a sentence
    }
    return 0;
}
