#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "platform/document/process.hpp"
#include "platform/document/test_values.hpp"
#include "platform/document/write.hpp"

using namespace wardmote::document;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view markdown = R"(---
Report of: The councillor who leads
To: Full Council
Date: 2 February 2015
Title: The Oxford Safer Communities Partnership
Purpose: To inform members.
Recommendations:
- Council is asked to note the report.
Version: 2
---

## Crime

#. Burglary is {{ burglary-home.change }}.

{{ chart years }}

#. Cycle theft is {{ bicycle-theft.change }}:

- one
- two
)";

/// A folder that is gone again after the test.
struct Folder {
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
    fs::path path = fs::temp_directory_path() / fmt::format("wardmote-document-{}", getpid());
};

Document sample() {
    TestValues live;
    live.charts["years"] = test_chart();
    auto document = compile("council", "council.md", markdown, live);
    document.date = wardmote::core::Date{2015, 2, 2};
    document.as_known_on = wardmote::core::Instant::end_of({2015, 2, 2});
    return document;
}

std::string read(const fs::path &path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// What a program writes to a file, run in `folder`.
std::string output_of(const fs::path &folder, const std::string &command) {
    const auto out = folder / "output.txt";
    const auto line =
        fmt::format("cd '{}' && {} > '{}' 2>&1", folder.string(), command, out.string());
    CHECK(std::system(line.c_str()) == 0);
    return read(out);
}

bool has(const std::string &text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("A report is written as five files, and written again has the same bytes") {
    const Folder folder;
    const WriteOptions options{"Oxford Safer Communities Partnership", ""};
    const auto started = std::chrono::steady_clock::now();
    write_all(sample(), options, (folder.path / "one").string());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    MESSAGE("written in " << took.count() << " s");
    write_all(sample(), options, (folder.path / "two").string());
    for (const auto &name : file_names()) {
        CAPTURE(name);
        const auto one = read(folder.path / "one" / name);
        CHECK(one.size() > 100);
        CHECK(one == read(folder.path / "two" / name));
    }
    CHECK(std::distance(fs::directory_iterator{folder.path}, {}) == 2); // no draft is left

    SUBCASE("The PDF is tagged, has a title and says its language") {
        const auto pdf = folder.path / "one" / "report.pdf";
        const auto text = output_of(
            folder.path, fmt::format("qpdf --qdf --object-streams=disable '{}' -", pdf.string()));
        CHECK(has(text, "/Marked true"));
        CHECK(has(text, "/StructTreeRoot"));
        CHECK(has(text, "/Lang (en-GB)"));
        CHECK(has(text, "/Title (The Oxford Safer Communities Partnership)"));
        CHECK(has(text, "/DisplayDocTitle true"));
        CHECK(has(text, "pdfuaid:part"));
        CHECK(has(text, "/S /H2"));
        CHECK(has(text, "/S /TH"));
    }
    SUBCASE("The Word file has real headings, tables, footnotes and a picture with words") {
        fs::copy_file(folder.path / "one" / "report.docx", folder.path / "report.docx");
        const auto text = output_of(folder.path, "unzip -p report.docx word/document.xml");
        CHECK(has(text, R"(<w:pStyle w:val="Title")"));
        CHECK(has(text, R"(<w:pStyle w:val="Heading2")"));
        CHECK(has(text, "<w:tbl>"));
        CHECK(has(text, "<w:footnoteReference "));
        CHECK(has(text, R"(descr="Burglary of homes is at its lowest. Burglary fell from 421)"));
        CHECK(has(output_of(folder.path, "unzip -p report.docx word/footnotes.xml"),
                  "From 421 to 320, down 24%"));
        CHECK(has(output_of(folder.path, "unzip -p report.docx docProps/core.xml"),
                  "2015-02-02T00:00:00Z"));
    }
    SUBCASE("The page fetches nothing and says its language") {
        const auto html = read(folder.path / "one" / "report.html");
        CHECK(has(html, R"(<html lang="en-GB">)"));
        CHECK(has(html, "<title>The Oxford Safer Communities Partnership</title>"));
        for (const auto *fetch : {"<link", "<script", "src=", "url(", "@import"})
            CHECK_FALSE(has(html, fetch));
        CHECK(has(html, "<svg"));
    }
    SUBCASE("The provenance names every figure and every file") {
        const auto json = nlohmann::json::parse(read(folder.path / "one" / "provenance.json"));
        CHECK(json["date"] == "2015-02-02");
        REQUIRE(json["figures"].size() == 2);
        CHECK(json["figures"][0]["key"] == "burglary-home.change");
        CHECK(json["figures"][0]["files"] == nlohmann::json::array({1, 2}));
        CHECK(json["files"][1]["sha256"] == std::string(64, 'b'));
        CHECK(has(read(folder.path / "one" / "figures.csv"), "burglary-home.change,-24,per cent"));
    }
}

TEST_CASE("A report that cannot be written leaves the old one whole") {
    const Folder folder;
    fs::create_directory(folder.path / "report");
    std::ofstream{folder.path / "report" / "report.html"} << "old";
    const WriteOptions options{"", (folder.path / "no-such.docx").string()};
    CHECK_THROWS_WITH_AS(write_all(sample(), options, (folder.path / "report").string()),
                         doctest::Contains("pandoc failed"), std::runtime_error);
    CHECK(read(folder.path / "report" / "report.html") == "old");
    CHECK(std::distance(fs::directory_iterator{folder.path}, {}) == 1);
}

TEST_CASE("A report over an old one takes its place") {
    const Folder folder;
    fs::create_directory(folder.path / "report");
    std::ofstream{folder.path / "report" / "stale.txt"} << "old";
    write_all(sample(), {}, (folder.path / "report").string() + "/");
    CHECK_FALSE(fs::exists(folder.path / "report" / "stale.txt"));
    CHECK(fs::exists(folder.path / "report" / "report.pdf"));
}

TEST_CASE("A program that is missing, fails or hangs is said in a sentence") {
    const auto run = [](std::vector<std::string> words, int seconds) {
        Process{{std::move(words), "/", {}, std::chrono::seconds{seconds}}}.wait();
    };
    CHECK_NOTHROW(run({"true"}, 10));
    CHECK_THROWS_WITH(
        run({"no-such-program"}, 10),
        "no-such-program cannot be run (No such file or directory); it is in Debian's "
        "package no-such-program.");
    CHECK_THROWS_WITH(run({"ls", "/no-such-folder"}, 10),
                      doctest::Contains("ls failed (status 2)"));
    CHECK_THROWS_WITH(run({"sleep", "20"}, 1), "sleep was stopped after 1 seconds.");
}
