/// From a person to what they may know of, and from a record to what the permission table asks.
#pragma once

#include <optional>
#include <string_view>

#include "platform/access/permission.hpp"
#include "platform/record/description.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::access {

/// The condition that a list, a search or a find of these records carries for this person. Nothing
/// when they may see none.
std::optional<record::Visible> visible_to(const Person &person, const record::Description &what);

/// A record, as the permission table asks of it. Its views point into `stored`, and its body and
/// owner are ids.
Subject subject_of(const record::Description &what, const record::Stored &stored);

/// True when a grant allows this act on this record.
bool may(const Person &person, Act act, const record::Description &what,
         const record::Stored &stored);

/// What stands against a change beyond the fields' own rules: for people, those of person.hpp.
/// `before` is nothing when the record is being added, `after` when it is being removed. Call it in
/// the transaction that writes, before each insert, update and remove.
record::Problems guard_change(db::Transaction &tx, const Person &who,
                              const record::Description &what, const record::Stored *before,
                              const record::Values *after, core::Date today);

} // namespace wardmote::access
