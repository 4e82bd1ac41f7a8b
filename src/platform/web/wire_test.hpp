/// A client for the server's tests: it sends the bytes it is given, however wrong they are.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>

#include "platform/web/server.hpp"

namespace wardmote::web::test {

inline bool holds(std::string_view all, std::string_view part) {
    return all.find(part) != std::string_view::npos;
}

/// One connection to a server on this machine, closed with the object.
class Line {
public:
    explicit Line(std::uint16_t port, int timeout_seconds = 10)
        : m_socket{::socket(AF_INET, SOCK_STREAM, 0)} {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval limit{.tv_sec = timeout_seconds, .tv_usec = 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        m_open = ::connect(m_socket, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
    }
    ~Line() { ::close(m_socket); }
    Line(const Line &) = delete;
    Line &operator=(const Line &) = delete;

    bool open() const { return m_open; }
    /// False when the other end no longer takes it.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto count = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }
    /// Up to and with `end`, or all there is until the other end closes.
    std::string read(std::string_view end = {}) {
        while (end.empty() || !holds(m_read, end)) {
            char buffer[16384];
            const auto count = ::recv(m_socket, buffer, sizeof buffer, 0);
            if (count <= 0)
                return std::exchange(m_read, {});
            m_read.append(buffer, static_cast<std::size_t>(count));
        }
        const auto at = m_read.find(end) + end.size();
        auto first = m_read.substr(0, at);
        m_read.erase(0, at);
        return first;
    }

private:
    int m_socket;
    bool m_open = false;
    std::string m_read;
};

/// Sends the bytes as they are and reads until the other end closes.
inline std::string conversation(std::uint16_t port, std::string_view bytes) {
    Line line{port};
    line.send(bytes);
    return line.read();
}

/// `more` is further headers, each ended by CR LF.
inline std::string fetch(std::uint16_t port, const std::string &method, const std::string &target,
                         const std::string &more = "", const std::string &body = "") {
    auto head =
        method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more;
    if (!body.empty())
        head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return conversation(port, head + "\r\n" + body);
}

inline std::string body_of(const std::string &all) {
    const auto end = all.find("\r\n\r\n");
    return end == all.npos ? "" : all.substr(end + 4);
}

inline Response plain(std::string words) {
    Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.body = std::move(words);
    return response;
}

inline ServeOptions any_port() {
    ServeOptions options;
    options.port = 0;
    options.threads = 2;
    options.access_log = false;
    return options;
}

} // namespace wardmote::web::test
