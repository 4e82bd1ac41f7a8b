/// What an import is given, file by file: folders searched through, archives opened, each told by
/// what it holds.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/lake/bytes.hpp"

namespace wardmote::lake {

/// One file to import, on disk or in an archive.
struct Input {
    enum class Kind { table, json, spreadsheet, boundaries, lookup, other };

    Kind kind = Kind::other;
    std::string path;                ///< on disk
    std::optional<ZipMember> member; ///< when it is in the archive at `path`
    std::string name;                ///< without its folder and .gz
    std::string display;             ///< as people should see it
    bool asked_for = false;          ///< named by itself, not found in a folder or archive
    std::uint64_t disk_bytes = 0;
    std::string problem; ///< why it cannot be imported, when that is known already
};

/// Every file under the paths, in name order of folders. A path that does not exist is an Input
/// with a problem.
std::vector<Input> find_inputs(const std::vector<std::string> &paths);

/// Opens it, decompressed. Throws std::runtime_error with a sentence.
std::unique_ptr<ByteSource> open_input(const Input &input);

/// A path on disk that holds the file as it was given: itself, or a copy under `folder` when it is
/// in an archive.
std::string on_disk(const Input &input, const std::string &folder);

} // namespace wardmote::lake
