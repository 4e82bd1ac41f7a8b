/// What a workspace's settings say of the site: its address, mail, accounts elsewhere, files, and
/// where its records are. Read from HOME/wardmote.toml in this one place.
///
///     [site]
///     url = "https://csp.example"         # where browsers reach it: links in messages
///     certificate = "tls/chain.pem"       # PEM; without it the site speaks plain HTTP
///     private_key = "tls/key.pem"
///     trusted_proxies = ["10.0.0.0/8"]    # whose X-Forwarded headers are believed
///     metrics_from = ["10.0.0.7"]         # who may read /metrics besides this machine
///     requests_per_second = 100           # of one client, for long; 0: no limit
///     [database]
///     address = "postgresql://wardmote@db/wardmote"
///     keys = "/etc/wardmote/keys"
///     [mail]
///     url = "smtp://mail.example:587"
///     from = "csp@council.example"
///     user = "csp"
///     password_file = "/etc/wardmote/mail-password"
///     ca_file = "..."                     # certificates to trust; else the system's
///     allow_plain = false                 # true: also to a server without encryption
///     [openid]
///     issuer = "https://login.council.example"
///     client_id = "wardmote"
///     client_secret_file = "/etc/wardmote/openid-secret"
///     words = "your council account"      # on the button: "Sign in with ..."
///     [attachments]
///     most_megabytes = 25
///     scanner = "/run/clamav/clamd.ctl"
///     accept_unscanned = false            # true: also while the scanner does not answer
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context.hpp"
#include "app/records.hpp"
#include "platform/access/openid.hpp"
#include "platform/mail/smtp.hpp"
#include "platform/record/attachments.hpp"

namespace wardmote::app {

struct SiteSettings {
    std::string url; ///< empty: http://ADDRESS:PORT
    std::string certificate, private_key;
    std::vector<std::string> trusted_proxies, metrics_from;
    std::int64_t requests_per_second = 100; ///< of one client
    RecordsOptions records;
    std::optional<mail::SmtpSettings> smtp;
    std::optional<mail::Address> mail_from; ///< there when smtp is
    std::optional<access::OpenIdSettings> openid;
    std::string openid_words = "your work account";
    record::AttachmentSettings attachments;
};

/// Throws std::runtime_error naming file, line and reason; so does the next. Without `records`.
SiteSettings read_site_settings(const Home &home);
/// Where the settings say that the records are; empty parts where they say nothing.
RecordsOptions read_records_place(const Home &home);

} // namespace wardmote::app
