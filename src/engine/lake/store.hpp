/// The evidence folder: where data, quarantine and manifests lie, and how a file is committed to
/// it.
///
///     data/<dataset>/<id>-<letters>.parquet      rows kept
///     quarantine/<dataset>-<id>-<letters>.csv    rows set aside
///     manifests/<id>.json                        the commit record: what has none does not exist
///     staging/<process>/                         files being made, locked by who makes them
///     lock                                       held for the moment of a commit or a sweep
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lake/manifest.hpp"

namespace wardmote::lake {

/// A file descriptor, closed when it goes.
class Descriptor {
public:
    explicit Descriptor(int number)
        : m_number{number} {}
    ~Descriptor();
    Descriptor(Descriptor &&other) noexcept;
    Descriptor &operator=(Descriptor &&other) noexcept;
    int get() const { return m_number; }

private:
    int m_number;
};

/// The staging folder of one import. Others see by its lock that it is alive.
class Staging {
public:
    /// Makes the store's folders when they are missing. Throws std::runtime_error with a sentence.
    explicit Staging(const std::string &store);
    ~Staging();
    Staging(const Staging &) = delete;
    Staging &operator=(const Staging &) = delete;

    std::string path(std::string_view name) const { return m_folder + "/" + std::string{name}; }

private:
    std::string m_folder;
    Descriptor m_lock;
};

/// Puts a file in force: moves its staged data and quarantine ("" when there is none) into place
/// and links the manifest, whose `data` and `quarantine` it fills in. False, with the staged files
/// removed, when a manifest of that id is there already. Returns only once all of it is on disk.
bool commit(const std::string &store, Manifest &manifest, const std::string &staged_data,
            const std::string &staged_quarantine);

/// Puts new data behind an existing manifest: the rows of one file, placed again. The old data
/// stays for a while for those who are reading it. False when the manifest has meanwhile changed
/// from `before`.
bool replace_data(const std::string &store, const Manifest &before, Manifest &after,
                  const std::string &staged_data);

/// Removes what stopped imports left: staging folders nobody holds, and data that no manifest
/// speaks of and that has not been touched for `minutes`. Returns how many files went.
std::size_t sweep(const std::string &store, int minutes = 10);

/// Data and quarantine files, relative to the store, that no manifest speaks of.
std::vector<std::string> orphans(const std::string &store);

bool has_manifest(const std::string &store, const std::string &id);
Manifest read_manifest(const std::string &store, const std::string &id);

/// Everything of a small file. Throws std::runtime_error with a sentence.
std::string read_text(const std::string &path);

/// A sentence for a failed write to the store, saying what to do when it is full or not to be
/// written to.
std::string write_sentence(const std::string &where, int error);

} // namespace wardmote::lake
