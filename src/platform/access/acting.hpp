/// Somebody for whom the site acts while they are not signed in: their calendar is fetched, their
/// daily e-mail is written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/access/visit.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::access {

/// SQL: what visit_in() reads of a person `p` and their tenant `t`.
inline constexpr std::string_view visit_columns =
    "p.id as person, p.tenant, p.name, p.email, p.role, p.organisation,"
    " t.name as tenant_name, t.place, t.example";
/// Who it is and of which partnership, without a session.
Visit visit_in(const db::Row &row);

/// Everybody of the transaction's tenant who may sign in at this moment, by name.
std::vector<Visit> active_people(db::Transaction &tx, core::Instant now);

} // namespace wardmote::access
