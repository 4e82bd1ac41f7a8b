/// The two logs: what was changed and what was seen. Both can be added to and never changed, and
/// any change to them is found.
///
/// Every entry carries a keyed hash (BLAKE2b, key outside the database) over itself and the entry
/// before it in its chain. A chain belongs to one connection of one process for one tenant, so no
/// two writers share one and none waits for another. After each commit the chain's head (number and
/// hash) is written to a file in FOLDER, outside the database, so that rows missing from the end
/// are found as well; signed checkpoints (Ed25519) gather the heads of all chains from time to
/// time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/db/keys.hpp"
#include "platform/db/ledger_chain.hpp"

namespace wardmote::db {

/// One thing wrong with a log.
struct Finding {
    Log log;
    std::string chain;
    std::int64_t number; ///< of the first entry that is wrong or missing
    std::string words; ///< "entry 17 of 20 January 2026 at 3.10pm was changed after it was written"
};

struct Verification {
    std::uint64_t entries = 0;
    std::uint64_t chains = 0;
    std::uint64_t checkpoints = 0;
    std::vector<Finding> findings; ///< empty: nothing was changed
};

class Ledger {
public:
    /// FOLDER is HOME/audit, made when absent.
    Ledger(const Keys &keys, std::string folder, const core::Clock &clock);
    ~Ledger();

    /// Part of `tx`: the entry is there exactly when what it tells of is.
    void append(Transaction &tx, Log log, const LogEntry &entry);
    /// The same for an entry that was noted earlier: its own moment, person and request.
    void append(Transaction &tx, Log log, const LogEntry &entry, const Scope &scope,
                core::Instant at);

    /// A chain that belongs to no connection: its links are made before they are put into the
    /// database, which may be later and by another process.
    ChainHead begin_chain(Log log, const std::string &tenant) const;
    /// The link after `head`; touches neither database nor files.
    Link link_after(const ChainHead &head, const LogEntry &entry, const Scope &scope,
                    core::Instant at) const;
    /// Whether `link` is what was made to follow an entry with the hash `before`.
    bool follows(std::string_view before, const Link &link) const;
    /// Puts a link into the database, as part of `tx`. Throws Conflict when it is there already.
    void append(Transaction &tx, const Link &link);

    /// Reads every entry of every tenant. `progress` is told the entries read so far. `others` are
    /// the folders of processes that write to the same database and keep their heads elsewhere.
    Verification verify(Database &database, const std::function<void(std::uint64_t)> &progress = {},
                        const std::vector<std::string> &others = {}) const;

    /// Writes and signs a checkpoint of all chains into FOLDER/checkpoints; gives its path.
    std::string checkpoint(Database &database) const;

private:
    struct Inside;
    std::unique_ptr<Inside> m_inside;
};

} // namespace wardmote::db
