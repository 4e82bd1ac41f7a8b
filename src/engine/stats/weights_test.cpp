#include "engine/stats/weights.hpp"

#include <cmath>
#include <stdexcept>

#include <doctest/doctest.h>

#include "engine/stats/nearest.hpp"
#include "engine/stats/random.hpp"

using namespace wardmote::stats;

namespace {

using Numbers = std::vector<double>;

Numbers drawn(std::uint64_t stream, std::size_t count, double grid) {
    RandomStream random{7, stream};
    Numbers result(count);
    for (double &value : result)
        value = std::floor(random.uniform() * grid);
    return result;
}

std::vector<std::uint32_t> neighbours(const SpatialWeights &weights, std::size_t area) {
    const auto found = weights.neighbours(area);
    return {found.begin(), found.end()};
}

} // namespace

TEST_CASE("lists become rows in order, islands stay, and the sums are those of the books") {
    // 0 -> 1, 2; 1 -> 0; 2 -> nobody; 3 -> nobody, and nobody names it.
    const SpatialWeights weights{{{2, 1}, {0}, {}, {}}};
    CHECK(weights.size() == 4);
    CHECK(weights.links() == 3);
    CHECK(neighbours(weights, 0) == std::vector<std::uint32_t>{1, 2});
    CHECK(islands(weights) == std::vector<std::size_t>{2, 3});
    CHECK_FALSE(is_symmetric(weights));
    CHECK(is_symmetric(either_way(weights)));
    CHECK(neighbours(either_way(weights), 2) == std::vector<std::uint32_t>{0});
    const auto [s0, s1, s2] = sums(weights);
    CHECK(s0 == 3);
    // ((1+1)^2 twice, (1+0)^2 twice) / 2; rows and columns 2+1, 1+1, 0+1.
    CHECK(s1 == 5);
    CHECK(s2 == 9 + 4 + 1);
    CHECK(lag(weights, Numbers{1, 10, 100, 1000}) == Numbers{110, 1, 0, 0});
    CHECK(lag(row_standardised(weights), Numbers{1, 10, 100, 1000}) == Numbers{55, 1, 0, 0});
}

TEST_CASE("what is no neighbourhood is refused") {
    using Lists = std::vector<std::vector<std::size_t>>;
    CHECK_THROWS_AS(SpatialWeights(Lists{{1}, {1}}), std::invalid_argument);
    CHECK_THROWS_AS(SpatialWeights(Lists{{2}, {0}}), std::invalid_argument);
    CHECK_THROWS_AS(SpatialWeights(Lists{{1, 1}, {0}}), std::invalid_argument);
    CHECK_THROWS_AS(nearest_weights(Numbers{1, NAN}, Numbers{1, 2}, 1), std::invalid_argument);
    CHECK_THROWS_AS(nearest_weights(Numbers{1, 2}, Numbers{1}, 1), std::invalid_argument);
    CHECK_THROWS_AS(lag(SpatialWeights(Lists{{1}, {0}}), Numbers{1}), std::invalid_argument);
    CHECK(SpatialWeights{}.size() == 0);
    CHECK(nearest_weights({}, {}, 3).size() == 0);
}

TEST_CASE("pairs hold both ways, however often they are named") {
    const std::vector<std::pair<std::size_t, std::size_t>> pairs{{0, 2}, {2, 0}, {1, 2}};
    const auto weights = weights_of_pairs(3, pairs);
    CHECK(neighbours(weights, 2) == std::vector<std::uint32_t>{0, 1});
    CHECK(is_symmetric(weights));
}

TEST_CASE("the tree finds the same points as looking at all of them") {
    // A coarse grid, so that many lie on one spot and many are equally far.
    for (const double grid : {3.0, 30.0, 1e6}) {
        const auto x = drawn(1, 300, grid);
        const auto y = drawn(2, 300, grid);
        const PointTree tree{x, y};
        for (std::size_t i = 0; i < x.size(); i += 7) {
            std::vector<PointTree::Found> all;
            for (std::size_t j = 0; j < x.size(); ++j)
                all.push_back({(x[j] - x[i]) * (x[j] - x[i]) + (y[j] - y[i]) * (y[j] - y[i]),
                               static_cast<std::uint32_t>(j)});
            std::sort(all.begin(), all.end());
            const double distance = std::sqrt(all[40].square);
            auto within = tree.within(x[i], y[i], distance);
            std::sort(within.begin(), within.end());
            std::size_t inside = 0;
            while (inside < all.size() && all[inside].square <= distance * distance)
                ++inside;
            CHECK(within == std::vector(all.begin(), all.begin() + std::ptrdiff_t(inside)));
            all.resize(9);
            CHECK(tree.nearest(x[i], y[i], 9) == all);
        }
    }
}

TEST_CASE("the nearest leave the point itself out, also where others lie on its very spot") {
    const Numbers x{0, 0, 0, 0, 1, 5};
    const Numbers y(6, 0.0);
    const auto weights = nearest_weights(x, y, 2);
    CHECK(neighbours(weights, 0) == std::vector<std::uint32_t>{1, 2});
    CHECK(neighbours(weights, 3) == std::vector<std::uint32_t>{0, 1});
    CHECK(neighbours(weights, 4) == std::vector<std::uint32_t>{0, 1});
    CHECK(neighbours(weights, 5) == std::vector<std::uint32_t>{0, 4});
    CHECK(neighbours(nearest_weights(x, y, 99), 5).size() == 5);
    CHECK(islands(weights_within(x, y, 1)) == std::vector<std::size_t>{5});
}
