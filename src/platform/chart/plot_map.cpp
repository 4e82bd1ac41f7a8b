#include "platform/chart/plot_map.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "platform/chart/canvas.hpp"

namespace wardmote::chart {

namespace {

std::optional<geo::Box> box_of(const std::vector<geo::Shape> &shapes) {
    std::optional<geo::Box> box;
    for (const geo::Shape &shape : shapes) {
        for (const geo::Ring &ring : shape.rings) {
            for (const geo::Point &point : ring) {
                if (!box)
                    box = geo::Box{point.x, point.y, point.x, point.y};
                box->left = std::min(box->left, point.x);
                box->right = std::max(box->right, point.x);
                box->bottom = std::min(box->bottom, point.y);
                box->top = std::max(box->top, point.y);
            }
        }
    }
    return box;
}

bool inside(const Outline &outline, Spot spot) {
    bool in = false;
    for (const auto &ring : outline) {
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            const bool straddles = (ring[i].y > spot.y) != (ring[j].y > spot.y);
            if (straddles &&
                spot.x < (ring[j].x - ring[i].x) * (spot.y - ring[i].y) / (ring[j].y - ring[i].y) +
                             ring[i].x)
                in = !in;
        }
    }
    return in;
}

bool crossed(const Outline &outline, const Room &room) {
    for (const auto &ring : outline) {
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            if (crosses(room, ring[j], ring[i]))
                return true;
        }
    }
    return false;
}

Room bounds(const Outline &outline) {
    constexpr double far = std::numeric_limits<double>::infinity();
    Room room{far, far, -far, -far};
    for (const auto &ring : outline) {
        for (const Spot &spot : ring) {
            room.left = std::min(room.left, spot.x);
            room.right = std::max(room.right, spot.x);
            room.top = std::min(room.top, spot.y);
            room.bottom = std::max(room.bottom, spot.y);
        }
    }
    return room;
}

/// Centre of mass of the largest ring.
Spot middle_of(const Outline &outline) {
    Spot middle;
    double largest = 0;
    for (const auto &ring : outline) {
        double area = 0;
        Spot sum;
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            const double cross = ring[j].x * ring[i].y - ring[i].x * ring[j].y;
            area += cross;
            sum.x += (ring[j].x + ring[i].x) * cross;
            sum.y += (ring[j].y + ring[i].y) * cross;
        }
        if (std::fabs(area) > largest) {
            largest = std::fabs(area);
            middle = {sum.x / (3 * area), sum.y / (3 * area)};
        }
    }
    return middle;
}

} // namespace

double height_at_width(const std::vector<geo::Shape> &shapes, double width) {
    const auto box = box_of(shapes);
    if (!box || !(box->right > box->left))
        return 0;
    return width * (box->top - box->bottom) / (box->right - box->left);
}

std::vector<Outline> plotted(const std::vector<geo::Shape> &shapes, const Room &room) {
    std::vector<Outline> outlines(shapes.size());
    const auto box = box_of(shapes);
    if (!box)
        return outlines;
    const double scale =
        std::min((room.right - room.left) / std::max(box->right - box->left, 1e-9),
                 (room.bottom - room.top) / std::max(box->top - box->bottom, 1e-9));
    const double left = (room.left + room.right) / 2 - scale * (box->right - box->left) / 2;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        for (const geo::Ring &ring : shapes[i].rings) {
            std::vector<Spot> spots;
            for (const geo::Point &point : ring) {
                const Spot spot{left + (point.x - box->left) * scale,
                                room.top + (box->top - point.y) * scale};
                if (spots.empty() ||
                    std::hypot(spot.x - spots.back().x, spot.y - spots.back().y) >= 0.5)
                    spots.push_back(spot);
            }
            if (spots.size() >= 3)
                outlines[i].push_back(std::move(spots));
        }
    }
    return outlines;
}

std::string path_of(const Outline &outline) {
    std::string d;
    for (const auto &ring : outline)
        d += through(ring) + "Z";
    return d;
}

std::optional<Room> room_inside(const Outline &outline, double width, double height) {
    const Room box = bounds(outline);
    if (box.right - box.left < width || box.bottom - box.top < height)
        return std::nullopt;
    const Spot middle = middle_of(outline);
    constexpr int tries = 20;
    std::vector<Spot> centres{middle};
    for (int row = 0; row <= tries; ++row) {
        for (int column = 0; column <= tries; ++column)
            centres.push_back(
                {box.left + width / 2 + (box.right - box.left - width) * column / tries,
                 box.top + height / 2 + (box.bottom - box.top - height) * row / tries});
    }
    const auto distance = [&middle](const Spot &spot) {
        return std::hypot(spot.x - middle.x, spot.y - middle.y);
    };
    std::stable_sort(centres.begin(), centres.end(),
                     [&](const Spot &a, const Spot &b) { return distance(a) < distance(b); });
    for (const Spot &centre : centres) {
        const Room room{centre.x - width / 2, centre.y - height / 2, centre.x + width / 2,
                        centre.y + height / 2};
        if (inside(outline, centre) && !crossed(outline, room))
            return room;
    }
    return std::nullopt;
}

} // namespace wardmote::chart
