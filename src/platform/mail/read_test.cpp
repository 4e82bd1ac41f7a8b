#include "platform/mail/read_test.hpp"

#include <memory>

#include <gmime/gmime.h>

namespace wardmote::mail {

namespace {

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <typename Object>
using Owned = std::unique_ptr<Object, Unref>;

/// Takes over a text of GLib's; a missing one is empty.
std::string taken(char *text) {
    std::string copy = text == nullptr ? "" : text;
    g_free(text);
    return copy;
}

std::string copied(const char *text) {
    return text == nullptr ? "" : text;
}

void read_part(GMimeObject *, GMimeObject *part, gpointer context) {
    if (!GMIME_IS_TEXT_PART(part))
        return;
    auto &read = *static_cast<ReadMessage *>(context);
    std::string text = taken(g_mime_text_part_get_text(GMIME_TEXT_PART(part)));
    std::erase(text, '\r');
    GMimeContentType *const type = g_mime_object_get_content_type(part);
    (g_mime_content_type_is_type(type, "text", "html") != FALSE ? read.html : read.plain) = text;
}

} // namespace

ReadMessage read_message(const std::string &bytes) {
    g_mime_init();
    const Owned<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size())};
    const Owned<GMimeParser> parser{g_mime_parser_new_with_stream(stream.get())};
    const Owned<GMimeMessage> message{g_mime_parser_construct_message(parser.get(), nullptr)};
    const auto header = [&](const char *name) {
        return copied(g_mime_object_get_header(GMIME_OBJECT(message.get()), name));
    };
    const auto people = [](InternetAddressList *list) {
        return taken(internet_address_list_to_string(list, nullptr, FALSE));
    };
    ReadMessage read{
        .from = people(g_mime_message_get_from(message.get())),
        .to = people(g_mime_message_get_to(message.get())),
        .subject = copied(g_mime_message_get_subject(message.get())),
        .message_id = copied(g_mime_message_get_message_id(message.get())),
        .date = g_date_time_to_unix(g_mime_message_get_date(message.get())),
        .content_type = taken(g_mime_content_type_get_mime_type(
            g_mime_object_get_content_type(g_mime_message_get_mime_part(message.get())))),
        .auto_submitted = header("Auto-Submitted"),
        .received = header("Received"),
        .return_path = header("Return-Path"),
    };
    g_mime_message_foreach(message.get(), &read_part, &read);
    return read;
}

} // namespace wardmote::mail
