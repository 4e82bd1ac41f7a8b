#include "engine/stats/scan_zones.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace wardmote::stats::scan {

namespace {

constexpr double earth_radius = 6'371'009; // metres, mean

/// The shapes and the numbers of angles that SaTScan tries unless told otherwise.
std::vector<Outline> outlines(const ScanSettings &settings) {
    std::vector<Outline> all{{}};
    if (!settings.ellipses)
        return all;
    constexpr std::array shapes{1.5, 2.0, 3.0, 4.0, 5.0};
    constexpr std::array angles{4, 6, 9, 12, 15};
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const double s = shapes[i];
        const double factor = std::pow(4 * s / ((s + 1) * (s + 1)), settings.ellipse_penalty);
        for (int k = 0; k < angles[i]; ++k)
            all.push_back({.shape = s, .angle = k * 180.0 / angles[i], .factor = factor});
    }
    return all;
}

/// The nearest of `distances` that have less than `weight` between them, and a few more, by
/// distance and then by number. Areas spread evenly fall evenly into rings of equal breadth in the
/// square of the distance, so that there is little to sort in each.
template <class Neighbour>
void nearest(std::span<const double> distances, std::span<const double> weights, double furthest,
             double weight, std::vector<Neighbour> &found) {
    const std::size_t rings = distances.size() / 2 + 1;
    double reach = 0;
    for (const double distance : distances)
        reach = std::max(reach, distance <= furthest ? distance : 0);
    const double scale = reach > 0 ? static_cast<double>(rings) / reach : 0;
    const auto ring_of = [&](double distance) {
        return std::min(rings - 1, static_cast<std::size_t>(distance * scale));
    };
    thread_local std::vector<std::uint32_t> ends;
    thread_local std::vector<double> weight_of;
    ends.assign(rings, 0);
    weight_of.assign(rings, 0);
    for (std::size_t i = 0; i < distances.size(); ++i) {
        if (distances[i] <= furthest) {
            const std::size_t ring = ring_of(distances[i]);
            ++ends[ring];
            weight_of[ring] += weights[i];
        }
    }
    std::size_t needed = 0;
    double within = 0;
    std::uint32_t count = 0;
    for (; needed < rings && within <= weight; ++needed) {
        within += weight_of[needed];
        count += std::exchange(ends[needed], count);
    }
    found.resize(count);
    for (std::size_t i = 0; i < distances.size(); ++i) {
        if (distances[i] <= furthest && ring_of(distances[i]) < needed)
            found[ends[ring_of(distances[i])]++] = {distances[i], static_cast<std::uint32_t>(i)};
    }
    const auto before = [](const Neighbour &a, const Neighbour &b) {
        return a.distance != b.distance ? a.distance < b.distance : a.area < b.area;
    };
    std::uint32_t begin = 0;
    for (std::size_t ring = 0; ring < needed; begin = ends[ring++]) {
        if (ends[ring] - begin > 1)
            std::sort(found.begin() + begin, found.begin() + ends[ring], before);
    }
}

} // namespace

