#include "engine/stats/harm.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

namespace wardmote::stats {

namespace {

void check(double value, const std::string &what, const std::string &offence) {
    if (!std::isfinite(value) || value < 0)
        throw std::invalid_argument(
            fmt::format("The {} of {} must be a number from nought up.", what, offence));
}

} // namespace

Harm harm(std::span<const OffenceCount> counts, const HarmWeights &weights) {
    std::map<std::string, HarmWeight> known;
    for (const HarmWeight &one : weights.weights) {
        check(one.weight, "weight", one.offence);
        if (!known.emplace(one.offence, one).second)
            throw std::invalid_argument(fmt::format("{} is weighted twice in {} {}.", one.offence,
                                                    weights.name, weights.version));
    }
    std::map<std::string, double> totals;
    for (const OffenceCount &one : counts) {
        check(one.count, "count", one.offence);
        totals[one.offence] += one.count;
    }
    Harm result{.name = weights.name,
                .version = weights.version,
                .unit = weights.unit,
                .proxy = weights.proxy};
    for (const auto &[offence, count] : totals) {
        const auto weight = known.find(offence);
        if (weight == known.end()) {
            result.unweighted.push_back({offence, count});
        } else if (weights.leaves_out_police_detected && weight->second.police_detected) {
            result.left_out.push_back({offence, count});
        } else {
            const double own = count * weight->second.weight;
            result.lines.push_back({offence, count, weight->second.weight, own, 0});
            result.total += own;
            result.weighted_count += count;
        }
    }
    for (HarmLine &line : result.lines)
        line.share = result.total > 0 ? line.harm / result.total : 0;
    std::stable_sort(result.lines.begin(), result.lines.end(),
                     [](const auto &a, const auto &b) { return a.harm > b.harm; });
    if (result.weighted_count > 0)
        result.mean = result.total / result.weighted_count;
    return result;
}

std::optional<double> harm_rate(const Harm &harm, double population, double per) {
    if (!(population > 0) || !std::isfinite(population))
        return std::nullopt;
    return per * harm.total / population;
}

} // namespace wardmote::stats
