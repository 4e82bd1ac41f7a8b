#include "engine/stats/aoristic.hpp"

#include <numeric>
#include <vector>

#include <doctest/doctest.h>

using namespace wardmote::stats;
using namespace std::chrono;

namespace {

constexpr WallTime at(int day, int hour, int minute) { // of February 2015, which began on a Sunday
    return local_days{year{2015} / 2 / day} + hours{hour} + minutes{minute};
}

double sum(const AoristicTimes &times) {
    const auto days = times.by_day();
    return std::accumulate(days.begin(), days.end(), 0.0);
}

} // namespace

TEST_CASE("an event is spread over the hours of its span, part hours by part") {
    // Monday 2 February 22:30 to Tuesday 01:00: 150 minutes.
    const std::vector<EventSpan> one{{at(2, 22, 30), at(3, 1, 0)}};
    const auto times = aoristic_times(one);
    CHECK(times.events[0][22] == doctest::Approx(0.2)); // 30 of 150
    CHECK(times.events[0][23] == doctest::Approx(0.4));
    CHECK(times.events[1][0] == doctest::Approx(0.4));
    CHECK(times.events[1][1] == 0); // one o'clock itself is no part of its hour
    CHECK(sum(times) == doctest::Approx(1));
}

TEST_CASE("a week turns from Sunday to Monday, and before 1970 too") {
    const std::vector<EventSpan> spans{{at(8, 23, 0), at(9, 1, 0)},
                                       {local_days{year{1969} / 12 / 28} + hours{23},
                                        local_days{year{1969} / 12 / 29} + hours{1}}};
    const auto times = aoristic_times(spans);
    CHECK(times.events[6][23] == doctest::Approx(1));
    CHECK(times.events[0][0] == doctest::Approx(1));
}

TEST_CASE("a known minute is in its hour whole") {
    const std::vector<EventSpan> spans{{at(4, 13, 59), at(4, 13, 59)}};
    const auto times = aoristic_times(spans);
    CHECK(times.events[2][13] == 1);
    CHECK(times.within_hour == 1);
}

TEST_CASE("a whole week gives every hour the same, and longer says nothing") {
    const std::vector<EventSpan> spans{
        {at(2, 10, 17), at(9, 10, 17)}, {at(2, 10, 17), at(9, 10, 18)}, {at(3, 0, 0), at(2, 0, 0)}};
    const auto times = aoristic_times(spans);
    for (const auto &day : times.events)
        for (const double share : day)
            CHECK(share == doctest::Approx(1.0 / 168));
    CHECK(times.spread == 1);
    CHECK(times.too_long == 1);
    CHECK(times.backwards == 1);
    const auto longer = aoristic_times(spans, weeks{2});
    CHECK(longer.spread == 2);
    CHECK(sum(longer) == doctest::Approx(2));
}

TEST_CASE("the table adds up by hour and by day, twice the events give twice the table") {
    std::vector<EventSpan> spans;
    for (int i = 0; i < 200; ++i)
        spans.push_back({at(1 + i % 20, i % 24, i % 60), at(1 + i % 20 + i % 5, (i * 7) % 24, 30)});
    const auto once = aoristic_times(spans);
    CHECK(sum(once) == doctest::Approx(once.spread));
    const auto hours = once.by_hour();
    CHECK(std::accumulate(hours.begin(), hours.end(), 0.0) == doctest::Approx(once.spread));
    CHECK(once.spread + once.backwards == 200);
    auto twice = spans;
    twice.insert(twice.end(), spans.rbegin(), spans.rend());
    CHECK(aoristic_times(twice).events[3][12] == doctest::Approx(2 * once.events[3][12]));
    CHECK(aoristic_times({}).spread == 0);
}
