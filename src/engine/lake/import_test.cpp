#include "engine/lake/import.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include "engine/lake/duckdb.hpp"
#include "engine/lake/import_test_folder.hpp"
#include "engine/lake/mapping.hpp"
#include "engine/lake/store.hpp"

namespace core = wardmote::core;
namespace lake = wardmote::lake;
using lake::TestFolder;

namespace {

using Outcome = lake::FileReport::Outcome;

const std::string header = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,"
                           "LSOA code,LSOA name,Crime type,Last outcome category,Context\n";

std::string crime(const std::string &id, const std::string &month = "2025-01",
                  const std::string &outcome = "Under investigation") {
    return id + "," + month + ",A Police,A Police,-1.25,51.75,On or near High Street,E01028513," +
           "Oxford 005A,Burglary," + outcome + ",\n";
}

std::int64_t count_where(const std::string &store, const lake::Manifest &manifest,
                         const std::string &condition) {
    const lake::Database database;
    auto connection = database.connect();
    auto rows =
        connection.query("SELECT count(*) FROM read_parquet(" +
                         lake::sql_text(store + "/" + manifest.data) + ") WHERE " + condition);
    rows.next();
    return rows.integer(0);
}

} // namespace

TEST_CASE("A street file is imported with every row kept, set aside or recognised as a repeat") {
    const TestFolder folder;
    const std::string repeat = crime("a");
    folder.write("2025-01-durham-street.csv",
                 header + repeat + crime("b") + repeat + crime("b", "2025-01", "Charged") +
                     crime("c", "2025-02") + crime("d", "January") + "e,2025-01,too,short\n" +
                     ",2025-01,A,A,,,No location,,,Anti-social behaviour,,\n" +
                     ",2025-01,A,A,,,No location,,,Anti-social behaviour,,\n");
    const auto report = folder.import({folder.path("2025-01-durham-street.csv")});
    REQUIRE(report.files.size() == 1);
    REQUIRE(report.files[0].outcome == Outcome::imported);
    const lake::Manifest &manifest = *report.files[0].manifest;
    CHECK(manifest.dataset == "police-street");
    CHECK(manifest.owner == "durham");
    CHECK(manifest.rows_in == 9);
    CHECK(manifest.rows_kept == 5);
    CHECK(manifest.rows_repeated == 1);
    CHECK(manifest.rows_quarantined == 3);
    CHECK(manifest.lines == 10);
    CHECK(manifest.covers == core::Period{core::Month{2025, 1}});
    CHECK(count_where(folder.store(), manifest, "category = 'Anti-social behaviour'") == 2);
    CHECK(count_where(folder.store(), manifest, "reference IS NULL") == 2);
    CHECK(count_where(folder.store(), manifest, "line = 3 AND reference = 'b'") == 1);

    const std::string aside = lake::read_text(folder.store() + "/" + manifest.quarantine);
    CHECK(aside.find("The row is of February 2025, but the file's name says January 2025.") !=
          std::string::npos);
    CHECK(aside.find("\"Month is \"\"January\"\", not a month such as 2014-12.\"") !=
          std::string::npos);
    CHECK(aside.find("The row has 4 fields where the header has 12.,\"e,2025-01,too,short\"") !=
          std::string::npos);
    CHECK(lake::verify(folder.store()).ok());
}

TEST_CASE("The same file again changes nothing and says so, under another name and in gzip too") {
    const TestFolder folder;
    folder.write("2025-01-durham-street.csv", header + crime("a"));
    folder.import({folder.path("2025-01-durham-street.csv")});
    const auto before = lake::manifests(folder.store());
    folder.write_gzip("2025-01-durham-street.csv.gz", header + crime("a"));
    folder.write("2025-01-durham-street (1).csv", header + crime("a"));
    for (const char *name : {"2025-01-durham-street.csv", "2025-01-durham-street.csv.gz",
                             "2025-01-durham-street (1).csv"}) {
        const auto report = folder.import({folder.path(name)});
        CHECK(report.files.at(0).outcome == Outcome::already_there);
        CHECK(report.ok());
    }
    const auto after = lake::manifests(folder.store());
    REQUIRE(after.size() == 1);
    CHECK(after[0].to_json() == before[0].to_json());
}

