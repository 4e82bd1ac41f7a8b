#include "engine/lake/importer.hpp"

#include <fmt/core.h>

#include <filesystem>
#include <stdexcept>

#include "engine/core/text.hpp"
#include "engine/lake/boundaries.hpp"
#include "engine/lake/csv.hpp"
#include "engine/lake/lookups.hpp"

namespace wardmote::lake {

namespace {

/// Hashes all of an input; a shapefile's attributes count too.
std::pair<std::string, Meter *> hash(const Input &input, std::unique_ptr<Meter> &meter) {
    meter = std::make_unique<Meter>(open_input(input));
    meter->drain();
    std::string sha256 = meter->sha256();
    const std::filesystem::path attributes =
        std::filesystem::path{input.path}.replace_extension(".dbf");
    if (input.path.ends_with(".shp") && std::filesystem::exists(attributes)) {
        sha256 = sha256_of(sha256 + sha256_of_file(attributes.string()));
    }
    return {sha256, meter.get()};
}

std::optional<AreaRows> read_rows(const Importing &import, const Input &input) {
    if (input.kind == Input::Kind::lookup) {
        const auto source = open_input(input);
        CsvReader reader{*source, input.display};
        return read_lookup(reader);
    }
    return read_boundary_file(on_disk(input, import.staging->path("")));
}

std::string quarantined(const Importing &import, const AreaRows &rows, const std::string &id,
                        std::size_t place) {
    if (rows.refused.empty()) {
        return {};
    }
    QuarantineWriter writer{import.staging->path(fmt::format("{}-areas.csv", place)), {rows.owner}};
    for (const RefusedRow &refused : rows.refused) {
        const Row row{refused.line, {}, refused.raw, {}};
        writer.add(row, refused.field, refused.reason);
    }
    writer.close(id);
    return writer.path();
}

} // namespace

FileReport import_areas(const Importing &import, const Input &input, std::size_t place) {
    FileReport report;
    report.path = input.display;
    std::unique_ptr<Meter> meter;
    const auto [sha256, counted] = hash(input, meter);
    const std::string dataset = input.kind == Input::Kind::lookup ? "lookups" : "boundaries";
    const std::string id = manifest_id(sha256, dataset, "", "");
    if (has_manifest(import.store, id)) {
        report.outcome = FileReport::Outcome::already_there;
        report.manifest = read_manifest(import.store, id);
        return report;
    }
    const auto rows = read_rows(import, input);
    if (!rows) {
        throw std::runtime_error{fmt::format(
            "{}: holds no areas, and is no answer of the police API either.", input.display)};
    }
    Manifest manifest = blank_manifest(import, input, place);
    manifest.id = id;
    manifest.dataset = manifest.mapping = rows->dataset;
    manifest.owner = rows->owner;
    manifest.publisher = "Office for National Statistics";
    manifest.licence = "Open Government Licence v3.0";
    manifest.sha256 = sha256;
    manifest.bytes = counted->bytes();
    manifest.lines = counted->lines();
    manifest.rows_in = rows->rows_in;
    manifest.rows_kept = manifest.data_rows = rows->rows.size();
    manifest.rows_quarantined = rows->refused.size();
    manifest.rows_repeated = rows->repeated;
    manifest.findings = rows->findings;

    Connection connection = import.database->connect();
    const std::string staged = import.staging->path(fmt::format("{}-areas.parquet", place));
    write_area_rows(*rows, connection, staged);
    manifest.data_sha256 = sha256_of_file(staged);
    const bool new_here =
        commit(import.store, manifest, staged, quarantined(import, *rows, id, place));
    report.outcome = new_here ? FileReport::Outcome::imported : FileReport::Outcome::already_there;
    report.message = rows->title;
    report.manifest = manifest;
    return report;
}

} // namespace wardmote::lake
