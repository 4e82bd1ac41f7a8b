/// An area against its most similar group: rate, distance from the average, rank, and whether it
/// stands above, in line with or below the rest.
///
/// Groups are regrouped at times, so membership is dated and a trend stops where it changes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/calendar.hpp"

namespace wardmote::stats {

struct Membership {
    std::string group = {};
    std::string area = {};
    core::Month from;
    std::optional<core::Month> until = {}; ///< last month in the group; open while nothing
};

/// The members of `group` in `month`, in alphabetical order, once each.
std::vector<std::string> members_in(std::span<const Membership> memberships,
                                    const std::string &group, core::Month month);
/// Months inside (first, last] from which the membership of `group` differs from the month before.
std::vector<core::Month> regroupings(std::span<const Membership> memberships,
                                     const std::string &group, core::Period period);

struct AreaCount {
    std::string area = {};
    double count = 0;
    double population = 0;
    std::optional<double> count_before = {}; ///< the year before, for the trend
    std::optional<double> population_before = {};
};

enum class Standing { above, in_line, below };

struct SimilarArea {
    std::string area = {};
    double rate = 0; ///< per 1,000
    std::optional<double> rate_before = {};
    double distance = 0; ///< (rate - average) / average, in per cent; 0 when the average is nought
    int rank = 0;        ///< 1 is the lowest rate; equal rates share the lower rank
    Standing standing = Standing::in_line;
};

struct SimilarGroup {
    std::vector<SimilarArea> areas = {}; ///< lowest rate first, ties by name
    double average = 0;                  ///< mean of the areas' rates
    double deviation = 0;                ///< sample standard deviation of the rates
    double lower = 0;                    ///< average - k deviations; not under nought
    double upper = 0;
    const SimilarArea *find(const std::string &area) const;
};

/// Rates, average, limits and ranks (handbook 5.3). Nothing with fewer than two areas, or where a
/// population is not above nought or a count negative or not finite.
std::optional<SimilarGroup> similar_group(std::span<const AreaCount> areas, double k = 1,
                                          double per = 1000);

} // namespace wardmote::stats
