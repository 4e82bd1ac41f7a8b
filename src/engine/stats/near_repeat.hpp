/// Near repeats: whether events that lie near each other in space also lie near in time, more often
/// than if their times had been dealt out at random (Knox 1964; Ratcliffe and Rengert 2008).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/stats/near_pairs.hpp"
#include "engine/stats/watch.hpp"

namespace wardmote::stats {

/// Where and when each event was, all of one length. An event whose place is not finite is set
/// aside. Times are whole units (days, or hours) from any start.
struct Events {
    std::span<const double> x, y;
    std::span<const std::int32_t> time;
};

/// Which end of a band belongs to it. Ends decide ratios: of 522 arsons in Chicago within 200 m,
/// the band "0 to 1 days" has 74 times or 19 times the expected, as it means the same day only, or
/// the next day too.
enum class BandEnd {
    lower, ///< [from, to): 0 to 7 days are the same day and the six after it
    upper  ///< (from, to], and the first band has its start too
};

struct NearRepeatOptions {
    /// Ends of bands, ascending, the first not below nought; the last may be infinite, which makes
    /// a band of everything beyond. At least two of each.
    std::vector<double> distances = {0, 100, 200, 300, 400, 500};
    std::vector<double> times = {0, 7, 14, 21, 28};
    BandEnd belongs = BandEnd::lower;
    /// Pairs at a distance of exactly nought are a band of their own, the first row, and in no
    /// other.
    bool same_place = true;
    Distance metric = Distance::euclidean;
    std::size_t replicates = 999;
    std::uint64_t seed = 0;
};

struct Band {
    double from = 0, to = 0;
    bool same_place = false; ///< from and to are nought

    bool operator==(const Band &) const = default;
};

/// Pairs of events in one band of space and one of time.
struct KnoxCell {
    std::int64_t observed = 0;
    /// Over all orders of the times: pairs in the space band x pairs in the time band / all pairs.
    double expected = 0;
    /// Over the replicates. Nothing without replicates, and no ratio to nought.
    std::optional<double> mean, median, ratio_to_mean, ratio_to_median;
    /// (1 + replicates with at least as many) / (1 + replicates): one-sided, for more than chance.
    double p = 1;
};

struct KnoxTable {
    std::vector<Band> distances, times;
    std::vector<KnoxCell> cells; ///< a row a distance band
    std::size_t events = 0;      ///< that took part
    std::size_t set_aside = 0;   ///< without a place

    const KnoxCell &at(std::size_t distance, std::size_t time) const {
        return cells[distance * times.size() + time];
    }
};

/// Replicate r deals the times out by a shuffle that depends on (seed, r) alone. Fewer than two
/// events: all counts nought. Throws std::invalid_argument on bands that do not ascend, on spans of
/// different lengths and on times further apart than 2^31 - 1; Stopped when the watch says so.
/// Memory: 4 bytes a pair within the last finite distance, and 64 bytes an event and thread.
KnoxTable near_repeat(const Events &events, const NearRepeatOptions &options = {},
                      const Watch &watch = {});

/// How far and how long risk is raised after an event.
struct RiskWindow {
    double distance = 0;
    double time = 0;
    bool operator==(const RiskWindow &) const = default;
};

struct RiskRule {
    double p = 0.05;    ///< at most
    double ratio = 1.2; ///< observed over mean, at least: as the Near Repeat Calculator has it
};

/// From the nearest band (after the same place) for as many leading time bands as the rule holds,
/// then outwards as far as it holds for all of those. Nothing when it does not hold at once.
std::optional<RiskWindow> risk_window(const KnoxTable &table, const RiskRule &rule = {});
/// "within 200 m for 7 days", "within 400 m on the same day"; "at any distance", "for any time"
/// for infinite ends. For tables in metres and days whose bands have BandEnd::lower.
std::string in_words(const RiskWindow &window);

} // namespace wardmote::stats
