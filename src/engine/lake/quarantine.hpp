/// Rows set aside: a CSV that says for each its line, its field, the reason and the row as it
/// stood.
///
/// The file can be downloaded, mended in its last column, and imported again: it names the file it
/// comes from.
#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lake/row_source.hpp"

namespace wardmote::lake {

/// Writes a quarantine file, once there is a row to write.
class QuarantineWriter {
public:
    /// `header` is the source's own, kept as the first row so that mended rows can be read.
    QuarantineWriter(std::string path, std::vector<std::string> header);

    void add(const Row &row, std::string_view field, std::string_view reason);
    /// Writes the id of the file's manifest, 16 letters, into every row: it is known only when all
    /// of the file has been read. Throws std::runtime_error with a sentence when not all could be
    /// written.
    void close(std::string_view id);
    bool any() const { return m_rows > 0; }
    const std::string &path() const { return m_path; }

private:
    void write(std::uint64_t line, std::string_view field, std::string_view reason,
               std::string_view raw);

    std::string m_path;
    std::vector<std::string> m_header;
    std::fstream m_file;
    std::vector<std::streamoff> m_rows_at;
    std::uint64_t m_rows = 0;
};

/// The columns of a quarantine file.
std::span<const std::string_view> quarantine_header();
bool is_quarantine_header(std::span<const std::string_view> header);

/// A quarantine file read back.
struct Quarantine {
    struct Entry {
        std::string field;
        std::string reason;
        std::string raw;
    };
    std::string id;                         ///< of the manifest it belongs to
    std::string header;                     ///< of the source, as CSV
    std::map<std::uint64_t, Entry> entries; ///< by line
};

/// Reads the rows that follow the header. Throws std::runtime_error with a sentence.
Quarantine read_quarantine(RowSource &rows, std::string_view name);

/// Fields as one CSV row without a line end; nothing is done about formulas.
std::string raw_row(std::span<const std::string_view> fields);

} // namespace wardmote::lake
