/// Draws of different numbers for eight replicates at a time: the inner loop of conditional
/// permutation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace wardmote::stats {

/// Replicates that are drawn together.
inline constexpr std::size_t drawn_together = 8;

/// Room for `count` numbers each: whole blocks of the generator.
constexpr std::size_t room_for_draws(std::size_t count) {
    return (count + 3) / 4 * 4 * drawn_together;
}

/// For replicates `first` to `first + 7` of an area, `count` numbers from 0 to below `end` each:
/// number d of replicate first + r at numbers[8 d + r]. They are word d mod 4 of the Philox 4x32-10
/// block at counter (replicate, d / 4, area, 0) under key `seed`, so they depend on nothing else.
///
/// Answers with a bit for each replicate whose numbers are not all different, or one of which
/// would not have been equally likely to be any: such a replicate is to be drawn anew. `end` must
/// be above 0; `numbers` must have room_for_draws(count).
unsigned draw_eight(std::uint64_t seed, std::uint32_t area, std::uint32_t first, std::size_t count,
                    std::uint32_t end, std::span<std::uint32_t> numbers);
/// The same on any processor, slower: what tests hold draw_eight to.
unsigned draw_eight_plain(std::uint64_t seed, std::uint32_t area, std::uint32_t first,
                          std::size_t count, std::uint32_t end, std::span<std::uint32_t> numbers);

} // namespace wardmote::stats
