/// What an administrator sees of the jobs: how many there are in each state, which, and the dead
/// letters, to be replayed or discarded.
///
/// All act for the transaction's tenant, or for all where its scope is everyone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/db/ledger.hpp"

namespace wardmote::jobs {

enum class State { waiting, running, done, dead };
std::string_view name_of(State state); ///< "waiting"

/// A job without its payload, which may tell of people.
struct Listed {
    std::string id, tenant, kind;
    State state = State::waiting;
    int attempts = 0;
    std::string run_at; ///< ISO 8601, as all of these
    std::string created;
    std::optional<std::string> finished; ///< when it was done, or given up
    std::string error;                   ///< of its last attempt, a sentence; empty: none
};

std::map<State, std::int64_t> counts(db::Transaction &tx); ///< a state without jobs is 0
/// Latest first.
std::vector<Listed> list(db::Transaction &tx, State state, std::int64_t limit = 100);

/// Puts a dead letter back into the queue with all its attempts, and logs who did. False when there
/// is no such dead letter.
bool replay(db::Transaction &tx, db::Ledger &ledger, const core::Clock &clock, std::string_view id);
/// Deletes a dead letter for good, and logs who did. False when there is no such dead letter.
bool discard(db::Transaction &tx, db::Ledger &ledger, const core::Clock &clock,
             std::string_view id);

} // namespace wardmote::jobs
