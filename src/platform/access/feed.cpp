#include "platform/access/feed.hpp"

#include <fmt/format.h>

#include "platform/access/acting.hpp"
#include "platform/access/credentials.hpp"
#include "platform/access/tenants.hpp"

namespace wardmote::access {

namespace {

constexpr auto noted_every = std::chrono::hours{1};

db::Bindings whose(const db::Transaction &tx) {
    return {{"tenant", tx.tenant()}, {"person", tx.scope().person}};
}

} // namespace

std::string Feeds::make(db::Transaction &tx) const {
    auto token = db::random_token();
    tx.execute("delete from calendar_feed where tenant = :tenant and person = :person", whose(tx));
    auto bindings = whose(tx);
    bindings.push_back({"hash", m_keeper.keys().token_hash(token)});
    bindings.push_back({"now", m_keeper.clock().now().iso()});
    tx.execute("insert into calendar_feed (tenant, person, token_hash, made) "
               "values (:tenant, :person, :hash, :now)",
               bindings);
    Credentials{m_keeper}.log(tx, db::Log::changes, "make-calendar", tx.scope().person, {});
    return token;
}

bool Feeds::revoke(db::Transaction &tx) const {
    if (tx.execute("delete from calendar_feed where tenant = :tenant and person = :person",
                   whose(tx)) == 0) {
        return false;
    }
    Credentials{m_keeper}.log(tx, db::Log::changes, "end-calendar", tx.scope().person, {});
    return true;
}

std::optional<Feeds::Kept> Feeds::of(db::Transaction &tx) const {
    const auto row = tx.first("select made, fetched from calendar_feed "
                              "where tenant = :tenant and person = :person",
                              whose(tx));
    if (!row) {
        return std::nullopt;
    }
    return Kept{.made = core::Instant::parse(row->text("made")).value(),
                .fetched = core::Instant::parse(row->text("fetched"))};
}

std::optional<Visit> Feeds::find(std::string_view token, std::string_view host) const {
    const auto now = m_keeper.clock().now();
    const auto row = m_keeper.database().read(db::Scope::everyone(), [&](db::Transaction &tx) {
        return tx.first(
            fmt::format("select {} from calendar_feed f join tenant t on t.id = f.tenant"
                        " join person p on p.tenant = f.tenant and p.id = f.person"
                        " where f.token_hash = :hash and {} and {}",
                        visit_columns, active_person, tenant_of_host),
            {{"hash", m_keeper.keys().token_hash(token)},
             {"today", now.london_date().iso()},
             {"host", std::string{host}}});
    });
    return row ? std::optional{visit_in(*row)} : std::nullopt;
}

void Feeds::fetched(const Visit &visit) const {
    const auto now = m_keeper.clock().now();
    m_keeper.database().write(visit.scope(), [&](db::Transaction &tx) {
        const auto kept = of(tx);
        if (kept && kept->fetched && now < kept->fetched->plus(noted_every)) {
            return;
        }
        auto bindings = whose(tx);
        bindings.push_back({"now", now.iso()});
        tx.execute("update calendar_feed set fetched = :now "
                   "where tenant = :tenant and person = :person",
                   bindings);
    });
}

} // namespace wardmote::access
