#include "engine/stats/conditional_permutation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "engine/stats/neighbour_draws.hpp"
#include "engine/stats/random.hpp"

namespace wardmote::stats {

namespace {

constexpr std::size_t areas_a_part = 64;

/// The values once over and once again, so that the others of area i are the run from i + 1 on.
template <class Value>
std::vector<Value> twice(std::vector<Value> values) {
    values.reserve(2 * values.size());
    std::copy_n(values.begin(), values.size(), std::back_inserter(values));
    return values;
}

/// Values as whole numbers of 2^e, the least e with which none is over 2^30: sums of them do not
/// depend on their order.
std::vector<std::int32_t> whole(std::span<const double> values) {
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    int exponent = 0;
    std::frexp(*most / 2 - *least / 2, &exponent); // halves, for the range itself may overflow
    const double from = std::ldexp(*least, 29 - exponent);
    std::vector<std::int32_t> result;
    result.reserve(2 * values.size());
    for (const double value : values)
        result.push_back(
            static_cast<std::int32_t>(std::llround(std::ldexp(value, 29 - exponent) - from)));
    return result;
}

/// Sums of plain values, where all neighbours weigh alike.
struct PlainSum {
    using Value = std::int32_t;
    using Sum = std::int64_t;
    std::int64_t tie = 0;
    Sum term(std::size_t, Value value) const { return value; }
};

struct WeightedSum {
    using Value = double;
    using Sum = double;
    double tie;
    std::span<const double> weights;
    Sum term(std::size_t neighbour, Value value) const { return weights[neighbour] * value; }
};

/// The replicates of one area after another, with the room that they need.
class Ranker {
public:
    Ranker(std::size_t areas, const PermutationOptions &options)
        : m_others{static_cast<std::uint32_t>(areas - 1)}
        , m_options{options} {}

    template <class Kind>
    PermutationRank rank(std::uint32_t area, std::span<const std::uint32_t> neighbours,
                         const std::vector<typename Kind::Value> &values, const Kind &kind) {
        const std::size_t count = neighbours.size();
        const std::uint32_t enough =
            m_options.enough > 0 ? m_options.enough : m_options.replicates + 1;
        const typename Kind::Value *others = values.data() + area + 1;
        typename Kind::Sum observed{};
        for (std::size_t d = 0; d < count; ++d)
            observed += kind.term(d, values[neighbours[d]]);

        PermutationRank result;
        // Counts one replicate in, and says whether that is enough.
        const auto tell = [&](typename Kind::Sum sum) {
            ++result.replicates;
            result.as_high += sum >= observed - kind.tie;
            result.as_low += sum <= observed + kind.tie;
            return std::min(result.as_high, result.as_low) >= enough;
        };
        // Eight together, unless a repeat among the numbers is to be expected.
        if (count * (count - 1) > m_others) {
            for (std::uint32_t replicate = 0; replicate < m_options.replicates; ++replicate) {
                if (tell(shuffled(area, replicate, count, others, kind)))
                    break;
            }
            return result;
        }
        m_numbers.resize(room_for_draws(count));
        for (std::uint32_t first = 0; first < m_options.replicates; first += drawn_together) {
            const unsigned again =
                draw_eight(m_options.seed, area, first, count, m_others, m_numbers);
            typename Kind::Sum sums[drawn_together] = {};
            for (std::size_t d = 0; d < count; ++d) {
                const std::uint32_t *numbers = m_numbers.data() + d * drawn_together;
                for (std::size_t r = 0; r < drawn_together; ++r)
                    sums[r] += kind.term(d, others[numbers[r]]);
            }
            const auto last = std::min<std::uint32_t>(drawn_together, m_options.replicates - first);
            for (std::uint32_t r = 0; again != 0 && r < last; ++r) {
                if ((again >> r & 1U) != 0)
                    sums[r] = shuffled(area, first + r, count, others, kind);
            }
            for (std::uint32_t r = 0; r < last; ++r) {
                if (tell(sums[r]))
                    return result;
            }
        }
        return result;
    }

private:
    /// One replicate by shuffling the front of a list of all other areas, and putting it back.
    template <class Kind>
    typename Kind::Sum shuffled(std::uint32_t area, std::uint32_t replicate, std::size_t count,
                                const typename Kind::Value *others, const Kind &kind) {
        if (m_order.empty()) {
            m_order.resize(m_others);
            std::iota(m_order.begin(), m_order.end(), 0U);
        }
        // Streams from 2^32 on are apart from what draw_eight uses.
        RandomStream random{m_options.seed, (std::uint64_t{replicate} + 1) << 32 | area};
        m_swapped.clear();
        typename Kind::Sum sum{};
        for (std::uint32_t d = 0; d < count; ++d) {
            const std::uint32_t with = d + random.below(m_others - d);
            std::swap(m_order[d], m_order[with]);
            m_swapped.push_back(with);
            sum += kind.term(d, others[m_order[d]]);
        }
        for (std::size_t d = count; d-- > 0;)
            std::swap(m_order[d], m_order[m_swapped[d]]);
        return sum;
    }

    std::uint32_t m_others;
    const PermutationOptions &m_options;
    std::vector<std::uint32_t> m_numbers, m_order, m_swapped;
};

bool all_equal(std::span<const double> weights) {
    return std::all_of(weights.begin(), weights.end(),
                       [&](double weight) { return weight == weights[0] && weight > 0; });
}

double largest(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0, [](double most, double value) {
        return std::max(most, std::fabs(value));
    });
}

} // namespace

std::vector<PermutationRank> conditional_permutation(std::span<const double> values,
                                                     const SpatialWeights &weights,
                                                     const PermutationOptions &options) {
    if (values.size() != weights.size() ||
        !std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); }))
        throw std::invalid_argument{"A permutation needs a finite value for each area."};
    std::vector<PermutationRank> ranks(values.size());
    if (weights.links() == 0 || options.replicates == 0)
        return ranks;
    const auto plain = twice(whole(values));
    const auto exact = twice(std::vector<double>(values.begin(), values.end()));
    const double tie = 1e-12 * largest(values);

    const std::size_t parts = (values.size() + areas_a_part - 1) / areas_a_part;
    for_each_part(parts, options.watch, [&](std::size_t part) {
        Ranker ranker{values.size(), options};
        const std::size_t end = std::min(values.size(), (part + 1) * areas_a_part);
        for (std::size_t i = part * areas_a_part; i < end; ++i) {
            const auto neighbours = weights.neighbours(i);
            const auto row = weights.values(i);
            if (neighbours.empty())
                continue;
            const auto area = static_cast<std::uint32_t>(i);
            ranks[i] = all_equal(row) ? ranker.rank(area, neighbours, plain, PlainSum{})
                                      : ranker.rank(area, neighbours, exact,
                                                    WeightedSum{tie * largest(row), row});
        }
    });
    return ranks;
}

} // namespace wardmote::stats
