/// How far each chain has come, in files beside the database; inside db/ only.
///
/// FOLDER/heads/CHAIN is one line of fixed length: log, number, hash, and a keyed mark over them
/// and the chain's name. It is written over in place after each commit: shorter than a sector of
/// any disk, it is there whole, old or new. Nothing in it tells of a person.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "platform/db/ledger_chain.hpp"

namespace wardmote::db {

class Heads {
public:
    /// Makes FOLDER/heads when absent.
    Heads(const Linker &linker, const std::string &folder);

    /// Makes the file of a chain that is about to begin and waits until the disk has it: from then
    /// on a chain without a head is one whose head was taken away.
    void begin(const ChainHead &head) const;
    /// Does not throw: the entry is committed already. A head that lags is no fault.
    void write(const ChainHead &head) const noexcept;

    /// A head as it lies there; nothing in it when it was changed by other hands.
    using Found = std::optional<ChainHead>;
    std::map<std::string, Found> all() const; ///< by chain
    bool exists(const std::string &chain) const;

private:
    std::string path(const std::string &chain) const { return m_folder + "/" + chain; }
    std::string line(const ChainHead &head) const;
    Found read(const std::string &chain) const;

    const Linker &m_linker;
    std::string m_folder;
};

} // namespace wardmote::db
