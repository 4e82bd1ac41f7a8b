/// The daily e-mail: what somebody has that is overdue, due within a week or new since the last
/// one, each with a link that lands on the thing to do. Nothing to say, no e-mail.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/jobs/job.hpp"
#include "platform/jobs/schedule.hpp"
#include "platform/site/site.hpp"

namespace wardmote::site {

inline constexpr int week = 7; ///< days ahead that it looks

/// One line of it.
struct DigestItem {
    std::string words; ///< never the title of what is restricted or sensitive
    std::string when;  ///< "33 days overdue", "5 February 2015", "11 March 2015 at 2pm, Town Hall"
    std::string path;  ///< of the page to land on
};
struct Digest {
    std::vector<DigestItem> overdue, soon, fresh; ///< each thing once, in the first that takes it

    bool empty() const { return overdue.empty() && soon.empty() && fresh.empty(); }
    std::string subject() const; ///< "1 overdue, 2 within a week, 1 new": counts, and no title
    /// "{site}" in both stands where the address of the partnership's site will.
    std::string text() const;
    html::Html markup() const;
};
/// What is new came to be after `since`.
Digest digest_of(const Site &site, db::Transaction &tx, const access::Visit &visit,
                 core::Instant since);

/// Whether somebody wants it; everybody does until they say otherwise.
bool wants_digest(db::Transaction &tx, std::string_view person);
/// For the transaction's person; logged.
void want_digest(const Site &site, db::Transaction &tx, bool wanted);

/// Queues the e-mails of everybody of the transaction's tenant who may sign in, wants one, was not
/// sent one on this day and has something to be told. They are queued with the note that they were,
/// so each is written once. Nothing for an example: nobody reads its mail.
void send_digests(const Site &site, db::Transaction &tx);

/// The site must outlive the handlers.
void add_digest(const Site &site, jobs::Handlers &handlers);
jobs::Schedule digest_schedule();

} // namespace wardmote::site
