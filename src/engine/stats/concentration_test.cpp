#include "engine/stats/concentration.hpp"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

using namespace wardmote::stats;
using doctest::Approx;

namespace {

using Numbers = std::vector<double>;

Numbers padded(Numbers counts, std::size_t places) {
    counts.resize(places, 0);
    return counts;
}

} // namespace

TEST_CASE("both Ginis are those of their authors' examples") {
    // Bernasco and Steenbeek, R package lorenzgini, examples of gini().
    CHECK(gini(padded({10, 8, 2}, 10)) == Approx(0.78));
    CHECK(generalised_gini(padded({10, 8, 2}, 10)) == Approx(0.78));
    CHECK(gini(padded({5, 2, 1}, 10)) == Approx(0.8));
    CHECK(generalised_gini(padded({5, 2, 1}, 10)) == Approx(0.75));
    CHECK(gini(padded({10}, 10)) == Approx(0.9));
    CHECK(gini(padded({10}, 100)) == Approx(0.99));
}

TEST_CASE("spread out as far as can be, sparse crimes have a generalised Gini of nought") {
    CHECK(generalised_gini(padded({1, 1, 1}, 100)) == Approx(0).epsilon(1e-12));
    CHECK(gini(padded({1, 1, 1}, 100)) == Approx(0.97));
    CHECK(generalised_gini(padded({1}, 100)) == Approx(0).epsilon(1e-12));
    CHECK(gini(Numbers(7, 4.0)) == Approx(0).epsilon(1e-12));
    CHECK(generalised_gini(Numbers(7, 4.0)) == Approx(0).epsilon(1e-12));
}

TEST_CASE("Gini is one less twice the area under the Lorenz curve") {
    const Numbers counts{22, 18, 17, 12, 11, 8, 6, 3, 2, 1};
    const auto curve = lorenz_curve(counts);
    REQUIRE(curve.size() == 11);
    CHECK(curve[1].places == Approx(0.1));
    CHECK(curve[1].crimes == Approx(0.01));
    CHECK(curve[10].crimes == 1);
    double under = 0;
    for (std::size_t i = 1; i < curve.size(); ++i)
        under +=
            (curve[i].places - curve[i - 1].places) * (curve[i].crimes + curve[i - 1].crimes) / 2;
    CHECK(gini(counts) == Approx(1 - 2 * under));
}

TEST_CASE("neither order nor scale changes Gini, nor does doubling the places") {
    const Numbers counts{5, 0, 12, 3, 3, 40};
    Numbers turned(counts.rbegin(), counts.rend());
    for (double &count : turned)
        count *= 3;
    CHECK(gini(turned) == Approx(gini(counts).value()));
    turned.insert(turned.end(), turned.begin(), turned.end());
    CHECK(gini(turned) == Approx(gini(counts).value()));
}

TEST_CASE("the busiest twentieth takes the last place in part") {
    // 30 places: one and a half of them. 10 + 6 / 2 of 44.
    const Numbers counts = padded({6, 10, 4, 4, 4, 4, 4, 4, 4}, 30);
    CHECK(share_in_busiest(counts) == Approx(13.0 / 44));
    CHECK(share_in_busiest(counts, 1) == 1);
    CHECK(share_in_busiest(counts, 0) == 0);
    // Half of 44: 10, 6 and one and a half of 4.
    CHECK(places_holding(counts) == Approx(3.5 / 30));
    CHECK(places_holding(counts, 1) == Approx(9.0 / 30));
}

TEST_CASE("no places, no crimes and impossible counts have no answer") {
    for (const Numbers &counts :
         {Numbers{}, Numbers{0, 0}, Numbers{1, -1}, Numbers{1, NAN}, Numbers{INFINITY}}) {
        CHECK_FALSE(gini(counts));
        CHECK_FALSE(generalised_gini(counts));
        CHECK_FALSE(share_in_busiest(counts));
        CHECK_FALSE(places_holding(counts));
        CHECK(lorenz_curve(counts).empty());
    }
    CHECK(gini(Numbers{5}) == 0);
    CHECK_FALSE(share_in_busiest(Numbers{5}, 1.5));
    CHECK_FALSE(places_holding(Numbers{5}, NAN));
}
