/// Which pairs of records are worth comparing: those that agree on all keys of at least one rule.
///
/// Each rule gives a record one 64-bit number; sorting by it brings blocks together. A pair of
/// several rules is visited once, under the first. Records that lack a key are in no block of the
/// rule. Two blocks share a number by accident about once in 10^19 pairs; such a pair would only be
/// compared needlessly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/stats/linkage_table.hpp"

namespace wardmote::stats {

enum class KeyKind {
    whole,
    first,   ///< the first `length` characters: an initial, the year of a date
    soundex, ///< how a name sounds
    outward  ///< a postcode without its last three characters and blanks: "OX1" of "OX1 1BX"
};

struct BlockingKey {
    std::size_t column = 0;
    KeyKind kind = KeyKind::whole;
    std::size_t length = 0;
};

using BlockingRule = std::vector<BlockingKey>;

/// A run of pairs of one rule, about as long as any other: the work of one thread at a time.
struct PairRun {
    std::size_t rule = 0;
    std::size_t first = 0, end = 0; ///< positions of first members in the rule's order
};

class Blocking {
public:
    /// Up to 16 rules, each with a key; else std::invalid_argument.
    Blocking(const LinkageTable &table, std::span<const BlockingRule> rules);

    const std::vector<PairRun> &runs() const { return m_runs; }
    std::size_t rules() const { return m_orders.size(); }

    /// Which rules a pair agrees on, as bits.
    std::uint32_t agreed(std::uint32_t a, std::uint32_t b) const {
        std::uint32_t bits = 0;
        const std::uint64_t *of_a = &m_keys[a * rules()];
        const std::uint64_t *of_b = &m_keys[b * rules()];
        for (std::size_t rule = 0; rule < rules(); ++rule) {
            const bool agree = of_a[rule] == of_b[rule] && of_a[rule] != 0;
            bits |= std::uint32_t{agree} << rule;
        }
        return bits;
    }

    /// visit(a, b, rules agreed on) for each pair of a run that no earlier rule has.
    template <class Visit>
    void each(const PairRun &run, Visit &&visit) const {
        const Order &order = m_orders[run.rule];
        const std::uint32_t earlier = (std::uint32_t{1} << run.rule) - 1;
        for (std::size_t i = run.first; i < run.end; ++i) {
            for (std::size_t j = i + 1; j < order.end_of_block[i]; ++j) {
                const std::uint32_t rules = agreed(order.records[i], order.records[j]);
                if ((rules & earlier) == 0)
                    visit(order.records[i], order.records[j], rules);
            }
        }
    }

private:
    struct Order {
        std::vector<std::uint32_t> records; ///< those with a key, by it
        std::vector<std::uint32_t> end_of_block;
    };

    Order order_of(std::span<const std::uint64_t> keys) const;
    void add_runs(std::size_t rule);

    std::vector<std::uint64_t> m_keys; ///< a row a record, a column a rule; 0: none
    std::vector<Order> m_orders;
    std::vector<PairRun> m_runs;
};

} // namespace wardmote::stats
