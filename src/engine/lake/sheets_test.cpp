#include "engine/lake/sheets.hpp"

#include <doctest/doctest.h>

#include <utility>

#include <zip.h>

using namespace wardmote;
using lake::read_sheets;

namespace {

using Texts = std::vector<std::string>;
using Members = std::vector<std::pair<std::string, std::string>>;

/// A ZIP file in memory.
std::string zipped(const Members &members) {
    zip_error_t error;
    zip_error_init(&error);
    auto *source = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(source);
    auto *archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    REQUIRE(archive != nullptr);
    for (const auto &[name, bytes] : members) {
        zip_file_add(archive, name.c_str(),
                     zip_source_buffer(archive, bytes.data(), bytes.size(), 0), 0);
    }
    REQUIRE(zip_close(archive) == 0);
    zip_stat_t status;
    zip_source_stat(source, &status);
    std::string bytes(status.size, '\0');
    zip_source_open(source);
    zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    zip_source_free(source);
    zip_error_fini(&error);
    return bytes;
}

constexpr std::string_view xml = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";

/// An XLSX workbook of one sheet, as ECMA-376 asks at least. Style 1 is a date, 2 is pounds.
std::string workbook(std::string_view rows, std::string_view after = {}) {
    const auto member = [](std::string_view text) { return std::string{xml} + std::string{text}; };
    return zipped(
        {{"[Content_Types].xml",
          member(R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
                 R"(<Default Extension="rels" ContentType=")"
                 R"(application/vnd.openxmlformats-package.relationships+xml"/>)"
                 R"(<Default Extension="xml" ContentType="application/xml"/>)"
                 R"(<Override PartName="/xl/workbook.xml" ContentType="application/)"
                 R"(vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>)"
                 R"(<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/)"
                 R"(vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>)")},
         {"_rels/.rels",
          member(R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/)"
                 R"(relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/)"
                 R"(officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>)"
                 R"(</Relationships>)")},
         {"xl/workbook.xml",
          member(R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" )"
                 R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/)"
                 R"(relationships"><sheets><sheet name="Plan" sheetId="1" r:id="r1"/></sheets>)"
                 R"(</workbook>)")},
         {"xl/_rels/workbook.xml.rels",
          member(R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/)"
                 R"(relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/)"
                 R"(officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>)"
                 R"(<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/)"
                 R"(2006/relationships/styles" Target="styles.xml"/></Relationships>)")},
         {"xl/styles.xml",
          member(R"(<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">)"
                 R"(<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="8"/>)"
                 R"(</cellXfs></styleSheet>)")},
         {"xl/worksheets/sheet1.xml",
          member(R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">)"
                 "<sheetData>" +
                 std::string{rows} + "</sheetData>" + std::string{after} + "</worksheet>")}});
}

std::string text_cell(std::string_view place, std::string_view text) {
    return "<c r=\"" + std::string{place} + "\" t=\"inlineStr\"><is><t>" + std::string{text} +
           "</t></is></c>";
}

core::Sheet only(const core::SheetsRead &read) {
    const auto *sheets = std::get_if<std::vector<core::Sheet>>(&read);
    REQUIRE_MESSAGE(sheets != nullptr, *std::get_if<std::string>(&read));
    REQUIRE(sheets->size() == 1);
    return sheets->front();
}

std::string refusal(const core::SheetsRead &read) {
    const auto *sentence = std::get_if<std::string>(&read);
    return sentence == nullptr ? "read" : *sentence;
}

} // namespace

TEST_CASE("a workbook's cells are what people see: dates, sums, and a title over merged cells") {
    const auto sheet = only(read_sheets(
        "plan.xlsx",
        workbook("<row r=\"1\">" + text_cell("A1", "Rolling plan") + "</row>" + "<row r=\"4\">" +
                     text_cell("A4", "Action") + text_cell("B4", "Due") + text_cell("C4", "Cost") +
                     "</row>" + "<row r=\"5\">" + text_cell("A5", " Bike marking ") +
                     "<c r=\"B5\" s=\"1\"><v>42037</v></c>"
                     "<c r=\"C5\" s=\"2\"><f>1000+250</f><v>1250</v></c></row>"
                     "<row r=\"6\">" +
                     text_cell("A6", "Pub watch") + "<c r=\"B6\"><v>42037</v></c></row>",
                 R"(<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>)")));
    CHECK(sheet.name == "Plan");
    REQUIRE(sheet.rows.size() == 4);
    CHECK(sheet.rows[0].cells == Texts{"Rolling plan"});
    CHECK(sheet.rows[1].line == 4);
    CHECK(sheet.rows[1].cells == Texts{"Action", "Due", "Cost"});
    CHECK(sheet.rows[2].cells == Texts{"Bike marking", "2015-02-02", "1250"});
    CHECK(sheet.rows[3].cells == Texts{"Pub watch", "42037"}); // a number, for want of a format
}

