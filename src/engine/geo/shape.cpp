#include "engine/geo/shape.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace wardmote::geo {

namespace {

/// Visits the edges of a ring, the closing one too.
template <typename Visit>
void each_edge(const Ring &ring, Visit visit) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
        visit(ring[i], ring[(i + 1) % ring.size()]);
    }
}

/// Where the horizontal line at `y` enters and leaves the shape, west to east.
std::vector<double> crossings(const Shape &shape, double y) {
    std::vector<double> found;
    for (const Ring &ring : shape.rings) {
        each_edge(ring, [&](Point a, Point b) {
            if ((a.y <= y) != (b.y <= y)) {
                found.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
            }
        });
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

Box bounds(const std::vector<Shape> &shapes) {
    constexpr double far = std::numeric_limits<double>::infinity();
    Box box{far, far, -far, -far};
    for (const Shape &shape : shapes) {
        for (const Ring &ring : shape.rings) {
            for (const Point &point : ring) {
                box.left = std::min(box.left, point.x);
                box.right = std::max(box.right, point.x);
                box.bottom = std::min(box.bottom, point.y);
                box.top = std::max(box.top, point.y);
            }
        }
    }
    return box.left <= box.right ? box : Box{};
}

double signed_area(const Ring &ring) {
    if (ring.empty()) {
        return 0;
    }
    // Taken from the first point, so that large coordinates do not eat the small differences.
    const Point origin = ring.front();
    double twice = 0;
    each_edge(ring, [&](Point a, Point b) {
        twice += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y);
    });
    return twice / 2;
}

double area(const Shape &shape) {
    double sum = 0;
    for (const Ring &ring : shape.rings) {
        sum += signed_area(ring);
    }
    return sum;
}

Point centroid(const Shape &shape) {
    if (shape.rings.empty() || shape.rings.front().empty()) {
        return {};
    }
    const Point origin = shape.rings.front().front();
    double twice = 0;
    double moment_x = 0;
    double moment_y = 0;
    Point sum;
    std::size_t points = 0;
    for (const Ring &ring : shape.rings) {
        each_edge(ring, [&](Point a, Point b) {
            const double ax = a.x - origin.x;
            const double ay = a.y - origin.y;
            const double bx = b.x - origin.x;
            const double by = b.y - origin.y;
            const double cross = ax * by - bx * ay;
            twice += cross;
            moment_x += (ax + bx) * cross;
            moment_y += (ay + by) * cross;
            sum.x += a.x;
            sum.y += a.y;
            ++points;
        });
    }
    if (twice == 0) {
        return {sum.x / static_cast<double>(points), sum.y / static_cast<double>(points)};
    }
    return {origin.x + moment_x / (3 * twice), origin.y + moment_y / (3 * twice)};
}

Point inner_point(const Shape &shape) {
    // The widest stretch inside the shape among level lines; those near the middle are preferred
    // because a label there reads as the area's own.
    constexpr int lines = 15;
    const Box box = bounds({shape});
    Point best = centroid(shape);
    double best_score = 0;
    for (int i = 1; i <= lines; ++i) {
        const double part = static_cast<double>(i) / (lines + 1);
        const double y = box.bottom + part * box.height();
        const std::vector<double> found = crossings(shape, y);
        for (std::size_t j = 0; j + 1 < found.size(); j += 2) {
            const double width = found[j + 1] - found[j];
            const double score = width * (1 - std::abs(part - 0.5));
            if (score > best_score) {
                best_score = score;
                best = {(found[j] + found[j + 1]) / 2, y};
            }
        }
    }
    return best;
}

} // namespace wardmote::geo
