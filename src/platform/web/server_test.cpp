#include "platform/web/server.hpp"

#include <csignal>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

#include <doctest/doctest.h>

#include "platform/html/stylesheet.hpp"
#include "platform/web/wire_test.hpp"

namespace wardmote::web {

using namespace test;

namespace {

Router small_router() {
    Router router;
    router.gate(everyone_may());
    router.get("/", [](const Request &request) {
        return plain("hello " + request.query("name").value_or("all"));
    });
    router.get("/slow", [](const Request &) {
        std::this_thread::sleep_for(std::chrono::milliseconds(400));
        return plain("done at last");
    });
    return router;
}

} // namespace

TEST_CASE("a page comes over a real socket") {
    const Server server{small_router(), any_port()};
    const auto all = fetch(server.port(), "GET", "/?name=North+ward");
    CHECK(all.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(body_of(all) == "hello North ward");
    CHECK(holds(all, "Content-Length: 16\r\n"));
    CHECK(holds(all, "Content-Security-Policy: default-src 'none'"));
    CHECK(holds(all, "\r\nDate: "));
}

TEST_CASE("HEAD answers as GET does, without the body") {
    const Server server{small_router(), any_port()};
    const auto all = fetch(server.port(), "HEAD", "/");
    CHECK(all.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(holds(all, "Content-Length: 9\r\n"));
    CHECK(body_of(all).empty());
}

TEST_CASE(
    "POST to a page is refused, an unknown page is not found, a broken address is said to be") {
    const Server server{small_router(), any_port()};
    CHECK(fetch(server.port(), "POST", "/", "Content-Length: 0\r\n")
              .starts_with("HTTP/1.1 405 Method Not Allowed\r\n"));
    CHECK(fetch(server.port(), "GET", "/nowhere").starts_with("HTTP/1.1 404 Not Found\r\n"));
    CHECK(fetch(server.port(), "GET", "/%zz").starts_with("HTTP/1.1 400 Bad Request\r\n"));
}

TEST_CASE("two requests go over one connection") {
    const Server server{small_router(), any_port()};
    const auto all = conversation(server.port(), "GET /?name=a HTTP/1.1\r\nHost: x\r\n\r\n"
                                                 "GET /?name=b HTTP/1.1\r\nHost: x\r\n"
                                                 "Connection: close\r\n\r\n");
    CHECK(holds(all, "hello a"));
    CHECK(holds(all, "hello b"));
}

TEST_CASE("the server says that it is well, and gives the stylesheet to be kept for ever") {
    const Server server{small_router(), any_port()};
    CHECK(body_of(fetch(server.port(), "GET", "/healthz")) == "ok\n");
    const auto sheet = fetch(server.port(), "GET", html::stylesheet_href());
    CHECK(holds(sheet, "Cache-Control: public, max-age=31536000, immutable\r\n"));
    CHECK(body_of(sheet) == html::stylesheet());
}

TEST_CASE("an unchanged page is not sent again") {
    const Server server{small_router(), any_port()};
    const auto first = fetch(server.port(), "GET", "/");
    const auto at = first.find("ETag: ") + 6;
    const auto tag = first.substr(at, first.find("\r\n", at) - at);
    const auto again = fetch(server.port(), "GET", "/", "If-None-Match: " + tag + "\r\n");
    CHECK(again.starts_with("HTTP/1.1 304 Not Modified\r\n"));
    CHECK(body_of(again).empty());
}

TEST_CASE("a header or an address past the limit is answered with 431, and others are served") {
    const Server server{small_router(), any_port()};
    const auto long_header =
        fetch(server.port(), "GET", "/", "X: " + std::string(40'000, 'a') + "\r\n");
    CHECK(long_header.starts_with("HTTP/1.1 431 "));
    const auto long_address = fetch(server.port(), "GET", "/?name=" + std::string(40'000, 'a'));
    CHECK(long_address.starts_with("HTTP/1.1 431 "));
    CHECK(holds(fetch(server.port(), "GET", "/"), "200 OK")); // and it still answers others
}

TEST_CASE("bytes that are not HTTP do no harm") {
    const Server server{small_router(), any_port()};
    conversation(server.port(), std::string("\x16\x03\x01\x02\x00\x01\x00\x01", 8));
    CHECK(holds(fetch(server.port(), "GET", "/"), "200 OK"));
}

TEST_CASE("stopping finishes the answer under way and takes no new one") {
    Server server{small_router(), any_port()};
    const auto port = server.port();
    std::string slow;
    std::thread asking{[&] { slow = fetch(port, "GET", "/slow"); }};
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    server.stop();
    asking.join();
    CHECK(holds(slow, "done at last"));
    CHECK_FALSE(Line{port}.open());
}

TEST_CASE("a port that is taken is said in a sentence") {
    const Server server{small_router(), any_port()};
    auto options = any_port();
    options.port = server.port();
    CHECK_THROWS_WITH_AS(Server(small_router(), options),
                         doctest::Contains("Is another program using the port?"),
                         std::runtime_error);
}

TEST_CASE("an address that is none is said in a sentence") {
    auto options = any_port();
    options.address = "not an address";
    CHECK_THROWS_WITH_AS(Server(small_router(), options), doctest::Contains("cannot serve at"),
                         std::runtime_error);
}

TEST_CASE("serve() ends calmly when the program is told to") {
    for (const int signal : {SIGTERM, SIGINT}) {
        std::uint16_t port = 0;
        serve(small_router(), any_port(), [&](std::uint16_t opened) {
            port = opened;
            CHECK(holds(fetch(opened, "GET", "/"), "200 OK"));
            ::kill(::getpid(), signal);
        });
        CHECK(port != 0);
    }
}

} // namespace wardmote::web
