/// Which files of a store are in force: of each dataset, owner and month the one latest received.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"
#include "engine/lake/manifest.hpp"

namespace wardmote::lake {

/// All manifests of a store at one moment.
struct Snapshot {
    std::string generation; ///< as Reader::generation()
    std::vector<Manifest> manifests;
};

/// A file that is in force for some months.
struct InForce {
    const Manifest *manifest = nullptr; ///< lives as long as the snapshot
    std::vector<core::Month> months;    ///< those of the months asked for that it speaks for
    bool whole = true; ///< it is in force for all it covers of the months asked for
};

/// Which files to look for; an empty dataset or owner means any.
struct FileQuestion {
    std::string dataset;
    std::string owner;
    core::Instant as_known_on;
    std::optional<core::Period> period; ///< all months when absent
};

/// The files in force, ordered by dataset, owner and first month. Of two received at one moment the
/// one imported later is in force.
std::vector<InForce> files_in_force(const Snapshot &snapshot, const FileQuestion &question);

/// The owners whose files are among these.
std::set<std::string> owners_of(const std::vector<InForce> &files);

/// Keeps the newest snapshot of a store and reads it again only when the store has changed.
class Snapshots {
public:
    explicit Snapshots(std::string store)
        : m_store{std::move(store)} {}

    std::shared_ptr<const Snapshot> now() const;
    /// Told from the times of the manifests' folder, without reading a manifest.
    std::string generation() const;

private:
    std::string m_store;
    mutable std::mutex m_mutex;
    mutable std::shared_ptr<const Snapshot> m_latest;
};

} // namespace wardmote::lake
