/// Tickets: a token that lets its bearer do one thing once. Links in e-mails are tickets, and so is
/// the way from one step of signing in to the next. The database has a keyed hash of the token.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "platform/record/keeper.hpp"

namespace wardmote::access {

enum class Purpose {
    invitation,
    reset,
    code,     ///< the password was right: now the one-time code
    enrol,    ///< the password was right: now an app
    external, ///< gone to sign in elsewhere
    progress, ///< an owner says how one action of the plan stands
};

struct Ticket {
    std::string person; ///< id; empty: nobody yet
    std::string secret; ///< what it was given to remember
    core::Instant expires;
};

class Tickets {
public:
    explicit Tickets(record::Keeper &keeper)
        : m_keeper{keeper} {}

    struct New {
        Purpose purpose;
        std::string person;
        std::string secret;
    };
    std::string issue(db::Transaction &tx, const New &ticket, std::chrono::seconds lifetime) const;
    /// Nothing when it was used, has run out, or is for another purpose.
    std::optional<Ticket> find(db::Transaction &tx, Purpose purpose, std::string_view token) const;
    /// The same, and it is used: of two at once, one gets it.
    std::optional<Ticket> use(db::Transaction &tx, Purpose purpose, std::string_view token) const;
    /// The person's tickets of this purpose are no longer good.
    void cancel(db::Transaction &tx, Purpose purpose, std::string_view person) const;

private:
    record::Keeper &m_keeper;
};

} // namespace wardmote::access
