/// What every response gets before it is sent: security headers, caching, compression.
#pragma once

#include <string>
#include <string_view>

#include "platform/web/router.hpp"

namespace wardmote::web {

/// Adds Content-Type, the security headers, ETag and Cache-Control; turns an unchanged page into
/// 304; compresses with gzip when the request accepts it and it pays. Throws std::logic_error when
/// a header would break the response in two.
void finish(const Request &request, Response &response);

/// True when an Accept-Encoding header takes gzip (RFC 9110, 12.5.3).
bool accepts_gzip(std::string_view accept_encoding);
std::string gzipped(std::string_view bytes);

} // namespace wardmote::web
