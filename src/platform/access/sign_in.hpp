/// Signing in, a step at a time: password, then one-time or recovery code, then a session. No
/// answer says, by its words or by its time, whether there is an account.
///
/// Between steps the browser has a token (a cookie) that is good for the next step only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/access/attempts.hpp"
#include "platform/access/credentials.hpp"
#include "platform/access/notice.hpp"
#include "platform/access/openid.hpp"
#include "platform/access/sessions.hpp"
#include "platform/access/settings.hpp"
#include "platform/access/ticket.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::access {

/// What comes next.
struct Step {
    enum class Next {
        refused, ///< `problem` says why and what to do
        code,    ///< ask for the one-time code; `token` for the step's cookie
        enrol,   ///< show the QR code; `token` for the step's cookie
        done,    ///< signed in; `token` for the session's cookie
    };
    Next next = Next::refused;
    std::string problem;
    bool start_again = false; ///< the step's token is no longer good: back to the password
    std::string token;
    std::vector<std::string> recovery_codes; ///< after enrolling: show them, once
};

/// What an authenticator app is given.
struct Enrolment {
    std::string uri;    ///< for the QR code
    std::string secret; ///< in base32, to type
};

class SignIn {
public:
    /// All must outlive it.
    SignIn(record::Keeper &keeper, Sessions &sessions, const Settings &settings, Tell tell);

    Step password(const Visitor &visitor, std::string_view email, std::string_view password);
    /// A one-time code or a recovery code.
    Step code(const Visitor &visitor, std::string_view token, std::string_view typed);

    /// Nothing when the step's token is no longer good.
    std::optional<Enrolment> enrolment(const Visitor &visitor, std::string_view token) const;
    /// The first code of the new app.
    Step enrol(const Visitor &visitor, std::string_view token, std::string_view typed);

    /// Keeps what ties a provider's answer to our question; gives the token for the step's cookie.
    std::string leave_for_provider(const Visitor &visitor, const OpenIdAttempt &attempt);
    /// Once: nothing when it has run out or was used.
    std::optional<OpenIdAttempt> back_from_provider(const Visitor &visitor, std::string_view token);
    /// With an account elsewhere. At first it is matched by an e-mail address that the provider has
    /// verified, then by issuer and subject alone. The second factor is the provider's.
    Step external(const Visitor &visitor, const Identity &identity);

    /// After a password was proved or chosen: on to the second factor.
    Step after_password(db::Transaction &tx, const Account &account);

private:
    Step second_factor(db::Transaction &tx, const Visitor &visitor, const Account &account,
                       std::string_view token, std::string_view typed);
    std::optional<Account> linked(db::Transaction &tx, const Identity &identity);
    void fail(db::Transaction &tx, const Attempt &attempt, const Account *account,
              std::string_view detail);
    void tell(db::Transaction &tx, Notice::Kind kind, const Account &account,
              std::optional<core::Instant> until = {}) const;
    db::Scope scope(const Visitor &visitor) const { return {visitor.tenant, {}, visitor.request}; }

    record::Keeper &m_keeper;
    Sessions &m_sessions;
    const Settings &m_settings;
    Tell m_tell;
    Credentials m_credentials;
    Tickets m_tickets;
    Attempts m_attempts;
};

} // namespace wardmote::access
