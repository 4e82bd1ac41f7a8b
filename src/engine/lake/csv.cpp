#include "engine/lake/csv.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

namespace wardmote::lake {

namespace {

constexpr std::size_t not_found = std::string_view::npos;

std::size_t position_of(char wanted, const char *from, const char *end) {
    const void *found = std::memchr(from, wanted, static_cast<std::size_t>(end - from));
    return found == nullptr ? not_found
                            : static_cast<std::size_t>(static_cast<const char *>(found) - from);
}

bool is_ascii(std::string_view bytes) {
    constexpr std::uint64_t high = 0x8080808080808080;
    std::uint64_t all = 0;
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, 8);
        all |= word;
    }
    for (; i < bytes.size(); ++i) {
        all |= static_cast<unsigned char>(bytes[i]);
    }
    return (all & high) == 0;
}

std::string_view without_cr(std::string_view line) {
    if (!line.empty() && line.back() == '\r') {
        line.remove_suffix(1);
    }
    return line;
}

} // namespace

char commonest_separator(std::string_view text, std::size_t lines) {
    std::array<std::size_t, 3> counts{};
    bool quoted = false;
    for (const char c : text) {
        quoted = c == '"' ? !quoted : quoted;
        if (c == '\n' && --lines == 0) {
            break;
        }
        if (!quoted) {
            counts[0] += c == ',' ? 1 : 0;
            counts[1] += c == ';' ? 1 : 0;
            counts[2] += c == '\t' ? 1 : 0;
        }
    }
    const auto most = std::max_element(counts.begin(), counts.end()) - counts.begin();
    return ",;\t"[most];
}

bool is_utf8(std::string_view bytes) {
    if (is_ascii(bytes)) {
        return true;
    }
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    for (std::size_t i = 0; i < bytes.size();) {
        const unsigned char lead = at(i);
        const std::size_t length = lead < 0x80                   ? 1
                                   : lead >= 0xC2 && lead < 0xE0 ? 2
                                   : lead >= 0xE0 && lead < 0xF0 ? 3
                                   : lead >= 0xF0 && lead < 0xF5 ? 4
                                                                 : 0;
        if (length == 0 || i + length > bytes.size()) {
            return false;
        }
        for (std::size_t k = 1; k < length; ++k) {
            unsigned char least = 0x80;
            unsigned char most = 0xBF;
            if (k == 1) { // no overlong forms, surrogates, or beyond U+10FFFF
                least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : least;
                most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : most;
            }
            if (at(i + k) < least || at(i + k) > most) {
                return false;
            }
        }
        i += length;
    }
    return true;
}

std::string utf8_from_windows_1252(std::string_view bytes) {
    // 0x80 to 0x9F, from the Unicode consortium's table CP1252.TXT.
    static constexpr std::array<char16_t, 32> upper{
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    std::string text;
    text.reserve(bytes.size() + 16);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const unsigned code = byte < 0x80 || byte > 0x9F ? byte : upper[byte - 0x80U];
        if (code < 0x80) {
            text += static_cast<char>(code);
        } else if (code < 0x800) {
            text += static_cast<char>(0xC0 | (code >> 6));
            text += static_cast<char>(0x80 | (code & 0x3F));
        } else {
            text += static_cast<char>(0xE0 | (code >> 12));
            text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
            text += static_cast<char>(0x80 | (code & 0x3F));
        }
    }
    return text;
}

CsvReader::CsvReader(ByteSource &source, std::string name, CsvOptions options)
    : m_source{source}
    , m_name{std::move(name)}
    , m_options{options}
    , m_buffer(256 * 1024) {
    while (m_end < 4 && fill()) {
    }
    const std::string_view start{m_buffer.data(), m_end};
    if (start.substr(0, 2) == "\xFF\xFE" || start.substr(0, 2) == "\xFE\xFF") {
        throw std::runtime_error{fmt::format(
            "{}: is UTF-16 text. Save it again as \"CSV UTF-8\" and import that.", m_name)};
    }
    if (start.substr(0, 3) == "\xEF\xBB\xBF") {
        m_start = 3;
        m_marked = true;
    }
    if (m_options.separator == 0) {
        m_options.separator = commonest_separator(start.substr(m_start), 1);
    }
}

bool CsvReader::next(Row &row) {
    for (;;) {
        if (m_start == m_end && !fill()) {
            return false;
        }
        std::size_t line_end = find_line_end(m_start);
        const std::string_view line = without_cr({m_buffer.data() + m_start, line_end - m_start});
        m_problem = {};
        if (position_of('"', line.data(), line.data() + line.size()) == not_found) {
            split_plain(line);
            m_record_lines = 1;
        } else {
            line_end = split_quoted(m_start);
        }
        take_row(row, line_end - m_start, m_record_lines);
        if (!m_problem.empty() || !all_blank()) {
            return true;
        }
        ++m_blank;
    }
}

/// Moves what is unread to the front and reads more; false when there is no more.
bool CsvReader::fill() {
    if (m_at_end) {
        return false;
    }
    if (m_start > 0) {
        std::memmove(m_buffer.data(), m_buffer.data() + m_start, m_end - m_start);
        m_end -= m_start;
        m_start = 0;
    }
    if (m_end == m_buffer.size()) {
        m_buffer.resize(m_buffer.size() * 2);
    }
    const std::size_t got = m_source.read(m_buffer.data() + m_end, m_buffer.size() - m_end);
    m_end += got;
    m_at_end = got == 0;
    return got > 0;
}

