// multipart/form-data as browsers write it (RFC 7578, and the WHATWG's way of escaping names).

#include <algorithm>

#include "engine/core/text.hpp"
#include "platform/web/address.hpp"
#include "platform/web/forms.hpp"

namespace wardmote::web {

namespace {

/// RFC 2046, 5.1.1: at most 70 characters.
constexpr std::size_t longest_boundary = 70;

struct PartHeaders {
    std::string field;
    std::optional<std::string> file_name; ///< empty when no file was chosen
    std::string type;
};

/// Browsers write a quote and a line break in a name as %22, %0D and %0A, and a percent as itself.
std::string unescaped(std::string name) {
    constexpr std::pair<std::string_view, char> escapes[] = {
        {"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}};
    for (const auto &[written, meant] : escapes)
        for (auto at = name.find(written); at != name.npos; at = name.find(written, at + 1))
            name.replace(at, written.size(), 1, meant);
    return name;
}

/// "C:\fakepath\plan.pdf" is "plan.pdf"; what cannot stand in a file's name is "_".
std::string without_folders(const std::string &name) {
    auto last = name.substr(name.find_last_of("/\\") + 1); // npos + 1 is 0
    std::ranges::replace_if(
        last, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, '_');
    return last;
}

std::optional<PartHeaders> parsed_headers(std::string_view lines) {
    PartHeaders headers;
    std::optional<std::string> field;
    while (!lines.empty()) {
        const auto end = std::min(lines.find("\r\n"), lines.size());
        const auto line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 2, lines.size()));
        const auto colon = line.find(':');
        if (colon == line.npos)
            return std::nullopt;
        const auto name = core::lower(line.substr(0, colon));
        const auto value = core::trim(line.substr(colon + 1));
        if (name == "content-disposition") {
            if (!core::lower(value).starts_with("form-data") || field)
                return std::nullopt;
            field = header_parameter(value, "name");
            headers.file_name = header_parameter(value, "filename");
        } else if (name == "content-type") {
            headers.type = value;
        }
    }
    if (!field || !is_text(*field) || !is_text(headers.type) ||
        !is_text(headers.file_name.value_or("")))
        return std::nullopt;
    headers.field = unescaped(std::move(*field));
    if (headers.file_name)
        headers.file_name = without_folders(unescaped(std::move(*headers.file_name)));
    return headers;
}

/// Adds the part to the form; false when that would break a limit or it is no text.
bool add_part(PartHeaders headers, std::string_view content, const FormLimits &limits, Form &form) {
    if (!headers.file_name) {
        if (content.size() > limits.text_bytes || !is_text(content))
            return false;
        form.fields.emplace_back(std::move(headers.field), content);
    } else if (!headers.file_name->empty() || !content.empty()) {
        form.uploads.push_back({std::move(headers.field), std::move(*headers.file_name),
                                std::move(headers.type), content});
    }
    return form.fields.size() <= limits.fields && form.uploads.size() <= limits.uploads;
}

} // namespace

std::optional<Form> parsed_multipart(std::string_view boundary, std::string_view body,
                                     const FormLimits &limits) {
    if (boundary.empty() || boundary.size() > longest_boundary)
        return std::nullopt;
    const auto delimiter = "\r\n--" + std::string{boundary};
    const auto first = std::string_view{delimiter}.substr(2);
    if (!body.starts_with(first))
        return std::nullopt;
    body.remove_prefix(first.size());

    Form form;
    while (!body.starts_with("--")) { // which closes the last part
        if (!body.starts_with("\r\n"))
            return std::nullopt;
        body.remove_prefix(2);
        const auto blank = body.substr(0, limits.part_header_bytes).find("\r\n\r\n");
        if (blank == body.npos)
            return std::nullopt;
        auto headers = parsed_headers(body.substr(0, blank));
        body.remove_prefix(blank + 4);
        const auto end = body.find(delimiter);
        if (!headers || end == body.npos)
            return std::nullopt;
        if (!add_part(std::move(*headers), body.substr(0, end), limits, form))
            return std::nullopt;
        body.remove_prefix(end + delimiter.size());
    }
    return form;
}

} // namespace wardmote::web
