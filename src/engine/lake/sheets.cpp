#include "engine/lake/sheets.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>

#include <cpl_vsi.h>
#include <fmt/format.h>
#include <zip.h>

#include "engine/core/text.hpp"
#include "engine/lake/csv.hpp"

namespace wardmote::lake {

namespace {

/// What is said to whoever sent the file.
struct Refused {
    std::string sentence;
};

/// The bytes as a file that only GDAL sees. Nothing of what people send is laid on a disk.
class MemoryFile {
public:
    MemoryFile(std::string_view bytes, std::string_view ending) {
        static std::atomic<unsigned> count = 0;
        m_path = fmt::format("/vsimem/wardmote-sheet-{}.{}", ++count, ending);
        // GDAL reads only, though its signature does not say so.
        auto *data = reinterpret_cast<GByte *>(const_cast<char *>(bytes.data()));
        VSIFCloseL(VSIFileFromMemBuffer(m_path.c_str(), data, bytes.size(), FALSE));
    }
    ~MemoryFile() { VSIUnlink(m_path.c_str()); }
    MemoryFile(const MemoryFile &) = delete;
    MemoryFile &operator=(const MemoryFile &) = delete;

    const std::string &path() const { return m_path; }

private:
    std::string m_path;
};

/// "xlsx" or "ods" by what is in the archive; nothing when it is another kind of ZIP file. Throws
/// Refused when it would unpack to more than the limit.
std::optional<std::string_view> kind_of_archive(std::string_view bytes, std::uint64_t limit) {
    zip_error_t error;
    zip_error_init(&error);
    auto *source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    auto *archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
    zip_error_fini(&error);
    if (archive == nullptr) {
        zip_source_free(source);
        return std::nullopt;
    }
    const std::unique_ptr<zip_t, decltype(&zip_discard)> closing{archive, zip_discard};
    std::uint64_t unpacked = 0;
    std::optional<std::string_view> kind;
    const auto count = zip_get_num_entries(archive, 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t status;
        if (zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &status) != 0) {
            return std::nullopt;
        }
        if (status.size > limit || (unpacked += status.size) > limit) {
            throw Refused{"The file unpacks to more than can be read here. Save only the sheet "
                          "that is to be brought in, and send that"};
        }
        const std::string_view name = status.name;
        kind = name == "xl/workbook.xml" ? "xlsx" : name == "content.xml" ? "ods" : kind;
    }
    return kind;
}

/// Cut at the last whole character before the limit.
std::string cell_of(std::string_view text, const SheetLimits &limits) {
    text = core::trim(text);
    if (text.size() > limits.cell) {
        auto end = limits.cell;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) {
            --end;
        }
        text = text.substr(0, end);
    }
    return std::string{text};
}

core::Sheet whole(std::string name, RowSource &source, const SheetLimits &limits) {
    core::Sheet sheet{.name = std::move(name), .rows = {}};
    Row row;
    while (source.next(row)) {
        core::SheetRow read{.line = row.line, .cells = {}, .problem = std::string{row.problem}};
        bool blank = row.problem.empty();
        for (const auto field : row.fields.first(std::min(row.fields.size(), limits.columns))) {
            read.cells.push_back(cell_of(field, limits));
            blank = blank && read.cells.back().empty();
        }
        if (blank) {
            continue;
        }
        while (!read.cells.empty() && read.cells.back().empty()) {
            read.cells.pop_back();
        }
        if (sheet.rows.size() == limits.rows) {
            throw Refused{fmt::format("The file has more than {} rows. Divide it, and bring in one "
                                      "part after another",
                                      core::number(static_cast<std::int64_t>(limits.rows)))};
        }
        sheet.rows.push_back(std::move(read));
    }
    return sheet;
}

std::vector<core::Sheet> all_sheets(std::string_view name, std::string_view bytes,
                                    const SheetLimits &limits) {
    std::vector<core::Sheet> sheets;
    if (bytes.starts_with("PK")) {
        const auto kind = kind_of_archive(bytes, limits.unpacked);
        if (!kind) {
            throw Refused{"The file is neither an XLSX nor an ODS spreadsheet, or it is damaged"};
        }
        const MemoryFile file{bytes, *kind};
        for (const auto &each : spreadsheet_sheets(file.path())) {
            sheets.push_back(whole(each, *open_spreadsheet(file.path(), each), limits));
        }
        return sheets;
    }
    if (bytes.starts_with("\xD0\xCF\x11\xE0")) { // the container of old and of locked Office files
        throw Refused{"The file is locked with a password, or of an Excel before 2007. Save it as "
                      "XLSX without a password"};
    }
    if (bytes.find('\0') != bytes.npos) {
        throw Refused{"The file is not a spreadsheet or CSV file. If it is text, save it as CSV "
                      "UTF-8"};
    }
    // A title above the table has no separators: the first line alone would not tell.
    constexpr std::size_t lines_looked_at = 30;
    const auto source = open_text(std::string{bytes});
    CsvReader reader{
        *source,
        std::string{name},
        {.separator = commonest_separator(bytes, lines_looked_at), .record_limit = 256UL * 1024}};
    sheets.push_back(whole({}, reader, limits));
    return sheets;
}

} // namespace

core::SheetsRead read_sheets(std::string_view name, std::string_view bytes,
                             const SheetLimits &limits) {
    try {
        auto sheets = all_sheets(name, bytes, limits);
        std::erase_if(sheets, [](const core::Sheet &sheet) { return sheet.rows.empty(); });
        if (sheets.empty()) {
            return "The file has no rows";
        }
        return sheets;
    } catch (const Refused &refused) {
        return refused.sentence;
    } catch (const std::runtime_error &) { // its sentence names a path that nobody knows
        return "The file is damaged: it cannot be read to its end. Save it again, and send that";
    }
}

} // namespace wardmote::lake