TEST_CASE("Two empty files of different months are two files") {
    const TestFolder folder;
    folder.write("2025-01-durham-street.csv", header);
    folder.write("2025-02-durham-street.csv", header);
    folder.import({folder.given()});
    CHECK(lake::manifests(folder.store()).size() == 2);
}

TEST_CASE("A later file for a month is kept beside the earlier one") {
    const TestFolder folder;
    folder.write("2025-01-durham-street.csv", header + crime("a"));
    folder.import({folder.given()}, "2025-03-01T00:00:00.000Z");
    folder.write("2025-01-durham-street.csv", header + crime("a", "2025-01", "Charged"));
    folder.import({folder.given()}, "2025-04-01T00:00:00.000Z");
    const auto all = lake::manifests(folder.store());
    REQUIRE(all.size() == 2);
    CHECK(all[0].received < all[1].received);
    CHECK(count_where(folder.store(), all[0], "outcome = 'Under investigation'") == 1);
    CHECK(count_where(folder.store(), all[1], "outcome = 'Charged'") == 1);
}

TEST_CASE("A quarantine file, mended and imported, gives the month its rows back") {
    const TestFolder folder;
    folder.write("2025-01-durham-street.csv",
                 header + crime("a") + crime("b", "January") + crime("c", "Febuary"));
    const auto first = folder.import({folder.given()});
    const lake::Manifest base = *first.files.at(0).manifest;
    REQUIRE(base.rows_quarantined == 2);
    std::string aside = lake::read_text(folder.store() + "/" + base.quarantine);
    const auto at = aside.find("b,January");
    REQUIRE(at != std::string::npos);
    aside.replace(at, 9, "b,2025-01");
    folder.write("mended.csv", aside);

    const auto second = folder.import({folder.path("mended.csv")});
    REQUIRE(second.files.at(0).outcome == Outcome::imported);
    const lake::Manifest &mended = *second.files[0].manifest;
    CHECK(mended.mends == base.id);
    CHECK(mended.dataset == "police-street");
    CHECK(mended.rows_in == 3);
    CHECK(mended.rows_kept == 2);
    CHECK(mended.rows_quarantined == 1);
    CHECK(mended.received >= base.received);
    CHECK(count_where(folder.store(), mended, "reference IN ('a', 'b')") == 2);
    CHECK(count_where(folder.store(), mended, "line = 3 AND reference = 'b'") == 1);
    CHECK(lake::read_text(folder.store() + "/" + mended.quarantine).find("Febuary") !=
          std::string::npos);
    CHECK(lake::verify(folder.store()).ok());
    CHECK(folder.import({folder.path("mended.csv")}).files.at(0).outcome == Outcome::already_there);
}

TEST_CASE("Yearly counts stand for a financial year, wide rows give one row for each figure") {
    const TestFolder folder;
    folder.write("police-recorded-annual-oxford.csv",
                 "year,offence_group,count\n1994-95,Burglary,\"2,512\"\n1995-96,Burglary,x\n");
    folder.write("population-oxford-2011-03.csv",
                 "ward_code,residents,households\nE05000001,6000,2500\n");
    const auto report = folder.import({folder.given()});
    REQUIRE(report.ok());
    const lake::Manifest &annual = *report.files.at(0).manifest;
    CHECK(annual.rows_kept == 1);
    CHECK(annual.rows_quarantined == 1);
    CHECK(annual.covers == core::Period{core::Month{1994, 4}, core::Month{1995, 3}});
    CHECK(count_where(folder.store(), annual,
                      "count = 2512 AND period_months = 12 AND month = DATE '1994-04-01'") == 1);
    const lake::Manifest &people = *report.files.at(1).manifest;
    CHECK(people.rows_in == 1);
    CHECK(people.data_rows == 2);
    CHECK(count_where(folder.store(), people, "category = 'households' AND count = 2500") == 1);
}

