/// Unknowns under linear equations and bounds: how small and how large each can be.
///
/// The one place where the LP solver (Clp) is spoken to.
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace wardmote::stats {

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

struct Term {
    std::size_t unknown = 0;
    double factor = 1;
};

/// The sum of the terms is `sum`.
struct Equation {
    std::vector<Term> terms;
    double sum = 0;
};

struct Range {
    double low = 0, high = 0; ///< infinite where nothing bounds it
    double width() const { return high - low; }
};

class LinearProgramme {
public:
    /// Bounds may be infinite.
    LinearProgramme(const std::vector<Range> &bounds, const std::vector<Equation> &equations);
    ~LinearProgramme();
    LinearProgramme(const LinearProgramme &) = delete;
    LinearProgramme &operator=(const LinearProgramme &) = delete;

    /// Gives an unknown other bounds.
    void bound(std::size_t unknown, Range bounds);
    /// Nothing when no values satisfy all equations and bounds.
    std::optional<Range> range_of(std::size_t unknown);
    /// Values of a corner that make the sum of cost x value smallest. Nothing when there is none.
    std::optional<std::vector<double>> minimise(const std::vector<double> &costs);

private:
    struct Solver;
    std::unique_ptr<Solver> m_solver;
};

} // namespace wardmote::stats
