#include "platform/access/recovery.hpp"

#include <array>

#include <sodium.h>

#include "engine/core/text.hpp"

namespace wardmote::access {

namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32
constexpr std::size_t letters = 16;                                       // of 5 bits: 80
constexpr std::size_t letters_a_group = 4;

std::string make_code() {
    std::array<unsigned char, letters> random{};
    randombytes_buf(random.data(), random.size());
    std::string code;
    for (std::size_t i = 0; i < letters; ++i) {
        if (i > 0 && i % letters_a_group == 0)
            code += '-';
        code += alphabet[random[i] % alphabet.size()]; // 32 divides 256: no letter is favoured
    }
    return code;
}

/// What was meant: capitals, dashes, spaces and look-alikes taken away.
std::string meant(std::string_view typed) {
    std::string code;
    for (const char c : core::lower(typed)) {
        if (c == 'o')
            code += '0';
        else if (c == 'i' || c == 'l')
            code += '1';
        else if (c != '-' && c != ' ')
            code += c;
    }
    return code;
}

} // namespace

std::vector<std::string> make_recovery_codes() {
    std::vector<std::string> codes(recovery_code_count);
    for (std::string &code : codes)
        code = make_code();
    return codes;
}

std::string recovery_code_hash(std::string_view typed) {
    const std::string code = meant(typed);
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char *>(code.data()), code.size(), nullptr,
                       0);
    std::string hex(2 * hash.size() + 1, '\0'); // sodium writes the closing nought too
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
}

} // namespace wardmote::access
