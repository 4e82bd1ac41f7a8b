/// The plan of the example partnership: the counts that its synthetic rows must add up to, read
/// from catalogue/example/*.toml.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/geo/shape.hpp"

namespace wardmote::app {

/// Counts month by month.
struct MonthCounts {
    std::string key;
    std::string group;   ///< as the sender names it
    std::string offence; ///< more closely, or empty
    std::map<core::Month, int> counts;

    int at(core::Month month) const; ///< nought where there is none
    int sum(core::Period period) const;
};

/// One of several kinds, and its share of the whole.
struct Share {
    std::string name;
    double share = 0;
    std::string offence;
};

/// A word that some rows of some groups carry.
struct FlagCounts {
    MonthCounts counts;
    std::vector<std::string> groups;
};

struct Faults {
    int repeats_of_a_row = 0;
    std::vector<core::Month> impossible_dates;
    std::optional<core::Month> second_issue;
    int second_issue_late_rows = 0;
};

struct PolicePlan {
    core::Month first{2008, 4};
    core::Month last{2014, 12};
    MonthCounts all;
    std::vector<MonthCounts> groups; ///< with the others, which share what is left of `all`
    std::vector<FlagCounts> flags;
    MonthCounts asb;
    std::vector<Share> asb_kinds;
    /// Group, then the financial year and its count.
    std::vector<std::pair<std::string, std::vector<std::pair<core::FinancialYear, int>>>> annual;
    Faults faults;
};

struct CouncilPlan {
    core::Month first{2008, 4};
    core::Month last{2014, 12};
    MonthCounts contacts;
    std::vector<Share> contacts_about; ///< their shares add up to April to December 2014
    MonthCounts enforcement;           ///< group is the team
    MonthCounts enforcement_others;
    std::vector<Share> enforcement_kinds;
    MonthCounts nuisance;
    std::vector<Share> nuisance_kinds;

    int weekend_year = 2014;
    std::string weekend_starts, weekend_ends;
    int weekend_officers = 2;
    std::vector<Share> weekend_events; ///< share is the mean of a shift

    int programme_weeks = 27;
    double completes_percent = 0;
    double one_to_one_percent = 0;
    struct Site {
        std::string name;
        core::Date opened;
        double usual = 0;
    };
    std::vector<Site> sites;
};

struct WardPlan {
    std::string code;
    std::string name;
    geo::Point centre;
    int residents = 0;
    int households = 0;
    double pull = 0;
    int asb_before = 0; ///< April to December 2013
    int asb_now = 0;    ///< April to December 2014
};

struct PlacesPlan {
    std::string district;
    std::string district_name;
    geo::Ring outline;
    std::vector<WardPlan> wards;
};

struct ExamplePlan {
    PolicePlan police;
    CouncilPlan council;
    PlacesPlan places;
};

/// Reads police.toml, council.toml and wards.toml of `folder`; months of the earlier years follow
/// the pattern of 2013-14, with a little chance from `seed`. Throws std::runtime_error naming file
/// and reason.
ExamplePlan read_plan(const std::string &folder, std::uint64_t seed);

} // namespace wardmote::app
