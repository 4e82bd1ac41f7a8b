/// E-mails about accounts: queued with what they tell of, written and sent by a job.
#pragma once

#include <string>
#include <string_view>

#include "platform/access/notice.hpp"
#include "platform/access/tenants.hpp"
#include "platform/jobs/job.hpp"
#include "platform/mail/smtp.hpp"
#include "platform/record/keeper.hpp"
#include "platform/site/settings.hpp"

namespace wardmote::jobs {
class Queue;
}

namespace wardmote::site {

inline constexpr std::string_view mail_kind = "mail";

/// Queues each notice as a job of `mail_kind`, its token sealed; drops it when there is no mail
/// server. All must outlive it.
access::Tell teller(const record::Keeper &keeper, jobs::Queue &queue, const Settings &settings);

/// A message of a folder of work/, in its own words. Its link opens one page of the site.
struct Letter {
    std::string name, email;
    std::string subject;
    std::string text;  ///< "{link}" in it is where the link stands
    std::string path;  ///< of the page, up to its token: "/answer/"
    std::string token; ///< sealed while the message waits; may be empty
    /// The text again as HTML, for those who read that; empty: none. In both "{site}" stands where
    /// the address of the partnership's site does.
    std::string markup;
};
/// Queues it as a job of `mail_kind`; drops it when there is no mail server.
void post(db::Transaction &tx, const record::Keeper &keeper, jobs::Queue &queue,
          const Settings &settings, const Letter &letter);

/// Sends what teller() and post() queued, from `from`. All must outlive it. A failure keeps its
/// sentence without the address.
jobs::Outside mailer(const record::Keeper &keeper, const Settings &settings, mail::Smtp smtp,
                     mail::Address from);

/// Where a partnership's site is: Settings::url, with its own host when it has one.
std::string url_of(const Settings &settings, const access::Tenant &tenant);
/// The page that a notice's token opens: ".../invitation/TOKEN".
std::string link_of(const Settings &settings, const access::Tenant &tenant,
                    access::Notice::Kind kind, std::string_view token);

} // namespace wardmote::site
