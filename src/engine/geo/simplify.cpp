#include "engine/geo/simplify.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_map>

namespace wardmote::geo {

namespace {

struct Hash {
    std::size_t operator()(const Point &point) const {
        const std::hash<double> hash;
        return hash(point.x) * 0x9E3779B97F4A7C15U ^ hash(point.y);
    }
};

/// A place where borders run: the two places it is joined to, unless it is a junction of more.
struct Vertex {
    Point first;
    Point second;
    int joined = 0;
    bool keep = false;
};

using Vertices = std::unordered_map<Point, Vertex, Hash>;

bool before(const Point &a, const Point &b) {
    return a.x < b.x || (a.x == b.x && a.y < b.y);
}

void join(Vertices &vertices, const Point &from, const Point &to) {
    Vertex &vertex = vertices[from];
    if (vertex.joined == 0) {
        vertex.first = to;
        vertex.joined = 1;
    } else if (vertex.first != to && vertex.joined == 1) {
        vertex.second = to;
        vertex.joined = 2;
    } else if (vertex.first != to && vertex.second != to) {
        vertex.joined = 3;
    }
}

double distance_to_segment(const Point &point, const Point &a, const Point &b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double square = dx * dx + dy * dy;
    const double along =
        square == 0 ? 0
                    : std::clamp(((point.x - a.x) * dx + (point.y - a.y) * dy) / square, 0.0, 1.0);
    return std::hypot(point.x - a.x - along * dx, point.y - a.y - along * dy);
}

/// Douglas and Peucker, with a stack of its own because a coast can have a million points.
void thin(const std::vector<Point> &arc, double tolerance, Vertices &vertices) {
    vertices[arc.front()].keep = true;
    vertices[arc.back()].keep = true;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, arc.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        double widest = 0;
        std::size_t at = first;
        for (std::size_t i = first + 1; i < last; ++i) {
            const double distance = distance_to_segment(arc[i], arc[first], arc[last]);
            if (distance > widest) {
                widest = distance;
                at = i;
            }
        }
        if (widest > tolerance) {
            vertices[arc[at]].keep = true;
            open.emplace_back(first, at);
            open.emplace_back(at, last);
        }
    }
}

/// One direction for both shapes that share the arc, so that both thin it alike.
void thin_canonical(std::vector<Point> arc, double tolerance, Vertices &vertices) {
    if (arc.size() < 2) {
        return;
    }
    const bool closed = arc.front() == arc.back();
    const Point &head = closed ? arc[1] : arc.front();
    const Point &tail = closed ? arc[arc.size() - 2] : arc.back();
    if (before(tail, head)) {
        std::reverse(arc.begin(), arc.end());
    }
    thin(arc, tolerance, vertices);
}

void thin_ring(const Ring &ring, double tolerance, Vertices &vertices) {
    const auto is_junction = [&](const Point &point) { return vertices.at(point).joined != 2; };
    auto start = std::find_if(ring.begin(), ring.end(), is_junction);
    if (start == ring.end()) {
        start = std::min_element(ring.begin(), ring.end(), before);
    }
    std::vector<Point> arc{*start};
    const auto offset = static_cast<std::size_t>(start - ring.begin());
    for (std::size_t i = 1; i <= ring.size(); ++i) {
        const Point &point = ring[(offset + i) % ring.size()];
        arc.push_back(point);
        if (is_junction(point) || i == ring.size()) {
            thin_canonical(std::move(arc), tolerance, vertices);
            arc = {point};
        }
    }
}

} // namespace

std::vector<Shape> simplified(const std::vector<Shape> &shapes, double tolerance) {
    Vertices vertices;
    for (const Shape &shape : shapes) {
        for (const Ring &ring : shape.rings) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const Point &next = ring[(i + 1) % ring.size()];
                join(vertices, ring[i], next);
                join(vertices, next, ring[i]);
            }
        }
    }
    for (const Shape &shape : shapes) {
        for (const Ring &ring : shape.rings) {
            if (!ring.empty()) {
                thin_ring(ring, tolerance, vertices);
            }
        }
    }
    const auto kept = [&](const Ring &ring) {
        Ring out;
        std::copy_if(ring.begin(), ring.end(), std::back_inserter(out),
                     [&](const Point &point) { return vertices.at(point).keep; });
        return out;
    };
    // A ring that would vanish keeps all its points, and so does whoever shares them.
    for (const Shape &shape : shapes) {
        for (const Ring &ring : shape.rings) {
            if (kept(ring).size() < 3) {
                for (const Point &point : ring) {
                    vertices.at(point).keep = true;
                }
            }
        }
    }
    std::vector<Shape> thinned;
    for (const Shape &shape : shapes) {
        Shape out{shape.code, shape.name, {}};
        for (const Ring &ring : shape.rings) {
            out.rings.push_back(kept(ring));
        }
        thinned.push_back(std::move(out));
    }
    return thinned;
}

} // namespace wardmote::geo
