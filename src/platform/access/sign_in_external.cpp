// Signing in with an account elsewhere.
#include <fmt/format.h>

#include "platform/access/sign_in.hpp"

namespace wardmote::access {

namespace {

// The three secrets are base64url: a space is between them and never in them.
std::string packed(const OpenIdAttempt &attempt) {
    return fmt::format("{} {} {}", attempt.state, attempt.nonce, attempt.code_verifier);
}

std::optional<OpenIdAttempt> unpacked(std::string_view text) {
    const auto first = text.find(' ');
    const auto last = text.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        return std::nullopt;
    }
    return OpenIdAttempt{.state = std::string{text.substr(0, first)},
                         .nonce = std::string{text.substr(first + 1, last - first - 1)},
                         .code_verifier = std::string{text.substr(last + 1)}};
}

} // namespace

std::string SignIn::leave_for_provider(const Visitor &visitor, const OpenIdAttempt &attempt) {
    return m_keeper.database().write(scope(visitor), [&](db::Transaction &tx) {
        return m_tickets.issue(
            tx, {.purpose = Purpose::external, .person = {}, .secret = packed(attempt)},
            m_settings.step);
    });
}

std::optional<OpenIdAttempt> SignIn::back_from_provider(const Visitor &visitor,
                                                        std::string_view token) {
    const auto ticket = m_keeper.database().write(scope(visitor), [&](db::Transaction &tx) {
        return m_tickets.use(tx, Purpose::external, token);
    });
    return ticket ? unpacked(ticket->secret) : std::nullopt;
}

Step SignIn::external(const Visitor &visitor, const Identity &identity) {
    return m_keeper.database().write(scope(visitor), [&](db::Transaction &tx) {
        const auto account = linked(tx, identity);
        if (!account) {
            m_credentials.log_failure(tx, "", "account elsewhere");
            return Step{.next = Step::Next::refused,
                        .problem = "Nobody here is known by that account. Ask your administrator "
                                   "to add you with the e-mail address of that account",
                        .start_again = true};
        }
        Step done{.next = Step::Next::done};
        done.token =
            m_sessions.begin(tx, account->person, visitor.device, "account of an organisation");
        return done;
    });
}

std::optional<Account> SignIn::linked(db::Transaction &tx, const Identity &identity) {
    const db::Bindings theirs{
        {"tenant", tx.tenant()}, {"issuer", identity.issuer}, {"subject", identity.subject}};
    if (const auto known = tx.first("select person from external_account where tenant = :tenant"
                                    " and issuer = :issuer and subject = :subject",
                                    theirs)) {
        return m_credentials.by_id(tx, known->text("person"));
    }
    if (!identity.email_verified || identity.email.empty()) {
        return std::nullopt;
    }
    auto account = m_credentials.by_email(tx, identity.email);
    if (!account) {
        return std::nullopt;
    }
    // An address that was given to somebody else there does not bring them in here.
    if (tx.first(
            "select subject from external_account where tenant = :tenant"
            " and issuer = :issuer and person = :person",
            {{"tenant", tx.tenant()}, {"issuer", identity.issuer}, {"person", account->person}})) {
        return std::nullopt;
    }
    tx.execute("insert into external_account (tenant, issuer, subject, person, linked)"
               " values (:tenant, :issuer, :subject, :person, :now)"
               " on conflict (tenant, issuer, subject) do nothing",
               {{"tenant", tx.tenant()},
                {"issuer", identity.issuer},
                {"subject", identity.subject},
                {"person", account->person},
                {"now", m_keeper.clock().now().iso()}});
    m_credentials.log(tx, db::Log::changes, "link-account", account->person);
    return account;
}

} // namespace wardmote::access
