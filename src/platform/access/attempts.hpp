/// Counting failures, by account and by address, in the database: waits that double, then a lock.
///
/// An attempt is counted before it is judged and taken back when it was right, so that a hundred
/// guesses at once are a hundred guesses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/access/settings.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::access {

struct Attempt {
    std::optional<core::Instant> wait_until;   ///< it may not be made before
    std::optional<core::Instant> locked_until; ///< if it fails, this is the failure that locks
};

class Attempts {
public:
    explicit Attempts(const record::Keeper &keeper)
        : m_keeper{keeper} {}

    /// `what` and `whose` name the subject: "account" and an e-mail address. Only a keyed hash of
    /// it is kept.
    Attempt begin(db::Transaction &tx, const Backoff &backoff, std::string_view what,
                  std::string_view whose) const;
    /// It was right: all is forgotten.
    void forget(db::Transaction &tx, std::string_view what, std::string_view whose) const;
    /// It was right, for one of many who share the subject: only this one is taken back.
    void take_back(db::Transaction &tx, std::string_view what, std::string_view whose) const;
    /// Until when the subject must wait, if it must.
    std::optional<core::Instant> waits(db::Transaction &tx, std::string_view what,
                                       std::string_view whose) const;

private:
    std::string subject(std::string_view what, std::string_view whose) const;

    const record::Keeper &m_keeper;
};

/// "Wait 2 minutes, then try again".
std::string wait_in_words(core::Instant now, core::Instant until);

} // namespace wardmote::access
