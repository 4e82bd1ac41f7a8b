#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/stats/disclosure.hpp"
#include "engine/stats/random.hpp"

using namespace wardmote::stats;

using Counts = std::vector<std::int64_t>;

namespace {

/// Tries every whole table that fits what is shown, hidden inner counts from 1 to `most`; the least
/// and the largest value of each cell.
class BruteForce {
public:
    BruteForce(const MarginTable &table, const std::vector<Shown> &cells, std::int64_t most)
        : m_table{table}
        , m_cells{cells}
        , m_most{most}
        , m_try((table.rows() - 1) * (table.columns() - 1))
        , m_least(table.size(), std::numeric_limits<std::int64_t>::max())
        , m_largest(table.size(), std::numeric_limits<std::int64_t>::min()) {
        fill(0);
    }
    std::int64_t least(std::size_t i) const { return m_least[i]; }
    std::int64_t largest(std::size_t i) const { return m_largest[i]; }

private:
    void fill(std::size_t next) {
        if (next == m_try.size()) {
            check();
            return;
        }
        const std::size_t inner = m_table.columns() - 1;
        const std::size_t cell = m_table.index(next / inner, next % inner);
        const bool shown = m_cells[cell] == Shown::yes;
        const std::int64_t from = shown ? m_table.counts()[cell] : 1;
        const std::int64_t to = shown ? from : m_most;
        for (m_try[next] = from; m_try[next] <= to; ++m_try[next])
            fill(next + 1);
    }
    void check() {
        const MarginTable guess{m_table.rows() - 1, m_table.columns() - 1, m_try};
        for (std::size_t i = 0; i < guess.size(); ++i) {
            if (m_cells[i] == Shown::yes ? guess.counts()[i] != m_table.counts()[i]
                                         : guess.counts()[i] < 1)
                return;
        }
        for (std::size_t i = 0; i < guess.size(); ++i) {
            m_least[i] = std::min(m_least[i], guess.counts()[i]);
            m_largest[i] = std::max(m_largest[i], guess.counts()[i]);
        }
    }

    const MarginTable &m_table;
    const std::vector<Shown> &m_cells;
    std::int64_t m_most;
    Counts m_try, m_least, m_largest;
};

Counts drawn(RandomStream &random, std::size_t size, double most) {
    Counts counts;
    for (std::size_t i = 0; i < size; ++i)
        counts.push_back(static_cast<std::int64_t>(random.uniform() * random.uniform() * most));
    return counts;
}

} // namespace

TEST_CASE("a small count alone in its row and column is not protected by hiding it alone") {
    // 20 | 2 | 30      hidden alone, it is the row's total less the others
    // 40 | 50 | 60
    const MarginTable table{2, 3, {20, 2, 30, 40, 50, 60}};
    std::vector<Shown> naive(table.size(), Shown::yes);
    naive[table.index(0, 1)] = Shown::small;
    CHECK(attack(table, naive, table.index(0, 1)).low == doctest::Approx(2));
    CHECK(attack(table, naive, table.index(0, 1)).high == doctest::Approx(2));
    // One more in its row does not help either: its column still gives it away.
    naive[table.index(0, 0)] = Shown::to_protect;
    CHECK(attack(table, naive, table.index(0, 1)).width() == doctest::Approx(0));

    // A rectangle does: 2 and 20 above 50 and 40. Going round it, 2 may be from 1 to 21.
    const Suppression safe = suppress(table);
    CHECK(safe.cells[table.index(0, 1)] == Shown::small);
    CHECK(safe.cells[table.index(0, 0)] == Shown::to_protect);
    CHECK(safe.cells[table.index(1, 0)] == Shown::to_protect);
    CHECK(safe.cells[table.index(1, 1)] == Shown::to_protect);
    CHECK(std::ranges::count(safe.cells, Shown::yes) == 8);
    CHECK(safe.ranges[table.index(0, 1)].low == doctest::Approx(1));
    CHECK(safe.ranges[table.index(0, 1)].high == doctest::Approx(21));
}

TEST_CASE("two small counts in one row that add up to two are found to be one each") {
    // Naive secondary suppression is content: each has another hidden cell in its row. But their
    // sum is 2 and neither is nought.
    const MarginTable table{2, 3, {1, 1, 30, 40, 50, 60}};
    std::vector<Shown> naive(table.size(), Shown::yes);
    for (const std::size_t c : {0U, 1U}) {
        naive[table.index(0, c)] = Shown::small;
        naive[table.index(1, c)] = Shown::to_protect;
    }
    CHECK(attack(table, naive, 0).width() == doctest::Approx(0));
    const Suppression safe = suppress(table);
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (safe.cells[i] != Shown::yes)
            CHECK(safe.ranges[i].width() >= 3 - 1e-6);
    }
}

TEST_CASE("no whole table that a reader can think of narrows a hidden count too far") {
    RandomStream random{11, 0};
    for (int i = 0; i < 60; ++i) {
        const std::size_t rows = 2;
        const std::size_t columns = i % 2 == 0 ? 2 : 3;
        const MarginTable table{rows, columns, drawn(random, rows * columns, 10)};
        const Suppression safe = suppress(table);
        const BruteForce reader{table, safe.cells, 12};
        for (std::size_t cell = 0; cell < table.size(); ++cell) {
            INFO("table ", i, " cell ", cell, " count ", table.counts()[cell]);
            const bool small = table.counts()[cell] > 0 && table.counts()[cell] < 5;
            CHECK((safe.cells[cell] == Shown::small) == small);
            if (table.counts()[cell] == 0)
                CHECK(safe.cells[cell] == Shown::yes);
            CHECK(reader.least(cell) <= table.counts()[cell]);
            CHECK(reader.largest(cell) >= table.counts()[cell]);
            if (safe.cells[cell] == Shown::yes)
                continue;
            CHECK(reader.largest(cell) - reader.least(cell) >= 3);
            // The programme's ends are the reader's, where the reader's guesses reach that far.
            CHECK(safe.ranges[cell].low == doctest::Approx(double(reader.least(cell))));
            if (safe.ranges[cell].high < 12)
                CHECK(safe.ranges[cell].high == doctest::Approx(double(reader.largest(cell))));
        }
    }
}

