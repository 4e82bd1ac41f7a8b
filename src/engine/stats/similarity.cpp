#include "engine/stats/similarity.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace wardmote::stats {

namespace {

constexpr std::size_t word_bits = 64;

/// Where each character stands in a string of up to 64, as bits; one a thread, cleaned after use.
class Positions {
public:
    explicit Positions(std::string_view text)
        : m_text{text} {
        for (std::size_t i = 0; i < text.size(); ++i)
            table()[byte(text[i])] |= std::uint64_t{1} << i;
    }
    ~Positions() {
        for (const char c : m_text)
            table()[byte(c)] = 0;
    }
    Positions(const Positions &) = delete;
    Positions &operator=(const Positions &) = delete;

    std::uint64_t of(char c) const { return table()[byte(c)]; }

private:
    static std::size_t byte(char c) { return static_cast<unsigned char>(c); }
    static std::array<std::uint64_t, 256> &table() {
        thread_local std::array<std::uint64_t, 256> positions{};
        return positions;
    }

    std::string_view m_text;
};

double jaro_of(std::size_t common, std::size_t moved, std::size_t a, std::size_t b) {
    if (common == 0)
        return 0;
    const auto m = static_cast<double>(common);
    return (m / static_cast<double>(a) + m / static_cast<double>(b) +
            (m - static_cast<double>(moved / 2)) / m) /
           3;
}

std::size_t window_of(std::size_t a, std::size_t b) {
    const std::size_t half = std::max(a, b) / 2;
    return half > 0 ? half - 1 : 0;
}

double jaro_in_words(std::string_view a, std::string_view b) {
    const Positions positions{b};
    const std::size_t window = window_of(a.size(), b.size());
    std::uint64_t taken_a = 0;
    std::uint64_t taken_b = 0;
    // The bits of b that the character i of a may meet slide along with i.
    std::uint64_t within =
        window + 1 < word_bits ? (std::uint64_t{1} << (window + 1)) - 1 : ~std::uint64_t{0};
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::uint64_t found = positions.of(a[i]) & within & ~taken_b;
        taken_b |= found & (~found + 1); // the first of them
        taken_a |= std::uint64_t{found != 0} << i;
        within = i < window ? (within << 1) | 1 : within << 1;
    }
    std::size_t moved = 0;
    const auto common = static_cast<std::size_t>(std::popcount(taken_a));
    while (taken_a != 0) {
        const char in_a = a[static_cast<std::size_t>(std::countr_zero(taken_a))];
        const char in_b = b[static_cast<std::size_t>(std::countr_zero(taken_b))];
        moved += in_a != in_b;
        taken_a &= taken_a - 1;
        taken_b &= taken_b - 1;
    }
    return jaro_of(common, moved, a.size(), b.size());
}

double jaro_of_any_length(std::string_view a, std::string_view b) {
    const std::size_t window = window_of(a.size(), b.size());
    std::vector<bool> taken(b.size(), false);
    std::string from_a;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::size_t end = std::min(b.size(), i + window + 1);
        for (std::size_t j = i > window ? i - window : 0; j < end; ++j) {
            if (!taken[j] && a[i] == b[j]) {
                taken[j] = true;
                from_a += a[i];
                break;
            }
        }
    }
    std::size_t moved = 0;
    std::size_t next = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
        if (taken[j])
            moved += from_a[next++] != b[j];
    }
    return jaro_of(from_a.size(), moved, a.size(), b.size());
}

std::size_t edits_in_words(std::string_view a, std::string_view b) {
    const Positions positions{a};
    const std::uint64_t last = std::uint64_t{1} << (a.size() - 1);
    std::uint64_t up = ~std::uint64_t{0}; // of a column's neighbours, where the upper is less
    std::uint64_t down = 0;
    std::uint64_t same = 0; // diagonal steps that cost nothing
    std::uint64_t before = 0;
    std::size_t distance = a.size();
    for (const char c : b) {
        const std::uint64_t here = positions.of(c);
        const std::uint64_t swapped = ((~same & here) << 1) & before;
        same = (((here & up) + up) ^ up) | here | down | swapped;
        std::uint64_t right = down | ~(same | up);
        std::uint64_t left = same & up;
        distance += (right & last) != 0;
        distance -= (left & last) != 0;
        right = (right << 1) | 1;
        left <<= 1;
        up = left | ~(same | right);
        down = right & same;
        before = here;
    }
    return distance;
}

std::size_t edits_of_any_length(std::string_view a, std::string_view b) {
    std::vector<std::size_t> two_ago(b.size() + 1), ago(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        now[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        two_ago.swap(ago);
        ago.swap(now);
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({ago[j] + 1, now[j - 1] + 1, ago[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], two_ago[j - 2] + 1);
        }
    }
    return now[b.size()];
}

} // namespace

double jaro(std::string_view a, std::string_view b) {
    if (a == b)
        return 1;
    if (a.size() > word_bits || b.size() > word_bits)
        return jaro_of_any_length(a, b);
    return jaro_in_words(a, b);
}

double jaro_winkler(std::string_view a, std::string_view b) {
    const double plain = jaro(a, b);
    if (plain <= 0.7)
        return plain;
    const std::size_t most = std::min({a.size(), b.size(), std::size_t{4}});
    std::size_t prefix = 0;
    while (prefix < most && a[prefix] == b[prefix])
        ++prefix;
    return plain + static_cast<double>(prefix) * 0.1 * (1 - plain);
}

std::size_t edits(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty())
        return std::max(a.size(), b.size());
    if (a.size() > word_bits)
        return edits_of_any_length(a, b);
    return edits_in_words(a, b);
}

std::string soundex(std::string_view word) {
    //                                  ABCDEFGHIJKLMNOPQRSTUVWXYZ
    constexpr std::string_view codes = "01230120022455012623010202";
    std::string code;
    char before = '0';
    for (char c : word) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
        if (c < 'A' || c > 'Z')
            continue;
        const char digit = codes[static_cast<std::size_t>(c - 'A')];
        if (code.empty())
            code += c;
        else if (digit != '0' && digit != before)
            code += digit;
        if (code.size() == 4)
            return code;
        if (c != 'H' && c != 'W')
            before = digit;
    }
    if (!code.empty())
        code.resize(4, '0');
    return code;
}

} // namespace wardmote::stats
