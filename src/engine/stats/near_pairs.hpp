/// Pairs of points that lie near each other, found by sweeping strips as high as the reach.
///
/// Points are kept in the order of the sweep (strip, then x), which is also an order in which
/// neighbours in space are neighbours in memory.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wardmote::stats {

enum class Distance {
    euclidean,
    manhattan ///< along the streets of a grid: |dx| + |dy|
};

class NearPairs {
public:
    /// `x` and `y` of equal length, in one unit; points whose coordinates are not finite are left
    /// out. `reach` must be finite and above nought. Throws std::invalid_argument.
    NearPairs(std::span<const double> x, std::span<const double> y, double reach, Distance metric);

    /// Points that take part: those with finite coordinates.
    std::size_t size() const { return m_index.size(); }
    /// Where in the input the point at a position of the sweep stands.
    std::size_t index(std::size_t position) const { return m_index[position]; }

    /// visit(first, second, distance) for each pair no further apart than the reach, once, in
    /// positions of the sweep, first < second; those of one `first` together and first ascending.
    /// Time grows with the points and the pairs, not with the square of the points.
    template <class Visit>
    void each(Visit &&visit) const {
        std::size_t below = 0;
        for (std::size_t i = 0; i < size(); ++i) {
            for (std::size_t j = i + 1; j < size() && same_strip(i, j); ++j) {
                if (m_x[j] - m_x[i] > m_reach)
                    break;
                visit_if_near(i, j, visit);
            }
            while (below < size() && before_window(below, i))
                ++below;
            for (std::size_t j = below; j < size() && m_strip[j] == m_strip[i] + 1; ++j) {
                if (m_x[j] - m_x[i] > m_reach)
                    break;
                visit_if_near(i, j, visit);
            }
        }
    }

private:
    bool same_strip(std::size_t i, std::size_t j) const { return m_strip[i] == m_strip[j]; }

    /// Whether `j` comes before the part of the strip below `i` that can be near `i`.
    bool before_window(std::size_t j, std::size_t i) const {
        return m_strip[j] <= m_strip[i] ||
               (m_strip[j] == m_strip[i] + 1 && m_x[j] < m_x[i] - m_reach);
    }

    template <class Visit>
    void visit_if_near(std::size_t i, std::size_t j, Visit &visit) const {
        const double dx = std::fabs(m_x[j] - m_x[i]);
        const double dy = std::fabs(m_y[j] - m_y[i]);
        const double distance =
            m_metric == Distance::manhattan ? dx + dy : std::sqrt(dx * dx + dy * dy);
        if (distance <= m_reach)
            visit(i, j, distance);
    }

    double m_reach;
    Distance m_metric;
    std::vector<std::size_t> m_index;
    std::vector<double> m_x, m_y;
    std::vector<double> m_strip; ///< whole numbers; double, so that no extent overflows them
};

} // namespace wardmote::stats
