#include "engine/stats/aoristic.hpp"

#include <algorithm>
#include <functional>

namespace wardmote::stats {

namespace {

using namespace std::chrono;

constexpr minutes::rep minutes_a_week = minutes{weeks{1}}.count();
constexpr minutes::rep minutes_an_hour = 60;

/// Minutes since the start of its Monday; the epoch, 1 January 1970, was a Thursday.
minutes::rep minute_of_week(WallTime time) {
    const auto since_monday = (time.time_since_epoch() + days{3}).count() % minutes_a_week;
    return since_monday < 0 ? since_monday + minutes_a_week : since_monday;
}

void spread(const EventSpan &span, AoristicTimes &times) {
    const auto length = (span.to - span.from).count();
    auto at = minute_of_week(span.from);
    const auto add = [&](double share) {
        const auto hour = static_cast<std::size_t>(at / minutes_an_hour);
        times.events[hour / hours_of_day][hour % hours_of_day] += share;
    };
    if (length == 0) {
        add(1);
        return;
    }
    for (auto left = length; left > 0;) {
        const auto part = std::min(left, minutes_an_hour - at % minutes_an_hour);
        add(static_cast<double>(part) / static_cast<double>(length));
        left -= part;
        at = (at + part) % minutes_a_week;
    }
}

} // namespace

std::array<double, hours_of_day> AoristicTimes::by_hour() const {
    std::array<double, hours_of_day> sums{};
    for (const auto &day : events)
        std::transform(sums.begin(), sums.end(), day.begin(), sums.begin(), std::plus{});
    return sums;
}

std::array<double, days_of_week> AoristicTimes::by_day() const {
    std::array<double, days_of_week> sums{};
    for (std::size_t day = 0; day < days_of_week; ++day)
        for (const double share : events[day])
            sums[day] += share;
    return sums;
}

AoristicTimes aoristic_times(std::span<const EventSpan> spans, minutes longest) {
    AoristicTimes times;
    for (const EventSpan &span : spans) {
        if (span.to < span.from) {
            ++times.backwards;
        } else if (span.to - span.from > longest) {
            ++times.too_long;
        } else {
            spread(span, times);
            ++times.spread;
            times.within_hour += span.to - span.from <= hours{1} ? 1 : 0;
        }
    }
    return times;
}

} // namespace wardmote::stats
