/// What somebody must do by a day, what waits for their answer, and when they meet: gathered once,
/// and shown by the home page, their calendar and their daily e-mail.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/html/home.hpp"

namespace wardmote::site {

class Site;

/// The record that something comes from, and which of its days it is where it has several.
struct Thing {
    std::string kind; ///< its table; empty: no record
    std::string record;
    std::string part; ///< "review", "2014-15 Q3"

    auto operator<=>(const Thing &) const = default;
};

/// A deadline that somebody holds.
struct Due {
    Thing thing;
    core::Date on; ///< the last day on which it is in time
    html::Link what;
    std::string rule;        ///< what makes it due then: "SI 2009/942: 28 days following ..."
    html::Link act;          ///< its one button; lands on the thing to do
    std::string who = "You"; ///< or what tells it from others of its kind
    int shown_before = 28;   ///< days before its day that the home page speaks of it
    bool sensitive = false;  ///< its title stays on the site, as that of what is restricted does
};
/// As the home page shows it.
html::Clock clock_of(const Due &due, core::Date today);

/// An answer, an approval or a payment that is waited for.
struct Waiting {
    html::HomeItem item;
    Thing thing;                  ///< may be none
    std::optional<core::Date> by; ///< a day by which it is asked for
};

/// When and where people meet.
struct Appointment {
    Thing thing;
    std::string title;
    core::Instant starts;
    std::optional<core::Instant> ends;
    std::string place, about;
    std::string href;
    bool cancelled = false;
};

/// What the records that things come from say of themselves. What has been removed, or is of a kind
/// that has no pages, is not among them.
struct Origin {
    std::int64_t version = 1;
    core::Instant made, changed;
    bool restricted = false; ///< known only to those on its access list: its title stays here
};
using Origins = std::map<std::pair<std::string, std::string>, Origin>; ///< by kind and record
/// One statement for each kind among the things.
Origins origins_of(const Site &site, db::Transaction &tx, const std::vector<Thing> &things);

} // namespace wardmote::site
