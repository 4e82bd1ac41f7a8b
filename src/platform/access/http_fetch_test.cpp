#include "platform/access/http_fetch.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace wardmote::access;

namespace {

/// Takes one connection on a port of this machine and answers with these bytes, whatever it is
/// asked; keeps what that was.
class OneAnswer {
public:
    explicit OneAnswer(std::string bytes)
        : m_listener{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(bind(m_listener, reinterpret_cast<sockaddr *>(&address), size) == 0);
        REQUIRE(listen(m_listener, 1) == 0);
        getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_thread = std::thread{[this, bytes = std::move(bytes)] { answer(bytes); }};
    }
    ~OneAnswer() {
        shutdown(m_listener, SHUT_RDWR);
        m_thread.join();
        close(m_listener);
    }
    OneAnswer(const OneAnswer &) = delete;
    OneAnswer &operator=(const OneAnswer &) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port) + "/path"; }
    const std::string &asked() {
        m_thread.join();
        m_thread = std::thread{[] {}};
        return m_asked;
    }

private:
    void answer(const std::string &bytes) {
        const int connection = accept(m_listener, nullptr, nullptr);
        if (connection < 0)
            return;
        std::array<char, 4096> buffer{};
        const ssize_t got = recv(connection, buffer.data(), buffer.size(), 0);
        m_asked.assign(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (bytes.empty()) // the other side is to give up waiting
            recv(connection, buffer.data(), buffer.size(), 0);
        close(connection);
    }

    int m_listener;
    int m_port = 0;
    std::string m_asked;
    std::thread m_thread;
};

std::string why_not(const HttpFetch &fetch, const std::string &url) {
    try {
        fetch({.url = url});
    } catch (const std::runtime_error &error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("a request has its headers and its form, an answer its status and its body") {
    OneAnswer server{"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"};
    const HttpResponse response = curl_fetch()(
        {.url = server.url(), .headers = {{"Authorization", "Bearer x"}}, .form = "a=b&c=d"});
    CHECK(response.status == 403);
    CHECK(response.body == "no");
    const std::string asked = server.asked();
    CHECK(asked.starts_with("POST /path HTTP/1.1\r\n"));
    CHECK(asked.find("\r\nAuthorization: Bearer x\r\n") != asked.npos);
    CHECK(asked.find("\r\nContent-Type: application/x-www-form-urlencoded\r\n") != asked.npos);
    CHECK(asked.ends_with("\r\n\r\na=b&c=d"));
}

TEST_CASE("a redirect is not followed") {
    OneAnswer server{"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
                     "Content-Length: 0\r\n\r\n"};
    CHECK(curl_fetch()({.url = server.url()}).status == 302);
}

TEST_CASE("an answer that is too large, too slow or none at all is refused") {
    OneAnswer large{"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n12345678901"};
    CHECK(why_not(curl_fetch({.bytes = 10}), large.url()) ==
          "127.0.0.1 answered with more than 10 bytes.");
    OneAnswer just{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234567890"};
    CHECK(why_not(curl_fetch({.bytes = 10}), just.url()).empty());
    OneAnswer slow{""};
    CHECK(why_not(curl_fetch({.whole = std::chrono::seconds{1}}), slow.url())
              .starts_with("127.0.0.1 did not answer: "));
    CHECK(why_not(curl_fetch(), "http://127.0.0.1:1/").starts_with("127.0.0.1 did not answer: "));
}

TEST_CASE("only https may leave this machine") {
    for (const char *url :
         {"https://login.example/", "https://login.example:8443/a?b=c", "http://localhost:8080/",
          "http://127.0.0.1/", "http://127.9.9.9:1/", "http://[::1]:8080/"})
        CHECK_MESSAGE(is_safe_url(url), url);
    for (const char *url :
         {"", "login.example", "http://login.example/", "http://127.0.0.1.evil.example/",
          "http://localhost.evil.example/", "http://127.0.0.1@evil.example/", "ftp://127.0.0.1/",
          "file:///etc/passwd", "javascript:alert(1)", "https://user@login.example/", "https:///"})
        CHECK_MESSAGE(!is_safe_url(url), url);
    CHECK_FALSE(is_safe_url(std::string_view{"https://login.example/\0", 23}));
    CHECK_FALSE(is_safe_url("https://login.example/\r\nX: y"));
    CHECK(why_not(curl_fetch(), "http://login.example/") ==
          "An address to be fetched must begin with https://.");
    CHECK_FALSE(why_not(curl_fetch(), "file:///etc/passwd").empty());
}

TEST_CASE("text is made safe for an address") {
    CHECK(percent_encoded("a b&c=d/é~-._9") == "a%20b%26c%3Dd%2F%C3%A9~-._9");
}
