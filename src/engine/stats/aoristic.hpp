/// When in the week events happened that are known only to lie between two times (Ratcliffe 2002).
///
/// Each event is spread evenly over its span: an hour of the week gets the share of the span that
/// lies in it, so that the shares of an event add up to one. Times are those of the clock on the
/// wall; a span over the change of the clocks is out by its hour.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <span>

namespace wardmote::stats {

using WallTime = std::chrono::local_time<std::chrono::minutes>;

/// Not before `from` and not after `to`; equal when the minute is known.
struct EventSpan {
    WallTime from;
    WallTime to;
};

inline constexpr std::size_t days_of_week = 7;
inline constexpr std::size_t hours_of_day = 24;

/// Events spread over the hours of the week.
struct AoristicTimes {
    std::array<std::array<double, hours_of_day>, days_of_week> events{}; ///< [0] is Monday
    double spread = 0;      ///< events in the table: its sum
    double within_hour = 0; ///< of them, those whose span is no longer than an hour
    double too_long = 0;    ///< left out: their span says nothing about the hour
    double backwards = 0;   ///< left out: their end is before their start

    std::array<double, hours_of_day> by_hour() const;
    std::array<double, days_of_week> by_day() const;
};

/// Spans longer than `longest` are left out: of a week and more, each hour gets about the same.
AoristicTimes aoristic_times(std::span<const EventSpan> spans,
                             std::chrono::minutes longest = std::chrono::days{7});

} // namespace wardmote::stats
