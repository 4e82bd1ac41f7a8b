/// The zones of a scan: around each centre the other areas in order of distance.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/stats/scan.hpp"

namespace wardmote::stats::scan {

/// A circle (shape 1) or an ellipse: longer over shorter axis, and which way it points.
struct Outline {
    double shape = 1;
    double angle = 0;  ///< degrees
    double factor = 1; ///< what the ratio is multiplied by for not being compact
};

/// One centre's zones: the first `n` areas are a zone wherever `closes[n - 1]`.
struct Zones {
    std::vector<std::uint32_t> areas;
    std::vector<std::uint8_t> closes; ///< 0 between areas that are equally far from the centre
};

/// Finds zones. Walk number w is that of centre_of(w) and outline_of(w); circles come first.
class ZoneFinder {
public:
    /// `weights` an area are what settings.largest_share is a share of.
    ZoneFinder(const ScanPlaces &places, std::vector<double> weights, const ScanSettings &settings);

    std::size_t walks() const { return m_outlines.size() * m_x.size(); }
    /// Successive walks are of centres far apart, so that whatever there is is met early.
    std::size_t centre_of(std::size_t walk) const;
    const Outline &outline_of(std::size_t walk) const { return m_outlines[walk / m_x.size()]; }

    Zones zones(std::size_t walk) const;
    /// How far an area is from the walk's centre: the radius, in metres, at which it is taken in.
    double radius(std::size_t walk, std::size_t area) const;

private:
    template <class Keep>
    void measure(std::size_t walk, std::size_t from, std::size_t to, Keep &&keep) const;

    std::vector<double> m_x, m_y, m_z; ///< metres; on a globe all three
    bool m_globe;
    std::vector<double> m_weights;
    double m_most_weight;
    double m_furthest; ///< squared, along the chord
    double m_touching; ///< points nearer than this, squared, are one
    std::vector<Outline> m_outlines;
    std::size_t m_stride = 1;
};

} // namespace wardmote::stats::scan