TEST_CASE("New boundaries or lookups place the files of before again, in the same import") {
    const TestFolder folder;
    folder.write("2025-01-durham-street.csv", header + crime("a"));
    folder.import({folder.given()});
    CHECK(count_where(folder.store(), lake::manifests(folder.store()).at(0), "ward IS NULL") == 1);
    folder.write("lookup.csv", "lsoa11_code,ward17_code\nE01028513,E05006543\n");
    const auto report = folder.import({folder.path("lookup.csv")});
    CHECK(report.placed_again == 1);
    for (const auto &manifest : lake::manifests(folder.store())) {
        if (manifest.dataset == "police-street") {
            CHECK(count_where(folder.store(), manifest, "ward = 'E05006543'") == 1);
        }
    }
    CHECK(lake::verify(folder.store()).ok());
}

TEST_CASE("An answer of the police API becomes the same rows as the archive has") {
    const TestFolder folder;
    folder.write("crime_month_2018_06_area_E05000026_0.json",
                 R"([{"category":"anti-social-behaviour","location":{"latitude":"51.53","street":)"
                 R"({"id":1,"name":"On or near High Street"},"longitude":"0.08"},"context":"",)"
                 R"("location_type":"Force","outcome_status":null,"persistent_id":"","id":7,)"
                 R"("month":"2018-06"}])");
    const auto report = folder.import({folder.given()});
    REQUIRE(report.files.at(0).outcome == Outcome::imported);
    CHECK(count_where(folder.store(), *report.files[0].manifest,
                      "category = 'Anti-social behaviour' AND longitude = 0.08 AND location = 'On "
                      "or near High Street' AND api_id = '7'") == 1);
}

TEST_CASE("The sum of a fly-tipping row is held against its total") {
    const std::string catalogue = WARDMOTE_SOURCE_DIR "/catalogue";
    const std::vector<std::string> catalogues{catalogue};
    std::string names = "Year,ONS Code,LA Name,Region";
    std::string good = "2012-13,E07000178,Oxford,South East";
    std::string bad = "2013-14,E07000178,Oxford,South East";
    for (const auto &mapping : lake::load_mappings(catalogues)) {
        if (mapping.name != "fly-tipping") {
            continue;
        }
        // Highway, Animal Carcass and Single Black Bag get all of the total; the rest nothing.
        std::string last;
        for (const auto &value : mapping.values) {
            const bool takes_all =
                value.category == "total" || (value.category != last && value.category != "cost");
            last = value.category;
            names += ",\"" + value.column + "\"";
            good += takes_all ? ",10" : ",0";
            bad += takes_all ? (value.category == "waste" ? ",7" : ",10") : ",0";
        }
    }
    const TestFolder folder;
    folder.write("fly.csv", "A title\n\n" + names + "\n" + good + "\n" + bad + "\n");
    const auto report = folder.import({folder.given()});
    const lake::Manifest &manifest = *report.files.at(0).manifest;
    CHECK(manifest.rows_kept == 1);
    CHECK(manifest.rows_quarantined == 1);
    CHECK(lake::read_text(folder.store() + "/" + manifest.quarantine)
              .find("The waste columns add up to 7, but Total Incidents is 10: a difference of "
                    "-3.") != std::string::npos);
}

TEST_CASE("A mapping is proposed for a table nobody has described, and can be read") {
    const TestFolder folder;
    folder.write("noise.csv", "Case reference,Opened,Type of noise,Ward,Street name\n"
                              "N1,02/02/2015,Music,E05006543,High Street\n"
                              "N2,14/02/2015,Dogs,E05006543,Low Street\n");
    const std::string toml = lake::propose_mapping(folder.path("noise.csv"));
    const auto mapping = lake::parse_mapping(toml, "noise.toml");
    CHECK(mapping.columns.at("reference") == "Case reference");
    CHECK(mapping.columns.at("date") == "Opened");
    CHECK(mapping.columns.at("category") == "Type of noise");
    CHECK(mapping.columns.at("ward") == "Ward");
    CHECK(mapping.date_forms.at(0) == "31/12/2014");
}
