#include "engine/lake/query_files.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <sys/stat.h>
#include <tuple>

#include <fmt/core.h>

#include "engine/lake/import.hpp"

namespace wardmote::lake {

namespace {

bool supersedes(const Manifest &later, const Manifest &earlier) {
    return std::tie(later.received, later.imported, later.id) >
           std::tie(earlier.received, earlier.imported, earlier.id);
}

} // namespace

std::vector<InForce> files_in_force(const Snapshot &snapshot, const FileQuestion &question) {
    using Key = std::tuple<std::string, std::string, core::Month>;
    std::map<Key, const Manifest *> latest;
    std::map<const Manifest *, std::size_t> asked; ///< months it covers of those asked for
    for (const Manifest &manifest : snapshot.manifests) {
        if (!manifest.covers || manifest.received > question.as_known_on ||
            (!question.dataset.empty() && manifest.dataset != question.dataset) ||
            (!question.owner.empty() && manifest.owner != question.owner)) {
            continue;
        }
        const std::optional<core::Period> period =
            question.period ? manifest.covers->overlap(*question.period) : manifest.covers;
        if (!period) {
            continue;
        }
        for (const core::Month month : period->each()) {
            const Manifest *&at = latest[{manifest.dataset, manifest.owner, month}];
            if (at == nullptr || supersedes(manifest, *at)) {
                at = &manifest;
            }
        }
        asked[&manifest] = static_cast<std::size_t>(period->months());
    }
    std::map<const Manifest *, std::size_t> places;
    std::vector<InForce> files;
    for (const auto &[key, manifest] : latest) {
        const auto [at, added] = places.try_emplace(manifest, files.size());
        if (added) {
            files.push_back({manifest, {}, true});
        }
        files[at->second].months.push_back(std::get<2>(key));
    }
    for (InForce &file : files) {
        file.whole = file.months.size() == asked[file.manifest];
    }
    return files;
}

std::set<std::string> owners_of(const std::vector<InForce> &files) {
    std::set<std::string> owners;
    for (const InForce &file : files) {
        owners.insert(file.manifest->owner);
    }
    return owners;
}

std::string Snapshots::generation() const {
    struct stat folder {};
    if (stat((m_store + "/manifests").c_str(), &folder) != 0) {
        throw std::runtime_error{
            fmt::format("{} is not an evidence folder: it has no manifests.", m_store)};
    }
    return fmt::format("{:x}-{:x}-{:x}", folder.st_ino, folder.st_mtim.tv_sec,
                       folder.st_mtim.tv_nsec);
}

std::shared_ptr<const Snapshot> Snapshots::now() const {
    const std::lock_guard lock{m_mutex};
    // Asked before reading: a file that comes in meanwhile gives a new generation next time.
    const std::string current = generation();
    if (!m_latest || m_latest->generation != current) {
        m_latest = std::make_shared<const Snapshot>(Snapshot{current, manifests(m_store)});
    }
    return m_latest;
}

} // namespace wardmote::lake
