/// A response: a page, a file, a stream, a redirection or a failure.
///
/// The content security policy allows no inline style, and no script without the request's nonce,
/// so markup carries no `style="..."` attribute and no `<style>`: use classes, and in SVG
/// presentation attributes (`stroke-width="2"`), which the policy leaves alone.
/// Response::Policy::document is the exception for self-contained files.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/html/html.hpp"

namespace wardmote::web {

/// Always HttpOnly, SameSite=Lax and for the whole site; Secure when the request is.
struct Cookie {
    std::string name;
    std::string value;                           ///< letters, digits and "-._~" are safe
    std::optional<std::chrono::seconds> max_age; ///< nothing: until the browser closes; 0 deletes
};

/// An answer. One of status 400 or more with an empty body is given the site's error page.
struct Response {
    enum class Policy {
        page,     ///< nothing inline
        document, ///< a self-contained file: its own <style> and data: pictures; no script
    };

    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::string body;
    /// Instead of a body: gives the next bytes each time it is called; an empty string ends. Called
    /// on a handler's thread. Throwing cuts the connection, so that nobody takes half for all.
    std::function<std::string()> stream;
    std::optional<std::uint64_t> stream_bytes; ///< the length of the stream, when it is known
    std::vector<std::pair<std::string, std::string>> headers;
    std::vector<Cookie> cookies;
    Policy policy = Policy::page;
    bool immutable = false;  ///< the address holds a hash of the content: cache it for ever
    bool no_store = false;   ///< never kept by anyone; so is whatever is answered to a visit
    std::string route;       ///< the pattern that matched, for the log; set by the router
    std::string explanation; ///< for the error page: what is missing or wrong, in a sentence

    void set_cookie(Cookie cookie) { cookies.push_back(std::move(cookie)); }
};

/// 422 for a form to be shown again with its mistakes.
Response page(const html::Html &document, int status = 200);
/// A self-contained HTML file, shown in the browser.
Response document(std::string markup);
/// An error page with a sentence saying what is wrong and what can be done.
Response failure(int status, std::string explanation = {});
/// 404 with a sentence saying what was looked for.
Response not_found(std::string explanation);
/// 400 with a sentence saying what is wrong with the address.
Response bad_request(std::string explanation);
/// 303 to another page of this site: what a form that did its work answers.
Response redirect(std::string location);
/// A file to keep; the name is made safe for Content-Disposition. Types: "text/csv; charset=utf-8",
/// "image/svg+xml", "application/pdf", "application/vnd.openxmlformats-officedocument...".
Response download(std::string_view file_name, std::string content_type, std::string body);
/// The same, shown in the browser rather than kept.
Response inline_file(std::string_view file_name, std::string content_type, std::string body);
/// A file to keep that is never whole in memory: see Response::stream.
Response streamed_download(std::string_view file_name, std::string content_type,
                           std::function<std::string()> stream,
                           std::optional<std::uint64_t> bytes = std::nullopt);
/// By the end of a file name: "text/csv; charset=utf-8" for ".csv"; application/octet-stream else.
std::string content_type_of(std::string_view file_name);

} // namespace wardmote::web
