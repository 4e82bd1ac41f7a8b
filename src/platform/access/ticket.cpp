#include "platform/access/ticket.hpp"

#include <stdexcept>

namespace wardmote::access {

namespace {

std::string stored(Purpose purpose) {
    switch (purpose) {
    case Purpose::invitation:
        return "invitation";
    case Purpose::reset:
        return "reset";
    case Purpose::code:
        return "code";
    case Purpose::enrol:
        return "enrol";
    case Purpose::external:
        return "external";
    case Purpose::progress:
        return "progress";
    }
    throw std::logic_error("not a purpose");
}

db::Value or_nothing(const std::string &text) {
    return text.empty() ? db::Value{} : db::Value{text};
}

} // namespace

std::string Tickets::issue(db::Transaction &tx, const New &ticket,
                           std::chrono::seconds lifetime) const {
    auto token = db::random_token();
    tx.execute("insert into ticket (tenant, token_hash, purpose, person, secret, expires)"
               " values (:tenant, :hash, :purpose, :person, :secret, :expires)",
               {{"tenant", tx.tenant()},
                {"hash", m_keeper.keys().token_hash(token)},
                {"purpose", stored(ticket.purpose)},
                {"person", or_nothing(ticket.person)},
                {"secret", ticket.secret.empty() ? db::Value{}
                                                 : db::Value{m_keeper.keys().seal(ticket.secret)}},
                {"expires", m_keeper.clock().now().plus(lifetime).iso()}});
    return token;
}

std::optional<Ticket> Tickets::find(db::Transaction &tx, Purpose purpose,
                                    std::string_view token) const {
    const auto row = tx.first("select person, secret, expires from ticket where tenant = :tenant"
                              " and token_hash = :hash and purpose = :purpose and used is null"
                              " and expires > :now",
                              {{"tenant", tx.tenant()},
                               {"hash", m_keeper.keys().token_hash(token)},
                               {"purpose", stored(purpose)},
                               {"now", m_keeper.clock().now().iso()}});
    if (!row) {
        return std::nullopt;
    }
    Ticket ticket{.person = row->text("person"),
                  .secret = {},
                  .expires = core::Instant::parse(row->text("expires")).value()};
    if (row->has("secret")) {
        auto secret = m_keeper.keys().unseal(row->text("secret"));
        if (!secret) {
            return std::nullopt; // sealed with another installation's key
        }
        ticket.secret = std::move(*secret);
    }
    return ticket;
}

std::optional<Ticket> Tickets::use(db::Transaction &tx, Purpose purpose,
                                   std::string_view token) const {
    auto ticket = find(tx, purpose, token);
    const auto taken =
        tx.execute("update ticket set used = :now where tenant = :tenant and token_hash = :hash"
                   " and used is null",
                   {{"now", m_keeper.clock().now().iso()},
                    {"tenant", tx.tenant()},
                    {"hash", ticket ? m_keeper.keys().token_hash(token) : std::string{}}});
    return taken == 1 ? ticket : std::nullopt;
}

void Tickets::cancel(db::Transaction &tx, Purpose purpose, std::string_view person) const {
    tx.execute(
        "delete from ticket where tenant = :tenant and person = :person"
        " and purpose = :purpose",
        {{"tenant", tx.tenant()}, {"person", std::string{person}}, {"purpose", stored(purpose)}});
}

} // namespace wardmote::access
