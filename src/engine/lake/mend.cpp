#include "engine/lake/importer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <stdexcept>

#include "engine/core/text.hpp"
#include "engine/lake/csv.hpp"

namespace wardmote::lake {

namespace {

/// The raw rows of a quarantine file as rows of the source they come from, with its line numbers.
class MendedRows final : public RowSource {
public:
    explicit MendedRows(const Quarantine &quarantine)
        : m_next{quarantine.entries.begin()}
        , m_end{quarantine.entries.end()} {}

    bool next(Row &row) override {
        if (m_next == m_end) {
            return false;
        }
        m_reader.reset();
        m_bytes = open_text(m_next->second.raw);
        m_reader = std::make_unique<CsvReader>(*m_bytes, "row", CsvOptions{.separator = ','});
        if (!m_reader->next(row)) {
            row = Row{0, {}, {}, "the row is blank"};
        }
        row.line = m_next->first;
        ++m_next;
        return true;
    }

private:
    std::map<std::uint64_t, Quarantine::Entry>::const_iterator m_next;
    std::map<std::uint64_t, Quarantine::Entry>::const_iterator m_end;
    std::unique_ptr<ByteSource> m_bytes;
    std::unique_ptr<CsvReader> m_reader;
};

/// The file that is mended; refuses when that cannot be.
Manifest base_of(const Importing &import, const Input &input, const Quarantine &quarantine) {
    if (quarantine.id.size() != 16 || !has_manifest(import.store, quarantine.id)) {
        throw std::runtime_error{fmt::format(
            "{}: the file it belongs to ({}) is not in this store.", input.display, quarantine.id)};
    }
    Manifest base = read_manifest(import.store, quarantine.id);
    if (base.dataset == "lookups" || base.dataset == "boundaries") {
        throw std::runtime_error{
            fmt::format("{}: areas are not mended row by row. Mend {} itself and import that.",
                        input.display, base.file_name)};
    }
    for (const Manifest &other : manifests(import.store)) {
        if (other.mends == quarantine.id) {
            throw std::runtime_error{fmt::format(
                "{}: rows of that file have been mended since. Take its newer quarantine file, if "
                "there is one, and mend that.",
                input.display)};
        }
    }
    return base;
}

const Mapping &mapping_of(const Importing &import, const Manifest &base) {
    for (const Mapping &mapping : import.mappings) {
        if (mapping.name == base.mapping) {
            return mapping;
        }
    }
    throw std::runtime_error{fmt::format("The mapping \"{}\" that read {} is no longer in "
                                         "catalogue/sources. Put it back.",
                                         base.mapping, base.file_name)};
}

std::vector<std::string> header_of(const Quarantine &quarantine) {
    const auto bytes = open_text(quarantine.header);
    CsvReader reader{*bytes, "header", CsvOptions{.separator = ','}};
    Row row;
    reader.next(row);
    return {row.fields.begin(), row.fields.end()};
}

/// Rows that are set aside still, because the mended file does not speak of them.
void keep_the_rest(const Importing &import, const Manifest &base, const Quarantine &mended,
                   QuarantineWriter &writer) {
    if (base.quarantine.empty()) {
        return;
    }
    const std::string path = import.store + "/" + base.quarantine;
    const auto bytes = open_file(path);
    CsvReader reader{*bytes, path};
    Row row;
    reader.next(row); // its header
    for (const auto &[line, entry] : read_quarantine(reader, path).entries) {
        if (!mended.entries.contains(line)) {
            writer.add(Row{line, {}, entry.raw, {}}, entry.field, entry.reason);
        }
    }
}

} // namespace

FileReport import_mended(const Importing &import, const Input &input, RowSource &rows,
                         const std::function<std::string()> &sha256, std::size_t place) {
    FileReport report;
    report.path = input.display;
    const Quarantine mended = read_quarantine(rows, input.display);
    const std::string hash = sha256();
    const std::string id = manifest_id(hash, "quarantine", mended.id, "");
    if (has_manifest(import.store, id)) {
        report.outcome = FileReport::Outcome::already_there;
        report.manifest = read_manifest(import.store, id);
        return report;
    }
    const Manifest base = base_of(import, input, mended);
    const SourceTable table{&mapping_of(import, base), header_of(mended), base.owner, base.covers};
    MendedRows mended_rows{mended};
    QuarantineWriter writer{import.staging->path(fmt::format("{}-mended.csv", place)),
                            table.header};
    RowMaker maker{table, mended_rows, *import.areas, writer};
    Connection reading = import.database->connect();
    Connection writing = import.database->connect();
    PlacedCopy copy{reading, import.store + "/" + base.data, *import.areas, base.owner};
    const std::string staged = import.staging->path(fmt::format("{}-mended.parquet", place));
    const std::uint64_t data_rows = writing.write_parquet(
        maker.columns(),
        [&](ChunkWriter &chunk) {
            const std::size_t copied = copy.fill(chunk);
            return copied > 0 ? copied : maker.fill(chunk);
        },
        staged);
    const Tally tally = maker.tally();
    if (tally.rows_kept + tally.rows_repeated == 0) {
        throw std::runtime_error{fmt::format(
            "{}: none of its {} can be read yet. Mend the last column, as the reason says, and "
            "import the file again.",
            input.display, core::counted(static_cast<std::int64_t>(tally.rows_in), "row", "rows"))};
    }
    keep_the_rest(import, base, mended, writer);
    writer.close(id);

    // The new manifest speaks for the whole month: the file's rows with those that were mended.
    Manifest manifest = base;
    const Manifest fresh = blank_manifest(import, input, place);
    manifest.id = id;
    manifest.mends = base.id;
    manifest.file_name = fresh.file_name;
    manifest.archive = fresh.archive;
    manifest.sha256 = hash;
    manifest.importer = fresh.importer;
    manifest.received = std::max(fresh.received, base.received);
    manifest.imported = fresh.imported;
    const std::uint64_t returned = tally.rows_kept + tally.rows_repeated;
    manifest.rows_kept += tally.rows_kept;
    manifest.rows_repeated += tally.rows_repeated;
    manifest.rows_quarantined -= std::min(returned, manifest.rows_quarantined);
    manifest.rows_in = manifest.rows_kept + manifest.rows_quarantined + manifest.rows_repeated;
    manifest.data_rows = data_rows;
    for (const auto &[month, count] : tally.rows_by_month) {
        manifest.rows_by_month[core::Month::from_index(month).iso()] += count;
    }
    manifest.findings = with_places(base.findings, copy.findings());
    manifest.findings.push_back(
        {"mended",
         fmt::format("{} of {} were mended and brought back.",
                     core::counted(static_cast<std::int64_t>(tally.rows_kept), "row", "rows"),
                     base.file_name),
         tally.rows_kept});
    manifest.placed_with = import.areas->fingerprint();
    manifest.data_sha256 = sha256_of_file(staged);
    report.outcome = commit(import.store, manifest, staged, writer.any() ? writer.path() : "")
                         ? FileReport::Outcome::imported
                         : FileReport::Outcome::already_there;
    report.manifest = std::move(manifest);
    return report;
}

} // namespace wardmote::lake
