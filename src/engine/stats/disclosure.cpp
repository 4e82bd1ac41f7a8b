#include "engine/stats/disclosure.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

namespace wardmote::stats {

namespace {

bool small(std::int64_t count, const DisclosureRule &rule) {
    return count > 0 && count < rule.threshold;
}

constexpr Range of_hidden{1, unbounded};

/// Each row and each column: the parts less the total are nought. The total's own row and column
/// are among them.
std::vector<std::vector<Term>> sums_of(const MarginTable &table) {
    std::vector<std::vector<Term>> sums;
    for (std::size_t r = 0; r < table.rows(); ++r) {
        sums.emplace_back();
        for (std::size_t c = 0; c < table.columns(); ++c)
            sums.back().push_back({table.index(r, c), c + 1 < table.columns() ? 1.0 : -1.0});
    }
    for (std::size_t c = 0; c < table.columns(); ++c) {
        sums.emplace_back();
        for (std::size_t r = 0; r < table.rows(); ++r)
            sums.back().push_back({table.index(r, c), r + 1 < table.rows() ? 1.0 : -1.0});
    }
    return sums;
}

/// What a reader knows: the shown counts, the sums, and that a hidden count is not nought.
LinearProgramme knowledge(const MarginTable &table, const std::vector<Shown> &cells) {
    std::vector<Range> bounds;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto count = static_cast<double>(table.counts()[i]);
        bounds.push_back(cells[i] == Shown::yes ? Range{count, count} : of_hidden);
    }
    std::vector<Equation> equations;
    for (auto &terms : sums_of(table))
        equations.push_back({std::move(terms), 0});
    return {bounds, equations};
}

/// The cells of the cheapest rectangle with a corner at `index` that hides something more: sums
/// along a rectangle can go up at two corners and down at the others. Nothing when there is none.
std::optional<std::vector<std::size_t>> cheapest_rectangle(const MarginTable &table,
                                                           const std::vector<Shown> &cells,
                                                           std::size_t index, double width) {
    const std::size_t row = index / table.columns();
    const std::size_t column = index % table.columns();
    std::optional<std::vector<std::size_t>> best;
    double least = unbounded;
    for (std::size_t r = 0; r < table.rows(); ++r) {
        for (std::size_t c = 0; c < table.columns(); ++c) {
            if (r == row || c == column)
                continue;
            const std::vector<std::size_t> corners = {table.index(row, c), table.index(r, column),
                                                      table.index(r, c)};
            double cost = 0;
            double room = unbounded;
            bool fresh = false;
            for (const std::size_t corner : corners) {
                const auto count = static_cast<double>(table.counts()[corner]);
                room = std::min(room, count);
                fresh |= cells[corner] == Shown::yes;
                // A cell costs something beyond what it counts, or many would be hidden for one.
                if (cells[corner] == Shown::yes)
                    cost += count + 10;
            }
            if (room < 1 || !fresh)
                continue;
            if (room < 1 + width / 2)
                cost *= 4; // it moves too little: better a larger one
            if (cost < least) {
                least = cost;
                best = corners;
            }
        }
    }
    return best;
}

/// The lowest count still shown that is not nought, in the row or column of `index` first.
std::size_t lowest_shown(const MarginTable &table, const std::vector<Shown> &cells,
                         std::size_t index) {
    std::optional<std::size_t> best;
    const auto crosses = [&](std::size_t i) {
        return i / table.columns() == index / table.columns() ||
               i % table.columns() == index % table.columns();
    };
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (cells[i] != Shown::yes || table.counts()[i] == 0)
            continue;
        if (!best || std::pair{!crosses(i), table.counts()[i]} <
                         std::pair{!crosses(*best), table.counts()[*best]})
            best = i;
    }
    return best.value();
}

std::int64_t nearest_multiple(std::int64_t count, std::int64_t base) {
    return (2 * count + base) / (2 * base) * base;
}

void check_base(std::int64_t base) {
    if (base < 1)
        throw std::invalid_argument("A base to round to is at least 1.");
}

/// Count of the larger set less that of the smaller.
std::optional<std::int64_t> left_over(const Release &larger, const Release &smaller) {
    auto all = larger.set;
    auto part = smaller.set;
    std::ranges::sort(all);
    std::ranges::sort(part);
    if (!std::ranges::includes(all, part))
        return {};
    return larger.count - smaller.count;
}

} // namespace

