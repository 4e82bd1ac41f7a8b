// Sends through a real mail server, which tests/mail/smtp_server runs, and reads its maildir.
#include "platform/mail/smtp.hpp"

#include <chrono>
#include <string>

#include <doctest/doctest.h>

#include "platform/mail/mail_server_for_test.hpp"
#include "platform/mail/read_test.hpp"

namespace core = wardmote::core;
using namespace std::chrono_literals;
using namespace wardmote::mail;
using Outcome = Delivery::Outcome;

namespace {

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
    const MailServer server;
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
