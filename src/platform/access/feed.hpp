/// The address at which somebody's calendar is read without signing in: as good as a password for
/// reading that one calendar, and for nothing else. The database has a keyed hash of its token.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/access/visit.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::access {

class Feeds {
public:
    explicit Feeds(record::Keeper &keeper)
        : m_keeper{keeper} {}

    /// A new token for the transaction's person; the one they had is no longer good. Logged.
    std::string make(db::Transaction &tx) const;
    /// False when they had none. Logged.
    bool revoke(db::Transaction &tx) const;

    struct Kept {
        core::Instant made;
        std::optional<core::Instant> fetched; ///< last, to the hour
    };
    /// Of the transaction's person; nothing when they have none.
    std::optional<Kept> of(db::Transaction &tx) const;

    /// Whose calendar it is, when the token is good on this host and its owner may still sign in.
    std::optional<Visit> find(std::string_view token, std::string_view host) const;
    /// Notes that it was fetched now.
    void fetched(const Visit &visit) const;

private:
    record::Keeper &m_keeper;
};

} // namespace wardmote::access
