/// One small HTTP request to another server, and its answer.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmote::access {

struct HttpRequest {
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    /// Posted when there is one, as application/x-www-form-urlencoded; otherwise it is a GET.
    std::optional<std::string> form;
};

struct HttpResponse {
    int status = 0;
    std::string body;
};

/// Does the request. Throws std::runtime_error with a sentence when no whole answer came.
using HttpFetch = std::function<HttpResponse(const HttpRequest &)>;

struct HttpLimits {
    std::chrono::seconds connect{5};
    std::chrono::seconds whole{10};
    std::size_t bytes = 1 << 20;
};

/// Fetches with libcurl: https only, except from this machine; certificates checked; redirects
/// not followed.
HttpFetch curl_fetch(HttpLimits limits = {});

/// Whether the address is https, or http to this machine: "http://localhost:8080/",
/// "http://[::1]/".
bool is_safe_url(std::string_view url);

/// "a b&c" is "a%20b%26c": all but letters, digits and - . _ ~ (RFC 3986, 2.3).
std::string percent_encoded(std::string_view text);

} // namespace wardmote::access
