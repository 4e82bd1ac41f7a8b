#include "platform/access/accounts.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "platform/access/password.hpp"
#include "platform/access/person.hpp"

namespace wardmote::access {

namespace {

constexpr std::string_view by_account = "account", by_code = "code", by_reset = "reset",
                           by_asking = "asking";
constexpr auto link_purposes = std::to_array<Purpose>({Purpose::invitation, Purpose::reset});

Notice notice(Notice::Kind kind, const Account &account) {
    return {.kind = kind,
            .person = account.person,
            .name = account.name,
            .email = account.email,
            .token = {},
            .expires = {}};
}

std::optional<record::Problem> problem_with(std::string_view password, std::string_view again,
                                            const Account &account) {
    const auto about_them =
        std::to_array<std::string>({account.name, account.email, account.tenant_name});
    if (const auto words = password_problem(password, about_them)) {
        return record::Problem{"password", *words};
    }
    if (password != again) {
        return record::Problem{"again", "Type the same password twice"};
    }
    return std::nullopt;
}

} // namespace

Accounts::Accounts(record::Keeper &keeper, Sessions &sessions, SignIn &sign_in,
                   const Settings &settings, Tell tell)
    : m_keeper{keeper}
    , m_sessions{sessions}
    , m_sign_in{sign_in}
    , m_settings{settings}
    , m_tell{std::move(tell)}
    , m_credentials{keeper}
    , m_tickets{keeper}
    , m_attempts{keeper} {}

std::variant<std::string, record::Problem> Accounts::invite(db::Transaction &tx,
                                                            std::string_view person) {
    const auto account = m_credentials.by_id(tx, person);
    if (!account) {
        return record::Problem{"active_from", "They may not sign in today. Change the first or "
                                              "the last day, then invite them"};
    }
    if (account->credential.password_hash) {
        return record::Problem{"", "They have chosen a password already. If they have forgotten "
                                   "it, they can ask for another on the sign-in page"};
    }
    m_tickets.cancel(tx, Purpose::invitation, person);
    auto message = notice(Notice::Kind::invitation, *account);
    message.token = m_tickets.issue(
        tx, {.purpose = Purpose::invitation, .person = account->person, .secret = {}},
        m_settings.invitation);
    message.expires = m_keeper.clock().now().plus(m_settings.invitation);
    m_credentials.log(tx, db::Log::changes, "invite", person);
    m_tell(tx, message);
    return message.token;
}

std::string Accounts::make_reset(db::Transaction &tx, const Account &account) {
    m_tickets.cancel(tx, Purpose::reset, account.person);
    auto message = notice(Notice::Kind::reset, account);
    message.token = m_tickets.issue(
        tx, {.purpose = Purpose::reset, .person = account.person, .secret = {}}, m_settings.reset);
    message.expires = m_keeper.clock().now().plus(m_settings.reset);
    m_credentials.log(tx, db::Log::changes, "ask-for-reset", account.person);
    m_tell(tx, message);
    return message.token;
}

std::variant<std::string, record::Problem> Accounts::send_reset(db::Transaction &tx,
                                                                std::string_view person) {
    const auto account = m_credentials.by_id(tx, person);
    if (!account) {
        return record::Problem{"active_from", "They may not sign in today. Change the first or "
                                              "the last day first"};
    }
    return make_reset(tx, *account);
}

void Accounts::request_reset(const Visitor &visitor, std::string_view email) {
    const auto mailbox = comparable_email(email);
    m_keeper.database().write({visitor.tenant, {}, visitor.request}, [&](db::Transaction &tx) {
        if (m_attempts.begin(tx, m_settings.address, by_asking, visitor.remote).wait_until ||
            m_attempts.begin(tx, m_settings.reset_requests, by_reset, mailbox).wait_until) {
            return;
        }
        const auto account = m_credentials.by_email(tx, mailbox);
        if (!account) {
            m_credentials.log_failure(tx, "", "reset");
            return;
        }
        make_reset(tx, *account);
    });
}

std::optional<Accounts::Link> Accounts::link(db::Transaction &tx, std::string_view token) const {
    for (const auto purpose : link_purposes) {
        if (const auto ticket = m_tickets.find(tx, purpose, token)) {
            auto account = m_credentials.by_id(tx, ticket->person);
            return account ? std::optional{Link{purpose, std::move(*account)}} : std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<LinkBearer> Accounts::bearer(const Visitor &visitor, std::string_view token) const {
    const auto found =
        m_keeper.database().read({visitor.tenant, {}, visitor.request},
                                 [&](db::Transaction &tx) { return link(tx, token); });
    if (!found) {
        return std::nullopt;
    }
    return LinkBearer{.invitation = found->purpose == Purpose::invitation,
                      .name = found->account.name,
                      .email = found->account.email};
}

std::variant<Step, record::Problem> Accounts::choose_password(const Visitor &visitor,
                                                              std::string_view token,
                                                              std::string_view password,
                                                              std::string_view again) {
    auto &database = m_keeper.database();
    const db::Scope scope{visitor.tenant, {}, visitor.request};
    const Step too_late{.next = Step::Next::refused,
                        .problem = "This link has been used or has run out. Ask for another",
                        .start_again = true};
    const auto found = database.read(scope, [&](db::Transaction &tx) { return link(tx, token); });
    if (!found) {
        return too_late;
    }
    if (auto problem = problem_with(password, again, found->account)) {
        return *problem;
    }
    const auto &account = found->account;
    const auto hash = hash_password(password);
    return database.write(scope, [&](db::Transaction &tx) {
        if (!m_tickets.use(tx, found->purpose, token)) {
            return too_late;
        }
        // Whoever knew the old password is out, at whatever step they were.
        for (const auto purpose :
             {Purpose::invitation, Purpose::reset, Purpose::code, Purpose::enrol}) {
            m_tickets.cancel(tx, purpose, account.person);
        }
        m_sessions.revoke_others(tx, account.person);
        m_credentials.set_password(tx, account.person, hash);
        // The lock on the password is lifted. That on the second factor is not: a mailbox must not
        // buy more guesses at it.
        m_attempts.forget(tx, by_account, comparable_email(account.email));
        m_tell(tx, notice(Notice::Kind::password_changed, account));
        return m_sign_in.after_password(tx, account);
    });
}

std::optional<record::Problem> Accounts::refuse(const Visit &visit, std::string_view current) {
    auto &database = m_keeper.database();
    const auto mailbox = comparable_email(visit.person.email);
    const auto [attempt, account] = database.write(visit.scope(), [&](db::Transaction &tx) {
        return std::pair{m_attempts.begin(tx, m_settings.account, by_account, mailbox),
                         m_credentials.by_id(tx, visit.person.id)};
    });
    if (attempt.wait_until) {
        return record::Problem{
            "current", fmt::format("There have been too many attempts. {}",
                                   wait_in_words(m_keeper.clock().now(), *attempt.wait_until))};
    }
    const bool right =
        password_matches(account ? account->credential.password_hash : std::nullopt, current);
    database.write(visit.scope(), [&](db::Transaction &tx) {
        if (right) {
            m_attempts.forget(tx, by_account, mailbox);
        } else {
            m_credentials.log_failure(tx, visit.person.id, "password");
        }
    });
    return right ? std::nullopt
                 : std::optional{record::Problem{"current", "This is not your password now"}};
}

std::optional<record::Problem> Accounts::change_password(const Visit &visit,
                                                         std::string_view current,
                                                         std::string_view password,
                                                         std::string_view again) {
    if (auto problem = refuse(visit, current)) {
        return problem;
    }
    auto &database = m_keeper.database();
    const auto account = database.read(visit.scope(), [&](db::Transaction &tx) {
        return m_credentials.by_id(tx, visit.person.id);
    });
    if (!account) {
        return record::Problem{"", "You may no longer sign in"};
    }
    if (auto problem = problem_with(password, again, *account)) {
        return problem;
    }
    const auto hash = hash_password(password);
    database.write(visit.scope(), [&](db::Transaction &tx) {
        m_credentials.set_password(tx, account->person, hash);
        for (const auto purpose : {Purpose::reset, Purpose::code, Purpose::enrol}) {
            m_tickets.cancel(tx, purpose, account->person);
        }
        m_sessions.revoke_others(tx, account->person, visit.session);
        m_tell(tx, notice(Notice::Kind::password_changed, *account));
    });
    return std::nullopt;
}

std::variant<std::vector<std::string>, record::Problem>
Accounts::renew_recovery_codes(const Visit &visit, std::string_view current) {
    if (auto problem = refuse(visit, current)) {
        return *problem;
    }
    return m_keeper.database().write(visit.scope(), [&](db::Transaction &tx) {
        return m_credentials.renew_recovery_codes(tx, visit.person.id);
    });
}

AccountState Accounts::state(db::Transaction &tx, std::string_view person) const {
    const auto row = tx.first(
        "select p.email, c.password_hash, c.one_time_secret,"
        " (select max(expires) from ticket t where t.tenant = p.tenant and t.person = p.id"
        " and t.purpose = 'invitation' and t.used is null and t.expires > :now) as invited,"
        " (select max(began) from session s where s.tenant = p.tenant and s.person = p.id)"
        " as signed_in"
        " from person p left join credential c on c.tenant = p.tenant and c.person = p.id"
        " where p.tenant = :tenant and p.id = :person",
        {{"now", m_keeper.clock().now().iso()},
         {"tenant", tx.tenant()},
         {"person", std::string{person}}});
    if (!row) {
        return {};
    }
    const auto instant = [&](std::string_view column) {
        return row->has(column) ? core::Instant::parse(row->text(column)) : std::nullopt;
    };
    const auto password_wait =
        m_attempts.waits(tx, by_account, comparable_email(row->text("email")));
    const auto code_wait = m_attempts.waits(tx, by_code, person);
    return {.password = row->has("password_hash"),
            .second_factor = row->has("one_time_secret"),
            .recovery_codes = m_credentials.recovery_codes(tx, person),
            .invited_until = instant("invited"),
            .locked_until = std::max(password_wait, code_wait),
            .last_signed_in = instant("signed_in")};
}

void Accounts::unlock(db::Transaction &tx, std::string_view person) {
    if (const auto account = m_credentials.by_id(tx, person)) {
        const auto mailbox = comparable_email(account->email);
        m_attempts.forget(tx, by_account, mailbox);
        m_attempts.forget(tx, by_code, person);
        m_attempts.forget(tx, by_reset, mailbox);
        m_credentials.log(tx, db::Log::changes, "unlock", person);
    }
}

void Accounts::remove_second_factor(db::Transaction &tx, std::string_view person) {
    if (const auto account = m_credentials.by_id(tx, person)) {
        m_credentials.remove_second_factor(tx, person);
        m_tickets.cancel(tx, Purpose::code, person);
        m_tickets.cancel(tx, Purpose::enrol, person);
        m_sessions.revoke_others(tx, person);
        m_tell(tx, notice(Notice::Kind::second_factor_removed, *account));
    }
}

} // namespace wardmote::access
