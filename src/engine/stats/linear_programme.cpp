#include "engine/stats/linear_programme.hpp"

#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <CoinPackedVector.hpp>

namespace wardmote::stats {

namespace {

double for_clp(double bound) {
    if (bound == unbounded)
        return COIN_DBL_MAX;
    return bound == -unbounded ? -COIN_DBL_MAX : bound;
}

enum Status { optimal = 0, infeasible = 1, without_bound = 2 }; // as Clp numbers them

} // namespace

struct LinearProgramme::Solver {
    ClpSimplex clp;
};

LinearProgramme::LinearProgramme(const std::vector<Range> &bounds,
                                 const std::vector<Equation> &equations)
    : m_solver{std::make_unique<Solver>()} {
    CoinPackedMatrix matrix{false, 0, 0};
    matrix.setDimensions(0, static_cast<int>(bounds.size()));
    std::vector<double> sums;
    for (const Equation &equation : equations) {
        CoinPackedVector row;
        for (const Term &term : equation.terms)
            row.insert(static_cast<int>(term.unknown), term.factor);
        matrix.appendRow(row);
        sums.push_back(equation.sum);
    }
    std::vector<double> low;
    std::vector<double> high;
    for (const Range &bound : bounds) {
        low.push_back(for_clp(bound.low));
        high.push_back(for_clp(bound.high));
    }
    m_solver->clp.setLogLevel(0);
    m_solver->clp.loadProblem(matrix, low.data(), high.data(), nullptr, sums.data(), sums.data());
}

LinearProgramme::~LinearProgramme() = default;

void LinearProgramme::bound(std::size_t unknown, Range bounds) {
    m_solver->clp.setColumnBounds(static_cast<int>(unknown), for_clp(bounds.low),
                                  for_clp(bounds.high));
}

std::optional<Range> LinearProgramme::range_of(std::size_t unknown) {
    ClpSimplex &clp = m_solver->clp;
    const auto end = [&](double direction) -> std::optional<double> {
        clp.setObjectiveCoefficient(static_cast<int>(unknown), direction);
        clp.primal();
        clp.setObjectiveCoefficient(static_cast<int>(unknown), 0);
        if (clp.status() == without_bound)
            return -direction * unbounded;
        if (clp.status() != optimal)
            return {};
        return clp.primalColumnSolution()[unknown];
    };
    const auto low = end(1);
    const auto high = end(-1);
    if (!low || !high)
        return {};
    return Range{*low, *high};
}

std::optional<std::vector<double>> LinearProgramme::minimise(const std::vector<double> &costs) {
    ClpSimplex &clp = m_solver->clp;
    for (std::size_t i = 0; i < costs.size(); ++i)
        clp.setObjectiveCoefficient(static_cast<int>(i), costs[i]);
    clp.primal();
    if (clp.status() != optimal)
        return {};
    return std::vector<double>(clp.primalColumnSolution(),
                               clp.primalColumnSolution() + clp.numberColumns());
}

} // namespace wardmote::stats