ZoneFinder::ZoneFinder(const ScanPlaces &places, std::vector<double> weights,
                       const ScanSettings &settings)
    : m_x(places.x.begin(), places.x.end())
    , m_y(places.y.begin(), places.y.end())
    , m_globe{places.degrees}
    , m_weights{std::move(weights)}
    , m_outlines{outlines(settings)} {
    const std::size_t n = m_x.size();
    if (m_y.size() != n || m_weights.size() != n)
        throw std::invalid_argument("A scan needs two coordinates for every area.");
    if (!(settings.largest_share > 0 && settings.largest_share <= 1))
        throw std::invalid_argument("The largest share of a scan lies above 0 and up to 1.");
    if (!(settings.largest_radius >= 0))
        throw std::invalid_argument("The largest radius of a scan cannot be negative.");
    if (!(settings.ellipse_penalty >= 0) || !std::isfinite(settings.ellipse_penalty))
        throw std::invalid_argument("The penalty for ellipses cannot be negative.");
    if (settings.ellipses && places.degrees)
        throw std::invalid_argument("Ellipses need coordinates on a plane, not degrees.");
    for (std::size_t i = 0; i < n; ++i) {
        if (!std::isfinite(m_x[i]) || !std::isfinite(m_y[i]))
            throw std::invalid_argument("A coordinate of an area is not a number.");
        if (m_globe && (std::fabs(m_y[i]) > 90 || std::fabs(m_x[i]) > 360))
            throw std::invalid_argument("A latitude or longitude is out of range.");
    }
    m_furthest = settings.largest_radius * settings.largest_radius;
    if (m_globe) {
        // The chord through the ground puts areas in the same order as the way along it.
        m_z.resize(n);
        for (std::size_t i = 0; i < n; ++i) {
            const double longitude = m_x[i] * std::numbers::pi / 180;
            const double latitude = m_y[i] * std::numbers::pi / 180;
            m_x[i] = earth_radius * std::cos(latitude) * std::cos(longitude);
            m_y[i] = earth_radius * std::cos(latitude) * std::sin(longitude);
            m_z[i] = earth_radius * std::sin(latitude);
        }
        const double arc = std::min(settings.largest_radius / earth_radius, std::numbers::pi);
        const double chord = 2 * earth_radius * std::sin(arc / 2);
        m_furthest = chord * chord;
    }
    m_furthest *= 1 + 1e-9;

    const double all = std::accumulate(m_weights.begin(), m_weights.end(), 0.0);
    m_most_weight = settings.largest_share * all * (1 + 1e-12);
    double extent = 0;
    for (std::size_t i = 0; i < n; ++i)
        extent = std::max({extent, std::fabs(m_x[i] - m_x[0]), std::fabs(m_y[i] - m_y[0])});
    m_touching = extent * extent * 1e-18;

    // The golden section of the number of areas, made prime to it.
    m_stride = std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(n) * 0.618));
    while (n > 0 && std::gcd(m_stride, n) != 1)
        ++m_stride;
}

std::size_t ZoneFinder::centre_of(std::size_t walk) const {
    return walk % m_x.size() * m_stride % m_x.size();
}

/// Calls keep(area, squared distance) for areas `from` to `to` - 1.
template <class Keep>
void ZoneFinder::measure(std::size_t walk, std::size_t from, std::size_t to, Keep &&keep) const {
    const std::size_t centre = centre_of(walk);
    if (m_globe) {
        for (std::size_t i = from; i < to; ++i) {
            const double x = m_x[i] - m_x[centre];
            const double y = m_y[i] - m_y[centre];
            const double z = m_z[i] - m_z[centre];
            keep(i, x * x + y * y + z * z);
        }
        return;
    }
    const Outline &outline = outline_of(walk);
    const double turn = outline.angle * std::numbers::pi / 180;
    const double along_x = std::cos(turn) / outline.shape, along_y = std::sin(turn) / outline.shape;
    const double across_x = -std::sin(turn), across_y = std::cos(turn);
    for (std::size_t i = from; i < to; ++i) {
        const double x = m_x[i] - m_x[centre];
        const double y = m_y[i] - m_y[centre];
        const double along = x * along_x + y * along_y;
        const double across = x * across_x + y * across_y;
        keep(i, along * along + across * across);
    }
}

double ZoneFinder::radius(std::size_t walk, std::size_t area) const {
    double straight = 0;
    measure(walk, area, area + 1,
            [&](std::size_t, double distance) { straight = std::sqrt(distance); });
    return m_globe ? 2 * earth_radius * std::asin(std::min(1.0, straight / (2 * earth_radius)))
                   : straight;
}

Zones ZoneFinder::zones(std::size_t walk) const {
    struct Neighbour {
        double distance; ///< squared
        std::uint32_t area;
    };
    thread_local std::vector<double> distances;
    thread_local std::vector<Neighbour> neighbours;
    distances.resize(m_x.size());
    measure(walk, 0, m_x.size(),
            [&](std::size_t area, double distance) { distances[area] = distance; });
    nearest(distances, m_weights, m_furthest, m_most_weight, neighbours);
    Zones found;
    found.areas.reserve(neighbours.size());
    found.closes.reserve(neighbours.size());
    double weight = 0;
    std::size_t closed = 0; // areas in the largest zone so far
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
        weight += m_weights[neighbours[i].area];
        if (weight > m_most_weight)
            break;
        const double distance = neighbours[i].distance;
        const double next = i + 1 < neighbours.size() ? neighbours[i + 1].distance : INFINITY;
        const bool closes = next - distance > 2e-9 * distance + m_touching;
        found.areas.push_back(neighbours[i].area);
        found.closes.push_back(closes ? 1 : 0);
        if (closes)
            closed = i + 1;
    }
    found.areas.resize(closed);
    found.closes.resize(closed);
    return found;
}

} // namespace wardmote::stats::scan
