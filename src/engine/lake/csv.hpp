/// A reader of CSV (RFC 4180) that takes files as they are: any mix of line ends, a byte order
/// mark, blank lines.
///
/// It streams: memory is bounded by the longest record it accepts. What cannot be read as a row is
/// given as a row with a problem, and reading goes on with the next line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lake/bytes.hpp"
#include "engine/lake/row_source.hpp"

namespace wardmote::lake {

struct CsvOptions {
    char separator = 0; ///< nought: comma, semicolon or tab, whichever the first line has most of
    std::size_t record_limit = 1024 * 1024; ///< bytes; a longer line is refused, file and all
};

class CsvReader final : public RowSource {
public:
    /// `name` is for sentences; `source` must outlive the reader. Throws std::runtime_error for
    /// UTF-16.
    CsvReader(ByteSource &source, std::string name, CsvOptions options = {});

    /// Rows whose fields are all blank are passed over. Bytes that are not UTF-8 are read as
    /// Windows-1252.
    bool next(Row &row) override;

    /// Lines passed so far. At the end, Meter::lines() of the same bytes.
    std::uint64_t lines() const { return m_line - 1 + (m_line == 1 && m_marked ? 1 : 0); }
    std::uint64_t blank_rows() const { return m_blank; }
    std::uint64_t converted_rows() const { return m_converted; } ///< were not UTF-8

private:
    bool fill();
    std::size_t find_line_end(std::size_t from);
    void split_plain(std::string_view record);
    std::size_t split_quoted(std::size_t start);
    void take_row(Row &row, std::size_t length, std::uint64_t lines);
    bool all_blank() const;
    void convert(Row &row);

    ByteSource &m_source;
    std::string m_name;
    CsvOptions m_options;
    std::vector<char> m_buffer;
    std::size_t m_start = 0; ///< of the record being read
    std::size_t m_end = 0;   ///< of the bytes in the buffer
    bool m_at_end = false;
    bool m_marked = false;    ///< there was a byte order mark: alone, it is a line
    std::uint64_t m_line = 1; ///< the number of the line at m_start
    std::uint64_t m_blank = 0;
    std::uint64_t m_converted = 0;
    std::uint64_t m_record_lines = 0;
    std::string_view m_problem;
    std::string m_unescaped; ///< fields that had doubled quotes
    std::string m_utf8;      ///< the record, once converted
    std::vector<std::string_view> m_fields;
};

/// Comma, semicolon or tab: whichever stands most often, outside quotes, in the first lines.
char commonest_separator(std::string_view text, std::size_t lines);
/// Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7).
bool is_utf8(std::string_view bytes);
/// Windows-1252 as UTF-8; its five unused bytes become U+FFFD.
std::string utf8_from_windows_1252(std::string_view bytes);

} // namespace wardmote::lake
