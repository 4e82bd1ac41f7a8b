#include "platform/access/sessions.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "platform/access/acting.hpp"
#include "platform/access/credentials.hpp"

namespace wardmote::access {

namespace {

core::Instant instant(const db::Row &row, std::string_view column) {
    return core::Instant::parse(row.text(column)).value();
}

/// The first of `known` whose mark is in `text`. Browsers name those they descend from, so the
/// order matters.
struct Mark {
    std::string_view mark, words;
};
std::string_view first_known(std::string_view text, std::span<const Mark> known,
                             std::string_view otherwise) {
    const auto found = std::ranges::find_if(
        known, [&](const Mark &mark) { return text.find(mark.mark) != std::string_view::npos; });
    return found == known.end() ? otherwise : found->words;
}

// By token, whoever's it is: the host says which tenant must be meant.
const std::string &find_sql() {
    static const auto sql = fmt::format(
        "select {}, s.id as session, s.began, s.seen, s.idle_until, s.absolute_until"
        " from session s join tenant t on t.id = s.tenant"
        " join person p on p.tenant = s.tenant and p.id = s.person"
        " where s.token_hash = :hash and s.idle_until > :now and s.absolute_until > :now and {}"
        " and {}",
        visit_columns, active_person, tenant_of_host);
    return sql;
}

Visit visit_of(const db::Row &row) {
    auto visit = visit_in(row);
    visit.session = row.text("session");
    visit.began = instant(row, "began");
    visit.seen = instant(row, "seen");
    visit.idle_until = instant(row, "idle_until");
    visit.absolute_until = instant(row, "absolute_until");
    return visit;
}

} // namespace

std::string device_words(std::string_view user_agent) {
    constexpr auto browsers = std::to_array<Mark>({{"Edg", "Edge"},
                                                   {"OPR/", "Opera"},
                                                   {"Firefox/", "Firefox"},
                                                   {"FxiOS/", "Firefox"},
                                                   {"SamsungBrowser/", "Samsung Internet"},
                                                   {"Chrome/", "Chrome"},
                                                   {"CriOS/", "Chrome"},
                                                   {"Safari/", "Safari"}});
    constexpr auto systems = std::to_array<Mark>({{"Windows", "Windows"},
                                                  {"iPhone", "iPhone"},
                                                  {"iPad", "iPad"},
                                                  {"Android", "Android"},
                                                  {"CrOS", "Chromebook"},
                                                  {"Mac OS X", "Mac"},
                                                  {"Linux", "Linux"}});
    const auto browser = first_known(user_agent, browsers, "Another browser");
    const auto system = first_known(user_agent, systems, "");
    return system.empty() ? std::string{browser} : fmt::format("{} on {}", browser, system);
}

std::string Sessions::begin(db::Transaction &tx, std::string_view person, std::string_view device,
                            std::string_view proved_by) {
    auto token = db::random_token();
    const auto now = m_keeper.clock().now();
    const auto absolute = now.plus(m_settings.absolute);
    tx.execute(
        "insert into session (tenant, id, token_hash, person, device, proved_by, began, seen,"
        " idle_until, absolute_until) values (:tenant, :id, :hash, :person, :device, :proved_by,"
        " :now, :now, :idle, :absolute)",
        {{"tenant", tx.tenant()},
         {"id", core::Id::make(m_keeper.clock()).text()},
         {"hash", m_keeper.keys().token_hash(token)},
         {"person", std::string{person}},
         {"device", std::string{device}},
         {"proved_by", std::string{proved_by}},
         {"now", now.iso()},
         {"idle", std::min(now.plus(m_settings.idle), absolute).iso()},
         {"absolute", absolute.iso()}});
    Credentials{m_keeper}.log(tx, db::Log::seen, "sign-in", person, proved_by);
    return token;
}

std::optional<Visit> Sessions::find(std::string_view token, std::string_view host,
                                    std::string_view request) const {
    const auto now = m_keeper.clock().now();
    const auto row = m_keeper.database().read(db::Scope::everyone(), [&](db::Transaction &tx) {
        return tx.first(find_sql(), {{"hash", m_keeper.keys().token_hash(token)},
                                     {"now", now.iso()},
                                     {"today", now.london_date().iso()},
                                     {"host", std::string{host}}});
    });
    if (!row) {
        return std::nullopt;
    }
    auto visit = visit_of(*row);
    visit.csrf = csrf(token);
    visit.request = request;
    if (visit.seen.plus(m_settings.seen_every) <= now) {
        touch(visit);
    }
    return visit;
}

void Sessions::touch(Visit &visit) const {
    visit.seen = m_keeper.clock().now();
    visit.idle_until = std::min(visit.seen.plus(m_settings.idle), visit.absolute_until);
    m_keeper.database().write(visit.scope(), [&](db::Transaction &tx) {
        tx.execute("update session set seen = :seen, idle_until = :idle"
                   " where tenant = :tenant and id = :id and seen < :seen",
                   {{"seen", visit.seen.iso()},
                    {"idle", visit.idle_until.iso()},
                    {"tenant", tx.tenant()},
                    {"id", visit.session}});
    });
}

std::vector<OpenSession> Sessions::of(db::Transaction &tx, std::string_view person) const {
    std::vector<OpenSession> open;
    tx.each("select id, device, proved_by, began, seen from session where tenant = :tenant"
            " and person = :person and idle_until > :now and absolute_until > :now"
            " order by seen desc, id desc",
            {{"tenant", tx.tenant()},
             {"person", std::string{person}},
             {"now", m_keeper.clock().now().iso()}},
            [&](const db::Row &row) {
                open.push_back({.id = row.text("id"),
                                .device = row.text("device"),
                                .proved_by = row.text("proved_by"),
                                .began = instant(row, "began"),
                                .seen = instant(row, "seen")});
            });
    return open;
}

bool Sessions::revoke(db::Transaction &tx, std::string_view person, std::string_view session) {
    const auto ended = tx.execute(
        "delete from session where tenant = :tenant and person = :person and id = :id",
        {{"tenant", tx.tenant()}, {"person", std::string{person}}, {"id", std::string{session}}});
    if (ended != 0) {
        Credentials{m_keeper}.log(tx, db::Log::changes, "end-session", person);
    }
    return ended != 0;
}

std::int64_t Sessions::revoke_others(db::Transaction &tx, std::string_view person,
                                     std::string_view keep) {
    const auto ended = tx.execute(
        "delete from session where tenant = :tenant and person = :person and id <> :keep",
        {{"tenant", tx.tenant()}, {"person", std::string{person}}, {"keep", std::string{keep}}});
    if (ended != 0) {
        Credentials{m_keeper}.log(tx, db::Log::changes, "end-sessions", person);
    }
    return ended;
}

bool Sessions::sign_out(db::Transaction &tx, const Visit &visit) {
    const auto ended = tx.execute("delete from session where tenant = :tenant and id = :id",
                                  {{"tenant", tx.tenant()}, {"id", visit.session}});
    if (ended != 0) {
        Credentials{m_keeper}.log(tx, db::Log::seen, "sign-out", visit.person.id);
    }
    return ended != 0;
}

void Sessions::sweep() const {
    const auto now = m_keeper.clock().now();
    const auto longest = std::max(
        {m_settings.account.forget, m_settings.address.forget, m_settings.reset_requests.forget});
    m_keeper.database().write(db::Scope::everyone(), [&](db::Transaction &tx) {
        tx.execute("delete from session where idle_until <= :now or absolute_until <= :now",
                   {{"now", now.iso()}});
        tx.execute("delete from ticket where expires <= :now", {{"now", now.iso()}});
        tx.execute("delete from sign_in_failure where latest < :then",
                   {{"then", now.plus(-longest).iso()}});
    });
}

std::string Sessions::csrf(std::string_view token) const {
    return m_keeper.keys().token_hash(fmt::format("form {}", token));
}

bool Sessions::csrf_matches(std::string_view token, std::string_view sent) const {
    const auto right = csrf(token);
    return right.size() == sent.size() &&
           sodium_memcmp(right.data(), sent.data(), right.size()) == 0;
}

} // namespace wardmote::access
