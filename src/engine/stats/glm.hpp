/// Poisson and negative-binomial regression with a log link.
///
/// Fitted by iteratively reweighted least squares (McCullagh and Nelder 1989); the negative
/// binomial's theta by maximum likelihood, in turns with it, as MASS does (Venables and Ripley
/// 2002).
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace wardmote::stats {

struct GlmFit {
    std::vector<double> coefficients = {};
    std::vector<double> covariance = {}; ///< row-major, columns by columns
    std::vector<double> fitted = {};     ///< one an observation
    double deviance = 0;
    double pearson = 0; ///< sum of (y - mu)^2 / variance
    double theta = 0;   ///< negative binomial: variance mu + mu^2 / theta; infinite for Poisson
    int iterations = 0;
    bool converged = false;
};

/// `design` is row-major, counts.size() rows of `columns`; `offset` is on the log scale and may be
/// empty. Nothing when sizes do not match, a value is negative or not finite, there are no more
/// rows than columns, or the design has dependent columns. All counts nought: nothing.
std::optional<GlmFit> fit_poisson(std::span<const double> counts, std::span<const double> design,
                                  std::size_t columns, std::span<const double> offset = {});
/// The same with theta. When the counts vary no more than Poisson, theta is infinite and the
/// Poisson fit is returned.
std::optional<GlmFit> fit_negative_binomial(std::span<const double> counts,
                                            std::span<const double> design, std::size_t columns,
                                            std::span<const double> offset = {});

} // namespace wardmote::stats
