#include "platform/db/ledger.hpp"

#include <map>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "engine/core/id.hpp"
#include "platform/db/ledger_inside.hpp"

namespace wardmote::db {

namespace {

/// What a connection keeps between its transactions.
struct ConnectionChains {
    std::map<std::pair<Log, std::string>, ChainHead> own; ///< by log and tenant, as committed
    std::map<std::string, ChainHead> pending;             ///< by chain, in the open transaction
};

ConnectionChains &chains_of(Transaction &tx, const std::string &folder) {
    auto &kept = tx.kept("ledger " + folder);
    if (!kept) {
        kept = std::make_shared<ConnectionChains>();
    }
    return *static_cast<ConnectionChains *>(kept.get());
}

/// Adds the link and has its head written once the transaction is committed.
void add(Transaction &tx, ConnectionChains &chains, const Heads &heads, const Link &link) {
    insert(tx, link);
    if (chains.pending.empty()) {
        // The connection, and with it `chains`, outlives the transaction.
        tx.on_end([&chains, &heads](bool committed) {
            for (auto &[chain, head] : std::exchange(chains.pending, {})) {
                if (!committed) {
                    continue;
                }
                heads.write(head);
                const auto own = chains.own.find({head.log, head.tenant});
                if (own != chains.own.end() && own->second.chain == chain) {
                    own->second = std::move(head);
                }
            }
        });
    }
    chains.pending.insert_or_assign(link.chain, link.head());
}

} // namespace

Ledger::Inside::Inside(const Keys &the_keys, std::string the_folder, const core::Clock &the_clock)
    : keys{the_keys}
    , linker{keys}
    , folder{std::move(the_folder)}
    , clock{the_clock}
    , heads{linker, folder} {}

Ledger::Ledger(const Keys &keys, std::string folder, const core::Clock &clock)
    : m_inside{std::make_unique<Inside>(keys, std::move(folder), clock)} {}

Ledger::~Ledger() = default;

ChainHead Ledger::begin_chain(Log log, const std::string &tenant) const {
    ChainHead head{log, tenant, core::Id::make(m_inside->clock).text()};
    m_inside->heads.begin(head);
    return head;
}

Link Ledger::link_after(const ChainHead &head, const LogEntry &entry, const Scope &scope,
                        core::Instant at) const {
    return m_inside->linker.next(head, entry, scope, at);
}

bool Ledger::follows(std::string_view before, const Link &link) const {
    return m_inside->linker.hash_of(before, link) == link.hash;
}

void Ledger::append(Transaction &tx, Log log, const LogEntry &entry) {
    append(tx, log, entry, tx.scope(), m_inside->clock.now());
}

void Ledger::append(Transaction &tx, Log log, const LogEntry &entry, const Scope &scope,
                    core::Instant at) {
    if (scope.tenant.empty() || scope.tenant == Scope::everyone().tenant) {
        throw std::logic_error("an entry of a log needs a tenant");
    }
    auto &chains = chains_of(tx, m_inside->folder);
    auto own = chains.own.find({log, scope.tenant});
    if (own == chains.own.end()) {
        own =
            chains.own.emplace(std::pair{log, scope.tenant}, begin_chain(log, scope.tenant)).first;
    }
    const auto pending = chains.pending.find(own->second.chain);
    const auto &head = pending != chains.pending.end() ? pending->second : own->second;
    add(tx, chains, m_inside->heads, m_inside->linker.next(head, entry, scope, at));
}

void Ledger::append(Transaction &tx, const Link &link) {
    add(tx, chains_of(tx, m_inside->folder), m_inside->heads, link);
}

Verification Ledger::verify(Database &database, const std::function<void(std::uint64_t)> &progress,
                            const std::vector<std::string> &others) const {
    std::vector<std::string> folders{m_inside->folder};
    folders.insert(folders.end(), others.begin(), others.end());
    return Verifier{m_inside->keys, m_inside->linker, folders}.run(database, progress);
}

std::string Ledger::checkpoint(Database &database) const {
    return Checkpoints{m_inside->keys, m_inside->folder}.write(database, m_inside->clock.now());
}

} // namespace wardmote::db
