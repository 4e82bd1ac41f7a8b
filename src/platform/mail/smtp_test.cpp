// Sends through a real mail server, which tests/mail/smtp_server runs, and reads its maildir.
#include "platform/mail/smtp.hpp"

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <csignal>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/mail/read_test.hpp"

namespace core = wardmote::core;
namespace fs = std::filesystem;
using namespace std::chrono_literals;
using namespace wardmote::mail;
using Outcome = Delivery::Outcome;

namespace {

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

int free_port() {
    return Socket{}.take_port();
}

/// A running server and its folder; both go with it.
class Server {
public:
    Server()
        : m_port{free_port()}
        , m_tls_port{free_port()} {
        std::string pattern = fs::temp_directory_path() / "wardmote-mail-XXXXXX";
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
            std::this_thread::sleep_for(50ms);
            m_ended = waitpid(m_process, &m_status, WNOHANG) == m_process;
        }
    }
    ~Server() {
        if (!m_ended) {
            kill(m_process, SIGTERM);
            waitpid(m_process, nullptr, 0);
        }
        fs::remove_all(m_folder);
    }
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    bool is_missing() const { return m_ended && WEXITSTATUS(m_status) == 77; }
    std::string url() const { return "smtp://127.0.0.1:" + std::to_string(m_port); }
    std::string tls_url() const { return "smtp://127.0.0.1:" + std::to_string(m_tls_port); }
    std::string certificate() const { return m_folder / "cert.pem"; }

    /// The messages that have come, waiting up to ten seconds until there are so many.
    std::vector<std::string> messages(std::size_t expected) const {
        std::vector<std::string> found;
        for (int i = 0; i < 200 && found.size() < expected; ++i) {
            std::this_thread::sleep_for(50ms);
            found.clear();
            std::error_code none_yet;
            for (const auto &entry : fs::directory_iterator{m_folder / "Maildir/new", none_yet}) {
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
    fs::path m_folder;
    pid_t m_process;
    int m_status = 0;
    bool m_ended = false;
};

Message message_to(const char *mailbox) {
    return {.from = *Address::parse("wardmote@oxford.example", "Oxford Safer Communities"),
            .to = *Address::parse(mailbox, "Zoë Bücher"),
            .subject = "You are invited – sign in by 3 December",
            .text = "Dear Zoë,\n\nOpen https://wardmote.example/invitation/abc=def\n.\nEnd\n",
            .id = "invitation-7",
            .date = *core::Instant::parse("2026-11-22T20:05:03Z")};
}

Outcome outcome(const SmtpSettings &settings, const char *mailbox = "zoe@oxford.example") {
    return Smtp{settings}.send(message_to(mailbox)).outcome;
}

} // namespace

TEST_CASE("messages go through a real mail server") {
    const Server server;
    if (server.is_missing()) {
        MESSAGE("SKIPPED: no mail server is installed (exim4-daemon-light); no mail was sent");
        return;
    }
    const SmtpSettings plain{.url = server.url(), .allow_plain = true};
    const SmtpSettings secure{.url = server.tls_url(),
                              .user = "wardmote",
                              .password = "three random words",
                              .ca_file = server.certificate()};

    SUBCASE("and arrive as they were written") {
        const Delivery delivery = Smtp{plain}.send(message_to("zoe@oxford.example"));
        CHECK_MESSAGE(delivery.outcome == Outcome::sent, delivery.reason);
        const auto messages = server.messages(1);
        REQUIRE(messages.size() == 1);
        const ReadMessage read = read_message(messages[0]);
        CHECK(read.subject == "You are invited – sign in by 3 December");
        CHECK(read.to == "Zoë Bücher <zoe@oxford.example>");
        CHECK(read.plain == message_to("zoe@oxford.example").text);
        CHECK(read.message_id == "invitation-7@oxford.example");
        CHECK(read.return_path == "<wardmote@oxford.example>");
    }
    SUBCASE("encrypted and signed in, when it asks for that") {
        const Delivery delivery = Smtp{secure}.send(message_to("zoe@oxford.example"));
        CHECK_MESSAGE(delivery.outcome == Outcome::sent, delivery.reason);
        const auto messages = server.messages(1);
        REQUIRE(messages.size() == 1);
        const std::string received = read_message(messages[0]).received;
        CHECK(received.find("esmtpsa") != std::string::npos); // RFC 3848: TLS, signed in
    }
    SUBCASE("and are kept for later when the person's mailbox is busy") {
        const Delivery delivery = Smtp{plain}.send(message_to("busy@oxford.example"));
        CHECK(delivery.outcome == Outcome::later);
        CHECK(delivery.reason == "The mail server put the message off (reply 451).");
    }
    SUBCASE("and are given up when nobody has that address") {
        const Delivery delivery = Smtp{plain}.send(message_to("zoe@elsewhere.example"));
        CHECK(delivery.outcome == Outcome::refused);
        CHECK(delivery.reason == "The mail server refused the message for good (reply 550).");
    }
    SUBCASE("and wait until the administrator has mended the settings") {
        SmtpSettings wrong_password = secure;
        wrong_password.password = "another";
        CHECK(outcome(wrong_password) == Outcome::later);
        SmtpSettings nobody = secure;
        nobody.user.clear();
        CHECK(outcome(nobody) == Outcome::later); // 530
        SmtpSettings unknown_certificate = secure;
        unknown_certificate.ca_file.clear();
        CHECK(outcome(unknown_certificate) == Outcome::later);
        CHECK(server.messages(0).empty());
    }
    SUBCASE("never in the clear unless that is allowed") {
        const Delivery delivery =
            Smtp{{.url = server.url()}}.send(message_to("zoe@oxford.example"));
        CHECK(delivery.outcome == Outcome::later);
        CHECK(delivery.reason.find("STARTTLS") != std::string::npos);
    }
}

TEST_CASE("a server that is not there or says nothing can be tried again") {
    const std::string host = "smtp://127.0.0.1:";
    CHECK(outcome({.url = host + std::to_string(free_port()), .allow_plain = true}) ==
          Outcome::later);

    const Socket silent;
    const int port = silent.take_port();
    silent.listen();
    const auto begun = std::chrono::steady_clock::now();
    CHECK(outcome({.url = host + std::to_string(port), .allow_plain = true, .timeout = 1s}) ==
          Outcome::later);
    CHECK(std::chrono::steady_clock::now() - begun < 5s);
}

TEST_CASE("a setting that is not the address of a mail server is refused with a sentence") {
    for (const char *url : {"", "mail.example:25", "http://mail.example", "smtp://",
                            "smtp://user:secret@mail.example"})
        CHECK_THROWS_AS(Smtp{{.url = url}}, std::runtime_error);
    CHECK_NOTHROW(Smtp{{.url = "smtps://mail.example:465"}});
}
