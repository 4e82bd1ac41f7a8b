/// One spool file of the log of what was seen; inside access/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/db/file.hpp"
#include "platform/db/ledger.hpp"

namespace wardmote::access {

/// A link as one line of JSON, with its line end.
std::string line_of(const db::Link &link);
/// Nothing when the line is none of ours.
std::optional<db::Link> link_of_line(std::string_view line);

/// Puts the lines into the ledger that it does not have yet: a batch and a tenant are a
/// transaction. `lines` begins at the beginning of a line; an end without a line end is left alone.
/// Lines that were changed while they waited are left out and logged, which shows as entries that
/// are missing; gives their number. Running it again does nothing more.
std::size_t drain(db::Database &database, db::Ledger &ledger, std::string_view lines);

} // namespace wardmote::access
