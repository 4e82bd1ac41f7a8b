/// Finding room for labels: none may cover another, nor a line where that can be helped.
#pragma once

#include <optional>
#include <vector>

namespace wardmote::chart {

struct Spot {
    double x = 0;
    double y = 0;
};

/// A box on the picture; y grows downwards.
struct Room {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;

    bool overlaps(const Room &other) const {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
    bool holds(const Room &other) const {
        return left <= other.left && other.right <= right && top <= other.top &&
               other.bottom <= bottom;
    }
};

bool crosses(const Room &room, Spot from, Spot to);

/// A label in a column of labels: where its middle would best be, and how high it is.
struct Wish {
    double middle = 0;
    double height = 0;
};

/// The middles, in the order given, moved as little as keeps all apart and between `top` and
/// `bottom`. The labels keep the order of their wishes. When they cannot all fit they run over
/// `bottom`, still apart.
std::vector<double> spread(const std::vector<Wish> &wishes, double top, double bottom);

/// What is already on a picture.
class Taken {
public:
    void add(const Room &room) { m_rooms.push_back(room); }
    void add(Spot from, Spot to) { m_lines.push_back({from, to}); }

    /// How much is covered: 100 for each room, 1 for each line.
    int covered_by(const Room &room) const;
    /// The first of the rooms inside `frame` that covers nothing; else the one that covers least,
    /// rooms outside the frame last of all.
    Room best(const std::vector<Room> &wanted, const Room &frame) const;

private:
    struct Segment {
        Spot from;
        Spot to;
    };
    std::vector<Room> m_rooms;
    std::vector<Segment> m_lines;
};

} // namespace wardmote::chart
