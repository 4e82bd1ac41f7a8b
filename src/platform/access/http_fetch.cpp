#include "platform/access/http_fetch.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>

namespace wardmote::access {

namespace {

using Curl = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using CurlList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
using CurlUrl = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

struct Address {
    std::string scheme;
    std::string host;

    bool is_this_machine() const {
        in_addr four{};
        if (inet_pton(AF_INET, host.c_str(), &four) == 1)
            return (ntohl(four.s_addr) >> 24U) == 127;
        return host == "localhost" || host == "[::1]";
    }
};

/// The scheme and host of an address; nothing when it is none, or holds a user's name.
std::optional<Address> parse_url(std::string_view text) {
    if (std::ranges::any_of(text, [](unsigned char c) { return c <= ' ' || c == 0x7F; }))
        return std::nullopt;
    const CurlUrl url{curl_url(), &curl_url_cleanup};
    if (curl_url_set(url.get(), CURLUPART_URL, std::string{text}.c_str(), 0) != CURLUE_OK)
        return std::nullopt;
    const auto part = [&](CURLUPart which) {
        char *found = nullptr;
        curl_url_get(url.get(), which, &found, 0);
        const std::unique_ptr<char, decltype(&curl_free)> owned{found, &curl_free};
        return found == nullptr ? std::string{} : std::string{found};
    };
    if (!part(CURLUPART_USER).empty())
        return std::nullopt;
    return Address{part(CURLUPART_SCHEME), part(CURLUPART_HOST)};
}

struct Download {
    std::string body;
    std::size_t most;
};

std::size_t take(char *bytes, std::size_t size, std::size_t count, void *context) {
    auto &download = *static_cast<Download *>(context);
    if (download.body.size() + size * count > download.most)
        return 0; // curl gives up
    download.body.append(bytes, size * count);
    return size * count;
}

HttpResponse fetch(const HttpRequest &request, const HttpLimits &limits) {
    const auto address = parse_url(request.url);
    if (!address || !is_safe_url(request.url))
        throw std::runtime_error{"An address to be fetched must begin with https://."};
    const Curl curl{curl_easy_init(), &curl_easy_cleanup};
    if (!curl)
        throw std::runtime_error{"The library that fetches addresses has no memory."};
    CURL *const handle = curl.get();
    CurlList headers{nullptr, &curl_slist_free_all};
    for (const auto &[name, value] : request.headers)
        headers.reset(curl_slist_append(headers.release(), (name + ": " + value).c_str()));
    Download download{.body = {}, .most = limits.bytes};

    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    if (address->is_this_machine())
        curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, static_cast<long>(limits.connect.count()));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, static_cast<long>(limits.whole.count()));
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    if (request.form) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.form->size()));
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.form->data());
    }
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &take);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &download);

    const CURLcode result = curl_easy_perform(handle);
    if (result == CURLE_WRITE_ERROR)
        throw std::runtime_error{
            fmt::format("{} answered with more than {} bytes.", address->host, limits.bytes)};
    if (result != CURLE_OK)
        throw std::runtime_error{
            fmt::format("{} did not answer: {}.", address->host, curl_easy_strerror(result))};
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return {.status = static_cast<int>(status), .body = std::move(download.body)};
}

} // namespace

HttpFetch curl_fetch(HttpLimits limits) {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK)
        throw std::runtime_error{"The library that fetches addresses did not start."};
    return [limits](const HttpRequest &request) { return fetch(request, limits); };
}

bool is_safe_url(std::string_view url) {
    const auto address = parse_url(url);
    return address && (address->scheme == "https" ||
                       (address->scheme == "http" && address->is_this_machine()));
}

std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
                                c == '~';
        encoded +=
            unreserved ? std::string{c} : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

} // namespace wardmote::access
