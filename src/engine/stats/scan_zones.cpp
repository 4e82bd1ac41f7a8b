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

struct Neighbour {
    double distance; ///< squared
    std::uint32_t area;
};

/// Areas in rings about a centre. Areas spread evenly fall evenly into rings of equal breadth in
/// the square of the distance, so that there is little to sort in each. Memory is used again and
/// again.
class Rings {
public:
    std::vector<double> distances; ///< squared, of every area

    /// Sorts areas into rings up to `furthest`; what lies beyond is left out.
    void part(double furthest) {
        double reach = 0;
        for (const double distance : distances)
            reach = std::max(reach, distance <= furthest ? distance : 0);
        m_rings = distances.size();
        const double scale = reach > 0 ? static_cast<double>(m_rings) / reach : 0;
        const auto last = static_cast<double>(m_rings - 1);
        m_ring.resize(distances.size());
        for (std::size_t i = 0; i < distances.size(); ++i) {
            const double ring = std::min(distances[i] * scale, last);
            m_ring[i] = distances[i] <= furthest ? static_cast<std::int32_t>(ring)
                                                 : static_cast<std::int32_t>(m_rings);
        }
        m_ends.assign(m_rings + 1, 0);
        for (const std::int32_t ring : m_ring)
            ++m_ends[static_cast<std::size_t>(ring)];
        std::uint32_t count = 0;
        for (std::uint32_t &end : m_ends)
            count += std::exchange(end, count);
        m_neighbours.resize(distances.size());
        for (std::size_t i = 0; i < distances.size(); ++i)
            m_neighbours[m_ends[static_cast<std::size_t>(m_ring[i])]++] = {
                distances[i], static_cast<std::uint32_t>(i)};
    }

    /// Calls take(neighbour) in order of distance, and of number, until it answers false.
    template <class Take>
    void each(Take &&take) {
        std::size_t begin = 0;
        for (std::size_t ring = 0; ring < m_rings; begin = m_ends[ring++]) {
            const std::size_t end = m_ends[ring];
            if (end - begin > 1)
                sort(begin, end);
            for (std::size_t i = begin; i < end; ++i) {
                if (!take(m_neighbours[i]))
                    return;
            }
        }
    }

private:
    static bool before(const Neighbour &a, const Neighbour &b) {
        return a.distance != b.distance ? a.distance < b.distance : a.area < b.area;
    }
    void sort(std::size_t begin, std::size_t end) {
        if (end - begin > 12) {
            std::sort(m_neighbours.begin() + static_cast<std::ptrdiff_t>(begin),
                      m_neighbours.begin() + static_cast<std::ptrdiff_t>(end), before);
            return;
        }
        for (std::size_t i = begin + 1; i < end; ++i) {
            for (std::size_t j = i; j > begin && before(m_neighbours[j], m_neighbours[j - 1]); --j)
                std::swap(m_neighbours[j], m_neighbours[j - 1]);
        }
    }

    std::size_t m_rings = 0;
    std::vector<std::int32_t> m_ring; ///< of each area
    std::vector<std::uint32_t> m_ends;
    std::vector<Neighbour> m_neighbours;
};

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
    thread_local Rings rings;
    rings.distances.resize(m_x.size());
    measure(walk, 0, m_x.size(),
            [&](std::size_t area, double distance) { rings.distances[area] = distance; });
    rings.part(m_furthest);

    thread_local Zones found;
    found.areas.clear();
    found.closes.clear();
    double weight = 0, last = 0;
    rings.each([&](const Neighbour &next) {
        if (!found.areas.empty())
            found.closes.back() = next.distance - last > 2e-9 * last + m_touching ? 1 : 0;
        weight += m_weights[next.area];
        last = next.distance;
        const bool fits = weight <= m_most_weight;
        if (fits) {
            found.areas.push_back(next.area);
            found.closes.push_back(1);
        }
        return fits;
    });
    while (!found.closes.empty() && found.closes.back() == 0) {
        found.areas.pop_back();
        found.closes.pop_back();
    }
    return found;
}

} // namespace wardmote::stats::scan
