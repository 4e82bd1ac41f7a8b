#include <algorithm>
#include <array>

#include "engine/core/text.hpp"
#include "platform/web/address.hpp"
#include "platform/web/response.hpp"

namespace wardmote::web {

Response page(const html::Html &document, int status) {
    Response response;
    response.status = status;
    response.body = document.str();
    return response;
}

Response document(std::string markup) {
    Response response;
    response.body = std::move(markup);
    response.policy = Response::Policy::document;
    return response;
}

Response failure(int status, std::string explanation) {
    Response response;
    response.status = status;
    response.explanation = std::move(explanation);
    return response;
}

Response not_found(std::string explanation) {
    return failure(404, std::move(explanation));
}

Response bad_request(std::string explanation) {
    return failure(400, std::move(explanation));
}

Response redirect(std::string location) {
    Response response;
    response.status = 303;
    response.headers.emplace_back("Location", std::move(location));
    return response;
}

namespace {

/// A file name in both forms of RFC 6266: plain ASCII for old browsers, UTF-8 for the rest.
std::string disposition(std::string_view kind, std::string_view file_name) {
    std::string plain;
    for (const char c : file_name) {
        const bool safe = c > ' ' && c < '\x7f' && c != '"' && c != '\\' && c != '/' && c != '%';
        plain += safe || c == ' ' ? c : '_';
    }
    return std::string{kind} + "; filename=\"" + plain + "\"; filename*=UTF-8''" +
           percent_encoded(file_name);
}

Response file(std::string_view kind, std::string_view file_name, std::string content_type,
              std::string body) {
    Response response;
    response.content_type = std::move(content_type);
    response.body = std::move(body);
    response.headers.emplace_back("Content-Disposition", disposition(kind, file_name));
    response.policy = Response::Policy::document;
    return response;
}

} // namespace

Response download(std::string_view file_name, std::string content_type, std::string body) {
    return file("attachment", file_name, std::move(content_type), std::move(body));
}

Response inline_file(std::string_view file_name, std::string content_type, std::string body) {
    return file("inline", file_name, std::move(content_type), std::move(body));
}

Response streamed_download(std::string_view file_name, std::string content_type,
                           std::function<std::string()> stream,
                           std::optional<std::uint64_t> bytes) {
    auto response = file("attachment", file_name, std::move(content_type), {});
    response.stream = std::move(stream);
    response.stream_bytes = bytes;
    return response;
}

std::string content_type_of(std::string_view file_name) {
    struct Type {
        std::string_view ending;
        std::string_view type;
    };
    constexpr std::array types{
        Type{".html", "text/html; charset=utf-8"},
        Type{".csv", "text/csv; charset=utf-8"},
        Type{".txt", "text/plain; charset=utf-8"},
        Type{".md", "text/markdown; charset=utf-8"},
        Type{".css", "text/css; charset=utf-8"},
        Type{".js", "text/javascript; charset=utf-8"},
        Type{".json", "application/json"},
        Type{".svg", "image/svg+xml"},
        Type{".png", "image/png"},
        Type{".pdf", "application/pdf"},
        Type{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        Type{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    };
    const auto name = core::lower(file_name);
    const auto found =
        std::ranges::find_if(types, [&](const Type &type) { return name.ends_with(type.ending); });
    return found == types.end() ? "application/octet-stream" : std::string{found->type};
}

} // namespace wardmote::web
