#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>

#include <spdlog/spdlog.h>

#include <doctest/doctest.h>

#include "platform/web/wire_test.hpp"

namespace wardmote::web {

using namespace test;

namespace {

constexpr auto anyone = access::Need::anyone();

Router with(std::string_view pattern, Handler handler) {
    Router router;
    router.get(pattern, anyone, std::move(handler));
    return router;
}

/// Gives "piece " so many times.
std::function<std::string()> pieces(int count) {
    return [left = count]() mutable { return left-- > 0 ? "piece " : std::string{}; };
}

std::string request(const std::string &target, const std::string &more = "") {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n";
}

} // namespace

TEST_CASE("pipelined requests are answered in order") {
    const Server server{with("/:n", [](const Request &r) { return plain("<" + r.parameter("n")); }),
                        any_port()};
    std::string all;
    std::string expected;
    for (int i = 0; i < 50; ++i)
        all += request("/" + std::to_string(i), i == 49 ? "Connection: close\r\n" : "");
    const auto answers = conversation(server.port(), all);
    std::size_t at = 0;
    for (int i = 0; i < 50 && at != answers.npos; ++i)
        at = answers.find("\r\n\r\n<" + std::to_string(i), at);
    CHECK(at != answers.npos);
}

TEST_CASE("a body is not taken for the next request") {
    Router router;
    router.post("/", anyone, [](const Request &r) { return plain("took " + std::string{r.body}); });
    router.get("/evil", anyone, [](const Request &) { return plain("smuggled"); });
    const Server server{std::move(router), any_port()};
    const auto inside = request("/evil");
    const auto all =
        conversation(server.port(), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                                        std::to_string(inside.size()) + "\r\n\r\n" + inside +
                                        request("/nowhere", "Connection: close\r\n"));
    CHECK(holds(all, "took GET /evil"));
    CHECK_FALSE(holds(all, "smuggled"));
    CHECK(holds(all, "HTTP/1.1 404 "));
}

TEST_CASE("a stream of unknown length goes in chunks, and the connection goes on") {
    const Server server{
        with("/s",
             [](const Request &) { return streamed_download("a.txt", "text/plain", pieces(3)); }),
        any_port()};
    const auto all =
        conversation(server.port(), request("/s") + request("/s", "Connection: close\r\n"));
    CHECK(holds(all, "Transfer-Encoding: chunked\r\n"));
    const std::string body = "6\r\npiece \r\n6\r\npiece \r\n6\r\npiece \r\n0\r\n\r\n";
    const auto first = all.find(body);
    CHECK(first != all.npos);
    CHECK(all.find(body, first + body.size()) != all.npos);
    const auto old = conversation(server.port(), "GET /s HTTP/1.0\r\nHost: x\r\n\r\n");
    CHECK(body_of(old) == "piece piece piece ");
    CHECK(holds(old, "Connection: close\r\n"));
}

TEST_CASE("a stream of known length is sent as such, and HEAD does not begin it") {
    std::atomic<int> begun = 0;
    const Server server{with("/s",
                             [&](const Request &) {
                                 auto inner = pieces(10'000);
                                 return streamed_download(
                                     "a.txt", "text/plain",
                                     [&begun, inner]() mutable {
                                         ++begun;
                                         return inner();
                                     },
                                     60'000);
                             }),
                        any_port()};
    const auto head = fetch(server.port(), "HEAD", "/s");
    CHECK(holds(head, "Content-Length: 60000\r\n"));
    CHECK(body_of(head).empty());
    CHECK(begun == 0);
    CHECK(body_of(fetch(server.port(), "GET", "/s")).size() == 60'000);
}

TEST_CASE("a stream that breaks, or is not as long as it said, is never taken for whole") {
    const auto before = spdlog::get_level();
    spdlog::set_level(spdlog::level::off);
    Router router;
    router.get("/broken", anyone, [](const Request &) {
        return streamed_download("a", "text/plain", [count = 0]() mutable -> std::string {
            if (++count > 2)
                throw std::runtime_error("the file is damaged");
            return "piece ";
        });
    });
    router.get("/short", anyone,
               [](const Request &) { return streamed_download("a", "text/plain", pieces(1), 60); });
    router.get("/long", anyone,
               [](const Request &) { return streamed_download("a", "text/plain", pieces(3), 12); });
    const Server server{std::move(router), any_port()};
    CHECK_FALSE(holds(fetch(server.port(), "GET", "/broken"), "0\r\n\r\n"));
    CHECK(body_of(fetch(server.port(), "GET", "/short")).size() < 60);
    CHECK(body_of(fetch(server.port(), "GET", "/long")).size() <= 12);
    spdlog::set_level(before);
}

TEST_CASE("forwarded headers count only from a trusted proxy") {
    const auto whoami = [](const Request &r) {
        return plain(r.remote + " " + r.host + (r.secure ? " secure" : " plain"));
    };
    const std::string said = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
                             "X-Forwarded-Host: safer.example\r\n";
    auto options = any_port();
    const Server direct{with("/", whoami), options};
    const auto ours = fetch(direct.port(), "GET", "/", said);
    CHECK(body_of(ours) == "127.0.0.1 localhost plain");
    CHECK_FALSE(holds(ours, "Strict-Transport-Security"));
    options.trusted_proxies = {"127.0.0.1"};
    const Server behind{with("/", whoami), options};
    const auto theirs = fetch(behind.port(), "GET", "/", said);
    CHECK(body_of(theirs) == "203.0.113.9 safer.example secure");
    CHECK(holds(theirs, "Strict-Transport-Security"));
}

TEST_CASE("measurements are told to this machine and to whom they are for, not to the world") {
    auto options = any_port();
    options.trusted_proxies = {"127.0.0.1"};
    options.metrics_from = {"192.0.2.0/24"};
    options.metrics = [] { return std::string{"wardmote_jobs_waiting 3\n"}; };
    const Server server{with("/a/:id", [](const Request &) { return plain("a"); }), options};
    fetch(server.port(), "GET", "/a/some-name");
    const auto own = fetch(server.port(), "GET", "/metrics");
    CHECK(holds(own, "Content-Type: text/plain; version=0.0.4"));
    CHECK(holds(own, "wardmote_http_requests_total{method=\"GET\",route=\"/a/:id\","
                     "status=\"2xx\"} 1\n"));
    CHECK(holds(own, "wardmote_jobs_waiting 3\n"));
    CHECK_FALSE(holds(own, "some-name"));
    const auto from = [&](const std::string &who) {
        return fetch(server.port(), "GET", "/metrics", "X-Forwarded-For: " + who + "\r\n");
    };
    CHECK(from("203.0.113.9").starts_with("HTTP/1.1 403 "));
    CHECK(from("192.0.2.7").starts_with("HTTP/1.1 200 "));
    const Server alone{Router{}, any_port()}; // a proxy that nobody told us of
    CHECK(fetch(alone.port(), "GET", "/metrics", "X-Forwarded-For: 203.0.113.9\r\n")
              .starts_with("HTTP/1.1 403 "));
}

TEST_CASE("the server says whether it is ready, and why not") {
    std::mutex mutex;
    std::optional<std::string> problem = "The database does not answer.";
    auto options = any_port();
    options.ready = [&] {
        const std::lock_guard lock{mutex};
        return problem;
    };
    const Server server{Router{}, options};
    const auto not_ready = fetch(server.port(), "GET", "/readyz");
    CHECK(not_ready.starts_with("HTTP/1.1 503 "));
    CHECK(body_of(not_ready) == "The database does not answer.\n");
    CHECK(holds(fetch(server.port(), "GET", "/healthz"), "200 OK"));
    {
        const std::lock_guard lock{mutex};
        problem.reset();
    }
    CHECK(body_of(fetch(server.port(), "GET", "/readyz")) == "ready\n");
}

TEST_CASE("every request has a number of its own") {
    const Server server{Router{}, any_port()};
    std::set<std::string> numbers;
    for (int i = 0; i < 5; ++i) {
        const auto all = fetch(server.port(), "GET", "/nowhere");
        const auto at = all.find("X-Request-Id: ");
        REQUIRE(at != all.npos);
        const auto number = all.substr(at + 14, 12);
        CHECK(holds(body_of(all), number)); // and the page tells it
        numbers.insert(number);
    }
    CHECK(numbers.size() == 5);
}

} // namespace wardmote::web
