#include "platform/access/password.hpp"

#include <algorithm>
#include <array>
#include <semaphore>
#include <stdexcept>
#include <thread>
#include <vector>

#include <sodium.h>

#include "engine/core/text.hpp"

namespace wardmote::access {

namespace {

// RFC 9106 (4, second choice) with one lane: three passes over 64 MiB.
constexpr unsigned long long passes = 3;
constexpr std::size_t memory = std::size_t{64} << 20U;

/// Words that stand in the published lists of the commonest passwords, on which people build
/// longer ones with digits and signs; and what everybody thinks of here.
constexpr auto common_words = std::to_array<std::string_view>({
    "password", "passw",     "welcome",  "letmein",  "qwertyuiop", "qwerty",    "asdfghjkl",
    "zxcvbnm",  "admin",     "iloveyou", "changeme", "secret",     "monkey",    "dragon",
    "football", "liverpool", "arsenal",  "chelsea",  "sunshine",   "princess",  "superman",
    "batman",   "charlie",   "master",   "trustno",  "login",      "abcdef",    "spring",
    "summer",   "autumn",    "winter",   "monday",   "friday",     "january",   "february",
    "march",    "april",     "june",     "july",     "august",     "september", "october",
    "november", "december",  "council",  "police",   "community",  "safety",    "partnership",
    "wardmote", "istrator",  "ghijkl",   "mnopqr",   "stuvwx",
});

/// Long ones from the same lists that are patterns of the keyboard.
constexpr auto common_passwords = std::to_array<std::string_view>({
    "1q2w3e4r5t6y",
    "q1w2e3r4t5y6",
    "1qaz2wsx3edc",
    "zaq12wsxcde3",
    "qazwsxedcrfv",
    "1qazxsw23edc",
    "qwertyuiop[]",
    "!qaz2wsx3edc",
    "1qaz!qaz1qaz",
    "1qaz2wsx1qaz",
    "zaq1zaq1zaq1",
    "1234qwerasdf",
    "qwerasdfzxcv",
    "123qweasdzxc",
    "qweasdzxc123",
    "a1b2c3d4e5f6",
    "1a2b3c4d5e6f",
    "asdfasdfasdf",
    "123456789abc",
    "abc123abc123",
    "123321123321",
    "987654321098",
    "correcthorsebatterystaple",
});

constexpr std::size_t least_own_letters = 4;
constexpr std::ptrdiff_t least_different = 5;

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// UTF-8 letters, counted by their first bytes.
std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string letters_of(std::string_view text) {
    std::string letters;
    std::ranges::copy_if(text, std::back_inserter(letters), is_letter);
    return letters;
}

/// "p@ssw0rd2031!" is "passwordi": the signs at the ends go, those within become letters.
std::string without_disguise(std::string_view lower) {
    const auto first = std::ranges::find_if(lower, is_letter);
    const auto last = std::find_if(lower.rbegin(), lower.rend(), is_letter).base();
    std::string plain;
    for (auto c = first; c < last; ++c) {
        constexpr std::string_view signs = "@013457$!";
        constexpr std::string_view letters = "aoieastsi";
        const auto at = signs.find(*c);
        plain += at == signs.npos ? *c : letters[at];
    }
    return letters_of(plain);
}

std::vector<std::string> guessable_words(std::span<const std::string> about_them) {
    std::vector<std::string> words{common_words.begin(), common_words.end()};
    for (const std::string &about : about_them) {
        std::string word;
        for (const char c : core::lower(about) + ' ') {
            if (is_letter(c)) {
                word += c;
            } else {
                if (word.size() >= 3)
                    words.push_back(word);
                word.clear();
            }
        }
    }
    // Longest first, so that "ann" does not break "hannah".
    std::ranges::sort(words, [](const auto &a, const auto &b) { return a.size() > b.size(); });
    return words;
}

/// Whether almost nothing is left when the words a guesser tries are taken out.
bool is_made_of(std::string letters, const std::vector<std::string> &words) {
    const std::size_t before = letters.size();
    for (const std::string &word : words)
        for (auto at = letters.find(word); at != letters.npos; at = letters.find(word))
            letters.erase(at, word.size());
    return letters.size() < before && letters.size() < least_own_letters;
}

/// "aaaaaaaaaaaa", "121212121212", "123456789012", "abcdefghijkl", "lkjihgfedcba".
bool is_a_pattern(const std::string &lower) {
    std::string distinct = lower;
    std::ranges::sort(distinct);
    if (std::unique(distinct.begin(), distinct.end()) - distinct.begin() < least_different)
        return true;
    std::array<std::size_t, 2> steps{};
    for (std::size_t i = 1; i < lower.size(); ++i) {
        const int step = lower[i] - lower[i - 1];
        steps[0] += step == 1 || step == -9 ? 1U : 0U; // 9 is followed by 0
        steps[1] += step == -1 || step == 9 ? 1U : 0U;
    }
    return std::ranges::max(steps) + 3 > lower.size();
}

/// Each hash takes 64 MiB: as many at once as there are cores, and the others wait their turn, so
/// that nine o'clock on a Monday does not fill the memory.
class Turn {
public:
    Turn() { turns().acquire(); }
    ~Turn() { turns().release(); }
    Turn(const Turn &) = delete;
    Turn &operator=(const Turn &) = delete;

private:
    static std::counting_semaphore<> &turns() {
        static std::counting_semaphore<> turns{
            std::clamp<std::ptrdiff_t>(std::thread::hardware_concurrency(), 1, 8)};
        return turns;
    }
};

} // namespace

std::optional<std::string> password_problem(std::string_view password,
                                            std::span<const std::string> about_them) {
    const std::size_t length = characters(password);
    if (length < least_password_length)
        return "Password must be 12 characters or more";
    if (length > most_password_length)
        return "Password must be 1,000 characters or fewer";
    const std::string lower = core::lower(password);
    if (is_a_pattern(lower) || std::ranges::find(common_passwords, lower) != common_passwords.end())
        return "Choose a password that is harder to guess, such as three random words";
    const auto words = guessable_words(about_them);
    if (is_made_of(letters_of(lower), words) || is_made_of(without_disguise(lower), words))
        return "Choose a password that is not made of common words or of names to do with you";
    return std::nullopt;
}

std::string hash_password(std::string_view password) {
    const Turn turn;
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str(hash.data(), password.data(), password.size(), passes, memory) != 0)
        throw std::runtime_error{"There is not enough memory to keep a password safely."};
    return hash.data();
}

bool password_matches(const std::optional<std::string> &hash, std::string_view password) {
    if (!hash) {
        hash_password(password); // for its time
        return false;
    }
    const Turn turn;
    return crypto_pwhash_str_verify(hash->c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(const std::string &hash) {
    return crypto_pwhash_str_needs_rehash(hash.c_str(), passes, memory) != 0;
}

} // namespace wardmote::access
