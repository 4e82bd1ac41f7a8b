// Any bytes as a report's template: read, filled and rendered, whatever they are.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "platform/document/render.hpp"
#include "platform/document/test_values.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace wardmote::document;
    TestValues live;
    const std::string_view bytes{reinterpret_cast<const char *>(data), size};
    const auto document = compile("fuzz", "fuzz.md", bytes, live);
    article(document, Medium::site);
    article(document, Medium::word);
    return 0;
}
