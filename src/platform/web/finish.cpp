#include "platform/web/finish.hpp"

#include <zlib.h>

#include <array>
#include <stdexcept>

#include <openssl/sha.h>

#include "engine/core/text.hpp"

namespace wardmote::web {

namespace {

constexpr std::string_view page_policy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";
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

void finish(const Request &request, Response &response) {
    const bool document = response.policy == Response::Policy::document;
    add(response, "Content-Security-Policy", document ? document_policy : page_policy);
    add(response, "X-Content-Type-Options", "nosniff");
    add(response, "X-Frame-Options", "DENY");
    add(response, "Referrer-Policy", "same-origin");
    add(response, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    add(response, "Cross-Origin-Opener-Policy", "same-origin");
    add(response, "Cross-Origin-Resource-Policy", "same-origin");
    add(response, "X-Request-Id", request.id);
    if (response.status >= 400)
        add(response, "Cache-Control", "no-store");
    else if (response.immutable)
        add(response, "Cache-Control", "public, max-age=31536000, immutable");
    else
        add(response, "Cache-Control", "private, no-cache"); // kept, but asked about every time

    if (response.status == 200) {
        const auto tag = etag(response.body);
        add(response, "ETag", tag);
        const auto asked = request.header("If-None-Match");
        if (asked && matches(*asked, tag)) {
            response.status = 304;
            response.body.clear();
        }
    }
    if (!response.body.empty())
        add(response, "Content-Type", response.content_type);
    if (compresses(response.content_type)) {
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
