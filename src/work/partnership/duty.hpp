/// The duties that the law lays on the partnership, and how the records stand to each.
///
/// They are data, catalogue/duties/*.toml. A duty is never ticked: it is met while something in
/// the records proves it, and falls open when that is taken away.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/db/database.hpp"
#include "platform/html/content.hpp"
#include "platform/law/law.hpp"

namespace wardmote::partnership {

/// How often a duty must be met again.
enum class Every {
    always,         ///< once, and it must stay so
    financial_year, ///< within each 1 April to 31 March
    twelve_months,  ///< counted back from today
    three_years,    ///< the same
    quarter         ///< of the calendar: what the quarter before owes comes within this one
};

struct Duty {
    std::string key;
    std::string words;
    std::string source;   ///< regulation or section
    std::string evidence; ///< the rule that finds what proves it: "public_meeting", "document"
    /// What that rule is asked for, as it is stored: kinds of document, of requirement, of data.
    std::vector<std::string> of;
    /// For data: the kinds of organisation that hold it, as they are stored.
    std::vector<std::string> holders;
    /// It is owed only where an organisation of this kind is a responsible authority; empty:
    /// everywhere.
    std::string where;
    std::optional<core::Date> from, to; ///< its first and last day in force, where one is known
    std::string not_owed;               ///< why this partnership does not owe it; empty: it does
    std::string note;                   ///< how surely the rule is known
    Every every = Every::always;
};
/// Throws std::runtime_error naming file, place and reason.
std::vector<Duty> parse_duties(std::string_view toml, const std::string &file);
/// The duties of a partnership's own catalogue over those shipped: the same key replaces.
std::vector<Duty> with_own(std::vector<Duty> shipped, std::vector<Duty> own);

/// What was found between two days, and what is still missing.
struct Found {
    std::vector<html::Link> proof;
    std::string missing; ///< a sentence; empty: the duty is met
};
using Evidence =
    std::function<Found(db::Transaction &, const Duty &, core::Date first, core::Date last)>;
/// By the name that a duty asks for. What nobody gives cannot be told.
using Evidences = std::map<std::string, Evidence, std::less<>>;
/// Those that the partnership's own records give.
Evidences own_evidence(const law::Law &law);

struct DutyStanding {
    enum class State { met, due, overdue, not_owed, unknown } state = State::unknown;
    std::optional<core::Date> by; ///< the last day of its period; overdue: of the one that went by
    Found found;
};
DutyStanding standing_of(const Duty &duty, const Evidences &evidences, db::Transaction &tx,
                         core::Date today);

} // namespace wardmote::partnership
