/// What every response gets before it is sent: security headers, caching, compression.
#pragma once

#include <string>
#include <string_view>

#include "platform/web/request.hpp"
#include "platform/web/response.hpp"

namespace wardmote::web {

/// Adds Content-Type, cookies, the security headers, ETag and Cache-Control; turns an unchanged
/// page into 304; compresses with gzip when the request accepts it and it pays. What is answered to
/// a visit, or carries the request's nonce, is never 304. Throws std::logic_error when a header
/// would break the response in two.
void finish(const Request &request, Response &response);

/// The name under which a cookie travels: "__Host-" before it when the request is secure, so that
/// no other site of the domain can set it (RFC 6265bis, 4.1.3.2).
std::string cookie_name(std::string_view name, bool secure);

/// True when an Accept-Encoding header takes gzip (RFC 9110, 12.5.3).
bool accepts_gzip(std::string_view accept_encoding);
std::string gzipped(std::string_view bytes);

} // namespace wardmote::web