MarginTable::MarginTable(std::size_t rows, std::size_t columns,
                         const std::vector<std::int64_t> &counts)
    : m_rows{rows + 1}
    , m_columns{columns + 1}
    , m_counts(m_rows * m_columns) {
    if (counts.size() != rows * columns)
        throw std::invalid_argument("A table needs a count for each row and column.");
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] < 0)
            throw std::invalid_argument("A count is not below nought.");
        const std::size_t r = i / columns;
        const std::size_t c = i % columns;
        for (const std::size_t cell :
             {index(r, c), index(rows, c), index(r, columns), index(rows, columns)})
            m_counts[cell] += counts[i];
    }
}

Range attack(const MarginTable &table, const std::vector<Shown> &cells, std::size_t index) {
    return knowledge(table, cells).range_of(index).value();
}

Suppression suppress(const MarginTable &table, const DisclosureRule &rule, const Watch &watch) {
    Suppression result;
    std::vector<std::size_t> open; // hidden, not yet known to be protected
    for (std::size_t i = 0; i < table.size(); ++i) {
        const bool hide = small(table.counts()[i], rule);
        result.cells.push_back(hide ? Shown::small : Shown::yes);
        if (hide)
            open.push_back(i);
    }
    const auto hide = [&](std::size_t cell) {
        if (result.cells[cell] == Shown::yes) {
            result.cells[cell] = Shown::to_protect;
            open.push_back(cell);
        }
    };
    // To hide more only widens what is possible, so a protected cell stays so.
    LinearProgramme known = knowledge(table, result.cells);
    for (std::size_t next = 0; next < open.size();) {
        if (watch.stop.stop_requested())
            throw Stopped{};
        const std::size_t cell = open[next];
        if (known.range_of(cell).value().width() > rule.least_width - 0.5) {
            ++next;
            continue;
        }
        const std::size_t before = open.size();
        if (const auto corners = cheapest_rectangle(table, result.cells, cell, rule.least_width))
            std::ranges::for_each(*corners, hide);
        else
            hide(lowest_shown(table, result.cells, cell));
        for (std::size_t fresh = before; fresh < open.size(); ++fresh)
            known.bound(open[fresh], of_hidden);
    }
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto count = static_cast<double>(table.counts()[i]);
        result.ranges.push_back(result.cells[i] == Shown::yes ? Range{count, count}
                                                              : known.range_of(i).value());
    }
    return result;
}

std::vector<std::int64_t> round_each(const MarginTable &table, std::int64_t base) {
    check_base(base);
    std::vector<std::int64_t> rounded;
    for (const std::int64_t count : table.counts())
        rounded.push_back(nearest_multiple(count, base));
    return rounded;
}

std::vector<std::int64_t> round_to_add_up(const MarginTable &table, std::int64_t base) {
    check_base(base);
    // Each count is a multiple below plus 0 or 1 bases; the sums of those below are short of each
    // other by whole bases, which the unknowns make up. Corners of such a programme are whole.
    std::vector<Range> bounds;
    std::vector<double> costs;
    for (const std::int64_t count : table.counts()) {
        const std::int64_t rest = count % base;
        bounds.push_back({0, rest == 0 ? 0.0 : 1.0});
        costs.push_back(static_cast<double>(base - 2 * rest));
    }
    std::vector<Equation> equations;
    for (auto &terms : sums_of(table)) {
        double sum = 0;
        for (const Term &term : terms)
            sum -= term.factor * static_cast<double>(table.counts()[term.unknown] / base);
        equations.push_back({std::move(terms), sum});
    }
    const auto ups = LinearProgramme{bounds, equations}.minimise(costs).value();
    std::vector<std::int64_t> rounded;
    for (std::size_t i = 0; i < table.size(); ++i)
        rounded.push_back((table.counts()[i] / base + std::llround(ups[i])) * base);
    return rounded;
}

std::vector<std::string> refused(const Release &fresh, const std::vector<Release> &earlier,
                                 const DisclosureRule &rule) {
    std::vector<std::string> reasons;
    if (small(fresh.count, rule))
        reasons.push_back(fmt::format("{}: the count is below {}.", fresh.title, rule.threshold));
    for (const Release &old : earlier) {
        const auto more = left_over(fresh, old);
        const auto less = left_over(old, fresh);
        if (more && less) {
            if (small(std::abs(*more), rule))
                reasons.push_back(fmt::format("{} was published before and has changed by fewer "
                                              "than {}: the change shows a small count.",
                                              old.title, rule.threshold));
        } else if (more && small(*more, rule)) {
            reasons.push_back(fmt::format("{} less {} leaves a count below {}.", fresh.title,
                                          old.title, rule.threshold));
        } else if (less && small(*less, rule)) {
            reasons.push_back(fmt::format("{} less {} leaves a count below {}.", old.title,
                                          fresh.title, rule.threshold));
        }
    }
    return reasons;
}

} // namespace wardmote::stats
