#include "engine/stats/hot_spot_worth.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace wardmote::stats {

namespace {

bool usable(std::span<const double> numbers, double least) {
    return std::all_of(numbers.begin(), numbers.end(),
                       [least](double number) { return std::isfinite(number) && number >= least; });
}

double total(std::span<const double> numbers) {
    return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

double flagged_total(std::span<const std::uint8_t> flagged, std::span<const double> numbers) {
    double sum = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        sum += flagged[i] != 0 ? numbers[i] : 0;
    return sum;
}

std::optional<double> over(double part, double whole) {
    return whole > 0 ? std::optional{part / whole} : std::nullopt;
}

std::vector<double> sizes_of(std::size_t places, std::span<const double> sizes) {
    if (sizes.empty())
        return std::vector<double>(places, 1);
    if (sizes.size() != places)
        throw std::invalid_argument{"A hot spot map needs a size for each place."};
    return {sizes.begin(), sizes.end()};
}

/// The numbers of places, those with the highest worth first.
std::vector<std::size_t> highest_first(std::size_t places, const auto &worth) {
    std::vector<std::size_t> order(places);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return worth(a) > worth(b); });
    return order;
}

/// The most crimes that places of `room` together can hold.
double best(std::span<const double> after, const std::vector<double> &sizes, double room) {
    double caught = 0;
    const auto dense = [&](std::size_t i) { return after[i] / sizes[i]; };
    for (const std::size_t i : highest_first(after.size(), dense)) {
        caught += after[i] * std::clamp(room / sizes[i], 0.0, 1.0);
        room -= sizes[i];
    }
    return caught;
}

} // namespace

std::optional<HotSpotWorth> hot_spot_worth(std::span<const std::uint8_t> flagged,
                                           std::span<const double> before,
                                           std::span<const double> after,
                                           std::span<const double> given_sizes) {
    if (flagged.size() != after.size() || (!before.empty() && before.size() != after.size()))
        throw std::invalid_argument{"A hot spot map needs counts for each place."};
    const auto sizes = sizes_of(after.size(), given_sizes);
    if (after.empty() || !usable(after, 0) || !usable(before, 0) || !usable(sizes, 0) ||
        std::find(sizes.begin(), sizes.end(), 0.0) != sizes.end())
        return std::nullopt;
    const double room = flagged_total(flagged, sizes);
    HotSpotWorth worth{.area_share = room / total(sizes),
                       .hits = flagged_total(flagged, after),
                       .crimes = total(after)};
    worth.hit_rate = over(worth.hits, worth.crimes);
    if (worth.hit_rate)
        worth.pai = over(*worth.hit_rate, worth.area_share);
    worth.pei = over(worth.hits, best(after, sizes, room));
    const auto kept = over(worth.hits, flagged_total(flagged, before));
    const auto changed = over(worth.crimes, total(before));
    if (kept && changed)
        worth.rri = over(*kept, *changed);
    return worth;
}

std::vector<std::uint8_t> hottest(std::span<const double> forecast, double share,
                                  std::span<const double> given_sizes) {
    const auto sizes = sizes_of(forecast.size(), given_sizes);
    std::vector<std::uint8_t> flagged(forecast.size(), 0);
    // A rounding's grace, so that 5 % of 100 places is five.
    double room = share * total(sizes) * (1 + 1e-12);
    const auto worth = [&](std::size_t i) {
        return std::isnan(forecast[i]) ? -std::numeric_limits<double>::infinity() : forecast[i];
    };
    for (const std::size_t i : highest_first(forecast.size(), worth)) {
        if (std::isnan(forecast[i]) || sizes[i] > room)
            break;
        flagged[i] = 1;
        room -= sizes[i];
    }
    return flagged;
}

} // namespace wardmote::stats
