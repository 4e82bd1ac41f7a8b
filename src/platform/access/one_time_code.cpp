#include "platform/access/one_time_code.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include <oath.h>
#include <sodium.h>

#include "platform/access/http_fetch.hpp"

namespace wardmote::access {

namespace {

constexpr std::size_t secret_bytes = 20;
constexpr unsigned digits = 6;
constexpr std::int64_t seconds_a_step = 30;

void start_oath() {
    static const int started = oath_init();
    if (started != OATH_OK)
        throw std::runtime_error{"The library for one-time codes did not start."};
}

std::int64_t step_of(core::Instant time) {
    const auto seconds =
        std::chrono::floor<std::chrono::seconds>(time.time()).time_since_epoch().count();
    return seconds / seconds_a_step;
}

std::string code_of_step(std::string_view secret, std::int64_t step) {
    start_oath();
    std::array<char, digits + 1> code{};
    // HOTP with the step as its counter is TOTP (RFC 6238, 4.2).
    const int result =
        oath_hotp_generate(secret.data(), secret.size(), static_cast<std::uint64_t>(step), digits,
                           false, OATH_HOTP_DYNAMIC_TRUNCATION, code.data());
    if (result != OATH_OK)
        throw std::runtime_error{"A one-time code could not be computed."};
    return code.data();
}

} // namespace

std::string make_one_time_secret() {
    std::string secret(secret_bytes, '\0');
    randombytes_buf(secret.data(), secret.size());
    return secret;
}

std::string base32(std::string_view bytes) {
    start_oath();
    char *text = nullptr;
    std::size_t length = 0;
    if (oath_base32_encode(bytes.data(), bytes.size(), &text, &length) != OATH_OK)
        throw std::runtime_error{"There is not enough memory to write base32."};
    const std::unique_ptr<char, decltype(&std::free)> owned{text, &std::free};
    std::string_view written{text, length};
    written = written.substr(0, written.find('='));
    return std::string{written};
}

std::optional<std::string> from_base32(std::string_view text) {
    start_oath();
    char *bytes = nullptr;
    std::size_t length = 0;
    if (oath_base32_decode(text.data(), text.size(), &bytes, &length) != OATH_OK)
        return std::nullopt;
    const std::unique_ptr<char, decltype(&std::free)> owned{bytes, &std::free};
    return std::string{bytes, length};
}

std::string otpauth_uri(std::string_view issuer, std::string_view account,
                        std::string_view secret) {
    // Apps that know only the default algorithm ignore the rest, so the defaults are left unsaid.
    return "otpauth://totp/" + percent_encoded(issuer) + ':' + percent_encoded(account) +
           "?secret=" + base32(secret) + "&issuer=" + percent_encoded(issuer);
}

std::string one_time_code(std::string_view secret, core::Instant time) {
    return code_of_step(secret, step_of(time));
}

std::optional<std::int64_t> check_one_time_code(std::string_view secret, std::string_view typed,
                                                core::Instant now,
                                                std::optional<std::int64_t> last_used) {
    std::string code;
    std::ranges::copy_if(typed, std::back_inserter(code), [](char c) { return c != ' '; });
    if (code.size() != digits)
        return std::nullopt;
    const std::int64_t middle = step_of(now);
    for (std::int64_t step = middle - 1; step <= middle + 1; ++step) {
        const bool used = last_used && step <= *last_used;
        if (!used && sodium_memcmp(code_of_step(secret, step).data(), code.data(), digits) == 0)
            return step;
    }
    return std::nullopt;
}

} // namespace wardmote::access
