#include "engine/lake/quarantine.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

#include "engine/core/text.hpp"
#include "engine/lake/store.hpp"

namespace wardmote::lake {

namespace {

constexpr std::array<std::string_view, 5> columns{"wardmote_file", "line", "field", "reason",
                                                  "row"};
constexpr std::string_view header_reason =
    "These are the columns of the file. Leave this row as it is; mend the rows below.";

constexpr std::string_view id_to_come = "idididididididid"; // as long as an id

/// Without the apostrophe that keeps a spreadsheet program from running a field as a formula.
std::string plain(std::string_view field) {
    if (field.size() > 1 && field.front() == '\'' &&
        std::string_view{"=+-@\t\r"}.find(field[1]) != std::string_view::npos) {
        field.remove_prefix(1);
    }
    return std::string{field};
}

} // namespace

std::span<const std::string_view> quarantine_header() {
    return columns;
}

bool is_quarantine_header(std::span<const std::string_view> header) {
    return std::equal(header.begin(), header.end(), columns.begin(), columns.end());
}

std::string raw_row(std::span<const std::string_view> fields) {
    std::string row;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        row += i > 0 ? "," : "";
        if (fields[i].find_first_of("\",\r\n") == std::string_view::npos) {
            row += fields[i];
            continue;
        }
        row += '"';
        for (const char c : fields[i]) {
            row += c == '"' ? "\"\"" : std::string(1, c);
        }
        row += '"';
    }
    return row;
}

QuarantineWriter::QuarantineWriter(std::string path, std::vector<std::string> header)
    : m_path{std::move(path)}
    , m_header{std::move(header)} {}

void QuarantineWriter::add(const Row &row, std::string_view field, std::string_view reason) {
    if (m_rows++ == 0) {
        m_file.open(m_path, std::ios::binary | std::ios::trunc | std::ios::in | std::ios::out);
        const std::vector<std::string> names{columns.begin(), columns.end()};
        m_file << core::csv_line(names);
        const std::vector<std::string_view> header{m_header.begin(), m_header.end()};
        write(0, "", header_reason, raw_row(header));
    }
    write(row.line, field, reason, row.raw.empty() ? raw_row(row.fields) : row.raw);
}

void QuarantineWriter::write(std::uint64_t line, std::string_view field, std::string_view reason,
                             std::string_view raw) {
    m_rows_at.push_back(m_file.tellp());
    const std::array<std::string, 5> fields{std::string{id_to_come}, std::to_string(line),
                                            std::string{field}, std::string{reason},
                                            std::string{raw}};
    m_file << core::csv_line(fields);
}

void QuarantineWriter::close(std::string_view id) {
    if (m_rows == 0) {
        return;
    }
    for (const std::streamoff at : m_rows_at) {
        m_file.seekp(at);
        m_file.write(id.data(), static_cast<std::streamsize>(id_to_come.size()));
    }
    m_file.close();
    if (!m_file) {
        throw std::runtime_error{write_sentence(m_path, errno)};
    }
}

Quarantine read_quarantine(RowSource &rows, std::string_view name) {
    Quarantine quarantine;
    Row row;
    while (rows.next(row)) {
        if (!row.problem.empty()) {
            throw std::runtime_error{fmt::format("{}, line {}: {}.", name, row.line, row.problem)};
        }
        const auto line =
            row.fields.size() == columns.size() ? core::parse_integer(row.fields[1]) : std::nullopt;
        if (!line || *line < 0) {
            throw std::runtime_error{fmt::format(
                "{}, line {}: is not a row of a quarantine file. Mend only the last column.", name,
                row.line)};
        }
        if (quarantine.id.empty()) {
            quarantine.id = row.fields[0];
        }
        if (row.fields[0] != quarantine.id) {
            throw std::runtime_error{fmt::format("{}, line {}: belongs to another file than the "
                                                 "rows above. Import the quarantine of "
                                                 "each file by itself.",
                                                 name, row.line)};
        }
        if (*line == 0) {
            quarantine.header = plain(row.fields[4]);
        } else {
            quarantine.entries.insert_or_assign(static_cast<std::uint64_t>(*line),
                                                Quarantine::Entry{std::string{row.fields[2]},
                                                                  std::string{row.fields[3]},
                                                                  plain(row.fields[4])});
        }
    }
    if (quarantine.header.empty()) {
        throw std::runtime_error{fmt::format("{}: the row with line 0, which names the columns, is "
                                             "missing. Take the quarantine file "
                                             "again and mend only its last column.",
                                             name)};
    }
    return quarantine;
}

} // namespace wardmote::lake
