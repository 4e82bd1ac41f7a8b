#include <unistd.h>

#include <chrono>
#include <fstream>
#include <latch>
#include <thread>

#include <doctest/doctest.h>

#include "platform/web/wire_test.hpp"

namespace wardmote::web {

using namespace test;
using namespace std::chrono_literals;

namespace {

constexpr auto anyone = access::Need::anyone();

Router forms() {
    Router router;
    router.get("/", anyone, [](const Request &) { return plain("hello"); });
    router.post("/small", anyone,
                [](const Request &request) { return plain(request.value("a").value_or("none")); });
    router.post("/large", anyone,
                [](const Request &request) {
                    std::uint64_t sum = 0;
                    for (const auto &upload : request.uploads)
                        for (const char c : upload.bytes)
                            sum += static_cast<unsigned char>(c);
                    return plain("sum " + std::to_string(sum));
                },
                {.largest_body = 64UL * 1024 * 1024});
    return router;
}

const std::string form_type = "Content-Type: application/x-www-form-urlencoded\r\n";

/// What the process keeps for itself: resident pages that no file backs.
std::int64_t own_bytes() {
    std::ifstream file{"/proc/self/statm"};
    std::int64_t whole = 0;
    std::int64_t resident = 0;
    std::int64_t shared = 0;
    file >> whole >> resident >> shared;
    return (resident - shared) * ::sysconf(_SC_PAGESIZE);
}

} // namespace

TEST_CASE("a form is posted and its field comes back") {
    const Server server{forms(), any_port()};
    const auto all = fetch(server.port(), "POST", "/small", form_type, "a=Rose+Hill");
    CHECK(all.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(body_of(all) == "Rose Hill");
}

TEST_CASE("a body in chunks is put together") {
    const Server server{forms(), any_port()};
    const auto all = fetch(server.port(), "POST", "/small",
                           form_type + "Transfer-Encoding: chunked\r\n\r\n"
                                       "3\r\na=R\r\n8;x=y\r\nose+Hill\r\n0\r\n");
    CHECK(body_of(all) == "Rose Hill");
}

TEST_CASE("a body over the route's limit is refused before it is read") {
    const Server server{forms(), any_port()};
    Line line{server.port()};
    line.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 65537\r\n\r\n");
    const auto all = line.read(); // not one byte of the body was sent
    CHECK(all.starts_with("HTTP/1.1 413 "));
    CHECK(holds(all, "takes 64 KB at most"));
    CHECK(holds(all, "Connection: close\r\n"));
}

TEST_CASE("who sends a body too large all the same can still read why it was refused") {
    const Server server{forms(), any_port()};
    for (const bool chunked : {false, true}) {
        const std::string body(1'000'000, 'a');
        const auto all = chunked ? fetch(server.port(), "POST", "/small",
                                         form_type + "Transfer-Encoding: chunked\r\n\r\nf4240\r\n" +
                                             body + "\r\n0\r\n")
                                 : fetch(server.port(), "POST", "/small", form_type, body);
        CHECK(all.starts_with("HTTP/1.1 413 "));
    }
}

TEST_CASE("a client that waits for leave to send its body is given it, or the refusal") {
    const Server server{forms(), any_port()};
    Line line{server.port()};
    line.send("POST /small HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n" +
              form_type + "Content-Length: 3\r\n\r\n");
    CHECK(line.read("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    line.send("a=b");
    CHECK(body_of(line.read()) == "b");

    Line other{server.port()};
    other.send("POST /small HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
               "Content-Length: 9999999\r\n\r\n");
    CHECK(other.read("\r\n").starts_with("HTTP/1.1 413 "));
}

TEST_CASE("an upload of 40 MB leaves memory flat") {
    const Server server{forms(), any_port()};
    constexpr std::size_t megabyte = 1'000'000;
    const std::string piece(megabyte, '\x02');
    const std::string begin = "--b\r\nContent-Disposition: form-data; name=\"f\"; "
                              "filename=\"large\"\r\n\r\n";
    const std::string end = "\r\n--b--\r\n";
    const auto before = own_bytes();
    std::int64_t most = before;
    Line line{server.port()};
    line.send("POST /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
              "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " +
              std::to_string(begin.size() + 40 * megabyte + end.size()) + "\r\n\r\n" + begin);
    for (int i = 0; i < 40; ++i) {
        REQUIRE(line.send(piece));
        most = std::max(most, own_bytes());
    }
    line.send(end);
    CHECK(body_of(line.read()) == "sum 80000000");
    most = std::max(most, own_bytes());
    CHECK(most - before < 8'000'000);
}

TEST_CASE("a client that crawls is cut off, and others are served meanwhile") {
    auto options = any_port();
    options.header_timeout = 1s;
    options.stall_timeout = 1s;
    const Server server{forms(), options};
    Line header{server.port()};
    Line body{server.port()};
    header.send("GET / HTTP/1.1\r\n");
    body.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 8; ++i) { // a byte now and then is no progress
        header.send("X");
        body.send("a");
        CHECK(holds(fetch(server.port(), "GET", "/"), "200 OK"));
        std::this_thread::sleep_for(100ms);
    }
    CHECK(header.read().starts_with("HTTP/1.1 408 "));
    CHECK(body.read().starts_with("HTTP/1.1 408 "));
    CHECK(std::chrono::steady_clock::now() - start < 9s);
}

TEST_CASE("a connection that says nothing is closed") {
    auto options = any_port();
    options.idle_timeout = 1s;
    const Server server{forms(), options};
    Line line{server.port()};
    CHECK(line.read().empty());
}

TEST_CASE("a client that asks too often is told to wait") {
    auto options = any_port();
    options.requests_per_second = 0.001;
    options.burst = 3;
    const Server server{forms(), options};
    for (int i = 0; i < 3; ++i)
        CHECK(holds(fetch(server.port(), "GET", "/"), "200 OK"));
    const auto all = fetch(server.port(), "GET", "/");
    CHECK(all.starts_with("HTTP/1.1 429 Too Many Requests\r\n"));
    CHECK(holds(all, "Retry-After: 1\r\n"));
}

TEST_CASE("connections are counted, for each client and in all") {
    auto options = any_port();
    options.connections_per_remote = 2;
    const Server server{forms(), options};
    {
        Line one{server.port()};
        Line two{server.port()};
        one.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        CHECK(holds(one.read("hello"), "200 OK"));
        two.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        CHECK(holds(two.read("hello"), "200 OK"));
        CHECK(fetch(server.port(), "GET", "/").empty());
    }
    for (int i = 0; i < 100 && fetch(server.port(), "GET", "/").empty(); ++i)
        std::this_thread::sleep_for(10ms);
    CHECK(holds(fetch(server.port(), "GET", "/"), "200 OK"));
}

TEST_CASE("when every thread is busy and the queue is full, the answer is 503") {
    std::latch begun{1};
    std::latch done{1};
    auto router = forms();
    router.get("/busy", anyone, [&](const Request &) {
        begun.count_down();
        done.wait();
        return plain("done");
    });
    auto options = any_port();
    options.threads = 1;
    options.largest_queue = 1;
    const Server server{std::move(router), options};
    Line busy{server.port()};
    busy.send("GET /busy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    begun.wait();
    Line queued{server.port()};
    queued.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    std::string third; // whichever of the two came second
    for (int i = 0; i < 100 && third.empty(); ++i) {
        std::this_thread::sleep_for(10ms);
        Line line{server.port(), 1};
        line.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        third = line.read();
    }
    CHECK(third.starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
    CHECK(holds(third, "Retry-After: 2\r\n"));
    done.count_down();
    CHECK(body_of(busy.read()) == "done");
    CHECK(body_of(queued.read()) == "hello");
}

TEST_CASE("requests whose end is open to opinion are refused") {
    const Server server{forms(), any_port()};
    const auto refused = [&](const std::string &lines) {
        return conversation(server.port(), lines + "\r\n").starts_with("HTTP/1.1 400 ");
    };
    const std::string post = "POST /small HTTP/1.1\r\nHost: x\r\n";
    CHECK(refused(post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"));
    CHECK(refused(post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"));
    CHECK(refused(post + "Content-Length: 3\r\nContent-Length: 4\r\n"));
    CHECK(refused(post + "Transfer-Encoding: gzip\r\n"));
    CHECK(refused(post + "Transfer-Encoding: chunked, gzip\r\n"));
    CHECK(refused("POST /small HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"));
    CHECK(refused("GET / HTTP/1.1\r\n"));
    CHECK(refused("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n"));
    CHECK(refused("GET / HTTP/2.0\r\nHost: a\r\n"));
}

} // namespace wardmote::web
