/// Which area a point lies in: an index over shapes that answers in well under a microsecond.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/geo/shape.hpp"

namespace wardmote::geo {

/// Finds the shape that holds a point. Points are counted in by crossings of a ray (half-open
/// rule), so a point on a border that two shapes share belongs to exactly one of them; a point on
/// the outer border of all belongs to the shape whose border it is. A grid over the shapes names
/// the few that can hold a point. Immutable once made, so thread-safe.
class AreaIndex {
public:
    explicit AreaIndex(const std::vector<Shape> &shapes);

    /// The index of the first shape that holds the point, or -1.
    std::int32_t find(Point point) const;
    /// Every shape that holds the point, in order; for shapes that overlap.
    std::vector<std::int32_t> find_all(Point point) const;

private:
    struct Edge {
        double low_x, low_y, high_x, high_y; ///< the lower end first, so both sides compute alike
    };
    /// The edges of one shape, in bands of equal height so that only a few are looked at.
    struct Area {
        Box box;
        double band_height = 1;
        std::vector<std::uint32_t>
            band_start; ///< edges of band b: [band_start[b], band_start[b + 1])
        std::vector<Edge> edges;
    };

    static Area prepare(const Shape &shape);
    static bool inside(const Area &area, Point point);
    static bool on_border(const Area &area, Point point);
    /// The cell a point lies in, or nothing outside the box.
    std::ptrdiff_t cell(Point point) const;
    void make_cells();
    void settle_cells();
    std::int32_t search(std::size_t at, Point point) const;

    std::vector<Area> m_areas;
    Box m_box;
    int m_columns = 0;
    int m_rows = 0;
    /// The areas whose boxes meet a cell: m_near[m_cell_start[cell]] up to m_cell_start[cell + 1].
    std::vector<std::uint32_t> m_cell_start;
    std::vector<std::int32_t> m_near;
    std::vector<std::int32_t>
        m_answers; ///< of cells without a border: the area, or -1; else unsettled
};

} // namespace wardmote::geo
