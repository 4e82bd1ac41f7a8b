/// What the pages of the plan are answered from. Inside plan/ only.
#pragma once

#include "engine/core/calendar.hpp"
#include "platform/access/visit.hpp"
#include "platform/record/keeper.hpp"
#include "platform/site/site.hpp"
#include "work/plan/action.hpp"

namespace wardmote::evidence {
class Workspace;
}

namespace wardmote::plan {

/// Copied into the routes; what it points to outlives them.
struct Desk {
    site::Site *site;
    const evidence::Workspace *workspace; ///< may be null

    /// The evidence, when it is that of whoever visits.
    const evidence::Workspace *evidence_of(const access::Visit &visit) const;
    /// The day it is: of an example that stands still, the day on which it does.
    core::Date today(const access::Visit &visit) const { return site->today(visit); }
    /// A record of the address (:id), when this visit may do this with it.
    std::optional<record::Stored> find(db::Transaction &tx, const web::Request &request,
                                       const record::Description &what, access::Act act) const;
};

web::Response missing(const record::Description &what);
/// True when names of people may be shown to whoever visits.
bool may_name_people(const access::Visit &visit);

// Each adds its routes.
void add_plan_pages(const Desk &desk);
void add_action_pages(const Desk &desk);
void add_link_pages(const Desk &desk);
void add_progress_pages(const Desk &desk);
void add_ratification_pages(const Desk &desk);

/// The page of an action, for RecordPages::instead.
web::Response show_action(const Desk &desk, const web::Request &request);

} // namespace wardmote::plan
