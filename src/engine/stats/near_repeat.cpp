#include "engine/stats/near_repeat.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/stats/knox_kernel.hpp"
#include "engine/stats/random.hpp"

namespace wardmote::stats {

namespace {

void check_ends(const std::vector<double> &ends) {
    if (ends.size() < 2 || !(ends[0] >= 0))
        throw std::invalid_argument("Bands need two ends, from nought on.");
    for (std::size_t i = 1; i < ends.size(); ++i) {
        if (!(ends[i - 1] < ends[i]))
            throw std::invalid_argument("The ends of bands must ascend.");
    }
}

/// Whether a distance or difference lies before a band's end, so that a band holds what lies before
/// its second end and not before its first.
bool before(double value, double end, BandEnd belongs) {
    return belongs == BandEnd::lower ? value < end : value <= end;
}

/// The ends of time bands as whole numbers t, such that "before" is "difference < t".
std::vector<std::int64_t> whole_ends(const NearRepeatOptions &options) {
    constexpr double most = std::numeric_limits<std::int32_t>::max();
    std::vector<std::int64_t> ends;
    for (const double end : options.times) {
        if (std::isinf(end) || end > most)
            ends.push_back(std::numeric_limits<std::int64_t>::max());
        else if (options.belongs == BandEnd::lower)
            ends.push_back(static_cast<std::int64_t>(std::ceil(end)));
        else
            ends.push_back(static_cast<std::int64_t>(std::floor(end)) + 1);
    }
    if (!std::isinf(options.times[0]))
        ends[0] = static_cast<std::int64_t>(std::ceil(options.times[0])); // the first has its start
    return ends;
}

/// Near pairs in rows: 0 the same place when that is a band, then everything before the first end,
/// then a row a finite band.
struct NearRows {
    std::vector<PairRow> rows;
    std::vector<std::size_t> index; ///< input position of each point of the sweep
};

NearRows near_rows(const Events &events, const NearRepeatOptions &options) {
    const auto &ends = options.distances;
    const double last = std::isinf(ends.back()) ? ends[ends.size() - 2] : ends.back();
    const NearPairs pairs{events.x, events.y, last > 0 ? last : 1, options.metric};
    const std::size_t finite = ends.size() - (std::isinf(ends.back()) ? 1 : 0);
    NearRows found;
    found.rows.resize(finite + 1);
    for (auto &row : found.rows)
        row.first.assign(pairs.size() + 1, 0);
    pairs.each([&](std::size_t i, std::size_t j, double distance) {
        std::size_t row = 1;
        while (row <= finite && !before(distance, ends[row - 1], options.belongs))
            ++row;
        if (distance == 0 && options.same_place)
            row = 0;
        else if (distance == ends[0])
            row = 2; // the first band has its start
        if (row > finite)
            return; // at the last end, which does not belong
        found.rows[row].second.push_back(static_cast<std::uint32_t>(j));
        ++found.rows[row].first[i + 1];
    });
    for (auto &row : found.rows)
        std::partial_sum(row.first.begin(), row.first.end(), row.first.begin());
    for (std::size_t i = 0; i < pairs.size(); ++i)
        found.index.push_back(pairs.index(i));
    return found;
}

/// How many pairs of all lie closer in time than each end.
std::vector<std::int64_t> all_pairs_before(std::vector<std::int32_t> times,
                                           const std::vector<std::int64_t> &ends) {
    std::ranges::sort(times);
    std::vector<std::int64_t> counts;
    for (const std::int64_t end : ends) {
        std::int64_t count = 0;
        std::size_t from = 0;
        for (std::size_t i = 0; i < times.size(); ++i) {
            while (from < i && std::int64_t{times[i]} - times[from] >= end)
                ++from;
            count += static_cast<std::int64_t>(i - from);
        }
        counts.push_back(count);
    }
    return counts;
}

template <class Time>
class Dealer {
public:
    Dealer(std::span<const std::int32_t> times, std::int32_t least, std::uint64_t seed)
        : m_seed{seed} {
        for (const std::int32_t time : times)
            m_times.push_back(static_cast<Time>(time - least));
    }

