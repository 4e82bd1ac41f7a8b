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

namespace wardmote::db {

enum class Log { changes, seen };
std::string_view table_of(Log log); ///< "change_log", "seen_log"

/// What is logged. The tenant, the person and the request come with the transaction.
struct LogEntry {
    std::string act;          ///< "edit", "view", "sign-in"
    std::string kind;         ///< the record's table, or "" for the site itself
    std::string record;       ///< its id; empty for a list or a search
    std::int64_t version = 0; ///< of the record after a change; 0 where there is none
    std::string detail;       ///< JSON: fields before and after, or how many were shown
};

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

    /// Reads every entry of every tenant. `progress` is told the entries read so far.
    Verification verify(Database &database,
                        const std::function<void(std::uint64_t)> &progress = {}) const;

    /// Writes and signs a checkpoint of all chains into FOLDER/checkpoints; gives its path.
    std::string checkpoint(Database &database) const;

private:
    struct Inside;
    std::unique_ptr<Inside> m_inside;
};

} // namespace wardmote::db
