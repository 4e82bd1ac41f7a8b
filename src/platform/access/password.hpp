/// Passwords: the rules for choosing one, and how one is kept (Argon2id).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wardmote::access {

inline constexpr std::size_t least_password_length = 12;  ///< characters
inline constexpr std::size_t most_password_length = 1000; ///< characters

/// Stands beside the field: NCSC's three random words.
inline constexpr std::string_view password_advice =
    "Use 12 characters or more. Three random words are easy to remember and hard to guess.";

/// What is wrong with a password someone wants, in a sentence they can act on; nothing when it
/// will do. `about_them` are the words a guesser would try first: their name and e-mail address,
/// the partnership's name. There are no rules about kinds of characters (NCSC, Password
/// administration for system owners).
std::optional<std::string> password_problem(std::string_view password,
                                            std::span<const std::string> about_them);

/// The hash to keep: Argon2id with its salt and limits, at most 127 characters. Takes about a
/// tenth of a second and 64 MiB, on purpose. Throws std::runtime_error when there is not that much
/// memory.
std::string hash_password(std::string_view password);

/// Whether this is the password. Without a hash (there is no such person, or no password yet) it
/// takes as long and says no, so that time does not tell who has an account.
bool password_matches(const std::optional<std::string> &hash, std::string_view password);

/// Whether the hash was made with other limits than today's: hash again when next signed in.
bool needs_rehash(const std::string &hash);

} // namespace wardmote::access
