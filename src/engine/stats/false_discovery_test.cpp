#include "engine/stats/false_discovery.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <doctest/doctest.h>

using namespace wardmote::stats;

namespace {

using Numbers = std::vector<double>;

// Benjamini and Hochberg 1995, section 4: fifteen tests of a study of heart attacks.
const Numbers hearts{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                     0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};

auto found(const Numbers &q) {
    return std::count_if(q.begin(), q.end(), [](double value) { return value <= 0.05; });
}

} // namespace

TEST_CASE("of the fifteen tests of Benjamini and Hochberg four are found") {
    const auto q = adjusted(hearts);
    CHECK(found(q) == 4);
    CHECK(q[0] == doctest::Approx(15 * 0.0001));
    CHECK(q[3] == doctest::Approx(15 * 0.0095 / 4));
    CHECK(q[14] == 1);
    // Their order does not matter.
    Numbers backwards(hearts.rbegin(), hearts.rend());
    auto turned = adjusted(backwards);
    std::reverse(turned.begin(), turned.end());
    CHECK(turned == q);
}

TEST_CASE("under any dependence the bound is stricter by the harmonic number of the tests") {
    // 1 + 1/2 + ... + 1/15 = 3.318229.
    const auto q = adjusted(hearts, FalseDiscovery::benjamini_yekutieli);
    CHECK(q[0] == doctest::Approx(15 * 0.0001 * 3.3182289932));
    CHECK(found(q) == 3);
}

TEST_CASE("an adjusted p never falls as p grows") {
    // 5 x 0.01 / 1 up to 5 x 0.05 / 5: all 0.05.
    for (const double q : adjusted(Numbers{0.01, 0.02, 0.03, 0.04, 0.05}))
        CHECK(q == doctest::Approx(0.05));
}

TEST_CASE("what is not a number is no test, and what is no p-value is refused") {
    const auto q = adjusted(Numbers{NAN, 0.01, 0.5});
    CHECK(std::isnan(q[0]));
    CHECK(q[1] == doctest::Approx(0.02));
    CHECK(adjusted({}).empty());
    CHECK_THROWS_AS(adjusted(Numbers{1.5}), std::invalid_argument);
    CHECK_THROWS_AS(adjusted(Numbers{-0.1}), std::invalid_argument);
}
