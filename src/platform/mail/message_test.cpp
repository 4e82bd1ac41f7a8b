#include "platform/mail/message.hpp"

#include <stdexcept>

#include <doctest/doctest.h>

#include "platform/mail/read_test.hpp"

namespace core = wardmote::core;
using namespace wardmote::mail;

namespace {

Message invitation() {
    return {.from = *Address::parse("wardmote@oxford.example", "Oxford Safer Communities"),
            .to = *Address::parse("zoe@oxford.example", "Zoë Bücher, \"Ward\""),
            .subject = "You are invited – sign in by 3 December",
            .text = "Dear Zoë,\n\nOpen https://wardmote.example/invitation/abc=def\n.\n"
                    "From the partnership\n",
            .id = "0193a5a0-7c1e-7abc-8def-0123456789ab",
            .date = *core::Instant::parse("2026-11-22T20:05:03Z")};
}

std::size_t count(const std::string &text, const std::string &part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size()))
        ++found;
    return found;
}

} // namespace

TEST_CASE("a message read back says what was written") {
    const ReadMessage read = read_message(to_mime(invitation()));
    CHECK(read.subject == "You are invited – sign in by 3 December");
    CHECK(read.from == "Oxford Safer Communities <wardmote@oxford.example>");
    CHECK(read.to == "\"Zoë Bücher, \\\"Ward\\\"\" <zoe@oxford.example>");
    CHECK(read.plain == invitation().text);
    CHECK(read.date == 1795377903); // date -u -d 2026-11-22T20:05:03Z +%s
    CHECK(read.message_id == "0193a5a0-7c1e-7abc-8def-0123456789ab@oxford.example");
    CHECK(read.auto_submitted == "auto-generated");
    CHECK(read.content_type == "text/plain");
}

TEST_CASE("a message with HTML offers both, the plain one first") {
    Message message = invitation();
    message.html = "<p>Dear Zoë, <a href=\"https://wardmote.example/\">sign in</a></p>\n";
    const std::string bytes = to_mime(message);
    const ReadMessage read = read_message(bytes);
    CHECK(read.content_type == "multipart/alternative");
    CHECK(read.plain == message.text);
    CHECK(read.html == *message.html);
    CHECK(bytes.find("text/plain") < bytes.find("text/html"));
}

TEST_CASE("on the wire a message is ASCII in short lines that end in CR LF") {
    Message message = invitation();
    message.text = std::string(3000, 'x') + "\nünd\n";
    const std::string bytes = to_mime(message);
    CHECK(count(bytes, "\n") == count(bytes, "\r\n"));
    std::size_t longest = 0;
    std::size_t line = 0;
    for (const char c : bytes) {
        line = c == '\n' ? 0 : line + 1;
        longest = std::max(longest, line);
        REQUIRE(static_cast<unsigned char>(c) < 0x80);
    }
    CHECK(longest <= 78); // RFC 5322, 2.1.1
}

TEST_CASE("no subject or id can add a header") {
    Message message = invitation();
    for (const char *subject : {"Hello\r\nBcc: all@oxford.example", "Hello\nthere", "Hello\r", "",
                                "Hello\x7F", "Hello \xFF"}) {
        message.subject = subject;
        CHECK_THROWS_AS(to_mime(message), std::invalid_argument);
    }
    message.subject = "Hello";
    for (const char *id : {"", "a b", "a>\r\nBcc: b", "a@b", "\xC3\xA9"}) {
        message.id = id;
        CHECK_THROWS_AS(to_mime(message), std::invalid_argument);
    }
}
