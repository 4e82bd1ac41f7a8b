/// The six digits of an authenticator app (TOTP, RFC 6238: SHA-1, 30 seconds).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/clock.hpp"

namespace wardmote::access {

/// 20 random bytes, as RFC 4226 advises. Keep it encrypted.
std::string make_one_time_secret();

/// The secret as a person types it into an app: base32 without padding (RFC 4648, 6).
std::string base32(std::string_view bytes);
/// Reads what base32() writes, in either case, with or without spaces and padding.
std::optional<std::string> from_base32(std::string_view text);

/// What the app reads from the QR code: otpauth://totp/Issuer:account?secret=...&issuer=Issuer
std::string otpauth_uri(std::string_view issuer, std::string_view account, std::string_view secret);

/// The code the app shows at `time`.
std::string one_time_code(std::string_view secret, core::Instant time);

/// The step whose code this is (whole half-minutes since 1970): the one now, or one either side
/// for clocks that differ. Nothing when the code is wrong, or its step is `last_used` or earlier,
/// so that no code works twice. The caller keeps the step, in the same transaction, as the next
/// `last_used`. Spaces in the typed code are let pass.
std::optional<std::int64_t> check_one_time_code(std::string_view secret, std::string_view typed,
                                                core::Instant now,
                                                std::optional<std::int64_t> last_used);

} // namespace wardmote::access
