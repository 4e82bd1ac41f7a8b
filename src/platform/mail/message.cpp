#include "platform/mail/message.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string_view>

#include <gmime/gmime.h>

namespace wardmote::mail {

namespace {

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <typename Object>
using Owned = std::unique_ptr<Object, Unref>;

void start_gmime() {
    static const bool started = (g_mime_init(), true);
    static_cast<void>(started);
}

void demand_safe_headers(const Message &message) {
    const bool subject_is_a_line =
        g_utf8_validate(message.subject.data(), static_cast<gssize>(message.subject.size()),
                        nullptr) != FALSE &&
        std::ranges::none_of(message.subject,
                             [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    if (!subject_is_a_line || message.subject.empty())
        throw std::invalid_argument{"The subject of a message must be one line of text."};
    constexpr std::string_view allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    if (message.id.empty() || message.id.size() > 100 ||
        message.id.find_first_not_of(allowed) != std::string::npos)
        throw std::invalid_argument{
            "The id of a message must be letters, digits, dots and dashes."};
}

Owned<GMimeObject> text_part(const char *subtype, const std::string &text) {
    GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);
    g_mime_text_part_set_charset(part, "utf-8");
    g_mime_text_part_set_text(part, text.c_str());
    // Lines of any length and letters of any script arrive whole through any server.
    g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return Owned<GMimeObject>{GMIME_OBJECT(part)};
}

/// The text; or the text and its HTML, of which the reader's program takes the last it can show.
Owned<GMimeObject> body(const Message &message) {
    auto plain = text_part("plain", message.text);
    if (!message.html)
        return plain;
    Owned<GMimeObject> both{GMIME_OBJECT(g_mime_multipart_new_with_subtype("alternative"))};
    g_mime_multipart_add(GMIME_MULTIPART(both.get()), plain.get());
    g_mime_multipart_add(GMIME_MULTIPART(both.get()), text_part("html", *message.html).get());
    return both;
}

void add_address(GMimeMessage *message, GMimeAddressType kind, const Address &address) {
    g_mime_message_add_mailbox(message, kind,
                               address.name().empty() ? nullptr : address.name().c_str(),
                               address.mailbox().c_str());
}

} // namespace

std::string to_mime(const Message &message) {
    start_gmime();
    demand_safe_headers(message);

    const Owned<GMimeMessage> mime{g_mime_message_new(TRUE)};
    add_address(mime.get(), GMIME_ADDRESS_TYPE_FROM, message.from);
    add_address(mime.get(), GMIME_ADDRESS_TYPE_TO, message.to);
    g_mime_message_set_subject(mime.get(), message.subject.c_str(), "utf-8");
    const std::unique_ptr<GDateTime, decltype(&g_date_time_unref)> date{
        g_date_time_new_from_unix_utc(std::chrono::floor<std::chrono::seconds>(message.date.time())
                                          .time_since_epoch()
                                          .count()),
        &g_date_time_unref};
    g_mime_message_set_date(mime.get(), date.get());
    g_mime_message_set_message_id(mime.get(), (message.id + '@' + message.from.domain()).c_str());
    auto *const headers = GMIME_OBJECT(mime.get());
    g_mime_object_set_header(headers, "Auto-Submitted", "auto-generated", nullptr); // RFC 3834
    // Exchange answers "out of office" all the same unless told in its own words.
    g_mime_object_set_header(headers, "X-Auto-Response-Suppress", "All", nullptr);
    g_mime_message_set_mime_part(mime.get(), body(message).get());

    const std::unique_ptr<GMimeFormatOptions, decltype(&g_mime_format_options_free)> wire{
        g_mime_format_options_new(), &g_mime_format_options_free};
    g_mime_format_options_set_newline_format(wire.get(), GMIME_NEWLINE_FORMAT_DOS);
    const std::unique_ptr<char, decltype(&g_free)> written{
        g_mime_object_to_string(headers, wire.get()), &g_free};
    return written.get();
}

} // namespace wardmote::mail
