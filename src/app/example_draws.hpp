/// Chance that is the same everywhere: draws from a seed and a name, for the example partnership.
///
/// The standard library's distributions differ from one library to the next, so none is used here:
/// the same seed gives the same example on every machine. Each name has a stream of its own, so a
/// change to one series leaves the others as they were.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmote::app {

class Draws {
public:
    Draws(std::uint64_t seed, std::string_view name);

    /// 64 bits (SplitMix64: Steele, Lea and Flood 2014).
    std::uint64_t next();
    /// 0 to limit - 1, each as likely; limit is at least 1.
    std::uint32_t below(std::uint32_t limit);
    /// 0 up to, but never, 1.
    double fraction();
    /// A count with that mean, at most 1,000 (Knuth's product of fractions).
    int count(double mean);
    /// An index into the weights, each as likely as its weight is large.
    std::size_t pick(std::span<const double> weights);

    /// Puts the items in any order, each as likely (Fisher and Yates).
    template <typename Item>
    void shuffle(std::vector<Item> &items) {
        for (std::size_t left = items.size(); left > 1; --left) {
            std::swap(items[left - 1], items[below(static_cast<std::uint32_t>(left))]);
        }
    }

private:
    std::uint64_t m_state;
};

/// Shares `total` by the weights in whole numbers that add up to it (largest remainders).
std::vector<int> share_out(int total, std::span<const double> weights);

} // namespace wardmote::app
