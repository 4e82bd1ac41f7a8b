/// The parts of the ledger; inside db/ only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "platform/db/ledger.hpp"
#include "platform/db/ledger_heads.hpp"

namespace wardmote::db {

struct Ledger::Inside {
    Inside(const Keys &the_keys, std::string the_folder, const core::Clock &the_clock);
    Keys keys;
    Linker linker;
    std::string folder;
    const core::Clock &clock;
    Heads heads;
};

/// What is known from outside the database: that the chain had an entry `number` with this hash.
struct Anchors {
    using Chain = std::pair<Log, std::string>;
    std::map<Chain, std::map<std::int64_t, std::string>> of;
};

/// Signed lists of how far every chain had come: FOLDER/checkpoints/NNNNNN.txt, each with its
/// signature in NNNNNN.sig (Ed25519, 64 bytes) and the hash of the one before it. public-key.pem
/// beside them lets anybody check them.
class Checkpoints {
public:
    Checkpoints(const Keys &keys, const std::string &folder);

    /// Gives the path of the new one.
    std::string write(Database &database, core::Instant now) const;

    /// Adds what they say to `anchors` and what is wrong with them to `findings`; gives their
    /// number.
    std::uint64_t read(Anchors &anchors, std::vector<Finding> &findings) const;

private:
    std::vector<std::string> names() const; ///< without ".txt", in order

    std::string m_folder;
    std::string m_public, m_secret;
};

/// Reads both logs and compares them with their hashes, their heads and the checkpoints.
class Verifier {
public:
    Verifier(const Keys &keys, const Linker &linker, const std::vector<std::string> &folders);
    Verification run(Database &database, const std::function<void(std::uint64_t)> &progress);

private:
    /// The chain in hand.
    struct Walk {
        Log log = Log::changes;
        std::string tenant, chain;
        std::int64_t number = 0;      ///< of the last entry read
        std::string stored, computed; ///< its hash, as it says and as it should be
        std::map<std::int64_t, std::string> anchors;
        int found = 0; ///< findings told of this chain
    };
    void read_log(Transaction &tx, Log log, const std::function<void(std::uint64_t)> &progress);
    void step(Walk &walk, const Link &link);
    void finish(Walk &walk);
    void tell(Walk &walk, std::int64_t number, std::string words);
    void tell_missing(Walk &walk, std::int64_t from, std::int64_t to);

    const Keys &m_keys;
    const Linker &m_linker;
    std::vector<std::string> m_folders;
    std::vector<Heads> m_heads;
    std::map<std::string, Heads::Found> m_known_heads;
    Anchors m_anchors;
    Verification m_result;
};

} // namespace wardmote::db
