/// For tests: a real mail server, which tests/mail/smtp_server runs, and the messages it took.
#pragma once

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace wardmote::mail {

/// A TCP socket of this machine, closed when it goes.
class Socket {
public:
    Socket()
        : m_handle{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {}
    ~Socket() { close(m_handle); }
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;

    /// Binds a port that nobody uses, and says which.
    int take_port() const {
        sockaddr_in address = at(0);
        socklen_t size = sizeof address;
        REQUIRE(bind(m_handle, reinterpret_cast<sockaddr *>(&address), size) == 0);
        getsockname(m_handle, reinterpret_cast<sockaddr *>(&address), &size);
        return ntohs(address.sin_port);
    }
    bool reaches(int port) const {
        const sockaddr_in address = at(port);
        return connect(m_handle, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    }
    void listen() const { ::listen(m_handle, 1); }

private:
    static sockaddr_in at(int port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }
    int m_handle;
};

inline int free_port() {
    return Socket{}.take_port();
}

/// The running server and its folder; both go with it.
class MailServer {
public:
    MailServer()
        : m_port{free_port()}
        , m_tls_port{free_port()} {
        std::string pattern = std::filesystem::temp_directory_path() / "wardmote-mail-XXXXXX";
        m_folder = mkdtemp(pattern.data());
        m_process = fork();
        if (m_process == 0) {
            const std::string script = WARDMOTE_SOURCE_DIR "/tests/mail/smtp_server";
            if (freopen((m_folder / "log").c_str(), "w", stderr) == nullptr)
                _exit(126);
            execl(script.c_str(), script.c_str(), m_folder.c_str(), std::to_string(m_port).c_str(),
                  std::to_string(m_tls_port).c_str(), nullptr);
            _exit(127);
        }
        for (int i = 0; i < 200 && !m_ended && !Socket{}.reaches(m_port); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
            m_ended = waitpid(m_process, &m_status, WNOHANG) == m_process;
        }
    }
    ~MailServer() {
        if (!m_ended) {
            kill(m_process, SIGTERM);
            waitpid(m_process, nullptr, 0);
        }
        std::filesystem::remove_all(m_folder);
    }
    MailServer(const MailServer &) = delete;
    MailServer &operator=(const MailServer &) = delete;

    bool is_missing() const { return m_ended && WEXITSTATUS(m_status) == 77; }
    std::string url() const { return "smtp://127.0.0.1:" + std::to_string(m_port); }
    std::string tls_url() const { return "smtp://127.0.0.1:" + std::to_string(m_tls_port); }
    std::string certificate() const { return m_folder / "cert.pem"; }

    /// The messages that have come, waiting up to ten seconds until there are so many.
    std::vector<std::string> messages(std::size_t expected) const {
        std::vector<std::string> found;
        for (int i = 0; i < 200 && found.size() < expected; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
            found.clear();
            std::error_code none_yet;
            for (const auto &entry :
                 std::filesystem::directory_iterator{m_folder / "Maildir/new", none_yet}) {
                std::ifstream file{entry.path(), std::ios::binary};
                found.emplace_back(std::istreambuf_iterator<char>{file},
                                   std::istreambuf_iterator<char>{});
            }
        }
        return found;
    }

private:
    int m_port;
    int m_tls_port;
    std::filesystem::path m_folder;
    pid_t m_process;
    int m_status = 0;
    bool m_ended = false;
};

} // namespace wardmote::mail
