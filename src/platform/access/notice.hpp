/// What a person is told by e-mail about their account. Access says that it must be told; whoever
/// starts the program says how.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "engine/core/clock.hpp"
#include "platform/db/database.hpp"

namespace wardmote::access {

struct Notice {
    enum class Kind {
        invitation,            ///< carries a token: choose a password
        reset,                 ///< carries a token: choose another password
        locked,                ///< somebody failed to sign in too often
        password_changed,      ///<
        second_factor_removed, ///< by an administrator
        second_factor_added,
        recovery_code_used,
    };
    Kind kind;
    std::string person; ///< id
    std::string name;
    std::string email;
    std::string token;                    ///< for the link; empty without. Seal it where it rests
    std::optional<core::Instant> expires; ///< of the link, or of the lock
};

/// Queues a message in `tx`, so that it is sent exactly when what it tells of has happened.
using Tell = std::function<void(db::Transaction &tx, const Notice &notice)>;

} // namespace wardmote::access
