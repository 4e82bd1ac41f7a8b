/// The routes of the site's own pages, by the file that answers them. Inside site/ only.
#pragma once

#include "platform/site/site.hpp"

namespace wardmote::site {

html::Html failure_page(const Site &site, const web::Failure &failure);

void add_set_up(Site &site);         ///< /set-up
void add_sign_in(Site &site);        ///< /sign-in and its steps, /sign-out, /session/renewal
void add_openid(Site &site);         ///< /sign-in/openid
void add_example(Site &site);        ///< /sign-in/example
void add_links(Site &site);          ///< /invitation, /reset
void add_account(Site &site);        ///< /account, /keys, /seen/print
void add_calendar(Site &site);       ///< /account/calendar, /calendar
void add_digest_pages(Site &site);   ///< /account/digest
void add_administration(Site &site); ///< /administration, its access review and settings
void add_people(Site &site);         ///< what an administrator does for /people/:id
void add_jobs_page(Site &site);      ///< /administration/jobs
void add_audit(Site &site);          ///< /administration/audit

} // namespace wardmote::site
