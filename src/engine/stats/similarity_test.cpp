#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/stats/random.hpp"
#include "engine/stats/similarity.hpp"

using namespace wardmote::stats;

namespace {

/// Distance by its recurrence, for strings of any length.
std::size_t edits_by_recurrence(const std::string &a, const std::string &b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1,
                                d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

std::string word(RandomStream &random, std::size_t most) {
    std::string made;
    const auto length = static_cast<std::size_t>(random.uniform() * double(most + 1));
    for (std::size_t i = 0; i < length; ++i)
        made += static_cast<char>('A' + static_cast<int>(random.uniform() * 4));
    return made;
}

} // namespace

TEST_CASE("edits are those of the recurrence, for short and long strings") {
    RandomStream random{7, 0};
    for (int i = 0; i < 4000; ++i) {
        const std::size_t most = i < 3000 ? 12 : 90;
        const std::string a = word(random, most);
        const std::string b = word(random, most);
        INFO(a, " ", b);
        CHECK(edits(a, b) == edits_by_recurrence(a, b));
        CHECK(edits(a, b) == edits(b, a));
    }
}

TEST_CASE("similarities lie from nought to one and are the same both ways for one-letter changes") {
    RandomStream random{8, 0};
    for (int i = 0; i < 2000; ++i) {
        const std::string a = word(random, 70);
        const std::string b = word(random, 70);
        CHECK(jaro(a, b) >= 0);
        CHECK(jaro(a, b) <= 1);
        CHECK(jaro_winkler(a, b) >= jaro(a, b));
        CHECK(jaro_winkler(a, b) <= 1);
        CHECK(jaro(a, a) == 1);
    }
}

TEST_CASE("strings on both sides of 64 characters are compared alike") {
    // 'X' prepended takes the pair over the width of a word; both are all the same letter but for a
    // swap in the middle, so Jaro is (1 + 1 + (n - 1) / n) / 3.
    for (const std::size_t n : {10U, 63U, 64U, 65U, 100U}) {
        std::string a(n, 'A');
        std::string b(n, 'A');
        a[n / 2] = 'B';
        b[n / 2 + 1] = 'B';
        INFO(n);
        CHECK(jaro(a, b) == doctest::Approx((2 + (double(n) - 1) / double(n)) / 3));
        CHECK(edits(a, b) == 1);
    }
}

TEST_CASE("empty strings have defined answers") {
    CHECK(jaro("", "") == 1);
    CHECK(jaro("", "A") == 0);
    CHECK(jaro_winkler("A", "") == 0);
    CHECK(edits("", "") == 0);
    CHECK(edits("", "ABC") == 3);
    CHECK(soundex("").empty());
    CHECK(soundex("123 -").empty());
}

TEST_CASE("soundex codes are those of the US National Archives' examples") {
    const std::vector<std::pair<std::string, std::string>> examples = {
        {"Washington", "W252"}, {"Lee", "L000"},     {"Gutierrez", "G362"}, {"Pfister", "P236"},
        {"Jackson", "J250"},    {"Tymczak", "T522"}, {"VanDeusen", "V532"}, {"Ashcraft", "A261"},
        {"Robert", "R163"},     {"Rupert", "R163"},  {"Rubin", "R150"},     {"Ashcroft", "A261"},
        {"Honeyman", "H555"},   {"O'Hara", "O600"}};
    for (const auto &[name, code] : examples) {
        INFO(name);
        CHECK(soundex(name) == code);
    }
}
