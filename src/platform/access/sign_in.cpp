#include "platform/access/sign_in.hpp"

#include <fmt/format.h>

#include "platform/access/one_time_code.hpp"
#include "platform/access/password.hpp"
#include "platform/access/person.hpp"

namespace wardmote::access {

namespace {

constexpr std::string_view by_account = "account", by_address = "address", by_code = "code";

Step refused(std::string problem) {
    return {.next = Step::Next::refused, .problem = std::move(problem)};
}

Step from_the_start(std::string problem) {
    return {.next = Step::Next::refused, .problem = std::move(problem), .start_again = true};
}

const std::string too_late = "That took too long. Sign in again";

} // namespace

SignIn::SignIn(record::Keeper &keeper, Sessions &sessions, const Settings &settings, Tell tell)
    : m_keeper{keeper}
    , m_sessions{sessions}
    , m_settings{settings}
    , m_tell{std::move(tell)}
    , m_credentials{keeper}
    , m_tickets{keeper}
    , m_attempts{keeper} {}

Step SignIn::password(const Visitor &visitor, std::string_view email, std::string_view password) {
    auto &database = m_keeper.database();
    const auto mailbox = comparable_email(email);
    struct Begun {
        Attempt address, account;
        std::optional<Account> who;
    };
    // Counted first and judged after: guesses made at the same time are all counted.
    const auto begun = database.write(scope(visitor), [&](db::Transaction &tx) {
        Begun one{.address = m_attempts.begin(tx, m_settings.address, by_address, visitor.remote),
                  .account = {},
                  .who = m_credentials.by_email(tx, mailbox)};
        if (!one.address.wait_until) {
            one.account = m_attempts.begin(tx, m_settings.account, by_account, mailbox);
            if (one.account.wait_until) { // no guess was made: the office need not pay for it
                m_attempts.take_back(tx, by_address, visitor.remote);
            }
        }
        return one;
    });
    for (const auto &attempt : {begun.address, begun.account}) {
        if (attempt.wait_until) {
            return refused(fmt::format("There have been too many attempts to sign in. {}",
                                       wait_in_words(m_keeper.clock().now(), *attempt.wait_until)));
        }
    }
    // Without an account the time is spent all the same.
    const bool right =
        password_matches(begun.who ? begun.who->credential.password_hash : std::nullopt, password);
    const auto fresh = right && needs_rehash(*begun.who->credential.password_hash)
                           ? std::optional{hash_password(password)}
                           : std::nullopt;
    return database.write(scope(visitor), [&](db::Transaction &tx) {
        if (!right) {
            fail(tx, begun.account, begun.who ? &*begun.who : nullptr, "password");
            return refused("The e-mail address or the password is not right");
        }
        // In the order they were begun, or two sign-ins could wait for each other.
        m_attempts.take_back(tx, by_address, visitor.remote);
        m_attempts.forget(tx, by_account, mailbox);
        if (fresh) {
            m_credentials.rehash(tx, begun.who->person, *fresh);
        }
        return after_password(tx, *begun.who);
    });
}

Step SignIn::after_password(db::Transaction &tx, const Account &account) {
    const bool has_app = account.credential.secret.has_value();
    return {.next = has_app ? Step::Next::code : Step::Next::enrol,
            .problem = {},
            .start_again = false,
            .token = m_tickets.issue(tx,
                                     {.purpose = has_app ? Purpose::code : Purpose::enrol,
                                      .person = account.person,
                                      .secret = has_app ? "" : make_one_time_secret()},
                                     m_settings.step),
            .recovery_codes = {}};
}

Step SignIn::code(const Visitor &visitor, std::string_view token, std::string_view typed) {
    return m_keeper.database().write(scope(visitor), [&](db::Transaction &tx) {
        const auto ticket = m_tickets.find(tx, Purpose::code, token);
        const auto account = ticket ? m_credentials.by_id(tx, ticket->person) : std::nullopt;
        return account && account->credential.secret
                   ? second_factor(tx, visitor, *account, token, typed)
                   : from_the_start(too_late);
    });
}

Step SignIn::second_factor(db::Transaction &tx, const Visitor &visitor, const Account &account,
                           std::string_view token, std::string_view typed) {
    const auto now = m_keeper.clock().now();
    const auto attempt = m_attempts.begin(tx, m_settings.account, by_code, account.person);
    if (attempt.wait_until) {
        return refused(fmt::format("There have been too many wrong codes. {}",
                                   wait_in_words(now, *attempt.wait_until)));
    }
    const auto step =
        check_one_time_code(*account.credential.secret, typed, now, account.credential.step);
    const bool by_app = step && m_credentials.use_step(tx, account.person, *step);
    if (!by_app) {
        if (!m_credentials.use_recovery_code(tx, account.person, typed)) {
            fail(tx, attempt, &account, "code");
            return refused("The code is not right. Use the newest one that the app shows, or one "
                           "of your recovery codes");
        }
        tell(tx, Notice::Kind::recovery_code_used, account);
    }
    if (!m_tickets.use(tx, Purpose::code, token)) {
        return from_the_start(too_late);
    }
    m_attempts.forget(tx, by_code, account.person);
    return {.next = Step::Next::done,
            .problem = {},
            .start_again = false,
            .token = m_sessions.begin(tx, account.person, visitor.device,
                                      by_app ? "password and one-time code"
                                             : "password and recovery code"),
            .recovery_codes = {}};
}

std::optional<Enrolment> SignIn::enrolment(const Visitor &visitor, std::string_view token) const {
    return m_keeper.database().read(
        scope(visitor), [&](db::Transaction &tx) -> std::optional<Enrolment> {
            const auto ticket = m_tickets.find(tx, Purpose::enrol, token);
            const auto account = ticket ? m_credentials.by_id(tx, ticket->person) : std::nullopt;
            if (!account) {
                return std::nullopt;
            }
            return Enrolment{.uri = otpauth_uri(m_settings.issuer, account->email, ticket->secret),
                             .secret = base32(ticket->secret)};
        });
}

Step SignIn::enrol(const Visitor &visitor, std::string_view token, std::string_view typed) {
    return m_keeper.database().write(scope(visitor), [&](db::Transaction &tx) {
        const auto ticket = m_tickets.find(tx, Purpose::enrol, token);
        const auto account = ticket ? m_credentials.by_id(tx, ticket->person) : std::nullopt;
        if (!account) {
            return from_the_start(too_late);
        }
        const auto step =
            check_one_time_code(ticket->secret, typed, m_keeper.clock().now(), std::nullopt);
        if (!step) {
            return refused("The code is not right. Check that the time on your telephone is, and "
                           "type the newest code that the app shows");
        }
        if (!m_tickets.use(tx, Purpose::enrol, token) ||
            !m_credentials.set_secret(tx, account->person, ticket->secret, *step)) {
            return from_the_start("You have already set up an app. Sign in again");
        }
        tell(tx, Notice::Kind::second_factor_added, *account);
        Step done{.next = Step::Next::done};
        done.recovery_codes = m_credentials.renew_recovery_codes(tx, account->person);
        done.token =
            m_sessions.begin(tx, account->person, visitor.device, "password and one-time code");
        return done;
    });
}

void SignIn::fail(db::Transaction &tx, const Attempt &attempt, const Account *account,
                  std::string_view detail) {
    m_credentials.log_failure(tx, account ? account->person : "", detail);
    if (attempt.locked_until && account) {
        m_credentials.log(tx, db::Log::changes, "lock", account->person, detail);
        tell(tx, Notice::Kind::locked, *account, attempt.locked_until);
    }
}

void SignIn::tell(db::Transaction &tx, Notice::Kind kind, const Account &account,
                  std::optional<core::Instant> until) const {
    m_tell(tx, {.kind = kind,
                .person = account.person,
                .name = account.name,
                .email = account.email,
                .token = {},
                .expires = until});
}

} // namespace wardmote::access
