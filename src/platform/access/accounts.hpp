/// What is done to an account without being signed in to it: invitation, reset, unlocking; and what
/// a person changes in their own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/access/sign_in.hpp"

namespace wardmote::access {

/// Whom a link is for.
struct LinkBearer {
    bool invitation = false; ///< or a reset
    std::string name;
    std::string email;
};

/// The state of an account, for an administrator.
struct AccountState {
    bool password = false;      ///< one was chosen
    bool second_factor = false; ///< an app is enrolled
    std::int64_t recovery_codes = 0;
    std::optional<core::Instant> invited_until; ///< an invitation that can still be used
    std::optional<core::Instant> locked_until;
    std::optional<core::Instant> last_signed_in; ///< of the sessions still open
};

class Accounts {
public:
    Accounts(record::Keeper &keeper, Sessions &sessions, SignIn &sign_in, const Settings &settings,
             Tell tell);

    /// Sends an invitation; an earlier one is no longer good. Gives the link's token, and whether a
    /// sentence stands against it. For those who may administer people.
    std::variant<std::string, record::Problem> invite(db::Transaction &tx, std::string_view person);
    /// The same for somebody who has a password and cannot get at their e-mail, or where none is
    /// sent: a reset link.
    std::variant<std::string, record::Problem> send_reset(db::Transaction &tx,
                                                          std::string_view person);
    /// Sends a reset link if there is such an account. Says nothing either way.
    void request_reset(const Visitor &visitor, std::string_view email);
    /// Nothing when the link was used, has run out or never was.
    std::optional<LinkBearer> bearer(const Visitor &visitor, std::string_view token) const;
    /// Uses the link: the password is chosen, sessions are ended, a lock is lifted. A password that
    /// will not do leaves the link as it was. The second factor stays.
    std::variant<Step, record::Problem> choose_password(const Visitor &visitor,
                                                        std::string_view token,
                                                        std::string_view password,
                                                        std::string_view again);

    /// By somebody signed in; their other sessions are ended.
    std::optional<record::Problem> change_password(const Visit &visit, std::string_view current,
                                                   std::string_view password,
                                                   std::string_view again);
    /// Ten new recovery codes for the old, after the password was asked for again.
    std::variant<std::vector<std::string>, record::Problem>
    renew_recovery_codes(const Visit &visit, std::string_view current);

    AccountState state(db::Transaction &tx, std::string_view person) const;
    /// By an administrator, and logged. Who loses the second factor is signed out and told.
    void unlock(db::Transaction &tx, std::string_view person);
    void remove_second_factor(db::Transaction &tx, std::string_view person);

private:
    struct Link {
        Purpose purpose;
        Account account;
    };
    std::optional<Link> link(db::Transaction &tx, std::string_view token) const;
    /// Makes the link, logs that and tells the person; gives its token.
    std::string make_reset(db::Transaction &tx, const Account &account);
    /// A sentence when this is not the person's password, or they have guessed too often.
    std::optional<record::Problem> refuse(const Visit &visit, std::string_view current);

    record::Keeper &m_keeper;
    Sessions &m_sessions;
    SignIn &m_sign_in;
    const Settings &m_settings;
    Tell m_tell;
    Credentials m_credentials;
    Tickets m_tickets;
    Attempts m_attempts;
};

} // namespace wardmote::access
