#include "engine/lake/import.hpp"

#include <fmt/core.h>

#include <filesystem>

#include "engine/core/text.hpp"
#include "engine/lake/bytes.hpp"
#include "engine/lake/duckdb.hpp"
#include "engine/lake/store.hpp"

namespace wardmote::lake {

namespace {

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
    return core::counted(static_cast<std::int64_t>(number), one, many);
}

std::string account(const Manifest &manifest) {
    return fmt::format("{} in: {} kept, {} set aside, {} repeated",
                       counted(manifest.rows_in, "row", "rows"),
                       core::number(static_cast<std::int64_t>(manifest.rows_kept)),
                       core::number(static_cast<std::int64_t>(manifest.rows_quarantined)),
                       core::number(static_cast<std::int64_t>(manifest.rows_repeated)));
}

std::string lines_of(const FileReport &file) {
    if (file.outcome == FileReport::Outcome::refused) {
        return "Refused: " + file.message + "\n";
    }
    if (file.outcome == FileReport::Outcome::skipped) {
        return "Passed over: " + file.message + "\n";
    }
    const Manifest &manifest = *file.manifest;
    if (file.outcome == FileReport::Outcome::already_there) {
        return fmt::format("{}: the store has it already ({}); nothing was done.\n", file.path,
                           manifest.id);
    }
    std::string text = fmt::format("{}: {}, {}. {}.\n", file.path, manifest.dataset, manifest.owner,
                                   core::capitalised(account(manifest)));
    if (!manifest.quarantine.empty()) {
        text += fmt::format("    The rows set aside are in {}, to be mended and imported again.\n",
                            manifest.quarantine);
    }
    for (const Finding &finding : manifest.findings) {
        text += "    " + finding.sentence + "\n";
    }
    return text;
}

/// Problems of one file of the store, each a sentence.
void check_data(const std::string &store, const Manifest &manifest, Connection &connection,
                Verification &verification) {
    const auto problem = [&](const std::string &what) {
        verification.problems.push_back(
            fmt::format("{} ({}): {}", manifest.id, manifest.file_name, what));
    };
    const std::string data = store + "/" + manifest.data;
    if (!std::filesystem::exists(data)) {
        problem(fmt::format("{} is missing.", manifest.data));
        return;
    }
    if (sha256_of_file(data) != manifest.data_sha256) {
        problem(fmt::format("{} is not as it was written.", manifest.data));
        return;
    }
    auto rows = connection.query("SELECT count(*) FROM read_parquet(" + sql_text(data) + ")");
    rows.next();
    if (static_cast<std::uint64_t>(rows.integer(0)) != manifest.data_rows) {
        problem(fmt::format("{} has {}, not {}.", manifest.data,
                            counted(static_cast<std::uint64_t>(rows.integer(0)), "row", "rows"),
                            manifest.data_rows));
    }
    if (manifest.rows_in !=
        manifest.rows_kept + manifest.rows_quarantined + manifest.rows_repeated) {
        problem("its rows do not add up.");
    }
    if (!manifest.quarantine.empty() &&
        !std::filesystem::exists(store + "/" + manifest.quarantine)) {
        problem(fmt::format("{} is missing.", manifest.quarantine));
    }
    verification.rows += manifest.rows_kept;
}

} // namespace

std::string summary(const ImportReport &report) {
    std::string text;
    std::size_t imported = 0;
    std::size_t refused = 0;
    for (const FileReport &file : report.files) {
        text += lines_of(file);
        imported += file.outcome == FileReport::Outcome::imported ? 1 : 0;
        refused += file.outcome == FileReport::Outcome::refused ? 1 : 0;
    }
    Manifest sum;
    sum.rows_in = report.rows_in;
    sum.rows_kept = report.rows_kept;
    sum.rows_quarantined = report.rows_quarantined;
    sum.rows_repeated = report.rows_repeated;
    text += fmt::format("{} imported in {} seconds. {}.\n", counted(imported, "file", "files"),
                        core::number(report.seconds, 1), core::capitalised(account(sum)));
    if (report.placed_again > 0) {
        text += fmt::format("{} of before {} given new areas, because boundaries or lookups have "
                            "changed.\n",
                            counted(report.placed_again, "file", "files"),
                            report.placed_again == 1 ? "was" : "were");
    }
    if (refused > 0) {
        text += fmt::format("{} refused; see above.\n", counted(refused, "file was", "files were"));
    }
    return text;
}

Verification verify(const std::string &store) {
    Verification verification;
    const Database database{{.threads = 1}};
    Connection connection = database.connect();
    const std::filesystem::path folder = store + "/manifests";
    if (!std::filesystem::is_directory(folder)) {
        verification.problems.push_back(fmt::format("{}: is not an evidence folder.", store));
        return verification;
    }
    for (const auto &entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() != ".json") {
            continue;
        }
        ++verification.manifests;
        try {
            const std::string path = entry.path().string();
            check_data(store, Manifest::from_json(read_text(path), path), connection, verification);
        } catch (const std::runtime_error &error) {
            verification.problems.emplace_back(error.what());
        }
    }
    if (verification.ok()) { // else an unreadable manifest would make its data look left over
        for (const std::string &orphan : orphans(store)) {
            verification.notes.push_back(fmt::format(
                "{} belongs to no manifest: an import was stopped, or areas have changed. A later "
                "import removes it.",
                orphan));
        }
    }
    return verification;
}

} // namespace wardmote::lake
