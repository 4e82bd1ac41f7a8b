#include "platform/db/engine.hpp"

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "platform/db/database.hpp"

namespace wardmote::db {

namespace {

// The role that serves: it owns nothing, so that it cannot change the schema, switch row-level
// security off, or write over a log.
constexpr std::string_view service = "wardmote_service";

constexpr std::string_view make_role = R"(
do $$ begin
    if not exists (select from pg_roles where rolname = 'wardmote_service') then
        create role wardmote_service nologin;
    end if;
    if not pg_has_role(current_user, 'wardmote_service', 'member') then
        execute format('grant wardmote_service to %I', current_user);
    end if;
    execute format('grant usage on schema %I to wardmote_service', current_schema());
end $$;)";

// Every table: its rights; those with a tenant: the second lock on the door.
constexpr std::string_view guard_tables = R"(
do $$ declare t record; begin
    for t in select c.oid, c.relname, exists (select from pg_attribute a
                where a.attrelid = c.oid and a.attname = 'tenant') as scoped
             from pg_class c
             where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
               and not has_table_privilege('wardmote_service', c.oid, 'select')
    loop
        if t.relname = 'schema_migration' then
            execute format('grant select on %I to wardmote_service', t.relname);
        else
            execute format('grant select, insert, update, delete on %I to wardmote_service',
                           t.relname);
        end if;
        if t.scoped then
            execute format('alter table %I enable row level security', t.relname);
            execute format('alter table %I force row level security', t.relname);
            -- As subqueries the setting is read once for a statement, not once for each row.
            execute format('create policy tenant_only on %I using '
                           '(tenant = (select current_setting(''wardmote.tenant'', true)) or '
                           '(select current_setting(''wardmote.tenant'', true)) = ''*'')',
                           t.relname);
        end if;
    end loop;
end $$;)";

PGconn *handle(soci::session &session) {
    return static_cast<soci::postgresql_session_backend *>(session.get_backend())->conn_;
}

class Postgresql final : public Engine {
public:
    explicit Postgresql(std::string address)
        : m_address{std::move(address)} {}

    bool sqlite() const override { return false; }
    bool one_writer() const override { return false; }

    std::unique_ptr<soci::session> connect(Role role) override {
        auto session = std::make_unique<soci::session>(soci::postgresql, m_address);
        run(*session, "set client_min_messages = warning; set time zone 'UTC'; set jit = off; "
                      "set lock_timeout = '20s'; set idle_in_transaction_session_timeout = '60s'");
        if (role != Role::owner) {
            run(*session, fmt::format("set role {}", service));
        }
        return session;
    }

    void begin(soci::session &session, const Scope &scope, bool write) override {
        // Set in the same round trip; ids hold nothing that could end the quotation.
        const auto harmless = [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '*';
        };
        if (!std::ranges::all_of(scope.tenant, harmless)) {
            throw std::logic_error("a tenant's id is not one");
        }
        run(session,
            fmt::format("begin {}; set local wardmote.tenant = '{}'",
                        write ? "" : "isolation level repeatable read read only", scope.tenant));
    }

    void run(soci::session &session, const std::string &script) override {
        auto *connection = handle(session);
        auto *result = PQexec(connection, script.c_str());
        const auto status = PQresultStatus(result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
            const auto *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
            const soci::postgresql_soci_error error{
                PQerrorMessage(connection),
                state != nullptr ? state : "08006"}; // no state: the connection is gone
            PQclear(result);
            throw error;
        }
        PQclear(result);
    }

    void guard(soci::session &session, const std::vector<std::string> &append_only) override {
        run(session, std::string{guard_tables});
        for (const auto &table : append_only) {
            run(session, fmt::format("revoke update, delete on {} from {}", table, service));
        }
    }

    void lock_schema(soci::session &session) override {
        run(session, "select pg_advisory_xact_lock(5716482)"); // any number that is ours
        run(session, std::string{make_role});
    }

    void defer_references(soci::session &session) override {
        run(session, references("deferrable initially deferred"));
    }
    void check_references(soci::session &session) override {
        run(session, "set constraints all immediate");
        run(session, references("not deferrable"));
    }

    std::exception_ptr translated(const std::exception &error, bool &connection_lost) override {
        const auto *known = dynamic_cast<const soci::postgresql_soci_error *>(&error);
        if (known == nullptr) {
            return std::current_exception();
        }
        const auto state = known->sqlstate();
        if (state.starts_with("23")) { // integrity constraint violation
            return std::make_exception_ptr(Conflict{error.what()});
        }
        if (state == "40001" || state == "40P01" || state == "55P03") { // met another write
            return std::make_exception_ptr(Retry{error.what()});
        }
        connection_lost =
            state.starts_with("08") || state.starts_with("57P") || core_lost(state, error.what());
        return std::make_exception_ptr(
            std::runtime_error(fmt::format("PostgreSQL: {}", error.what())));
    }

private:
    /// Sets when every foreign key of the schema is checked.
    static std::string references(std::string_view when) {
        return fmt::format(R"(
do $$ declare c record; begin
    for c in select t.relname, k.conname from pg_constraint k join pg_class t on t.oid = k.conrelid
             where k.contype = 'f' and t.relnamespace = current_schema()::regnamespace
    loop
        execute format('alter table %I alter constraint %I {}', c.relname, c.conname);
    end loop;
end $$;)",
                           when);
    }

    /// SOCI gives no state when the server has gone away in the middle of a statement.
    static bool core_lost(const std::string &state, std::string_view words) {
        return state.empty() || state == "     " ||
               words.find("server closed the connection") != std::string_view::npos;
    }
    std::string m_address;
};

} // namespace

std::unique_ptr<Engine> make_postgresql(const std::string &address) {
    return std::make_unique<Postgresql>(address);
}

} // namespace wardmote::db