TEST_CASE("larger tables are protected too, without hiding most of them") {
    RandomStream random{12, 0};
    const MarginTable table{24, 10, drawn(random, 240, 300)};
    const Suppression safe = suppress(table);
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (safe.cells[i] != Shown::yes)
            CHECK(attack(table, safe.cells, i).width() >= 3 - 1e-6);
    }
    const auto small = std::ranges::count(safe.cells, Shown::small);
    const auto others = std::ranges::count(safe.cells, Shown::to_protect);
    REQUIRE(small > 5);
    CHECK(others <= 3 * small);
}

TEST_CASE("tables without small counts are shown whole, and every table has an answer") {
    const MarginTable whole{2, 2, {0, 5, 100, 7}};
    CHECK(std::ranges::count(suppress(whole).cells, Shown::yes) == 9);
    const MarginTable one{1, 1, {3}};
    CHECK(std::ranges::count(suppress(one).cells, Shown::small) == 4);
    CHECK(suppress(one).ranges[0].high == unbounded);
    const MarginTable none{0, 0, {}};
    CHECK(suppress(none).cells == std::vector<Shown>{Shown::yes});
    const MarginTable row{1, 3, {2, 0, 90}};
    for (const Range &range : suppress(row).ranges)
        CHECK((range.width() == 0 || range.width() >= 3));
    CHECK_THROWS_AS((MarginTable{1, 1, {-1}}), std::invalid_argument);
    CHECK_THROWS_AS((MarginTable{2, 2, {1}}), std::invalid_argument);
}

TEST_CASE("rounding each goes to the nearest multiple, as the handbooks say") {
    const MarginTable table{1, 6, {1, 2, 3, 4, 5, 0}};
    CHECK(round_each(table) == Counts{0, 0, 5, 5, 5, 0, 15, 0, 0, 5, 5, 5, 0, 15});
    CHECK(round_each(MarginTable{1, 1, {15}}, 10)[0] == 20);
    CHECK_THROWS_AS(round_each(table, 0), std::invalid_argument);
}

TEST_CASE("controlled rounding adds up and moves no count by a base") {
    RandomStream random{13, 0};
    for (int i = 0; i < 50; ++i) {
        const MarginTable table{4, 5, drawn(random, 20, 60)};
        const Counts rounded = round_to_add_up(table);
        Counts inner;
        for (std::size_t r = 0; r < 4; ++r) {
            for (std::size_t c = 0; c < 5; ++c)
                inner.push_back(rounded[table.index(r, c)]);
        }
        CHECK(MarginTable{4, 5, inner}.counts() == rounded);
        for (std::size_t k = 0; k < table.size(); ++k) {
            CHECK(rounded[k] % 5 == 0);
            CHECK(std::abs(rounded[k] - table.counts()[k]) < 5);
        }
    }
    // 3, 3, 3: each for itself 5, 5, 5 and the total 10; to add up, one of them must go to 0.
    const MarginTable threes{1, 3, {3, 3, 3}};
    CHECK(round_each(threes)[3] == 10);
    Counts added = round_to_add_up(threes);
    CHECK(added[3] == 10);
    std::sort(added.begin(), added.begin() + 3);
    CHECK(Counts(added.begin(), added.begin() + 3) == Counts{0, 5, 5});
}

TEST_CASE("a count is refused that reveals a small one by subtraction") {
    const Release april{"Robberies, April", {1, 2, 3}, 40};
    CHECK(refused({"Robberies, April and May", {3, 2, 1, 4}, 43}, {april}) ==
          std::vector<std::string>{
              "Robberies, April and May less Robberies, April leaves a count below 5."});
    CHECK(refused({"Robberies, April and May", {1, 2, 3, 4}, 45}, {april}).empty());
    CHECK(refused({"Robberies, April and May", {1, 2, 3, 4}, 40}, {april}).empty());
    // The other way round: a part of what is known already.
    CHECK(refused({"Robberies, Cowley, April", {1, 2}, 38}, {april}).size() == 1);
    // Overlapping without one being in the other tells nothing by itself.
    CHECK(refused({"Robberies, Cowley", {1, 9}, 38}, {april}).empty());
    // Counted again.
    CHECK(refused({"Robberies, April", {3, 2, 1}, 42}, {april}).size() == 1);
    CHECK(refused({"Robberies, April", {3, 2, 1}, 40}, {april}).empty());
    CHECK(refused({"Robberies, Iffley", {7}, 4}, {}) ==
          std::vector<std::string>{"Robberies, Iffley: the count is below 5."});
}

TEST_CASE("a table of many small counts is protected, and the work can be stopped") {
    RandomStream random{14, 0};
    const MarginTable table{84, 12, drawn(random, 1008, 40)};
    const Suppression safe = suppress(table);
    REQUIRE(std::ranges::count(safe.cells, Shown::small) > 200);
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (safe.cells[i] != Shown::yes)
            CHECK(safe.ranges[i].width() >= 3 - 1e-6);
    }
    std::stop_source source;
    source.request_stop();
    CHECK_THROWS_AS(suppress(table, {}, {.stop = source.get_token()}), Stopped);
}
