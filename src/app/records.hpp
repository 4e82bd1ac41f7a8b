/// The records store of a workspace: its database, its keys and its logs, opened in one place.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/context.hpp"
#include "platform/db/database.hpp"
#include "platform/db/keys.hpp"
#include "platform/db/ledger.hpp"

namespace wardmote::app {

/// Where the records of a workspace are: the options of every command that opens them.
struct RecordsOptions {
    std::string database; ///< empty: sqlite:HOME/records/records.sqlite
    std::string keys;     ///< the folder of secret.key; empty: HOME/keys
};

/// Adds --database and --keys.
void add_records(CLI::App &command, RecordsOptions &options);

/// The same with what is empty filled in: from the workspace's settings, else as above.
RecordsOptions records_of(const Home &home, RecordsOptions options);

inline std::string audit_folder(const Home &home) {
    return home.folder + "/audit";
}
inline std::string spool_folder(const Home &home) {
    return home.folder + "/spool";
}

/// The partnership that was set up first, whose the evidence of the workspace is: its id.
std::optional<std::string> first_tenant(db::Database &database);

struct RecordsHome {
    /// Makes what is not there yet, unless `how` says that it must be. Throws std::runtime_error
    /// with a sentence when the keys or the database cannot be used, and rather than giving new
    /// keys to a database that is in use.
    RecordsHome(const Home &home, const RecordsOptions &options, const core::Clock &clock,
                const db::Options &how = {});

    db::Database database;
    db::Keys keys;
    db::Ledger ledger;
};

/// Null, and the reason said, when it cannot be opened: a person can put that right.
std::unique_ptr<RecordsHome> open_records(const Context &context, const Home &home,
                                          const RecordsOptions &options,
                                          const db::Options &how = {});

} // namespace wardmote::app
