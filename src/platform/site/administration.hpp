/// What administering adds elsewhere: to a person's page, and to the jobs of the program.
#pragma once

#include <functional>

#include "platform/jobs/job.hpp"
#include "platform/jobs/schedule.hpp"
#include "platform/site/site.hpp"

namespace wardmote::site {

/// For RecordPages::more of people: the state of their account, and what an administrator can do.
/// The site must outlive it.
std::function<html::Html(db::Transaction &, const access::Visit &, const record::Stored &)>
account_of_person(const Site &site);

inline constexpr const char *verify_kind = "audit-verify";
inline constexpr const char *checkpoint_kind = "audit-checkpoint";
inline constexpr const char *sweep_kind = "sweep";

/// Handlers of the site's own upkeep: both logs verified (the outcome is itself logged), a signed
/// checkpoint of them, and sessions, tickets, files and unfinished imports swept that are over. The
/// site must outlive them.
void add_upkeep(const Site &site, jobs::Handlers &handlers);
/// The handler that brings a spreadsheet of many rows into the records. The site must outlive it.
void add_import_job(const Site &site, jobs::Handlers &handlers);
/// When the upkeep comes round.
std::vector<jobs::Schedule> upkeep_schedules();

} // namespace wardmote::site
