/// Moving a record along its lifecycle: buttons, the page that says what will happen, and the
/// change itself, POST /actions/:id/completion. Inside plan/ only.
#pragma once

#include <functional>
#include <string_view>

#include "platform/law/lifecycle.hpp"
#include "work/plan/desk.hpp"

namespace wardmote::plan {

/// A kind of record whose states follow a lifecycle.
struct Steered {
    const record::Description *what;
    const law::Lifecycle *lifecycle;
    std::string_view reason; ///< field that keeps why
    std::string_view on;     ///< field that keeps since when; empty: none
    std::string_view hint;   ///< what to write as the reason
    std::function<law::Roles(const access::Visit &, const record::Stored &)> roles;
    std::function<bool(db::Transaction &, const record::Stored &, std::string_view guard)> holds;
};

/// A page for each verb of the lifecycle but those in `elsewhere`.
void add_steps(const Desk &desk, const Steered &steered, std::string_view elsewhere = {});
/// What can be done now; what stands in the way of the rest.
html::Html step_buttons(db::Transaction &tx, const access::Visit &visit, const Steered &steered,
                        const record::Stored &record, std::string_view elsewhere = {});

/// How an action moves.
const Steered &steered_action();
/// How a strategy moves.
const Steered &steered_strategy();

} // namespace wardmote::plan
