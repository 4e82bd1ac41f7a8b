/// The links of a log's chain: an entry with its place and its keyed hash.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

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

/// How far one chain has come. A new one is at number 0, with a hash of nothing but noughts.
struct ChainHead {
    Log log = Log::changes;
    std::string tenant;
    std::string chain; ///< its id
    std::int64_t number = 0;
    std::string hash = std::string(64, '0'); ///< of the last entry, as hexadecimal
};

/// An entry in its place: one row of its table.
struct Link {
    Log log = Log::changes;
    std::string tenant, chain;
    std::int64_t number = 0;
    std::string at;
    std::string person, request; ///< null in the table when empty, as `record`
    LogEntry entry;
    std::string hash;

    ChainHead head() const { return {log, tenant, chain, number, hash}; }
};

/// Makes and checks links with the key of the log.
class Linker {
public:
    explicit Linker(const Keys &keys);

    /// The link after `head`.
    Link next(const ChainHead &head, const LogEntry &entry, const Scope &scope,
              core::Instant at) const;
    /// BLAKE2b-256, keyed, over the hash before it and every column but its own hash, each with its
    /// length, so that no two rows are written alike. Hexadecimal.
    std::string hash_of(std::string_view before, const Link &link) const;
    /// The same over any bytes, for what is kept beside the database.
    std::string mark_of(std::string_view bytes) const;

private:
    Keys::Key m_key;
};

/// The columns to select for link_of(). Numbers come as text, so that SQLite, which keeps anything
/// in any column, cannot show one number and hold another.
std::string columns_of_links(Log log);
/// Throws std::runtime_error when a number is none.
Link link_of(Log log, const Row &row);
/// Adds the row.
void insert(Transaction &tx, const Link &link);

/// Bytes as hexadecimal.
std::string hexadecimal(std::string_view bytes);

} // namespace wardmote::db
