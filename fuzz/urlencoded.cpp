/// The reader of plain forms: whatever the bytes, fields are text and few.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "platform/web/address.hpp"
#include "platform/web/forms.hpp"

namespace web = wardmote::web;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const web::FormLimits limits{.fields = 20, .text_bytes = 200};
    const auto form = web::parsed_urlencoded({reinterpret_cast<const char *>(data), size}, limits);
    if (!form)
        return 0;
    if (form->fields.size() > limits.fields || !form->uploads.empty())
        std::abort();
    for (const auto &[name, value] : form->fields)
        if (!web::is_text(name) || !web::is_text(value) || value.size() > limits.text_bytes)
            std::abort();
    return 0;
}
