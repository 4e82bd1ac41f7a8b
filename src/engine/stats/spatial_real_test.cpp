// Spatial statistics on open data, beside what R's spdep and libgeoda said.

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/stats/local_autocorrelation.hpp"
#include "real_data_for_test.hpp"

using namespace wardmote;
using stats::Quadrant;

namespace {

std::filesystem::path bench() {
    return real_data() / "reference" / "bench";
}

/// Neighbours that share a border or a corner, of the 1,485 areas of Thames Valley.
stats::SpatialWeights thames_valley() {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    each_row(bench() / "tvp_queen_edges.csv.gz", [&](const auto &cells) {
        if (cells[0] != "i")
            pairs.emplace_back(std::stoul(cells[0]), std::stoul(cells[1]));
    });
    return row_standardised(stats::weights_of_pairs(1485, pairs));
}

bool near(double got, double expected, double within) {
    return std::fabs(got - expected) <= within * std::max(1e-3, std::fabs(expected));
}

} // namespace

TEST_CASE("local statistics of 1,485 areas are those of spdep and libgeoda") {
    if (skipped_without(bench()))
        return;
    const auto rates = column(bench() / "tvp_lsoa21.csv.gz", "viol_rate");
    REQUIRE(rates.size() == 1485);
    const auto areas = local_autocorrelation(rates, thames_valley(), {.replicates = 9999}).value();

    const auto spdep = bench() / "answers" / "w4_spdep_tvp_viol_rate.csv.gz";
    const auto moran = column(spdep, "moran");
    const auto gi_star = column(spdep, "gstar_z");
    const auto folded = column(spdep, "moran_p_folded_sim");
    const auto variance = column(spdep, "moran_VarIc");
    const auto geoda = bench() / "answers" / "w4_libgeoda_tvp_viol_rate_complete.csv.gz";
    const auto geoda_moran = column(geoda, "moran");
    const auto geoda_p = column(geoda, "moran_p");
    std::size_t far_from_spdep = 0;
    std::size_t far_from_geoda = 0;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        INFO("area ", i);
        CHECK(near(areas[i].moran, moran[i], 1e-7));
        CHECK(near(areas[i].moran * 1484 / 1485, geoda_moran[i], 1e-7));
        CHECK(near(areas[i].gi_star, gi_star[i], 1e-7));
        // Theirs is the variance of 999 draws of a skewed law.
        CHECK(areas[i].moran_variance == doctest::Approx(variance[i]).epsilon(0.7));
        // Two shares of 999 and 9,999 draws: a difference of 3.5 standard errors, one in 2,000.
        const double p = areas[i].rank.one_sided();
        const double error = std::sqrt(p * (1 - p) * (1 / 1000.0 + 1 / 10000.0));
        far_from_spdep += std::fabs(p - folded[i]) > 3.5 * error + 0.001;
        far_from_geoda += std::fabs(p - geoda_p[i]) > 3.5 * error + 0.001;
    }
    CHECK(far_from_spdep <= 4);
    CHECK(far_from_geoda <= 4);

    // GeoDa's clusters, where it calls them significant. (spdep's quadrants compare the lag with
    // the mean of all lags, not of all values, and so differ in ten areas.)
    const auto cluster = column(geoda, "moran_cluster");
    const std::map<double, Quadrant> names{{1, Quadrant::high_high},
                                           {2, Quadrant::low_low},
                                           {3, Quadrant::low_high},
                                           {4, Quadrant::high_low}};
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (cluster[i] != 0)
            CHECK(areas[i].quadrant == names.at(cluster[i]));
    }
}

TEST_CASE("the eight nearest of 34,753 areas are those of another program") {
    if (skipped_without(bench()))
        return;
    const auto x = column(bench() / "ew_lsoa11.csv.gz", "x");
    const auto y = column(bench() / "ew_lsoa11.csv.gz", "y");
    const auto weights = stats::nearest_weights(x, y, 8);
    std::size_t area = 0;
    std::size_t other = 0;
    each_row(bench() / "ew_knn8.csv.gz", [&](const auto &cells) {
        if (cells[0] == "i")
            return;
        std::vector<std::uint32_t> theirs;
        for (std::size_t at = 1; at < cells.size(); ++at)
            theirs.push_back(static_cast<std::uint32_t>(std::stoul(cells[at])));
        std::sort(theirs.begin(), theirs.end());
        const auto ours = weights.neighbours(area++);
        other += !std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end());
    });
    CHECK(area == 34753);
    // Only where two are equally far.
    CHECK(other <= 3);
}
