#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <unistd.h>

#include "engine/core/text.hpp"
#include "engine/lake/bytes.hpp"
#include "engine/lake/csv.hpp"
#include "engine/lake/row_source.hpp"
#include "real_data_for_test.hpp"

using namespace wardmote::lake;
namespace fs = std::filesystem;

namespace {

/// A flat OpenDocument table zipped up: two sheets, with every kind of cell and a gap of rows.
const char *const content = R"(<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet>
<table:table table:name="First">
<table:table-row><table:table-cell
 office:value-type="string"><text:p>Date</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Count</text:p></table:table-cell>
 </table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell
 table:number-columns-repeated="2"/></table:table-row>
<table:table-row><table:table-cell office:value-type="date"
 office:date-value="2014-12-31"><text:p>31/12/14</text:p></table:table-cell>
<table:table-cell office:value-type="float"
 office:value="1250"><text:p>1,250</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell
 office:value-type="string"><text:p>1.10</text:p></table:table-cell>
<table:table-cell office:value-type="float"
 office:value="12.340000000000002"><text:p>12.34</text:p></table:table-cell></table:table-row>
</table:table>
<table:table table:name="Second"><table:table-row>
<table:table-cell office:value-type="string"><text:p>only &amp; cell</text:p></table:table-cell>
 </table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>)";

struct Folder {
    fs::path path = fs::temp_directory_path() / ("wardmote-sheet-" + std::to_string(::getpid()));
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
};

std::vector<std::string> texts(const Row &row) {
    std::vector<std::string> out{row.fields.begin(), row.fields.end()};
    while (!out.empty() && out.back().empty()) {
        out.pop_back();
    }
    return out;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("cells of a spreadsheet are read as a person sees them, row by row") {
    if (std::system("command -v zip >/dev/null 2>&1") != 0) {
        MESSAGE("skipped: zip is not installed");
        return;
    }
    const Folder folder;
    std::ofstream{folder.path / "content.xml"} << content;
    std::ofstream{folder.path / "mimetype"} << "application/vnd.oasis.opendocument.spreadsheet";
    const std::string command =
        "cd " + folder.path.string() + " && zip -q -0 t.ods mimetype && zip -q t.ods content.xml";
    REQUIRE(std::system(command.c_str()) == 0);
    const std::string path = (folder.path / "t.ods").string();

    CHECK(spreadsheet_sheets(path) == Texts{"First", "Second"});
    const auto rows = open_spreadsheet(path, "First");
    Row row;
    REQUIRE(rows->next(row));
    CHECK(row.line == 1);
    CHECK(texts(row) == Texts{"Date", "Count"});
    REQUIRE(rows->next(row));
    REQUIRE(rows->next(row));
    CHECK(texts(row).empty());
    REQUIRE(rows->next(row));
    CHECK(row.line == 4);
    CHECK(texts(row) == Texts{"2014-12-31", "1250"});
    REQUIRE(rows->next(row));
    CHECK(texts(row) == Texts{"1.10", "12.34"});
    CHECK_FALSE(rows->next(row));
    const auto second = open_spreadsheet(path, "Second");
    REQUIRE(second->next(row));
    CHECK(texts(row) == Texts{"only & cell"});
    CHECK_THROWS_AS(open_spreadsheet(path, "Third"), std::runtime_error);
}

TEST_CASE("what is no spreadsheet is refused with a sentence") {
    const Folder folder;
    const std::string path = (folder.path / "no.xlsx").string();
    std::ofstream{path} << "not a zip";
    CHECK_THROWS_AS(spreadsheet_sheets(path), std::runtime_error);
    CHECK_THROWS_AS(spreadsheet_sheets(path + ".none"), std::runtime_error);
}

TEST_CASE("the fly-tipping return reads as the CSV sheets that were made from it") {
    const fs::path folder = wardmote::real_data() / "fly-tipping";
    if (wardmote::skipped_without(folder)) {
        return;
    }
    // What a cell says: numbers by value, since the CSV was written with seventeen digits.
    const auto same = [](std::string_view a, std::string_view b) {
        const auto left = wardmote::core::parse_real(a);
        const auto right = wardmote::core::parse_real(b);
        return left && right ? std::abs(*left - *right) <= 1e-9 * std::abs(*left) : a == b;
    };
    for (const std::string sheet : {"LA_incidents", "LA_actions", "Lookup_"}) {
        const auto bytes = open_file((folder / ("sheet_" + sheet + ".csv")).string());
        CsvReader csv{*bytes, sheet};
        const auto cells = open_spreadsheet((folder / "flytipping_la.ods").string(), sheet);
        Row expected;
        Row row;
        std::size_t rows = 0;
        std::size_t different = 0;
        while (csv.next(expected)) {
            do {
                REQUIRE(cells->next(row));
            } while (texts(row).empty());
            const Texts left = texts(expected);
            const Texts right = texts(row);
            bool alike = left.size() == right.size();
            for (std::size_t i = 0; alike && i < left.size(); ++i) {
                alike = same(left[i], right[i]);
            }
            different += alike ? 0 : 1;
            ++rows;
        }
        CHECK(rows > 300);
        CHECK_MESSAGE(different == 0, sheet);
    }
}