    /// The times of knox_lanes replicates from `first` on, an event a row; replicate 0 is as seen.
    std::vector<Time> deal(std::size_t first, std::size_t end) const {
        std::vector<Time> table(m_times.size() * knox_lanes);
        std::vector<Time> dealt;
        for (std::size_t replicate = first; replicate < end; ++replicate) {
            dealt = m_times;
            if (replicate > 0)
                shuffle(dealt, replicate);
            for (std::size_t i = 0; i < dealt.size(); ++i)
                table[i * knox_lanes + (replicate - first)] = dealt[i];
        }
        return table;
    }

private:
    /// Fisher and Yates.
    void shuffle(std::vector<Time> &values, std::size_t replicate) const {
        RandomStream random{m_seed, replicate};
        for (std::size_t left = values.size(); left > 1; --left) {
            const double place = random.uniform() * static_cast<double>(left);
            std::swap(values[left - 1], values[static_cast<std::size_t>(place)]);
        }
    }

    std::uint64_t m_seed;
    std::vector<Time> m_times;
};

/// Counts [row][time end][replicate] of pairs closer in time than each end.
class Counts {
public:
    Counts(std::size_t rows, std::size_t ends, std::size_t replicates)
        : m_ends{ends}
        , m_replicates{replicates}
        , m_counts(rows * ends * replicates) {}
    std::int64_t &at(std::size_t row, std::size_t end, std::size_t replicate) {
        return m_counts[(row * m_ends + end) * m_replicates + replicate];
    }

private:
    std::size_t m_ends, m_replicates;
    std::vector<std::int64_t> m_counts;
};

template <class Time>
void count_replicates(const NearRows &near, const Dealer<Time> &dealer,
                      const std::vector<std::int64_t> &ends, std::size_t replicates, Counts &counts,
                      const Watch &watch) {
    const std::size_t batches = (replicates + knox_lanes - 1) / knox_lanes;
    for_each_part(batches, watch, [&](std::size_t batch) {
        const std::size_t first = batch * knox_lanes;
        const std::size_t end = std::min(first + knox_lanes, replicates);
        const std::vector<Time> table = dealer.deal(first, end);
        for (std::size_t row = 0; row < near.rows.size(); ++row) {
            for (std::size_t k = 0; k < ends.size(); k += knox_ends) {
                const std::size_t some = std::min(knox_ends, ends.size() - k);
                const auto found = count_pairs<Time>(near.rows[row], table.data(),
                                                     std::span{ends}.subspan(k, some));
                for (std::size_t e = 0; e < some; ++e) {
                    for (std::size_t r = first; r < end; ++r)
                        counts.at(row, k + e, r) = found[e][r - first];
                }
            }
        }
    });
}

double median_of(std::vector<std::int64_t> &values) {
    const auto half = static_cast<std::ptrdiff_t>(values.size() / 2);
    const auto middle = values.begin() + half;
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1)
        return static_cast<double>(*middle);
    return static_cast<double>(*middle + *std::max_element(values.begin(), middle)) / 2;
}

/// `counts` begins with what was seen; the replicates follow.
KnoxCell cell_of(std::vector<std::int64_t> counts) {
    KnoxCell cell{.observed = counts[0]};
    counts.erase(counts.begin());
    if (counts.empty())
        return cell;
    const auto replicates = static_cast<double>(counts.size());
    const auto as_many = std::ranges::count_if(counts, [&](auto c) { return c >= cell.observed; });
    const auto sum = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    cell.mean = static_cast<double>(sum) / replicates;
    cell.median = median_of(counts);
    const auto observed = static_cast<double>(cell.observed);
    if (*cell.mean > 0)
        cell.ratio_to_mean = observed / *cell.mean;
    if (*cell.median > 0)
        cell.ratio_to_median = observed / *cell.median;
    cell.p = (1 + static_cast<double>(as_many)) / (1 + replicates);
    return cell;
}

std::vector<Band> bands_of(const std::vector<double> &ends, bool same_place) {
    std::vector<Band> bands;
    if (same_place)
        bands.push_back({0, 0, true});
    for (std::size_t i = 1; i < ends.size(); ++i)
        bands.push_back({ends[i - 1], ends[i]});
    return bands;
}

/// The counts of near pairs, and what follows for those beyond the last distance: however the times
/// are dealt, all pairs of a time band are as many.
struct Tally {
    const std::vector<PairRow> &rows;
    std::vector<std::int64_t> all_before; ///< pairs of all, by time end
    Counts &counts;

    static constexpr std::size_t beyond = std::numeric_limits<std::size_t>::max();

