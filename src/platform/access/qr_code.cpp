#include "platform/access/qr_code.hpp"

#include <memory>
#include <stdexcept>
#include <string>

#include <qrencode.h>

namespace wardmote::access {

namespace {

constexpr std::size_t longest_content = 1000;
constexpr int margin = 4; // modules of quiet round it (ISO/IEC 18004)

using Code = std::unique_ptr<QRcode, decltype(&QRcode_free)>;

/// One path: a run of dark modules in a row is "M x y h length v1 h -length z", a unit high.
std::string dark_modules(const QRcode &code) {
    std::string path;
    for (int y = 0; y < code.width; ++y) {
        const auto dark = [&, y](int x) { return (code.data[y * code.width + x] & 1U) != 0; };
        for (int x = 0; x < code.width; ++x) {
            if (!dark(x))
                continue;
            const int start = x;
            while (x < code.width && dark(x))
                ++x;
            const std::string length = std::to_string(x - start);
            path += 'M' + std::to_string(start + margin) + ' ' + std::to_string(y + margin) + 'h' +
                    length + "v1h-" + length + 'z';
        }
    }
    return path;
}

} // namespace

html::Html qr_code(std::string_view content, std::string_view description) {
    if (content.empty() || content.size() > longest_content)
        throw std::invalid_argument{"A QR code holds 1 to 1,000 bytes."};
    const Code code{QRcode_encodeData(static_cast<int>(content.size()),
                                      reinterpret_cast<const unsigned char *>(content.data()), 0,
                                      QR_ECLEVEL_M),
                    &QRcode_free};
    if (!code)
        throw std::runtime_error{"There is not enough memory to draw a QR code."};
    const int side = code->width + 2 * margin;
    return html::format(
        R"(<svg class="wardmote-qr-code" xmlns="http://www.w3.org/2000/svg" role="img" )"
        R"(aria-label="{}" width="240" height="240" viewBox="0 0 {} {}" )"
        R"(shape-rendering="crispEdges"><rect width="{}" height="{}" fill="#ffffff"/>)"
        R"(<path fill="#000000" d="{}"/></svg>)",
        description, side, side, side, side, dark_modules(*code));
}

} // namespace wardmote::access
