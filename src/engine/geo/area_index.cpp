#include "engine/geo/area_index.hpp"

#include <algorithm>
#include <cmath>

namespace wardmote::geo {

namespace {

constexpr std::int32_t unsettled = -2;

std::size_t band_of(double y, double bottom, double height, std::size_t bands) {
    const double raw = std::floor((y - bottom) / height);
    return raw <= 0 ? 0 : std::min(bands - 1, static_cast<std::size_t>(raw));
}

bool holds(const Box &box, Point point) {
    return point.x >= box.left && point.x <= box.right && point.y >= box.bottom &&
           point.y <= box.top;
}

int cell_of(double value, double start, double length, int cells) {
    if (length <= 0) {
        return 0;
    }
    const double raw = std::floor((value - start) / length * cells);
    return static_cast<int>(std::clamp(raw, 0.0, static_cast<double>(cells - 1)));
}

} // namespace

AreaIndex::Area AreaIndex::prepare(const Shape &shape) {
    Area area;
    area.box = bounds({shape});
    std::vector<Edge> edges;
    for (const Ring &ring : shape.rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Point &a = ring[i];
            const Point &b = ring[(i + 1) % ring.size()];
            const bool up = a.y < b.y || (a.y == b.y && a.x <= b.x);
            const Point &low = up ? a : b;
            const Point &high = up ? b : a;
            edges.push_back({low.x, low.y, high.x, high.y});
        }
    }
    const std::size_t bands = std::clamp<std::size_t>(edges.size() / 4, 1, 4096);
    area.band_height = std::max(area.box.height() / static_cast<double>(bands), 1e-300);

    const auto span = [&](const Edge &edge) {
        return std::pair{band_of(edge.low_y, area.box.bottom, area.band_height, bands),
                         band_of(edge.high_y, area.box.bottom, area.band_height, bands)};
    };
    area.band_start.assign(bands + 1, 0);
    for (const Edge &edge : edges) {
        const auto [first, last] = span(edge);
        for (std::size_t band = first; band <= last; ++band) {
            ++area.band_start[band + 1];
        }
    }
    for (std::size_t band = 0; band < bands; ++band) {
        area.band_start[band + 1] += area.band_start[band];
    }
    area.edges.resize(area.band_start.back());
    std::vector<std::uint32_t> next{area.band_start.begin(), area.band_start.end() - 1};
    for (const Edge &edge : edges) {
        const auto [first, last] = span(edge);
        for (std::size_t band = first; band <= last; ++band) {
            area.edges[next[band]++] = edge;
        }
    }
    return area;
}

AreaIndex::AreaIndex(const std::vector<Shape> &shapes)
    : m_box{bounds(shapes)} {
    m_areas.reserve(shapes.size());
    for (const Shape &shape : shapes) {
        m_areas.push_back(prepare(shape));
    }
    // About a hundred cells to an area: towns have many small areas, and most cells of the country
    // then lie in one area whole.
    const double side = std::ceil(10 * std::sqrt(static_cast<double>(shapes.size())));
    m_columns = m_rows = static_cast<int>(std::clamp(side, 1.0, 1024.0));
    make_cells();
    settle_cells();
}

void AreaIndex::make_cells() {
    const auto each_cell = [&](const Box &box, auto visit) {
        const int left = cell_of(box.left, m_box.left, m_box.width(), m_columns);
        const int right = cell_of(box.right, m_box.left, m_box.width(), m_columns);
        const int bottom = cell_of(box.bottom, m_box.bottom, m_box.height(), m_rows);
        const int top = cell_of(box.top, m_box.bottom, m_box.height(), m_rows);
        for (int row = bottom; row <= top; ++row) {
            for (int column = left; column <= right; ++column) {
                visit(static_cast<std::size_t>(row * m_columns + column));
            }
        }
    };
    const auto cells = static_cast<std::size_t>(m_columns * m_rows);
    m_cell_start.assign(cells + 1, 0);
    m_answers.assign(cells, -1);
    for (const Area &area : m_areas) {
        if (!area.edges.empty()) {
            each_cell(area.box, [&](std::size_t at) { ++m_cell_start[at + 1]; });
        }
        for (const Edge &edge : area.edges) {
            const Box box{std::min(edge.low_x, edge.high_x), edge.low_y,
                          std::max(edge.low_x, edge.high_x), edge.high_y};
            each_cell(box, [&](std::size_t at) { m_answers[at] = unsettled; });
        }
    }
    for (std::size_t at = 0; at < cells; ++at) {
        m_cell_start[at + 1] += m_cell_start[at];
    }
    m_near.resize(m_cell_start.back());
    std::vector<std::uint32_t> next{m_cell_start.begin(), m_cell_start.end() - 1};
    for (std::size_t i = 0; i < m_areas.size(); ++i) {
        if (!m_areas[i].edges.empty()) {
            each_cell(m_areas[i].box,
                      [&](std::size_t at) { m_near[next[at]++] = static_cast<std::int32_t>(i); });
        }
    }
}

