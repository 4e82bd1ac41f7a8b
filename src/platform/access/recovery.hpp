/// Recovery codes: ten sheets of paper that each open the door once when the phone is lost.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wardmote::access {

inline constexpr std::size_t recovery_code_count = 10;

/// New codes, "k7m2-9xqp-0d4t-w8hz": 80 random bits each, in letters and digits that are not
/// mistaken for each other. Show them once, keep their hashes.
std::vector<std::string> make_recovery_codes();

/// What is kept of a code: 64 hexadecimal digits. A person may type it in capitals, without the
/// dashes, with o for 0 and i or l for 1. A code is right when its hash is one of the person's;
/// delete the hash in the same transaction, and count that one row went, and it works once. 80 bits
/// cannot be guessed, so the hash needs to be neither slow nor salted.
std::string recovery_code_hash(std::string_view typed);

} // namespace wardmote::access
