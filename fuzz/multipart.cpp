/// The reader of forms with files: whatever the header and the bytes, text is text, limits hold,
/// every file lies inside the body and no file's name has a folder. The first line of the input is
/// the Content-Type.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "platform/web/address.hpp"
#include "platform/web/forms.hpp"

namespace web = wardmote::web;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view all{reinterpret_cast<const char *>(data), size};
    const auto line = std::min(all.find('\n'), all.size());
    const auto type = "multipart/form-data; " + std::string{all.substr(0, line)};
    const auto body = all.substr(std::min(line + 1, all.size()));
    const web::FormLimits limits{
        .fields = 20, .uploads = 5, .part_header_bytes = 300, .text_bytes = 200};
    const auto form = web::parsed_form(type, body, limits);
    if (!form)
        return 0;
    if (form->fields.size() > limits.fields || form->uploads.size() > limits.uploads)
        std::abort();
    for (const auto &[name, value] : form->fields)
        if (!web::is_text(name) || !web::is_text(value) || value.size() > limits.text_bytes)
            std::abort();
    for (const auto &upload : form->uploads) {
        const auto *const begin = upload.bytes.data();
        if (begin < body.data() || begin + upload.bytes.size() > body.data() + body.size())
            std::abort();
        if (!web::is_text(upload.file_name) ||
            upload.file_name.find_first_of("/\\\r\n") != upload.file_name.npos)
            std::abort();
    }
    return 0;
}
