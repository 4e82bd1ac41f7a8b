#include "engine/stats/similar.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/stats/rates.hpp"

namespace wardmote::stats {

namespace {

bool in_group(const Membership &one, const std::string &group, core::Month month) {
    return one.group == group && one.from <= month && (!one.until || month <= *one.until);
}

Standing standing(double rate, double lower, double upper) {
    return rate > upper ? Standing::above : rate < lower ? Standing::below : Standing::in_line;
}

} // namespace

std::vector<std::string> members_in(std::span<const Membership> memberships,
                                    const std::string &group, core::Month month) {
    std::set<std::string> members;
    for (const Membership &one : memberships) {
        if (in_group(one, group, month))
            members.insert(one.area);
    }
    return {members.begin(), members.end()};
}

std::vector<core::Month> regroupings(std::span<const Membership> memberships,
                                     const std::string &group, core::Period period) {
    std::vector<core::Month> months;
    for (core::Month month = period.first() + 1; month <= period.last(); ++month) {
        if (members_in(memberships, group, month) != members_in(memberships, group, month - 1))
            months.push_back(month);
    }
    return months;
}

const SimilarArea *SimilarGroup::find(const std::string &area) const {
    const auto found = std::find_if(areas.begin(), areas.end(),
                                    [&](const SimilarArea &one) { return one.area == area; });
    return found == areas.end() ? nullptr : &*found;
}

std::optional<SimilarGroup> similar_group(std::span<const AreaCount> areas, double k, double per) {
    if (areas.size() < 2)
        return std::nullopt;
    const auto size = static_cast<double>(areas.size());
    SimilarGroup group;
    for (const AreaCount &one : areas) {
        const auto now = rate(one.count, one.population, per);
        if (!now)
            return std::nullopt;
        SimilarArea area{.area = one.area, .rate = now->value};
        if (one.count_before) {
            const double people = one.population_before.value_or(one.population);
            if (const auto before = rate(*one.count_before, people, per))
                area.rate_before = before->value;
        }
        group.average += area.rate / size;
        group.areas.push_back(area);
    }
    double squares = 0;
    for (const SimilarArea &area : group.areas)
        squares += (area.rate - group.average) * (area.rate - group.average);
    group.deviation = std::sqrt(squares / (size - 1));
    group.lower = std::max(0.0, group.average - k * group.deviation);
    group.upper = group.average + k * group.deviation;

    std::sort(group.areas.begin(), group.areas.end(), [](const auto &a, const auto &b) {
        return a.rate != b.rate ? a.rate < b.rate : a.area < b.area;
    });
    for (std::size_t i = 0; i < group.areas.size(); ++i) {
        SimilarArea &area = group.areas[i];
        const bool shares = i > 0 && area.rate == group.areas[i - 1].rate;
        area.rank = shares ? group.areas[i - 1].rank : static_cast<int>(i) + 1;
        area.distance = group.average > 0 ? 100 * (area.rate - group.average) / group.average : 0;
        area.standing = standing(area.rate, group.lower, group.upper);
    }
    return group;
}

} // namespace wardmote::stats
