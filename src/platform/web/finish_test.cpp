#include "platform/web/finish.hpp"

#include <zlib.h>

#include <stdexcept>

#include <doctest/doctest.h>

namespace wardmote::web {

namespace {

std::string header(const Response &response, std::string_view name) {
    for (const auto &[key, value] : response.headers)
        if (key == name)
            return value;
    return "(none)";
}

Response finished(std::string body, std::vector<std::pair<std::string, std::string>> asked = {}) {
    Request request;
    request.method = "GET";
    request.headers = std::move(asked);
    Response response;
    response.body = std::move(body);
    finish(request, response);
    return response;
}

std::string unzipped(std::string_view bytes) {
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    std::string out(1'000'000, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

} // namespace

TEST_CASE("a page allows no inline script and no inline style") {
    const auto policy = header(finished("x"), "Content-Security-Policy");
    CHECK(policy.find("default-src 'none'") != std::string::npos);
    CHECK(policy.find("unsafe") == std::string::npos);
    CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
}

TEST_CASE("a self-contained document allows its own style and still no script") {
    Request request;
    auto response = document("<!DOCTYPE html>");
    finish(request, response);
    const auto policy = header(response, "Content-Security-Policy");
    CHECK(policy.find("style-src 'unsafe-inline'") != std::string::npos);
    CHECK(policy.find("script-src") == std::string::npos);
    CHECK(policy.find("default-src 'none'") != std::string::npos);
}

TEST_CASE("every response says not to guess its type and not to tell other sites where it was") {
    const auto response = finished("x");
    CHECK(header(response, "X-Content-Type-Options") == "nosniff");
    CHECK(header(response, "Referrer-Policy") == "same-origin");
    CHECK(header(response, "Content-Type") == "text/html; charset=utf-8");
}

TEST_CASE("the tag is the beginning of the body's SHA-256") {
    // FIPS 180-2, appendix B.1: SHA-256 of "abc" begins ba7816bf8f01cfea414140de5dae2223.
    CHECK(header(finished("abc"), "ETag") == "W/\"ba7816bf8f01cfea414140de5dae2223\"");
}

TEST_CASE("an unchanged page is answered with 304 and no body") {
    const auto tag = header(finished("abc"), "ETag");
    for (const auto &asked : {tag, tag.substr(2), "\"other\", " + tag, std::string{"*"}}) {
        const auto again = finished("abc", {{"If-None-Match", asked}});
        CHECK(again.status == 304);
        CHECK(again.body.empty());
        CHECK(header(again, "ETag") == tag);
    }
    CHECK(finished("abd", {{"If-None-Match", tag}}).status == 200);
}

TEST_CASE("a long text is compressed for who accepts it, and unpacks to itself") {
    const std::string body(5000, 'a');
    const auto packed = finished(body, {{"Accept-Encoding", "br, gzip;q=0.8"}});
    CHECK(header(packed, "Content-Encoding") == "gzip");
    CHECK(header(packed, "Vary") == "Accept-Encoding");
    CHECK(packed.body.size() < 200);
    CHECK(unzipped(packed.body) == body);
    CHECK(finished(body).body == body);
}

TEST_CASE("a short text and a picture are sent as they are") {
    CHECK(header(finished("short", {{"Accept-Encoding", "gzip"}}), "Content-Encoding") == "(none)");
    Request request;
    request.headers = {{"Accept-Encoding", "gzip"}};
    Response response;
    response.content_type = "application/pdf";
    response.body = std::string(5000, 'a');
    finish(request, response);
    CHECK(header(response, "Content-Encoding") == "(none)");
}

TEST_CASE("gzip is accepted as RFC 9110 says") {
    CHECK(accepts_gzip("gzip"));
    CHECK(accepts_gzip("deflate, GZIP ; q=0.5"));
    CHECK(accepts_gzip("*"));
    CHECK_FALSE(accepts_gzip(""));
    CHECK_FALSE(accepts_gzip("br"));
    CHECK_FALSE(accepts_gzip("gzip;q=0"));
    CHECK_FALSE(accepts_gzip("gzip;q=nonsense"));
}

TEST_CASE("a hashed address may be kept for ever, a page is asked about each time") {
    CHECK(header(finished("x"), "Cache-Control") == "private, no-cache");
    Request request;
    Response response;
    response.body = "x";
    response.immutable = true;
    finish(request, response);
    CHECK(header(response, "Cache-Control").find("immutable") != std::string::npos);
}

TEST_CASE("a cookie is kept from scripts and other sites, and from plain lines when it can be") {
    Request request;
    Response response;
    response.set_cookie({"session", "abc", std::chrono::hours{1}});
    finish(request, response);
    CHECK(header(response, "Set-Cookie") ==
          "session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600");
    CHECK(header(response, "Cache-Control") == "no-store");
    CHECK(header(response, "Strict-Transport-Security") == "(none)");
    request.secure = true;
    Response secure;
    secure.set_cookie({"session", "abc", std::nullopt});
    finish(request, secure);
    CHECK(header(secure, "Set-Cookie") ==
          "__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
    CHECK(header(secure, "Strict-Transport-Security") == "max-age=31536000; includeSubDomains");
}

TEST_CASE("a cookie whose value would end it is a programmer's mistake") {
    Response response;
    response.set_cookie({"session", "abc; Domain=example.org", std::nullopt});
    CHECK_THROWS_AS(finish({}, response), std::logic_error);
}

TEST_CASE("what carries the token of a form, or says so itself, is kept by nobody") {
    Request request;
    request.csrf = "token";
    for (const bool itself : {false, true}) {
        Response response;
        response.body = itself ? "plain" : "<input value=token>";
        response.no_store = itself;
        finish(request, response);
        CHECK(header(response, "Cache-Control") == "no-store");
        CHECK(header(response, "ETag") == "(none)");
    }
}

TEST_CASE("a stream is sent as it is") {
    Request request;
    request.headers = {{"Accept-Encoding", "gzip"}};
    auto response =
        streamed_download("a.csv", "text/csv; charset=utf-8", [] { return std::string{}; });
    finish(request, response);
    CHECK(header(response, "Content-Encoding") == "(none)");
    CHECK(header(response, "ETag") == "(none)");
    CHECK(header(response, "Content-Type") == "text/csv; charset=utf-8");
}

TEST_CASE("the type of a file is known by its end") {
    CHECK(content_type_of("a.CSV") == "text/csv; charset=utf-8");
    CHECK(content_type_of("report.docx").find("wordprocessingml") != std::string::npos);
    CHECK(content_type_of("unknown") == "application/octet-stream");
}

} // namespace wardmote::web