/// A cell that no border passes lies whole in what its middle lies in.
void AreaIndex::settle_cells() {
    for (std::size_t at = 0; at < m_answers.size(); ++at) {
        if (m_answers[at] != unsettled) {
            const auto column = static_cast<double>(at % static_cast<std::size_t>(m_columns));
            const auto row = static_cast<double>(at / static_cast<std::size_t>(m_columns));
            m_answers[at] = search(at, {m_box.left + (column + 0.5) / m_columns * m_box.width(),
                                        m_box.bottom + (row + 0.5) / m_rows * m_box.height()});
        }
    }
}

std::ptrdiff_t AreaIndex::cell(Point point) const {
    if (m_near.empty() || !holds(m_box, point)) { // also when a coordinate is not a number
        return -1;
    }
    const int column = cell_of(point.x, m_box.left, m_box.width(), m_columns);
    const int row = cell_of(point.y, m_box.bottom, m_box.height(), m_rows);
    return row * m_columns + column;
}

bool AreaIndex::inside(const Area &area, Point point) {
    if (!holds(area.box, point)) {
        return false;
    }
    const std::size_t band =
        band_of(point.y, area.box.bottom, area.band_height, area.band_start.size() - 1);
    bool in = false;
    for (std::uint32_t i = area.band_start[band]; i < area.band_start[band + 1]; ++i) {
        const Edge &edge = area.edges[i];
        // The lower end counts, the upper does not: a vertex is then crossed once.
        if (edge.low_y <= point.y && point.y < edge.high_y) {
            const double x = edge.low_x + (point.y - edge.low_y) / (edge.high_y - edge.low_y) *
                                              (edge.high_x - edge.low_x);
            in ^= point.x < x;
        }
    }
    return in;
}

bool AreaIndex::on_border(const Area &area, Point point) {
    if (!holds(area.box, point)) {
        return false;
    }
    const std::size_t band =
        band_of(point.y, area.box.bottom, area.band_height, area.band_start.size() - 1);
    for (std::uint32_t i = area.band_start[band]; i < area.band_start[band + 1]; ++i) {
        const Edge &edge = area.edges[i];
        const double along_x = edge.high_x - edge.low_x;
        const double along_y = edge.high_y - edge.low_y;
        const double cross = along_x * (point.y - edge.low_y) - along_y * (point.x - edge.low_x);
        const double length = std::hypot(along_x, along_y);
        if (std::abs(cross) <= 1e-12 * std::max(1.0, length) * std::max(1.0, std::abs(point.x)) &&
            point.x >= std::min(edge.low_x, edge.high_x) &&
            point.x <= std::max(edge.low_x, edge.high_x) && point.y >= edge.low_y &&
            point.y <= edge.high_y) {
            return true;
        }
    }
    return false;
}

std::int32_t AreaIndex::search(std::size_t at, Point point) const {
    for (std::uint32_t i = m_cell_start[at]; i < m_cell_start[at + 1]; ++i) {
        if (inside(m_areas[static_cast<std::size_t>(m_near[i])], point)) {
            return m_near[i];
        }
    }
    for (std::uint32_t i = m_cell_start[at]; i < m_cell_start[at + 1]; ++i) {
        if (on_border(m_areas[static_cast<std::size_t>(m_near[i])], point)) {
            return m_near[i];
        }
    }
    return -1;
}

std::int32_t AreaIndex::find(Point point) const {
    const std::ptrdiff_t at = cell(point);
    if (at < 0) {
        return -1;
    }
    const std::int32_t answer = m_answers[static_cast<std::size_t>(at)];
    return answer != unsettled ? answer : search(static_cast<std::size_t>(at), point);
}

std::vector<std::int32_t> AreaIndex::find_all(Point point) const {
    std::vector<std::int32_t> found;
    if (const std::ptrdiff_t at = cell(point); at >= 0) {
        const auto place = static_cast<std::size_t>(at);
        for (std::uint32_t i = m_cell_start[place]; i < m_cell_start[place + 1]; ++i) {
            const Area &area = m_areas[static_cast<std::size_t>(m_near[i])];
            if (inside(area, point) || on_border(area, point)) {
                found.push_back(m_near[i]);
            }
        }
    }
    return found;
}

} // namespace wardmote::geo
