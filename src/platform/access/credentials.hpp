/// What people prove themselves with, as it is kept: a password's hash, the sealed secret of an
/// app, hashes of recovery codes. Inside access/ only; every change is logged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/record/keeper.hpp"

namespace wardmote::access {

struct Credential {
    std::optional<std::string> password_hash;
    std::optional<std::string> secret; ///< of the app, opened
    std::optional<std::int64_t> step;  ///< the last one used
};

/// Somebody who may sign in today.
struct Account {
    std::string person; ///< id
    std::string name;
    std::string email;
    std::string tenant_name;
    Credential credential;
};

class Credentials {
public:
    explicit Credentials(record::Keeper &keeper)
        : m_keeper{keeper} {}

    /// Nothing when there is no such person, or they may not sign in today.
    std::optional<Account> by_email(db::Transaction &tx, std::string_view email) const;
    std::optional<Account> by_id(db::Transaction &tx, std::string_view person) const;

    void set_password(db::Transaction &tx, std::string_view person, const std::string &hash) const;
    /// The same password, hashed anew: nothing to log.
    void rehash(db::Transaction &tx, std::string_view person, const std::string &hash) const;
    /// False when there is one already.
    bool set_secret(db::Transaction &tx, std::string_view person, std::string_view secret,
                    std::int64_t step) const;
    /// True once for each step.
    bool use_step(db::Transaction &tx, std::string_view person, std::int64_t step) const;
    /// The app and the recovery codes go.
    void remove_second_factor(db::Transaction &tx, std::string_view person) const;

    /// New ones for the old; shown to the person once.
    std::vector<std::string> renew_recovery_codes(db::Transaction &tx,
                                                  std::string_view person) const;
    /// True once for each code.
    bool use_recovery_code(db::Transaction &tx, std::string_view person,
                           std::string_view typed) const;
    std::int64_t recovery_codes(db::Transaction &tx, std::string_view person) const;

    /// Somebody failed to prove to be this person; empty: there is no such account.
    void log_failure(db::Transaction &tx, std::string_view person, std::string_view detail) const;
    /// One line in a log about an account, by whom the transaction acts for or else the person
    /// themselves; `detail` holds no word that anybody typed.
    void log(db::Transaction &tx, db::Log log, std::string_view act, std::string_view person,
             std::string_view detail = {}) const;

private:
    std::optional<Account> find(db::Transaction &tx, std::string_view condition,
                                const std::string &value) const;

    record::Keeper &m_keeper;
};

/// SQL: the person `p` may sign in on the day `:today`.
inline constexpr std::string_view active_person =
    "p.removed is null and (p.active_from is null or p.active_from <= :today)"
    " and (p.active_to is null or p.active_to >= :today)";
/// SQL: the tenant `t` serves the host `:host`.
inline constexpr std::string_view tenant_of_host =
    "(t.host = :host or (t.host is null"
    " and not exists (select 1 from tenant o where o.host = :host)))";

} // namespace wardmote::access
