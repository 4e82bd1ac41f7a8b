#include "platform/mail/smtp.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string_view>

#include <curl/curl.h>
#include <fmt/format.h>

namespace wardmote::mail {

namespace {

using Curl = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using CurlList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

void start_curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK)
        throw std::runtime_error{"The library that sends mail did not start."};
}

/// What is still to be sent. That any of it was asked for tells that the server took the addresses.
struct Upload {
    std::string_view rest;
    bool begun = false;
};

std::size_t read_upload(char *buffer, std::size_t size, std::size_t count, void *context) {
    auto &upload = *static_cast<Upload *>(context);
    upload.begun = true;
    const std::size_t taken = std::min(size * count, upload.rest.size());
    std::memcpy(buffer, upload.rest.data(), taken);
    upload.rest.remove_prefix(taken);
    return taken;
}

/// Whether the server's last answer was about this message and for good (RFC 5321, 4.2.1), rather
/// than about how we signed in (RFC 4954, 6) or the state of the server.
bool is_final(CURLcode result, long reply, const Upload &upload) {
    const bool about_message =
        result == CURLE_SEND_ERROR || (upload.begun && result == CURLE_WEIRD_SERVER_REPLY);
    const bool about_signing_in = reply == 530 || reply == 534 || reply == 535 || reply == 538;
    return about_message && reply >= 500 && reply < 600 && !about_signing_in;
}

Delivery failure(CURLcode result, long reply, const Upload &upload) {
    if (is_final(result, reply, upload))
        return {Delivery::Outcome::refused,
                fmt::format("The mail server refused the message for good (reply {}).", reply)};
    if (result == CURLE_LOGIN_DENIED || reply == 530 || reply == 535)
        return {
            Delivery::Outcome::later,
            fmt::format("The mail server did not accept the user and password (reply {}).", reply)};
    if (result == CURLE_USE_SSL_FAILED)
        return {Delivery::Outcome::later,
                "The mail server does not offer STARTTLS. Use one that does, or allow plain."};
    if (reply >= 400)
        return {Delivery::Outcome::later,
                fmt::format("The mail server put the message off (reply {}).", reply)};
    return {Delivery::Outcome::later, fmt::format("The message did not reach the mail server: {}.",
                                                  curl_easy_strerror(result))};
}

} // namespace

Smtp::Smtp(SmtpSettings settings)
    : m_settings{std::move(settings)} {
    start_curl();
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url{curl_url(), &curl_url_cleanup};
    const auto part = [&](CURLUPart which) {
        char *text = nullptr;
        curl_url_get(url.get(), which, &text, 0);
        const std::unique_ptr<char, decltype(&curl_free)> owned{text, &curl_free};
        return text == nullptr ? std::string{} : std::string{text};
    };
    const bool parsed = curl_url_set(url.get(), CURLUPART_URL, m_settings.url.c_str(),
                                     CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
    const std::string scheme = part(CURLUPART_SCHEME);
    if (!parsed || (scheme != "smtp" && scheme != "smtps") || part(CURLUPART_HOST).empty() ||
        !part(CURLUPART_USER).empty())
        throw std::runtime_error{
            "The address of the mail server must look like smtp://mail.example:587 or "
            "smtps://mail.example:465, without a user."};
}

Delivery Smtp::send(const Message &message) const {
    const std::string mime = to_mime(message);
    Upload upload{.rest = mime};
    const Curl curl{curl_easy_init(), &curl_easy_cleanup};
    if (!curl)
        throw std::runtime_error{"The library that sends mail has no memory."};
    CURL *const handle = curl.get();
    const CurlList to{curl_slist_append(nullptr, ('<' + message.to.mailbox() + '>').c_str()),
                      &curl_slist_free_all};

    curl_easy_setopt(handle, CURLOPT_URL, m_settings.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(handle, CURLOPT_PROXY, ""); // whatever the environment says of web proxies
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, static_cast<long>(m_settings.timeout.count()));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, static_cast<long>(m_settings.timeout.count()));
    curl_easy_setopt(handle, CURLOPT_USE_SSL,
                     static_cast<long>(m_settings.allow_plain ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!m_settings.ca_file.empty())
        curl_easy_setopt(handle, CURLOPT_CAINFO, m_settings.ca_file.c_str());
    if (!m_settings.user.empty()) {
        curl_easy_setopt(handle, CURLOPT_USERNAME, m_settings.user.c_str());
        curl_easy_setopt(handle, CURLOPT_PASSWORD, m_settings.password.c_str());
    }
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, ('<' + message.from.mailbox() + '>').c_str());
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, &read_upload);
    curl_easy_setopt(handle, CURLOPT_READDATA, &upload);

    const CURLcode result = curl_easy_perform(handle);
    if (result == CURLE_OK)
        return {Delivery::Outcome::sent, ""};
    long reply = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply);
    return failure(result, reply, upload);
}

} // namespace wardmote::mail