TEST_CASE("an OpenDocument spreadsheet is told by its content, and every sheet with rows is read") {
    const std::string content =
        R"(<office:document-content )"
        R"(xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0")"
        R"( xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0")"
        R"( xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">)"
        R"(<office:body><office:spreadsheet><table:table table:name="Actions"><table:table-row>)"
        R"(<table:table-cell office:value-type="string"><text:p>Action</text:p></table:table-cell>)"
        R"(<table:table-cell office:value-type="date" office:date-value="2015-02-02">)"
        R"(<text:p>02/02/15</text:p></table:table-cell></table:table-row></table:table>)"
        R"(<table:table table:name="Empty"><table:table-row><table:table-cell/>)"
        R"(</table:table-row></table:table></office:spreadsheet></office:body>)"
        R"(</office:document-content>)";
    const auto sheet = only(read_sheets(
        "called.csv", zipped({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
                              {"content.xml", std::string{xml} + content}})));
    CHECK(sheet.name == "Actions");
    REQUIRE(sheet.rows.size() == 1);
    CHECK(sheet.rows[0].cells == Texts{"Action", "2015-02-02"});
}

TEST_CASE("a CSV file has a byte order mark, semicolons below a title, and Windows letters") {
    const auto marked = only(read_sheets("a.csv", "\xEF\xBB\xBF"
                                                  "Action,Due\r\n\"Pub, watch\",1\r\n"));
    CHECK(marked.name.empty());
    CHECK(marked.rows.at(0).cells == Texts{"Action", "Due"});
    CHECK(marked.rows.at(1).cells == Texts{"Pub, watch", "1"});
    const auto semicolons =
        only(read_sheets("a.csv", "Plan, 2014-15\n;;\nAction;Cost;Due\nCaf\xE9;\x80 5;\n"));
    REQUIRE(semicolons.rows.size() == 3);
    CHECK(semicolons.rows[1].line == 3);
    CHECK(semicolons.rows[1].cells == Texts{"Action", "Cost", "Due"});
    CHECK(semicolons.rows[2].cells == Texts{"Café", "€ 5"});
}

TEST_CASE("a row that cannot be read keeps why, and the rows after it are read") {
    const auto sheet = only(read_sheets("a.csv", "Action,Due\n\"never closed,1\nPub watch,2\n"));
    REQUIRE(sheet.rows.size() == 3);
    CHECK(sheet.rows[1].problem == "a quote is opened and never closed");
    CHECK(sheet.rows[2].cells == Texts{"Pub watch", "2"});
}

TEST_CASE("what is no spreadsheet, too large or damaged is refused with what to do") {
    CHECK(refusal(read_sheets("a.csv", "")) == "The file has no rows");
    CHECK(refusal(read_sheets("a.csv", " , \n,,\n")) == "The file has no rows");
    CHECK(
        refusal(read_sheets("a.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")).find("Save it as XLSX") !=
        std::string::npos);
    CHECK(refusal(read_sheets("a.xlsx", "PK\x03\x04")).starts_with("The file is neither"));
    CHECK(refusal(read_sheets("a.zip", zipped({{"readme.txt", "hello"}})))
              .starts_with("The file is neither"));
    CHECK(refusal(read_sheets("a.xlsx", zipped({{"xl/workbook.xml", "no workbook"}})))
              .starts_with("The file is"));
    CHECK(refusal(read_sheets("a.csv", std::string{"\xFF\xFE"
                                                   "A\0c\0",
                                                   6}))
              .find("CSV UTF-8") != std::string::npos);
    std::string rows;
    for (int i = 0; i < 10'001; ++i) {
        rows += "x\n";
    }
    CHECK(refusal(read_sheets("a.csv", rows)).starts_with("The file has more than 10,000 rows"));
    rows.resize(rows.size() - 2);
    CHECK(only(read_sheets("a.csv", rows)).rows.size() == 10'000);
    // Two hundred megabytes of one letter fit into two hundred kilobytes.
    const auto bomb = zipped({{"xl/workbook.xml", "x"}, {"b.xml", std::string(200'000'000, 'x')}});
    CHECK(bomb.size() < 1'000'000);
    CHECK(refusal(read_sheets("a.xlsx", bomb)).starts_with("The file unpacks to more"));
}

TEST_CASE("cells are cut at a whole character, and rows at the last column that is read") {
    const lake::SheetLimits limits{.columns = 2, .cell = 4};
    const auto sheet = only(read_sheets("a.csv", "abcdef,éèé,third\n", limits));
    CHECK(sheet.rows.at(0).cells == Texts{"abcd", "éè"});
}
