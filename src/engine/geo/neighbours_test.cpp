#include "engine/geo/neighbours.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "engine/geo/files.hpp"
#include "real_data_for_test.hpp"

using namespace wardmote::geo;

namespace {

Shape box(double left, double bottom, double right, double top) {
    return {"", "", {{{left, bottom}, {right, bottom}, {right, top}, {left, top}}}};
}

using Lists = std::vector<std::vector<std::size_t>>;

/// The areas of a file, with their LSOA codes where they have one.
std::vector<Shape> shapes_of(const std::filesystem::path &path) {
    std::vector<Shape> shapes;
    for (const Layer &layer : read_boundaries(path.string())) {
        for (const Feature &feature : layer.features) {
            shapes.push_back(feature.shape);
            shapes.back().code = feature.property("LSOA21CD");
        }
    }
    return shapes;
}

} // namespace

TEST_CASE("squares of a board touch along borders, and at corners when asked") {
    const std::vector<Shape> board{box(0, 0, 1, 1), box(1, 0, 2, 1), box(0, 1, 1, 2),
                                   box(1, 1, 2, 2)};
    CHECK(neighbours(board) == Lists{{1, 2}, {0, 3}, {0, 3}, {1, 2}});
    CHECK(neighbours(board, Touch::corner) == Lists{{1, 2, 3}, {0, 2, 3}, {0, 1, 3}, {0, 1, 2}});
}

TEST_CASE("a long border meets two short ones though they share no whole edge") {
    CHECK(neighbours({box(0, 0, 1, 2), box(1, 0, 2, 1), box(1, 1, 2, 2)}) ==
          Lists{{1, 2}, {0, 2}, {0, 1}});
}

TEST_CASE("an island has no neighbours, nor has an area without an outline") {
    CHECK(neighbours({box(0, 0, 1, 1), box(5, 5, 6, 6), Shape{}}) == Lists{{}, {}, {}});
}

TEST_CASE("a gap narrower than the tolerance does not part two areas") {
    const std::vector<Shape> pair{box(0, 0, 1, 1), box(1.001, 0, 2, 1)};
    CHECK(neighbours(pair) == Lists{{}, {}});
    CHECK(neighbours(pair, Touch::border, 0.01) == Lists{{1}, {0}});
}

TEST_CASE("with a tolerance a mere corner is still no border") {
    CHECK(neighbours({box(0, 0, 1, 1), box(1, 1, 2, 2)}, Touch::border, 0.01) == Lists{{}, {}});
}

TEST_CASE("two areas that share one corner of many, and no side, are no neighbours by border") {
    CHECK(neighbours({box(0, 0, 2, 2), box(2, 2, 4, 4), box(2, 0, 4, 2)}) ==
          Lists{{2}, {2}, {0, 1}});
}

TEST_CASE("a corner that lies on another's side, not at its corner, touches") {
    const Shape tip{"", "", {{{1, 0.5}, {2, 0}, {2, 1}}}};
    CHECK(neighbours({box(0, 0, 1, 1), tip}, Touch::corner) == Lists{{1}, {0}});
    CHECK(neighbours({box(0, 0, 1, 1), tip}) == Lists{{}, {}});
}

TEST_CASE("an area with a hole has what fills it for a neighbour") {
    Shape ring = box(0, 0, 3, 3);
    ring.rings.push_back({{1, 1}, {1, 2}, {2, 2}, {2, 1}});
    CHECK(neighbours({ring, box(1, 1, 2, 2)}) == Lists{{1}, {0}});
    // What lies apart within the hole touches nothing.
    CHECK(neighbours({ring, box(1.2, 1.2, 1.8, 1.8)}, Touch::corner) == Lists{{}, {}});
}

TEST_CASE("neighbours of real areas are those of other programs") {
    const auto data = wardmote::real_data();
    const auto spatial = data / "reference" / "spatial";
    const auto thames_valley = data / "boundaries" / "thames-valley" / "lsoa";
    if (wardmote::skipped_without(spatial) || wardmote::skipped_without(thames_valley))
        return;
    // PySAL's examples: the same neighbours as in their GAL files.
    const auto check = [&](const char *shapes, const char *gal, Touch touch) {
        const auto lists = neighbours(shapes_of(spatial / shapes), touch);
        std::ifstream file{spatial / gal};
        std::string head;
        std::getline(file, head);
        std::size_t area = 0;
        std::size_t count = 0;
        while (file >> area >> count) {
            std::vector<std::size_t> theirs(count);
            for (std::size_t &one : theirs) {
                file >> one;
                --one;
            }
            std::sort(theirs.begin(), theirs.end());
            INFO(gal, " area ", area);
            CHECK(lists.at(area - 1) == theirs);
        }
    };
    check("columbus/columbus.shp", "columbus/columbus.gal", Touch::corner);
    // Called queen in its description; yet the four pairs that share a mere corner are not in it.
    check("stl/stl_hom.shp", "stl/stl.gal", Touch::border);
    check("stl/stl_hom.shp", "stl/stl_hom_rook.gal", Touch::border);

    // 1,485 areas, 4,314 pairs, found by another program in the same outlines.
    std::vector<Shape> shapes;
    for (const auto &entry : std::filesystem::directory_iterator{thames_valley}) {
        for (Shape &shape : shapes_of(entry.path()))
            shapes.push_back(std::move(shape));
    }
    std::map<std::string, std::size_t> number;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        number[shapes[i].code] = i;
    const auto lists = neighbours(shapes, Touch::corner);
    std::set<std::pair<std::size_t, std::size_t>> ours;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        for (const std::size_t j : lists[i])
            ours.emplace(i, j);
    }
    std::set<std::pair<std::size_t, std::size_t>> theirs;
    wardmote::each_row(data / "reference" / "bench" / "tvp_queen_edges.csv.gz",
                       [&](const auto &cells) {
                           if (cells[0] != "i")
                               theirs.emplace(number.at(cells[2]), number.at(cells[3]));
                       });
    CHECK(shapes.size() == 1485);
    CHECK(ours == theirs);
}