    std::int64_t pairs_before(std::size_t row, std::size_t end, std::size_t replicate) const {
        if (row != beyond)
            return counts.at(row, end, replicate);
        std::int64_t rest = all_before[end];
        for (std::size_t r = 0; r < rows.size(); ++r)
            rest -= counts.at(r, end, replicate);
        return rest;
    }
    double pairs(std::size_t row, double all) const {
        if (row != beyond)
            return static_cast<double>(rows[row].second.size());
        for (const PairRow &one : rows)
            all -= static_cast<double>(one.second.size());
        return all;
    }
};

void fill_cells(KnoxTable &table, const NearRepeatOptions &options, const Tally &tally) {
    const auto n = static_cast<double>(table.events);
    const double all_pairs = n * (n - 1) / 2;
    std::size_t row = 2; // of the first band between two ends
    for (const Band &band : table.distances) {
        const std::size_t from = band.same_place ? 0 : std::isinf(band.to) ? Tally::beyond : row++;
        for (std::size_t t = 0; t < table.times.size(); ++t) {
            std::vector<std::int64_t> seen(options.replicates + 1);
            for (std::size_t r = 0; r < seen.size(); ++r)
                seen[r] = tally.pairs_before(from, t + 1, r) - tally.pairs_before(from, t, r);
            KnoxCell cell = cell_of(std::move(seen));
            if (all_pairs > 0)
                cell.expected = tally.pairs(from, all_pairs) *
                                static_cast<double>(tally.all_before[t + 1] - tally.all_before[t]) /
                                all_pairs;
            table.cells.push_back(cell);
        }
    }
}

} // namespace

KnoxTable near_repeat(const Events &events, const NearRepeatOptions &options, const Watch &watch) {
    check_ends(options.distances);
    check_ends(options.times);
    if (events.time.size() != events.x.size())
        throw std::invalid_argument("An event needs a place and a time.");
    const NearRows near = near_rows(events, options);
    KnoxTable table{.distances = bands_of(options.distances, options.same_place),
                    .times = bands_of(options.times, false),
                    .cells = {},
                    .events = near.index.size(),
                    .set_aside = events.x.size() - near.index.size()};
    std::vector<std::int32_t> times;
    for (const std::size_t index : near.index)
        times.push_back(events.time[index]);
    const auto ends = whole_ends(options);
    const std::size_t replicates = options.replicates + 1;
    Counts counts{near.rows.size(), ends.size(), replicates};
    if (!times.empty()) {
        const auto [least, most] = std::ranges::minmax(times);
        const std::int64_t span = std::int64_t{most} - least;
        if (span > std::numeric_limits<std::int32_t>::max())
            throw std::invalid_argument("The times are too far apart.");
        if (span <= std::numeric_limits<std::int16_t>::max())
            count_replicates(near, Dealer<std::int16_t>{times, least, options.seed}, ends,
                             replicates, counts, watch);
        else
            count_replicates(near, Dealer<std::int32_t>{times, least, options.seed}, ends,
                             replicates, counts, watch);
    }
    fill_cells(table, options, {near.rows, all_pairs_before(std::move(times), ends), counts});
    return table;
}

std::optional<RiskWindow> risk_window(const KnoxTable &table, const RiskRule &rule) {
    const auto raised = [&](std::size_t d, std::size_t t) {
        const KnoxCell &cell = table.at(d, t);
        return cell.p <= rule.p && cell.ratio_to_mean.value_or(0) >= rule.ratio;
    };
    std::size_t nearest = 0;
    while (nearest < table.distances.size() && table.distances[nearest].same_place)
        ++nearest;
    if (nearest == table.distances.size())
        return {};
    std::size_t lasts = 0;
    while (lasts < table.times.size() && raised(nearest, lasts))
        ++lasts;
    if (lasts == 0)
        return {};
    const auto for_all_of_it = [&](std::size_t d) {
        for (std::size_t t = 0; t < lasts; ++t) {
            if (!raised(d, t))
                return false;
        }
        return true;
    };
    std::size_t furthest = nearest;
    while (furthest + 1 < table.distances.size() && for_all_of_it(furthest + 1))
        ++furthest;
    return RiskWindow{table.distances[furthest].to, table.times[lasts - 1].to};
}

std::string in_words(const RiskWindow &window) {
    const std::string where = std::isinf(window.distance)
                                  ? std::string{"at any distance"}
                                  : fmt::format("within {:g} m", window.distance);
    if (std::isinf(window.time))
        return where + " for any time";
    if (window.time <= 1)
        return where + " on the same day";
    return where + fmt::format(" for {:g} days", window.time);
}

} // namespace wardmote::stats
