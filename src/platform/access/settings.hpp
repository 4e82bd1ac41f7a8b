/// How long what lasts, and how many tries there are: the numbers of signing in, as data.
#pragma once

#include <chrono>
#include <string>

namespace wardmote::access {

/// Against guessing, by account or by address: failures in a row, then waits that double, then a
/// lock. An address stands for a whole office, so it has more tries than an account.
struct Backoff {
    int free = 5;                    ///< failures before anyone waits
    std::chrono::seconds first{2};   ///< the wait after that many; it doubles with each more
    int lock = 10;                   ///< failures before it is locked
    std::chrono::minutes locked{15}; ///< for so long, and again after each failure
    std::chrono::hours forget{24};   ///< after which a failure no longer counts
};

struct Settings {
    std::chrono::minutes idle{30};
    std::chrono::hours absolute{12};
    std::chrono::minutes seen_every{1}; ///< how exactly `seen` is kept: writes are not free
    std::chrono::hours invitation{7 * 24};
    std::chrono::minutes reset{60};
    std::chrono::minutes step{10}; ///< from the password to the code
    Backoff account;
    Backoff address{.free = 20, .lock = 60};
    Backoff reset_requests{.free = 3, .first = std::chrono::minutes{5}, .lock = 6};
    std::string issuer = "Wardmote"; ///< how an authenticator app names the account
};

} // namespace wardmote::access
