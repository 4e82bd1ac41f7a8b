/// Reading the body of a form: fields and files, or nothing when it is broken.
///
/// Both ways in which browsers write forms: application/x-www-form-urlencoded and
/// multipart/form-data (RFC 7578). Nothing is copied of a file: uploads point into the body.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/web/request.hpp"

namespace wardmote::web {

struct Form {
    std::vector<std::pair<std::string, std::string>> fields; ///< in order
    std::vector<Upload> uploads; ///< files that were chosen: an empty choice is left out
};

/// What one form may hold at most; more is broken.
struct FormLimits {
    std::size_t fields = 2000;
    std::size_t uploads = 50;
    std::size_t part_header_bytes = 8 * 1024;
    std::size_t text_bytes = 1024 * 1024; ///< of one field; only files may be longer
};

/// By its Content-Type; an empty form for any type that is not a form's. Text must be UTF-8.
std::optional<Form> parsed_form(std::string_view content_type, std::string_view body,
                                const FormLimits &limits = {});
/// "a=1&b=two+words"
std::optional<Form> parsed_urlencoded(std::string_view body, const FormLimits &limits = {});
std::optional<Form> parsed_multipart(std::string_view boundary, std::string_view body,
                                     const FormLimits &limits = {});

/// A parameter of a header's value: "boundary" of `multipart/form-data; boundary="x"` is x.
std::optional<std::string> header_parameter(std::string_view value, std::string_view name);

} // namespace wardmote::web
