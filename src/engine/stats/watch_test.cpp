#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include "engine/stats/watch.hpp"

using namespace wardmote;

TEST_CASE("every part is run once, on any number of threads") {
    for (const unsigned threads : {0U, 1U, 2U, 5U}) {
        std::vector<int> runs(1000, 0);
        stats::for_each_part(runs.size(), {.threads = threads}, [&](std::size_t i) { ++runs[i]; });
        CHECK(runs == std::vector<int>(1000, 1));
    }
}

TEST_CASE("nothing to do is done at once") {
    stats::for_each_part(0, {}, [](std::size_t) { FAIL("there is no part"); });
}

TEST_CASE("progress only grows, ends at one and is told at most a hundred times") {
    std::vector<double> told;
    stats::for_each_part(5000, {.progress = [&](double done) { told.push_back(done); }},
                         [](std::size_t) {});
    REQUIRE(!told.empty());
    CHECK(told.size() <= 100);
    CHECK(told.back() == 1);
    for (std::size_t i = 1; i < told.size(); ++i)
        CHECK(told[i] > told[i - 1]);
}

TEST_CASE("a computation that is asked to stop throws and leaves the rest undone") {
    std::stop_source source;
    int runs = 0;
    CHECK_THROWS_AS(stats::for_each_part(1000, {.stop = source.get_token(), .threads = 1},
                                         [&](std::size_t) {
                                             if (++runs == 3)
                                                 source.request_stop();
                                         }),
                    stats::Stopped);
    CHECK(runs == 3);
}

TEST_CASE("what a part throws comes out") {
    CHECK_THROWS_AS(stats::for_each_part(10, {}, [](std::size_t) { throw std::out_of_range{"x"}; }),
                    std::out_of_range);
}
