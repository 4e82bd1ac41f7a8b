#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "engine/lake/duckdb.hpp"
#include "engine/lake/import_test_folder.hpp"
#include "real_data_for_test.hpp"

namespace fs = std::filesystem;
namespace lake = wardmote::lake;
using lake::TestFolder;

namespace {

/// The folder of real open data, or "" with a word said when there is none.
std::string police_data() {
    const auto folder = wardmote::real_data();
    return wardmote::skipped_without(folder / "police") ? "" : folder.string();
}

lake::ImportReport import_checked(const TestFolder &folder, const std::vector<std::string> &paths) {
    auto report = folder.import(paths);
    for (const auto &file : report.files) {
        CHECK_MESSAGE(file.outcome == lake::FileReport::Outcome::imported, file.message);
        if (file.manifest) {
            const lake::Manifest &manifest = *file.manifest;
            CHECK(manifest.rows_in ==
                  manifest.rows_kept + manifest.rows_quarantined + manifest.rows_repeated);
            CHECK(manifest.lines == manifest.rows_in + 1); // these files quote no line ends
        }
    }
    return report;
}

} // namespace

TEST_CASE(
    "Real street files of two forces import whole: as many rows as their publisher's files have") {
    const std::string data = police_data();
    if (data.empty()) {
        return;
    }
    const TestFolder folder;
    // The numbers stand in the data's own description.
    const auto thames = import_checked(folder, {data + "/police/thames-valley/street"});
    CHECK(thames.rows_in == 328730);
    CHECK(thames.rows_quarantined == 0);
    const auto northumbria = import_checked(folder, {data + "/police/northumbria/street"});
    CHECK(northumbria.rows_in == 538885);
    CHECK(lake::verify(folder.store()).ok());

    lake::Database database;
    auto connection = database.connect();
    auto oxford =
        connection.query("SELECT count(*) FROM read_parquet(" +
                         lake::sql_text(folder.store() + "/data/police-street/*.parquet") +
                         ") WHERE owner = 'thames-valley' AND lsoa_name LIKE 'Oxford %'");
    REQUIRE(oxford.next());
    // 28,725 rows, of which those that repeat another word for word are counted once.
    CHECK(oxford.integer(0) <= 28725);
    CHECK(oxford.integer(0) >= 28725 - static_cast<std::int64_t>(thames.rows_repeated));
}

TEST_CASE("Defra's fly-tipping return reads the same as spreadsheet and as CSV") {
    const std::string data = police_data();
    if (data.empty()) {
        return;
    }
    const TestFolder sheet;
    const TestFolder table;
    const auto from_sheet = sheet.import({data + "/fly-tipping/flytipping_la.ods"});
    const auto from_table = table.import(
        {data + "/fly-tipping/sheet_LA_incidents.csv", data + "/fly-tipping/sheet_LA_actions.csv"});
    REQUIRE(from_sheet.files.size() == 2);
    lake::Database database;
    auto connection = database.connect();
    const auto sums = [&](const lake::ImportReport &report, const TestFolder &folder) {
        std::string text;
        for (const std::string name : {"fly-tipping", "fly-tipping-actions"}) {
            for (const auto &file : report.files) {
                if (file.manifest->dataset == name) {
                    auto rows = connection.query(
                        "SELECT count(*), sum(count) FROM read_parquet(" +
                        lake::sql_text(folder.store() + "/" + file.manifest->data) + ")");
                    rows.next();
                    text += std::to_string(rows.integer(0)) + " " +
                            std::to_string(rows.integer(1)) + "; ";
                }
            }
        }
        return text;
    };
    CHECK(sums(from_sheet, sheet) == sums(from_table, table));
}
