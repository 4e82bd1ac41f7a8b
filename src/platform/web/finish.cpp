#include "platform/web/finish.hpp"

#include <zlib.h>

#include <array>
#include <stdexcept>

#include <openssl/sha.h>

#include "engine/core/text.hpp"

namespace wardmote::web {

namespace {

constexpr std::string_view page_policy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "script-src 'nonce-";
// A report is one file with its style inside; it may be old, so its hash cannot be known here.
constexpr std::string_view document_policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'";

/// Smaller answers fit in one packet as they are.
constexpr std::size_t least_to_compress = 1400;

void add(Response &response, std::string_view name, std::string_view value) {
    response.headers.emplace_back(name, value);
}

std::string etag(std::string_view body) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char *>(body.data()), body.size(), digest.data());
    constexpr std::string_view digits = "0123456789abcdef";
    std::string tag = "W/\""; // weak: the compressed form carries the same tag
    for (std::size_t i = 0; i < 16; ++i) {
        tag += digits[digest[i] >> 4U];
        tag += digits[digest[i] & 0xfU];
    }
    return tag + '"';
}

bool matches(std::string_view if_none_match, std::string_view tag) {
    if (core::trim(if_none_match) == "*")
        return true;
    const auto strong = tag.substr(2); // comparison is weak: W/ does not count
    return if_none_match.find(strong) != std::string_view::npos;
}

/// Whether a browser may keep it and ask again. A page's nonce must not outlive its request, nor
/// the token of its forms the session.
bool is_kept(const Request &request, const Response &response) {
    if (response.immutable)
        return true;
    const auto carries = [&](const std::string &secret) {
        return !secret.empty() && response.body.find(secret) != std::string::npos;
    };
    return !request.visit && !response.no_store && response.cookies.empty() &&
           !carries(request.nonce) && !carries(request.csrf);
}

std::string caching(const Request &request, const Response &response) {
    if (response.status >= 400 || !is_kept(request, response))
        return "no-store";
    if (response.immutable)
        return "public, max-age=31536000, immutable";
    return "private, no-cache"; // kept, but asked about every time
}

std::string set_cookie(const Cookie &cookie, bool secure) {
    if ((cookie.name + cookie.value).find_first_of("; ,\"\\") != std::string::npos)
        throw std::logic_error("a cookie has characters that would end it: " + cookie.name);
    auto text = cookie_name(cookie.name, secure) + "=" + cookie.value;
    text += "; Path=/; HttpOnly; SameSite=Lax";
    if (cookie.max_age)
        text += "; Max-Age=" + std::to_string(cookie.max_age->count());
    return secure ? text + "; Secure" : text;
}

bool compresses(std::string_view type) {
    return type.starts_with("text/") || type.starts_with("application/json") ||
           type.starts_with("image/svg");
}

void refuse_line_breaks(const Response &response) {
    const auto breaks = [](std::string_view text) {
        return text.find_first_of(std::string_view{"\r\n\0", 3}) != std::string_view::npos;
    };
    for (const auto &[name, value] : response.headers)
        if (breaks(name) || breaks(value))
            throw std::logic_error("a header of the response holds a line break: " + name);
}

} // namespace

bool accepts_gzip(std::string_view accept_encoding) {
    while (!accept_encoding.empty()) {
        const auto end = std::min(accept_encoding.find(','), accept_encoding.size());
        auto part = core::trim(accept_encoding.substr(0, end));
        accept_encoding.remove_prefix(std::min(end + 1, accept_encoding.size()));
        const auto semicolon = std::min(part.find(';'), part.size());
        const auto name = core::lower(core::trim(part.substr(0, semicolon)));
        if (name != "gzip" && name != "*")
            continue;
        auto weight = core::lower(part.substr(semicolon));
        const auto q = weight.find("q=");
        if (q == weight.npos)
            return true;
        const auto value = core::parse_real(core::trim(std::string_view{weight}.substr(q + 2)));
        return value && *value > 0;
    }
    return false;
}

std::string gzipped(std::string_view bytes) {
    z_stream stream{};
    constexpr int gzip_window = 15 + 16; // 16 asks zlib for a gzip header
    if (deflateInit2(&stream, 6, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib could not start");
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END)
        throw std::runtime_error("zlib could not compress a response");
    return out;
}

std::string cookie_name(std::string_view name, bool secure) {
    return (secure ? "__Host-" : "") + std::string{name};
}

void finish(const Request &request, Response &response) {
    const bool document = response.policy == Response::Policy::document;
    add(response, "Content-Security-Policy",
        document ? std::string{document_policy} : std::string{page_policy} + request.nonce + "'");
    add(response, "X-Content-Type-Options", "nosniff");
    add(response, "X-Frame-Options", "DENY");
    add(response, "Referrer-Policy", "same-origin");
    add(response, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    add(response, "Cross-Origin-Opener-Policy", "same-origin");
    add(response, "Cross-Origin-Resource-Policy", "same-origin");
    if (request.secure)
        add(response, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    add(response, "X-Request-Id", request.id);
    for (const auto &cookie : response.cookies)
        add(response, "Set-Cookie", set_cookie(cookie, request.secure));
    add(response, "Cache-Control", caching(request, response));

    if (response.status == 200 && !response.stream && is_kept(request, response)) {
        const auto tag = etag(response.body);
        add(response, "ETag", tag);
        const auto asked = request.header("If-None-Match");
        if (asked && matches(*asked, tag)) {
            response.status = 304;
            response.body.clear();
        }
    }
    if (!response.body.empty() || response.stream)
        add(response, "Content-Type", response.content_type);
    if (compresses(response.content_type) && !response.stream) {
        add(response, "Vary", "Accept-Encoding");
        if (response.body.size() >= least_to_compress &&
            accepts_gzip(request.header("Accept-Encoding").value_or(""))) {
            response.body = gzipped(response.body);
            add(response, "Content-Encoding", "gzip");
        }
    }
    refuse_line_breaks(response);
}

} // namespace wardmote::web
