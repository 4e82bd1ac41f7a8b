#include "engine/stats/glm.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Dense>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>

namespace wardmote::stats {

namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Plain doubles are exact enough and three times as fast as Boost's long ones.
using Plain = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
constexpr int most_rounds = 100;
/// Beyond this theta the negative binomial cannot be told from Poisson.
constexpr double poisson_theta = 1e8;

struct Model {
    Vector counts;
    Matrix design;
    Vector offset;
};

std::optional<Model> model(std::span<const double> counts, std::span<const double> design,
                           std::size_t columns, std::span<const double> offset) {
    const auto usable = [](double value) { return std::isfinite(value); };
    if (columns == 0 || counts.size() <= columns || design.size() != counts.size() * columns ||
        (!offset.empty() && offset.size() != counts.size()))
        return std::nullopt;
    if (!std::all_of(counts.begin(), counts.end(),
                     [&](double value) { return usable(value) && value >= 0; }) ||
        !std::all_of(design.begin(), design.end(), usable) ||
        !std::all_of(offset.begin(), offset.end(), usable) ||
        std::all_of(counts.begin(), counts.end(), [](double value) { return value == 0; }))
        return std::nullopt;
    const auto rows = static_cast<Eigen::Index>(counts.size());
    const auto width = static_cast<Eigen::Index>(columns);
    Model result{Eigen::Map<const Vector>(counts.data(), rows),
                 Eigen::Map<const Matrix>(design.data(), rows, width), Vector::Zero(rows)};
    if (!offset.empty())
        result.offset = Eigen::Map<const Vector>(offset.data(), rows);
    return result;
}

double deviance(const Vector &y, const Vector &mu, double theta) {
    double total = 0;
    for (Eigen::Index i = 0; i < y.size(); ++i) {
        const double own = y[i] > 0 ? y[i] * std::log(y[i] / mu[i]) : 0;
        if (std::isinf(theta))
            total += own - (y[i] - mu[i]);
        else
            total += own - (y[i] + theta) * std::log((y[i] + theta) / (mu[i] + theta));
    }
    return 2 * total;
}

/// Iteratively reweighted least squares at a given theta, from the means in `mu`.
struct Reweighted {
    Vector coefficients;
    Vector mu;
    Matrix covariance;
    int rounds = 0;
    bool converged = false;
};

std::optional<Reweighted> reweighted(const Model &model, double theta, Vector mu) {
    Reweighted fit{{}, std::move(mu), {}, 0, false};
    Vector eta = fit.mu.array().log();
    double before = infinity;
    Eigen::LDLT<Eigen::MatrixXd> solver;
    for (; fit.rounds < most_rounds && !fit.converged; ++fit.rounds) {
        Vector weights = fit.mu;
        if (!std::isinf(theta))
            weights = fit.mu.array() / (1 + fit.mu.array() / theta);
        const Vector working =
            eta.array() - model.offset.array() + (model.counts - fit.mu).array() / fit.mu.array();
        const Eigen::MatrixXd information =
            model.design.transpose() * weights.asDiagonal() * model.design;
        solver.compute(information);
        const Vector pivots = solver.vectorD();
        if (solver.info() != Eigen::Success || !(pivots.minCoeff() > 1e-11 * pivots.maxCoeff()))
            return std::nullopt;
        fit.coefficients = solver.solve(model.design.transpose() * weights.asDiagonal() * working);
        eta = model.design * fit.coefficients + model.offset;
        fit.mu = eta.array().min(300).max(-300).exp();
        const double now = deviance(model.counts, fit.mu, theta);
        if (!std::isfinite(now))
            return std::nullopt;
        fit.converged = std::fabs(now - before) < 1e-12 * (std::fabs(now) + 0.1);
        before = now;
    }
    const auto width = model.design.cols();
    fit.covariance = solver.solve(Eigen::MatrixXd::Identity(width, width));
    return fit;
}

/// Derivatives of the log likelihood by log theta, means held.
struct Slope {
    double first = 0;
    double second = 0;
};

Slope slope_by_log_theta(const Vector &y, const Vector &mu, double theta) {
    const double digamma = boost::math::digamma(theta, Plain{});
    const double trigamma = boost::math::trigamma(theta, Plain{});
    double score = 0;
    double curve = 0;
    for (Eigen::Index i = 0; i < y.size(); ++i) {
        const double sum = mu[i] + theta;
        score += boost::math::digamma(theta + y[i], Plain{}) - digamma + std::log(theta / sum) + 1 -
                 (y[i] + theta) / sum;
        curve += boost::math::trigamma(theta + y[i], Plain{}) - trigamma + 1 / theta - 2 / sum +
                 (y[i] + theta) / (sum * sum);
    }
    return {theta * score, theta * score + theta * theta * curve};
}

/// Maximum-likelihood theta for given means; infinite when they vary no more than Poisson.
double theta_by_likelihood(const Vector &y, const Vector &mu, double start) {
    if (((y - mu).array().square() - y.array()).sum() <= 0)
        return infinity;
    double log_theta = std::log(std::clamp(start, 1e-3, poisson_theta));
    for (int round = 0; round < most_rounds; ++round) {
        const Slope slope = slope_by_log_theta(y, mu, std::exp(log_theta));
        // Newton where the likelihood is concave, else a plain step uphill; never more than one.
        double step =
            slope.second < 0 ? -slope.first / slope.second : std::copysign(1, slope.first);
        step = std::clamp(step, -1.0, 1.0);
        log_theta += step;
        if (log_theta > std::log(poisson_theta))
            return infinity;
        if (log_theta < std::log(1e-6) || std::fabs(step) < 1e-11)
            break;
    }
    return std::exp(log_theta);
}

GlmFit result(const Model &model, const Reweighted &fit, double theta, int rounds) {
    GlmFit out;
    out.coefficients.assign(fit.coefficients.begin(), fit.coefficients.end());
    out.covariance.assign(fit.covariance.data(), fit.covariance.data() + fit.covariance.size());
    out.fitted.assign(fit.mu.begin(), fit.mu.end());
    out.deviance = deviance(model.counts, fit.mu, theta);
    out.theta = theta;
    out.iterations = rounds;
    out.converged = fit.converged;
    for (Eigen::Index i = 0; i < model.counts.size(); ++i) {
        const double extra = std::isinf(theta) ? 0 : fit.mu[i] * fit.mu[i] / theta;
        const double miss = model.counts[i] - fit.mu[i];
        out.pearson += miss * miss / (fit.mu[i] + extra);
    }
    return out;
}

} // namespace

