#include "engine/stats/farrington.hpp"

#include <algorithm>

namespace wardmote::stats {

namespace {

constexpr int months_a_year = 12;
constexpr int most_years = 10;

/// The months between two windows, shared in order among the levels from 1 on; the first levels
/// take one more when they do not share evenly.
std::vector<std::uint8_t> levels_between(int months, int levels) {
    levels = std::min(levels, months);
    std::vector<std::uint8_t> result;
    for (int level = 0; level < levels; ++level) {
        const int share = months / levels + (level < months % levels ? 1 : 0);
        result.insert(result.end(), static_cast<std::size_t>(share),
                      static_cast<std::uint8_t>(level + 1));
    }
    return result;
}

} // namespace

FarringtonOptions farrington_1996() {
    return {.years = 5,
            .half_window = 3,
            .season_levels = 1,
            .left_out = 3,
            .trend_p = 0.05,
            .weights_threshold = 1};
}

std::optional<Baseline> Baseline::of(std::size_t now, const FarringtonOptions &options) {
    if (options.years < 1 || options.years > most_years || options.half_window < 0 ||
        options.half_window > 5 || options.season_levels < 1 || options.left_out < 0 ||
        now > 1'000'000)
        return std::nullopt;
    const auto at = static_cast<int>(now);
    const int window = options.half_window;
    Baseline baseline;
    baseline.m_options = options;
    baseline.m_years = std::min(options.years, (at - window) / months_a_year);
    if (baseline.m_years < 1)
        return std::nullopt;
    const auto between = levels_between(months_a_year - 2 * window - 1, options.season_levels - 1);
    const auto use = [&](int month, int level) {
        if (month < at - options.left_out)
            baseline.m_rows.push_back({static_cast<std::size_t>(month),
                                       static_cast<std::uint8_t>(level),
                                       static_cast<double>(month - at)});
    };
    for (int year = baseline.m_years; year >= 1; --year) {
        const int centre = at - months_a_year * year;
        for (int month = centre - window; month <= centre + window; ++month)
            use(month, 0);
        for (std::size_t i = 0; i < between.size(); ++i)
            use(centre + window + 1 + static_cast<int>(i), between[i]);
    }
    for (int month = at - window; month < at; ++month)
        use(month, 0);
    return baseline;
}

} // namespace wardmote::stats
