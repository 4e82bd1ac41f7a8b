#include "engine/stats/nearest_mixture.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Dense>

namespace wardmote::stats {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// The corners in use and their weights; Wolfe's "corral".
struct Corral {
    std::vector<Index> corners;
    std::vector<double> weights;
};

/// Weights, adding up to one but maybe negative, of the point nearest the origin in the plane
/// through the corners. As a least-squares problem in them, so that no condition is squared.
VectorXd nearest_in_plane(const MatrixXd &points, const Corral &corral, double scale) {
    const auto count = static_cast<Index>(corral.corners.size());
    MatrixXd stacked(points.rows() + 1, count);
    stacked.row(0).setConstant(scale);
    for (Index i = 0; i < count; ++i)
        stacked.col(i).tail(points.rows()) =
            points.col(corral.corners[static_cast<std::size_t>(i)]);
    VectorXd one = VectorXd::Zero(points.rows() + 1);
    one[0] = 1;
    const VectorXd solution = stacked.colPivHouseholderQr().solve(one);
    return solution / solution.sum();
}

/// Moves to the nearest point in the plane, or as far towards it as weights stay at or above
/// nought, dropping the corners that reach it; until the plane's point is inside.
void settle(const MatrixXd &points, Corral &corral, double scale) {
    constexpr double nought = 1e-13;
    for (;;) {
        const VectorXd aim = nearest_in_plane(points, corral, scale);
        double reach = 1;
        for (std::size_t i = 0; i < corral.corners.size(); ++i) {
            const double to = aim[static_cast<Index>(i)];
            if (to <= nought && corral.weights[i] - to > 0)
                reach = std::min(reach, corral.weights[i] / (corral.weights[i] - to));
        }
        Corral kept;
        for (std::size_t i = 0; i < corral.corners.size(); ++i) {
            const double weight =
                corral.weights[i] + reach * (aim[static_cast<Index>(i)] - corral.weights[i]);
            if (weight <= nought)
                continue;
            kept.corners.push_back(corral.corners[i]);
            kept.weights.push_back(weight);
        }
        const bool inside = kept.corners.size() == corral.corners.size();
        if (kept.corners.empty())
            return;
        corral = std::move(kept);
        if (inside)
            return;
    }
}

} // namespace

std::vector<double> nearest_mixture(std::span<const double> target, const SeriesTable &others) {
    const auto months = static_cast<Index>(target.size());
    const auto count = static_cast<Index>(others.size());
    std::vector<double> weights(others.size(), 0.0);
    if (count == 0 || others.months != target.size())
        return weights;
    // With weights adding up to one, the miss is the same mixture of each series' own miss.
    MatrixXd points(months, count);
    for (Index row = 0; row < count; ++row)
        points.col(row) = Eigen::Map<const VectorXd>(
                              others.series(static_cast<std::size_t>(row)).data(), months) -
                          Eigen::Map<const VectorXd>(target.data(), months);
    Index nearest = 0;
    points.colwise().squaredNorm().minCoeff(&nearest);
    const double largest = points.colwise().squaredNorm().maxCoeff();
    Corral corral{{nearest}, {1}};
    VectorXd at = points.col(nearest);
    double distance = at.squaredNorm();
    const Index most_turns = 20 * (count + months) + 100;
    for (Index turn = 0; turn < most_turns; ++turn) {
        Index next = 0;
        const double ahead = (points.transpose() * at).minCoeff(&next);
        // distance - ahead bounds how far the best point is, squared.
        if (distance - ahead <= 1e-15 * largest ||
            std::find(corral.corners.begin(), corral.corners.end(), next) != corral.corners.end())
            break;
        const Corral before = corral;
        corral.corners.push_back(next);
        corral.weights.push_back(0);
        settle(points, corral, std::sqrt(largest));
        VectorXd moved = VectorXd::Zero(months);
        for (std::size_t i = 0; i < corral.corners.size(); ++i)
            moved += corral.weights[i] * points.col(corral.corners[i]);
        if (!(moved.squaredNorm() < distance)) { // rounding: no nearer
            corral = before;
            break;
        }
        at = moved;
        distance = moved.squaredNorm();
    }
    double sum = 0;
    for (const double weight : corral.weights)
        sum += weight;
    for (std::size_t i = 0; i < corral.corners.size(); ++i)
        weights[static_cast<std::size_t>(corral.corners[i])] = corral.weights[i] / sum;
    return weights;
}

} // namespace wardmote::stats