std::optional<GlmFit> fit_poisson(std::span<const double> counts, std::span<const double> design,
                                  std::size_t columns, std::span<const double> offset) {
    const auto checked = model(counts, design, columns, offset);
    if (!checked)
        return std::nullopt;
    const auto fit = reweighted(*checked, infinity, checked->counts.array() + 0.1);
    if (!fit)
        return std::nullopt;
    return result(*checked, *fit, infinity, fit->rounds);
}

std::optional<GlmFit> fit_negative_binomial(std::span<const double> counts,
                                            std::span<const double> design, std::size_t columns,
                                            std::span<const double> offset) {
    const auto checked = model(counts, design, columns, offset);
    if (!checked)
        return std::nullopt;
    auto fit = reweighted(*checked, infinity, checked->counts.array() + 0.1);
    if (!fit)
        return std::nullopt;
    const auto &y = checked->counts;
    const double excess = ((y - fit->mu).array() / fit->mu.array()).square().sum();
    double theta = theta_by_likelihood(y, fit->mu, static_cast<double>(y.size()) / excess);
    int rounds = fit->rounds;
    bool settled = std::isinf(theta);
    for (int turn = 0; turn < most_rounds && !settled; ++turn) {
        auto next = reweighted(*checked, theta, fit->mu);
        if (!next)
            return std::nullopt;
        fit = std::move(next);
        rounds += fit->rounds;
        const double now = theta_by_likelihood(y, fit->mu, theta);
        if (std::isinf(now))
            return fit_poisson(counts, design, columns, offset);
        settled = std::fabs(now - theta) < 1e-9 * theta;
        theta = now;
    }
    fit->converged = fit->converged && settled;
    return result(*checked, *fit, theta, rounds);
}

} // namespace wardmote::stats
