#include "engine/stats/neighbour_draws.hpp"

#include <Random123/philox.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace wardmote::stats {

unsigned draw_eight_plain(std::uint64_t seed, std::uint32_t area, std::uint32_t first,
                          std::size_t count, std::uint32_t end, std::span<std::uint32_t> numbers) {
    const r123::Philox4x32::key_type key{
        {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
    const std::uint32_t least = -end % end; // 2^32 modulo end: the surplus (Lemire 2019)
    unsigned again = 0;
    for (std::uint32_t r = 0; r < drawn_together; ++r) {
        bool bad = false;
        for (std::size_t d = 0; d < room_for_draws(count) / drawn_together; d += 4) {
            const auto block =
                r123::Philox4x32{}({{first + r, static_cast<std::uint32_t>(d / 4), area, 0}}, key);
            for (std::size_t word = 0; word < 4; ++word) {
                const std::uint64_t product = std::uint64_t{block[word]} * end;
                numbers[(d + word) * drawn_together + r] =
                    static_cast<std::uint32_t>(product >> 32);
                bad = bad || static_cast<std::uint32_t>(product) < least;
            }
        }
        for (std::size_t d = 1; d < count; ++d) {
            for (std::size_t e = 0; e < d; ++e)
                bad = bad || numbers[d * drawn_together + r] == numbers[e * drawn_together + r];
        }
        again |= static_cast<unsigned>(bad) << r;
    }
    return again;
}

#if defined(__x86_64__)

namespace {

#define WARDMOTE_AVX2 __attribute__((target("avx2")))

/// The state of the generator for four replicates, one in each 64 bits; only the low half counts.
struct Four {
    __m256i word[4];
};

WARDMOTE_AVX2 inline void start(Four &four, std::uint32_t first, std::uint32_t block,
                                std::uint32_t area) {
    four.word[0] = _mm256_add_epi32(_mm256_set1_epi64x(first), _mm256_set_epi64x(3, 2, 1, 0));
    four.word[1] = _mm256_set1_epi64x(block);
    four.word[2] = _mm256_set1_epi64x(area);
    four.word[3] = _mm256_setzero_si256();
}

/// One round of Philox (Salmon and others 2011, section 3.3).
WARDMOTE_AVX2 inline void one_round(Four &four, __m256i key0, __m256i key1) {
    const __m256i product0 = _mm256_mul_epu32(four.word[0], _mm256_set1_epi64x(0xD2511F53));
    const __m256i product1 = _mm256_mul_epu32(four.word[2], _mm256_set1_epi64x(0xCD9E8D57));
    four.word[0] =
        _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product1, 32), four.word[1]), key0);
    four.word[1] = product1;
    four.word[2] =
        _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product0, 32), four.word[3]), key1);
    four.word[3] = product0;
}

WARDMOTE_AVX2 unsigned draw_eight_avx2(std::uint64_t seed, std::uint32_t area, std::uint32_t first,
                                       std::size_t count, std::uint32_t end,
                                       std::span<std::uint32_t> numbers) {
    const __m256i bound = _mm256_set1_epi64x(end);
    const std::uint32_t surplus = -end % end;
    const __m256i last_bad = _mm256_set1_epi32(static_cast<int>(surplus - 1));
    __m256i bad = _mm256_setzero_si256();
    auto *out = reinterpret_cast<__m256i *>(numbers.data());
    for (std::uint32_t block = 0; block * 4 < count; ++block) {
        Four even;
        Four odd;
        start(even, first, block, area);
        start(odd, first + 4, block, area);
        auto key0 = static_cast<std::uint32_t>(seed);
        auto key1 = static_cast<std::uint32_t>(seed >> 32);
        for (int round = 0; round < 10; ++round) {
            one_round(even, _mm256_set1_epi64x(key0), _mm256_set1_epi64x(key1));
            one_round(odd, _mm256_set1_epi64x(key0), _mm256_set1_epi64x(key1));
            key0 += 0x9E3779B9;
            key1 += 0xBB67AE85;
        }
        for (int word = 0; word < 4; ++word) {
            // A word times the bound: the number above, what tells whether it was fair below.
            const __m256i a = _mm256_mul_epu32(even.word[word], bound);
            const __m256i b = _mm256_mul_epu32(odd.word[word], bound);
            // Replicates 0 4 1 5 2 6 3 7, brought into order.
            const __m256i order = _mm256_set_epi32(7, 5, 3, 1, 6, 4, 2, 0);
            const __m256i high = _mm256_blend_epi32(_mm256_srli_epi64(a, 32), b, 0xAA);
            const __m256i low = _mm256_blend_epi32(a, _mm256_slli_epi64(b, 32), 0xAA);
            _mm256_storeu_si256(out + block * 4 + word, _mm256_permutevar8x32_epi32(high, order));
            if (surplus > 0)
                bad = _mm256_or_si256(
                    bad, _mm256_permutevar8x32_epi32(
                             _mm256_cmpeq_epi32(_mm256_min_epu32(low, last_bad), low), order));
        }
    }
    for (std::size_t d = 1; d < count; ++d) {
        const __m256i number = _mm256_loadu_si256(out + d);
        for (std::size_t e = 0; e < d; ++e)
            bad = _mm256_or_si256(bad, _mm256_cmpeq_epi32(number, _mm256_loadu_si256(out + e)));
    }
    return static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(bad)));
}

#undef WARDMOTE_AVX2

using Draw = decltype(draw_eight);
Draw *const best = __builtin_cpu_supports("avx2") ? draw_eight_avx2 : draw_eight_plain;

} // namespace

unsigned draw_eight(std::uint64_t seed, std::uint32_t area, std::uint32_t first, std::size_t count,
                    std::uint32_t end, std::span<std::uint32_t> numbers) {
    return best(seed, area, first, count, end, numbers);
}

#else

unsigned draw_eight(std::uint64_t seed, std::uint32_t area, std::uint32_t first, std::size_t count,
                    std::uint32_t end, std::span<std::uint32_t> numbers) {
    return draw_eight_plain(seed, area, first, count, end, numbers);
}

#endif

} // namespace wardmote::stats
