/// Backup and restore: the whole of a workspace in one zip file that either engine can be restored
/// from, made while others write.
///
/// It holds every table as JSON lines, all of one moment, the folders of HOME that hold data, and a
/// manifest with the count and SHA-256 of each part. It does not hold the secret key: with it, a
/// stolen backup would lay every sealed field open.
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/db/keys.hpp"

namespace wardmote::db {

/// A reason that a person can put right, for which nothing was written.
struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Archived {
    std::uint64_t tables = 0, rows = 0, files = 0;
    std::uint64_t bytes = 0; ///< of the archive
};

/// How far it has come: the part in hand, and how much of all is done (0 to 1; below 0: not known).
using ArchiveProgress = std::function<void(std::string_view part, double done)>;

/// Writes FILE, which is there whole or not at all, and reads it again. Throws Refused when FILE
/// exists, std::runtime_error when something cannot be read or written.
Archived backup(Database &database, const Keys &keys, const std::string &home,
                const std::string &file, const core::Clock &clock,
                const ArchiveProgress &progress = {});

/// Puts FILE back into HOME and into the database, which must both be empty (HOME may hold the
/// keys). Everything is checked against the manifest before anything is written. Throws Refused
/// when a place is in use, the keys are not those of the backup, FILE is damaged, or it was made by
/// a newer Wardmote.
Archived restore(const std::string &file, const Keys &keys, const std::string &home,
                 Database &database, const ArchiveProgress &progress = {});

/// What differs, row for row, in sentences; empty when all is equal.
std::vector<std::string> compare(Database &one, Database &other);

} // namespace wardmote::db
