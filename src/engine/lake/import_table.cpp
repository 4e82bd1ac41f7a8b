#include "engine/lake/importer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <stdexcept>

#include "engine/core/text.hpp"
#include "engine/lake/csv.hpp"
#include "engine/lake/json_rows.hpp"

namespace wardmote::lake {

namespace {

constexpr std::uint64_t json_limit = 64 * 1024 * 1024;
constexpr int header_within = 30; ///< rows: titles and notes may stand above the header

/// Where the header is and who reads the rows below it.
struct Recognised {
    SourceTable table;
    bool is_quarantine = false;
};

std::optional<Recognised> find_header(const Importing &import, const Input &input, RowSource &rows,
                                      std::string_view format) {
    Row row;
    for (int i = 0; i < header_within && rows.next(row); ++i) {
        if (is_quarantine_header(row.fields)) {
            return Recognised{{}, true};
        }
        const Mapping *mapping = recognise(import.mappings, row.fields, input.name, format);
        if (mapping == nullptr) {
            continue;
        }
        Recognised found;
        found.table.mapping = mapping;
        found.table.header.assign(row.fields.begin(), row.fields.end());
        found.table.owner = mapping->owner;
        for (const std::string &pattern : mapping->file_names) {
            if (const auto parts = match_name(pattern, input.name)) {
                if (!parts->owner.empty()) {
                    found.table.owner = parts->owner;
                }
                found.table.named_period = parts->period;
                break;
            }
        }
        if (found.table.owner.empty()) {
            found.table.owner = "local";
        }
        return found;
    }
    return std::nullopt;
}

std::string month_named(const SourceTable &table) {
    return table.named_period ? table.named_period->iso() : "";
}

FileReport unknown_table(const Input &input, const std::string &what) {
    FileReport report;
    report.path = what;
    report.outcome = input.asked_for ? FileReport::Outcome::refused : FileReport::Outcome::skipped;
    report.message = fmt::format("{}: no mapping fits its columns. `wardmote sources map \"{}\"` "
                                 "proposes one, to be put in catalogue/sources.",
                                 what, input.path);
    return report;
}

FileReport already_there(const std::string &store, const std::string &path, const std::string &id) {
    FileReport report;
    report.path = path;
    report.outcome = FileReport::Outcome::already_there;
    report.manifest = read_manifest(store, id);
    return report;
}

void fill_in(Manifest &manifest, const Mapping &mapping, const Tally &tally) {
    if (tally.rows_in != tally.rows_kept + tally.rows_quarantined + tally.rows_repeated) {
        throw std::logic_error{"Rows were lost: the account of the file does not add up."};
    }
    manifest.dataset = mapping.dataset;
    manifest.mapping = mapping.name;
    manifest.publisher = mapping.publisher;
    manifest.licence = mapping.licence;
    manifest.rows_in = tally.rows_in;
    manifest.rows_kept = tally.rows_kept;
    manifest.rows_quarantined = tally.rows_quarantined;
    manifest.rows_repeated = tally.rows_repeated;
    manifest.data_rows = tally.data_rows;
    manifest.covers = tally.covers;
    for (const auto &[month, rows] : tally.rows_by_month) {
        manifest.rows_by_month[core::Month::from_index(month).iso()] = rows;
    }
    manifest.findings.insert(manifest.findings.end(), tally.findings.begin(), tally.findings.end());
}

/// What is known of a source once all its rows have been read.
struct Measured {
    std::string sha256;
    std::uint64_t bytes = 0;
    std::uint64_t lines = 0;
    std::vector<Finding> findings;
};

/// Reads all rows below the header into a staged Parquet file and commits it.
FileReport import_rows(const Importing &import, const Input &input, const std::string &path,
                       const SourceTable &table, RowSource &rows,
                       const std::function<Measured()> &measure, std::size_t place) {
    const std::string stem = fmt::format("{}-{}", place, table.mapping->name);
    QuarantineWriter quarantine{import.staging->path(stem + ".csv"), table.header};
    RowMaker maker{table, rows, *import.areas, quarantine};
    Connection connection = import.database->connect();
    const std::string staged = import.staging->path(stem + ".parquet");
    std::uint64_t told = 0;
    connection.write_parquet(
        maker.columns(),
        [&](ChunkWriter &chunk) {
            const std::size_t filled = maker.fill(chunk);
            import.advance(maker.rows_so_far() - told, 0);
            told = maker.rows_so_far();
            return filled;
        },
        staged);

    const Measured measured = measure();
    Manifest manifest = blank_manifest(import, input, place);
    manifest.owner = table.owner;
    manifest.sha256 = measured.sha256;
    manifest.bytes = measured.bytes;
    manifest.lines = measured.lines;
    manifest.findings = measured.findings;
    fill_in(manifest, *table.mapping, maker.tally());
    manifest.placed_with = import.areas->fingerprint();
    manifest.id = manifest_id(measured.sha256, manifest.dataset, table.owner, month_named(table));
    manifest.data_sha256 = sha256_of_file(staged);
    quarantine.close(manifest.id);
    FileReport report;
    report.path = path;
    report.outcome =
        commit(import.store, manifest, staged, quarantine.any() ? quarantine.path() : "")
            ? FileReport::Outcome::imported
            : FileReport::Outcome::already_there;
    report.manifest = std::move(manifest);
    return report;
}

FileReport import_csv(const Importing &import, const Input &input, std::size_t place) {
    Meter meter{open_input(input)};
    CsvReader reader{meter, input.display};
    const auto found = find_header(import, input, reader, "table");
    if (!found) {
        return unknown_table(input, input.display);
    }
    if (found->is_quarantine) {
        return import_mended(
            import, input, reader,
            [&] {
                meter.drain();
                return meter.sha256();
            },
            place);
    }
    // A file of a name that the store has may be the same again: then its hash says so before any
    // work is done.
    if (import.known_names.contains(input.name)) {
        Meter first{open_input(input)};
        first.drain();
        const std::string id = manifest_id(first.sha256(), found->table.mapping->dataset,
                                           found->table.owner, month_named(found->table));
        if (has_manifest(import.store, id)) {
            return already_there(import.store, input.display, id);
        }
    }
    const auto measure = [&] {
        meter.drain();
        if (reader.lines() != meter.lines()) {
            throw std::runtime_error{fmt::format(
                "{}: {} lines were counted, but {} were read. The file was not imported; please "
                "report it, with the file.",
                input.display, meter.lines(), reader.lines())};
        }
        Measured measured{meter.sha256(), meter.bytes(), meter.lines(), {}};
        if (reader.converted_rows() > 0) {
            measured.findings.push_back(
                {"not-utf8",
                 fmt::format("{} had bytes that are not UTF-8, read as Windows-1252.",
                             core::counted(static_cast<std::int64_t>(reader.converted_rows()),
                                           "row", "rows")),
                 reader.converted_rows()});
        }
        return measured;
    };
    return import_rows(import, input, input.display, found->table, reader, measure, place);
}

FileReport import_json(const Importing &import, const Input &input, std::size_t place) {
    Meter meter{open_input(input)};
    std::string text;
    std::vector<char> buffer(256 * 1024);
    while (const std::size_t got = meter.read(buffer.data(), buffer.size())) {
        text.append(buffer.data(), got);
        if (text.size() > json_limit) {
            throw std::runtime_error{fmt::format("{}: is more than 64 MiB of JSON. Ask the service "
                                                 "for smaller areas, and import those.",
                                                 input.display)};
        }
    }
    const auto rows = open_json(text, input.display);
    const auto found = find_header(import, input, *rows, "json");
    if (!found) {
        return unknown_table(input, input.display);
    }
    const Measured measured{meter.sha256(), meter.bytes(), meter.lines(), {}};
    return import_rows(
        import, input, input.display, found->table, *rows, [&] { return measured; }, place);
}

std::vector<FileReport> import_sheets(const Importing &import, const Input &input,
                                      std::size_t place) {
    const std::string path = on_disk(input, import.staging->path(""));
    const std::string sha256 = sha256_of_file(path);
    std::vector<FileReport> reports;
    for (const std::string &sheet : spreadsheet_sheets(path)) {
        const auto rows = open_spreadsheet(path, sheet);
        const auto found = find_header(import, input, *rows, "table");
        if (!found || found->is_quarantine) {
            continue;
        }
        const auto &wanted = found->table.mapping->sheets;
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), sheet) == wanted.end()) {
            continue;
        }
        const std::string display = fmt::format("{}: {}", input.display, sheet);
        const std::string id = manifest_id(sha256, found->table.mapping->dataset,
                                           found->table.owner, month_named(found->table));
        if (has_manifest(import.store, id)) {
            reports.push_back(already_there(import.store, display, id));
            continue;
        }
        const Measured measured{sha256, input.disk_bytes, 0, {}};
        reports.push_back(import_rows(
            import, input, display, found->table, *rows, [&] { return measured; }, place));
    }
    if (reports.empty()) {
        reports.push_back(unknown_table(input, input.display));
    }
    return reports;
}

} // namespace

std::vector<FileReport> import_table(const Importing &import, const Input &input,
                                     std::size_t place) {
    switch (input.kind) {
    case Input::Kind::json:
        return {import_json(import, input, place)};
    case Input::Kind::spreadsheet:
        return import_sheets(import, input, place);
    default:
        return {import_csv(import, input, place)};
    }
}

} // namespace wardmote::lake
