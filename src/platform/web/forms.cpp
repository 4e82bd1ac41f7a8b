#include "platform/web/forms.hpp"

#include <algorithm>

#include "engine/core/text.hpp"
#include "platform/web/address.hpp"

namespace wardmote::web {

namespace {

/// Takes a quoted string, its opening quote already taken. Nothing when it never ends. A backslash
/// stands for itself unless a quote or a backslash follows: old browsers send whole Windows paths.
std::optional<std::string> take_quoted(std::string_view &text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return out;
        }
        const bool escaped =
            text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
        out += text[escaped ? ++i : i];
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string> header_parameter(std::string_view value, std::string_view name) {
    const auto start = value.find(';');
    auto rest = value.substr(std::min(start, value.size()));
    while (rest.starts_with(';')) {
        rest.remove_prefix(1);
        const auto equals = rest.find_first_of("=;");
        if (equals == rest.npos)
            return std::nullopt;
        const auto key = core::lower(core::trim(rest.substr(0, equals)));
        rest.remove_prefix(equals);
        std::string found;
        if (rest.starts_with("=\"")) {
            rest.remove_prefix(2);
            auto quoted = take_quoted(rest);
            if (!quoted)
                return std::nullopt;
            found = std::move(*quoted);
            rest.remove_prefix(std::min(rest.find(';'), rest.size()));
        } else if (rest.starts_with('=')) {
            const auto end = std::min(rest.find(';'), rest.size());
            found = core::trim(rest.substr(1, end - 1));
            rest.remove_prefix(end);
        }
        if (key == name)
            return found;
    }
    return std::nullopt;
}

std::optional<Form> parsed_urlencoded(std::string_view body, const FormLimits &limits) {
    if (static_cast<std::size_t>(std::ranges::count(body, '&')) >= limits.fields)
        return std::nullopt;
    auto fields = decoded_query(body);
    if (!fields || std::ranges::any_of(*fields, [&](const auto &field) {
            return field.second.size() > limits.text_bytes;
        }))
        return std::nullopt;
    return Form{.fields = std::move(*fields), .uploads = {}};
}

std::optional<Form> parsed_form(std::string_view content_type, std::string_view body,
                                const FormLimits &limits) {
    const auto type = core::lower(core::trim(content_type.substr(0, content_type.find(';'))));
    if (type == "application/x-www-form-urlencoded")
        return parsed_urlencoded(body, limits);
    if (type != "multipart/form-data")
        return Form{};
    const auto boundary = header_parameter(content_type, "boundary");
    return boundary ? parsed_multipart(*boundary, body, limits) : std::nullopt;
}

} // namespace wardmote::web
