/// Bringing evidence in: files of many kinds become checked, placed rows of the evidence store.
///
/// Nothing is half done: a file's rows can be seen once its manifest is in place, and not before;
/// an import that is killed leaves the store as it was, and the same import run again completes it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/clock.hpp"
#include "engine/lake/manifest.hpp"

namespace wardmote::lake {

/// How far an import has come; given to ImportOptions::progress now and then, and once at the end.
struct Progress {
    std::size_t files_done = 0;
    std::size_t files_total = 0;
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;       ///< of the files as they lie on disk, read so far
    std::uint64_t bytes_total = 0; ///< of the same, all of them
    double seconds = 0;            ///< since the start
    double rows_per_second = 0;
    std::optional<double> seconds_left; ///< nothing until it can be told
    std::string file;                   ///< the one just begun or done
};

struct ImportOptions {
    const core::Clock *clock = nullptr;    ///< the system's when absent
    std::optional<core::Instant> received; ///< when the partnership had the files; now when absent
    int threads = 2;
    /// Folders that hold sources/*.toml, the partnership's own after the shipped one: a mapping of
    /// the same name in a later folder replaces the earlier.
    std::vector<std::string> catalogues;
    std::string importer = "wardmote " WARDMOTE_VERSION;
    /// Called from the importing threads, one call at a time, at most about ten times a second.
    std::function<void(const Progress &)> progress;
};

/// What became of one file (or one member of an archive, or one sheet of a spreadsheet).
struct FileReport {
    enum class Outcome {
        imported,
        already_there, ///< the same content for the same dataset is in the store: nothing was done
        skipped,       ///< not evidence, such as a picture in a folder; `message` says so
        refused        ///< `message` is a sentence that says what to do
    };
    std::string
        path; ///< as given; "archive.zip: 2025-01/2025-01-thames-valley-street.csv" for a member
    Outcome outcome = Outcome::refused;
    std::string message;
    std::optional<Manifest> manifest; ///< when imported or already there
};

struct ImportReport {
    std::vector<FileReport> files; ///< in the order they were brought in
    std::uint64_t rows_in = 0; ///< of the files imported now: always kept + quarantined + repeated
    std::uint64_t rows_kept = 0;
    std::uint64_t rows_quarantined = 0;
    std::uint64_t rows_repeated = 0;
    std::uint64_t placed_again =
        0; ///< older files given new areas, because boundaries or lookups changed
    double seconds = 0;

    bool ok() const; ///< nothing was refused
};

/// Imports files and folders (searched through, in name order). Boundaries and lookups go in first,
/// so that everything else is placed by them. `store` is made when it is not there. Throws
/// std::runtime_error, with a sentence, only when the store itself cannot be used (no right to
/// write, no space).
ImportReport import_paths(const std::string &store, const std::vector<std::string> &paths,
                          const ImportOptions &options = {});

/// The report in plain lines: each file's rows kept, set aside and repeated, its findings, and the
/// sum.
std::string summary(const ImportReport &report);

/// Every manifest of the store, by dataset, owner, months and time received.
std::vector<Manifest> manifests(const std::string &store);

/// What verify() found. `problems` is empty when all is well.
struct Verification {
    std::size_t manifests = 0;
    std::uint64_t rows = 0;
    std::vector<std::string> problems; ///< one sentence each
    std::vector<std::string>
        notes; ///< files that no manifest speaks of, left by an import that was stopped

    bool ok() const { return problems.empty(); }
};

/// Reads every manifest, re-hashes every data file and counts its rows.
Verification verify(const std::string &store);

/// A mapping in TOML for a CSV file or spreadsheet nobody has described: columns guessed by name
/// and content.
std::string propose_mapping(const std::string &path);

} // namespace wardmote::lake
