/// Who opened, searched, exported and printed what: noted before the answer goes out, for
/// microseconds, and moved into the ledger soon after.
///
/// A note is one line added to HOME/spool/seen-PROCESS.jsonl, which outlives the process. The line
/// is already the whole row of `seen_log`, with its place in a chain and its keyed hash: the ledger
/// thus knows which lines it has, takes each exactly once, and shows a line that was changed or
/// taken away while it waited.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/core/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/db/ledger.hpp"

namespace wardmote::access {

class SeenLog {
public:
    /// FOLDER is HOME/spool, made when absent. Takes over what processes that have died left in it.
    /// All but the folder must outlive it.
    SeenLog(db::Database &database, db::Ledger &ledger, const core::Clock &clock,
            std::string folder);
    ~SeenLog(); ///< closes it
    SeenLog(const SeenLog &) = delete;
    SeenLog &operator=(const SeenLog &) = delete;

    /// Once it returns, the note survives the end of the process. Safe from any thread. Throws
    /// std::runtime_error when it cannot be written: then nothing may be shown.
    void note(const db::Scope &scope, const db::LogEntry &entry);

    /// Moves what was noted until now into the ledger, for a page that shows it. Throws when the
    /// database cannot take it; nothing is lost.
    void flush();

    /// Moves the rest and stops. What the database cannot take stays for the next start.
    void close() noexcept;

    std::uint64_t waiting() const; ///< bytes noted and not yet in the ledger, for /metrics

private:
    struct Inside;
    std::unique_ptr<Inside> m_inside;
};

} // namespace wardmote::access
