#include "platform/record/scanner.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>

#include <fmt/format.h>

namespace wardmote::record {

namespace {

/// A connection to clamd, closed when it goes.
class Connection {
public:
    Connection()
        : m_descriptor{socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)} {}
    ~Connection() {
        if (m_descriptor >= 0) {
            close(m_descriptor);
        }
    }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    bool open(const std::string &path, std::chrono::seconds patience) const {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path.size() >= sizeof address.sun_path) {
            errno = ENAMETOOLONG;
            return false;
        }
        std::memcpy(address.sun_path, path.data(), path.size());
        const timeval wait{.tv_sec = patience.count(), .tv_usec = 0};
        setsockopt(m_descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
        setsockopt(m_descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        return connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address),
                       sizeof address) == 0;
    }
    bool send_all(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno != EINTR) {
                return false;
            }
            bytes.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
        }
        return true;
    }
    /// Up to the zero byte that ends an answer; nothing when none came.
    std::optional<std::string> answer() const {
        std::string words;
        std::array<char, 512> piece{};
        while (words.size() < 4096) {
            const auto got = recv(m_descriptor, piece.data(), piece.size(), 0);
            if (got <= 0) {
                if (got < 0 && errno == EINTR) {
                    continue;
                }
                return std::nullopt;
            }
            words.append(piece.data(), static_cast<std::size_t>(got));
            if (const auto end = words.find('\0'); end != std::string::npos) {
                return words.substr(0, end);
            }
        }
        return std::nullopt;
    }

private:
    int m_descriptor;
};

/// Whole, as clamd's INSTREAM wants it: pieces with their length in front, ended by one of none.
bool stream(const Connection &clamd, std::string_view bytes) {
    constexpr std::size_t piece_size = 256 * 1024;
    const auto send_length = [&](std::size_t length) {
        const std::uint32_t big_endian = htonl(static_cast<std::uint32_t>(length));
        return clamd.send_all({reinterpret_cast<const char *>(&big_endian), sizeof big_endian});
    };
    while (!bytes.empty()) {
        const auto piece = bytes.substr(0, piece_size);
        if (!send_length(piece.size()) || !clamd.send_all(piece)) {
            return false;
        }
        bytes.remove_prefix(piece.size());
    }
    return send_length(0);
}

} // namespace

Scan Scanner::scan(std::string_view bytes) const {
    const Connection clamd;
    if (!clamd.open(m_socket, m_patience)) {
        return {Scan::Verdict::unavailable,
                fmt::format("clamd cannot be reached: {}", std::strerror(errno))};
    }
    using namespace std::string_view_literals;
    // When clamd has had enough it says why and closes: sending fails, its answer is still there.
    if (clamd.send_all("zINSTREAM\0"sv)) {
        stream(clamd, bytes);
    }
    const auto answer = clamd.answer();
    if (!answer) {
        return {Scan::Verdict::unavailable, "clamd did not answer in time"};
    }
    constexpr auto found = " FOUND"sv;
    constexpr auto stream_name = "stream: "sv;
    if (*answer == "stream: OK") {
        return {Scan::Verdict::clean, {}};
    }
    if (answer->starts_with(stream_name) && answer->ends_with(found)) {
        return {
            Scan::Verdict::infected,
            answer->substr(stream_name.size(), answer->size() - stream_name.size() - found.size())};
    }
    return {Scan::Verdict::unavailable, fmt::format("clamd said: {}", *answer)};
}

} // namespace wardmote::record
