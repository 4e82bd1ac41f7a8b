#include "platform/access/credentials.hpp"

#include <fmt/format.h>

#include "platform/access/person.hpp"
#include "platform/access/recovery.hpp"

namespace wardmote::access {

namespace {

db::Bindings one_person(const db::Transaction &tx, std::string_view person) {
    return {{"tenant", tx.tenant()}, {"person", std::string{person}}};
}

db::LogEntry entry(std::string_view act, std::string_view person, std::string_view detail) {
    return {.act = std::string{act},
            .kind = "account",
            .record = std::string{person},
            .version = 0,
            .detail = detail.empty() ? "{}" : fmt::format(R"({{"what":"{}"}})", detail)};
}

} // namespace

std::optional<Account> Credentials::find(db::Transaction &tx, std::string_view condition,
                                         const std::string &value) const {
    const auto row =
        tx.first(fmt::format("select p.id, p.name, p.email, t.name as tenant_name, c.password_hash,"
                             " c.one_time_secret, c.one_time_step"
                             " from person p join tenant t on t.id = p.tenant"
                             " left join credential c on c.tenant = p.tenant and c.person = p.id"
                             " where p.tenant = :tenant and {} and {}",
                             condition, active_person),
                 {{"tenant", tx.tenant()},
                  {"value", value},
                  {"today", m_keeper.clock().now().london_date().iso()}});
    if (!row) {
        return std::nullopt;
    }
    Account account{.person = row->text("id"),
                    .name = row->text("name"),
                    .email = row->text("email"),
                    .tenant_name = row->text("tenant_name"),
                    .credential = {.password_hash = row->optional_text("password_hash"),
                                   .secret = {},
                                   .step = row->optional_integer("one_time_step")}};
    if (row->has("one_time_secret")) {
        account.credential.secret = m_keeper.keys().unseal(row->text("one_time_secret"));
        if (!account.credential.secret) {
            throw std::runtime_error("a one-time secret was sealed with another secret.key");
        }
    }
    return account;
}

std::optional<Account> Credentials::by_email(db::Transaction &tx, std::string_view email) const {
    return find(tx, "lower(p.email) = :value", comparable_email(email));
}

std::optional<Account> Credentials::by_id(db::Transaction &tx, std::string_view person) const {
    return find(tx, "p.id = :value", std::string{person});
}

void Credentials::set_password(db::Transaction &tx, std::string_view person,
                               const std::string &hash) const {
    tx.execute("insert into credential (tenant, person, password_hash, password_changed)"
               " values (:tenant, :person, :hash, :now)"
               " on conflict (tenant, person) do update set"
               " password_hash = excluded.password_hash,"
               " password_changed = excluded.password_changed",
               {{"tenant", tx.tenant()},
                {"person", std::string{person}},
                {"hash", hash},
                {"now", m_keeper.clock().now().iso()}});
    log(tx, db::Log::changes, "set-password", person);
}

void Credentials::rehash(db::Transaction &tx, std::string_view person,
                         const std::string &hash) const {
    tx.execute("update credential set password_hash = :hash"
               " where tenant = :tenant and person = :person",
               {{"hash", hash}, {"tenant", tx.tenant()}, {"person", std::string{person}}});
}

bool Credentials::set_secret(db::Transaction &tx, std::string_view person, std::string_view secret,
                             std::int64_t step) const {
    const auto changed =
        tx.execute("update credential set one_time_secret = :secret, one_time_step = :step"
                   " where tenant = :tenant and person = :person and one_time_secret is null",
                   {{"secret", m_keeper.keys().seal(secret)},
                    {"step", step},
                    {"tenant", tx.tenant()},
                    {"person", std::string{person}}});
    if (changed == 1) {
        log(tx, db::Log::changes, "add-second-factor", person);
    }
    return changed == 1;
}

bool Credentials::use_step(db::Transaction &tx, std::string_view person, std::int64_t step) const {
    return tx.execute("update credential set one_time_step = :step where tenant = :tenant"
                      " and person = :person"
                      " and (one_time_step is null or one_time_step < :step)",
                      {{"step", step}, {"tenant", tx.tenant()}, {"person", std::string{person}}}) ==
           1;
}

void Credentials::remove_second_factor(db::Transaction &tx, std::string_view person) const {
    tx.execute("update credential set one_time_secret = null, one_time_step = null"
               " where tenant = :tenant and person = :person",
               one_person(tx, person));
    tx.execute("delete from recovery_code where tenant = :tenant and person = :person",
               one_person(tx, person));
    log(tx, db::Log::changes, "remove-second-factor", person);
}

std::vector<std::string> Credentials::renew_recovery_codes(db::Transaction &tx,
                                                           std::string_view person) const {
    tx.execute("delete from recovery_code where tenant = :tenant and person = :person",
               one_person(tx, person));
    auto codes = make_recovery_codes();
    for (const auto &code : codes) {
        tx.execute("insert into recovery_code (tenant, person, hash)"
                   " values (:tenant, :person, :hash)",
                   {{"tenant", tx.tenant()},
                    {"person", std::string{person}},
                    {"hash", recovery_code_hash(code)}});
    }
    log(tx, db::Log::changes, "renew-recovery-codes", person);
    return codes;
}

bool Credentials::use_recovery_code(db::Transaction &tx, std::string_view person,
                                    std::string_view typed) const {
    const auto gone = tx.execute("delete from recovery_code where tenant = :tenant"
                                 " and person = :person and hash = :hash",
                                 {{"tenant", tx.tenant()},
                                  {"person", std::string{person}},
                                  {"hash", recovery_code_hash(typed)}});
    if (gone == 1) {
        log(tx, db::Log::changes, "use-recovery-code", person);
    }
    return gone == 1;
}

std::int64_t Credentials::recovery_codes(db::Transaction &tx, std::string_view person) const {
    return tx
        .first("select count(*) as codes from recovery_code"
               " where tenant = :tenant and person = :person",
               one_person(tx, person))
        ->integer("codes");
}

void Credentials::log_failure(db::Transaction &tx, std::string_view person,
                              std::string_view detail) const {
    m_keeper.ledger().append(tx, db::Log::seen, entry("sign-in-failed", person, detail));
}

void Credentials::log(db::Transaction &tx, db::Log log, std::string_view act,
                      std::string_view person, std::string_view detail) const {
    // Somebody who is signing in is nobody yet to the transaction: they are who acts.
    auto scope = tx.scope();
    if (scope.person.empty()) {
        scope.person = person;
    }
    m_keeper.ledger().append(tx, log, entry(act, person, detail), scope, m_keeper.clock().now());
}

} // namespace wardmote::access
