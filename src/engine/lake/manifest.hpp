/// A manifest: what the evidence store knows of one file that was brought in.
///
/// It is the store's commit record: a file's rows can be seen if, and only if, its manifest is in
/// place.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"

namespace wardmote::lake {

/// Something a reader of the rows should know, found while they were checked.
struct Finding {
    std::string code{};     ///< "duplicate-crime-id", "no-coordinates", "lsoa-blank" ...
    std::string sentence{}; ///< "38 rows repeat a Crime ID of this file with other particulars."
    std::uint64_t rows = 0;

    bool operator==(const Finding &) const = default;
};

struct Manifest {
    /// First 16 hexadecimal digits of a SHA-256 over sha256, dataset, owner and the month of the
    /// file's name: the same content for the same month is the same evidence, whatever it is
    /// called.
    std::string id{};
    std::string dataset{};   ///< "police-street": the name of its mapping in catalogue/sources
    std::string mapping{};   ///< the mapping that read it; several may feed one dataset
    std::string mends{};     ///< id of the file whose quarantined rows it brings back, or empty
    std::string owner{};     ///< whose data it is: "thames-valley"; part of what supersedes what
    std::string file_name{}; ///< as given, without its folder
    std::string archive{};   ///< the .zip it came in, or empty
    std::string sha256{};    ///< of the bytes of the file (decompressed from .gz or .zip member)
    std::uint64_t bytes = 0; ///< of the same
    std::string publisher{};
    std::string licence{};
    std::string importer{}; ///< "wardmote 0.1.0"
    /// When the partnership had it: orders the issues of one month.
    core::Instant received{core::Instant::Milliseconds{}};
    core::Instant imported{core::Instant::Milliseconds{}};
    std::uint64_t rows_in = 0; ///< always rows_kept + rows_quarantined + rows_repeated
    std::uint64_t rows_kept = 0;
    std::uint64_t rows_quarantined = 0;
    std::uint64_t rows_repeated = 0;
    std::uint64_t data_rows = 0; ///< of the Parquet: more than rows_kept where a row gives several
    std::uint64_t lines = 0;     ///< counted apart from the reader, header included
    std::optional<core::Period> covers{}; ///< months it speaks for; none for lookups, boundaries
    std::map<std::string, std::uint64_t> rows_by_month{}; ///< "2025-01" -> rows kept
    std::vector<Finding> findings{};
    std::string data{};       ///< Parquet of the rows kept, relative to the store
    std::string quarantine{}; ///< CSV of the rows set aside, relative to the store; empty when none
    std::string data_sha256{}; ///< of the Parquet as written
    std::string placed_with{}; ///< fingerprint of the boundaries and lookups that placed its rows

    /// With a checksum of all the rest.
    std::string to_json() const;
    /// Throws std::runtime_error, naming `where`, when it is not a manifest or its checksum is not
    /// that of its content.
    static Manifest from_json(std::string_view json, std::string_view where);
};

} // namespace wardmote::lake
