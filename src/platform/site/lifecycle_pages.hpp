/// Moving a record along its lifecycle: buttons, the page that says what will happen, and the
/// change itself, POST /actions/:id/completion. How to use it: docs/guide/add-a-lifecycle.md.
#pragma once

#include <functional>
#include <string_view>

#include "platform/law/lifecycle.hpp"
#include "platform/record/keeper.hpp"
#include "platform/site/site.hpp"

namespace wardmote::site {

/// A kind of record whose states follow a lifecycle.
struct Steered {
    const record::Description *what;
    const law::Lifecycle *lifecycle;
    std::string_view reason; ///< field that keeps why
    std::string_view on;     ///< field that keeps since when; empty: none
    std::string_view hint;   ///< what to write as the reason
    html::Link section;      ///< of the navigation, that it belongs to
    std::function<law::Roles(const access::Visit &, const record::Stored &)> roles;
    std::function<bool(db::Transaction &, const record::Stored &, std::string_view guard)> holds;
    /// What else a step does, in its transaction; may be empty.
    std::function<void(record::Keeper &, db::Transaction &, const std::string &id,
                       const law::Step &)>
        after;
};

/// A page for each verb of the lifecycle but those in `elsewhere`.
void add_steps(const Site &site, const Steered &steered, std::string_view elsewhere = {});
/// What can be done now; what stands in the way of the rest.
html::Html step_buttons(db::Transaction &tx, const access::Visit &visit, const Steered &steered,
                        const record::Stored &record, std::string_view elsewhere = {});

/// The record of the address (:id), when this visit may do this with it.
std::optional<record::Stored> find_record(const Site &site, db::Transaction &tx,
                                          const web::Request &request,
                                          const record::Description &what, access::Act act);
/// 404 for when find_record() found none.
web::Response no_such_record(const record::Description &what);

} // namespace wardmote::site