/// Where the line from offset `from` ends: its line feed, or the end of the file. May move the
/// buffer so that m_start is 0; `from` counts from wherever m_start is then.
std::size_t CsvReader::find_line_end(std::size_t from) {
    std::size_t offset = from - m_start; // stays right when the buffer moves
    for (;;) {
        const char *begin = m_buffer.data() + m_start + offset;
        const std::size_t found = position_of('\n', begin, m_buffer.data() + m_end);
        if (found != not_found) {
            return m_start + offset + found;
        }
        offset = m_end - m_start;
        if (offset > m_options.record_limit) {
            throw std::runtime_error{fmt::format(
                "{}: line {} is longer than {} bytes, which no table of evidence has. Check that "
                "this is a CSV file with line ends.",
                m_name, m_line, m_options.record_limit)};
        }
        if (!fill()) {
            return m_end;
        }
    }
}

void CsvReader::split_plain(std::string_view record) {
    m_fields.clear();
    const char *from = record.data();
    const char *const end = from + record.size();
    for (;;) {
        const std::size_t found = position_of(m_options.separator, from, end);
        if (found == not_found) {
            m_fields.emplace_back(from, static_cast<std::size_t>(end - from));
            return;
        }
        m_fields.emplace_back(from, found);
        from += found + 1;
    }
}

/// Splits a record that has quotes; returns where it ends. When a quote is never closed, the first
/// line alone is the row, with a problem, so that one stray quote does not take the rest of the
/// file with it.
std::size_t CsvReader::split_quoted(std::size_t start) {
    struct Piece {
        std::size_t from; ///< in the buffer from m_start, or in m_unescaped
        std::size_t size;
        bool unescaped;
    };
    static thread_local std::vector<Piece> pieces;
    pieces.clear();
    m_unescaped.clear();
    std::size_t line_end = find_line_end(start) - m_start;
    const std::size_t first_line_end = line_end;
    std::uint64_t lines = 1;
    std::size_t at = 0;
    const auto byte = [&](std::size_t i) { return m_buffer[m_start + i]; };
    const auto record_end = [&] {
        return line_end > 0 && byte(line_end - 1) == '\r' ? line_end - 1 : line_end;
    };
    bool closed = true;
    for (bool more = true; more && closed;) {
        if (at >= record_end() || byte(at) != '"') {
            const char *from = m_buffer.data() + m_start + at;
            const std::size_t found =
                position_of(m_options.separator, from, m_buffer.data() + m_start + record_end());
            more = found != not_found;
            const std::size_t size = more ? found : record_end() - at;
            pieces.push_back({at, size, false});
            at += size + 1;
            continue;
        }
        const std::size_t from = ++at;
        const std::size_t kept = m_unescaped.size();
        std::size_t run = from;
        bool doubled = false;
        for (;;) {
            const std::size_t found = position_of('"', m_buffer.data() + m_start + at,
                                                  m_buffer.data() + m_start + line_end);
            if (found == not_found) {
                at = line_end;
                const bool last = m_start + line_end == m_end && m_at_end;
                if (last || line_end > m_options.record_limit) {
                    closed = false;
                    break;
                }
                if (m_start + line_end == m_end && !fill()) {
                    closed = false;
                    break;
                }
                const std::size_t next_start = line_end + 1;
                if (m_start + next_start >= m_end && !fill()) {
                    closed = false;
                    break;
                }
                line_end = find_line_end(m_start + next_start) - m_start;
                ++lines;
                continue;
            }
            at += found + 1;
            if (at < line_end && byte(at) == '"') {
                doubled = true;
                m_unescaped.append(m_buffer.data() + m_start + run, at - run);
                run = ++at;
                continue;
            }
            break;
        }
        if (!closed) {
            break;
        }
        if (doubled) {
            m_unescaped.append(m_buffer.data() + m_start + run, at - 1 - run);
            pieces.push_back({kept, m_unescaped.size() - kept, true});
        } else {
            pieces.push_back({from, at - 1 - from, false});
        }
        if (at >= record_end()) {
            more = false;
        } else if (byte(at) == m_options.separator) {
            ++at;
        } else {
            m_problem = "there is text between a closing quote and the next separator";
            more = false;
        }
    }
    m_record_lines = lines;
    if (!closed) {
        m_problem = "a quote is opened and never closed";
        m_record_lines = 1;
        line_end = first_line_end;
        pieces.clear(); // they may reach into lines that are read again
    }
    m_fields.clear();
    for (const Piece &piece : pieces) {
        const char *base = piece.unescaped ? m_unescaped.data() : m_buffer.data() + m_start;
        m_fields.emplace_back(base + piece.from, piece.size);
    }
    return m_start + line_end;
}

void CsvReader::take_row(Row &row, std::size_t length, std::uint64_t lines) {
    row.line = m_line;
    row.raw = without_cr({m_buffer.data() + m_start, length});
    row.problem = m_problem;
    row.fields = m_fields;
    if (!is_utf8(row.raw)) {
        convert(row);
    }
    m_start = std::min(m_start + length + 1, m_end);
    m_line += lines;
}

bool CsvReader::all_blank() const {
    return std::all_of(m_fields.begin(), m_fields.end(),
                       [](std::string_view field) { return field.empty(); });
}

void CsvReader::convert(Row &row) {
    ++m_converted;
    // One text holds the fields and the raw row, so that their views stay good until the next row.
    std::vector<std::size_t> sizes;
    std::string all;
    for (const std::string_view field : m_fields) {
        const std::string text =
            is_utf8(field) ? std::string{field} : utf8_from_windows_1252(field);
        sizes.push_back(text.size());
        all += text;
    }
    const std::size_t fields_size = all.size();
    all += utf8_from_windows_1252(row.raw);
    m_utf8 = std::move(all);
    const char *from = m_utf8.data();
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        m_fields[i] = {from, sizes[i]};
        from += sizes[i];
    }
    row.fields = m_fields;
    row.raw = std::string_view{m_utf8}.substr(fields_size);
}

} // namespace wardmote::lake
