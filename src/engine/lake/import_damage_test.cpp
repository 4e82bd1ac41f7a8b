#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "engine/lake/import_test_folder.hpp"
#include "engine/lake/store.hpp"

namespace fs = std::filesystem;
namespace lake = wardmote::lake;
using lake::TestFolder;

namespace {

using Outcome = lake::FileReport::Outcome;

const std::string header = "reference,date,category,ward_code\n";

std::string contacts(int rows) {
    std::string text = header;
    for (int i = 0; i < rows; ++i) {
        text += "C" + std::to_string(i) + ",2014-" + (i % 2 == 0 ? "04" : "05") +
                "-07,Litter,E05006543\n";
    }
    return text;
}

/// The sentence with which an import of one file is refused; "" when it is not.
std::string refusal(const TestFolder &folder, const std::string &name) {
    const auto report = folder.import({folder.path(name)});
    CHECK(lake::manifests(folder.store()).empty());
    CHECK(lake::orphans(folder.store()).empty());
    CHECK(report.ok() == (report.files.at(0).outcome != Outcome::refused));
    return report.ok() ? "" : report.files[0].message;
}

/// Runs `work` in a process of its own, which writes one line; returns the line.
std::string in_child(const std::function<std::string()> &work) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    if (child == 0) {
        const std::string line = work();
        const auto written = write(ends[1], line.data(), line.size());
        _exit(written < 0 ? 1 : 0);
    }
    close(ends[1]);
    std::string line;
    char buffer[512];
    for (ssize_t got = 0; (got = read(ends[0], buffer, sizeof buffer)) > 0;) {
        line.append(buffer, static_cast<std::size_t>(got));
    }
    close(ends[0]);
    waitpid(child, nullptr, 0);
    return line;
}

std::string sentence_of_import(const std::string &store, const std::string &path) {
    try {
        const auto report = lake::import_paths(store, {path}, TestFolder::options());
        return report.ok() ? "imported" : report.files.front().message;
    } catch (const std::exception &error) {
        return error.what();
    }
}

bool contains(const std::string &text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("A gzip file cut short leaves nothing behind, and says what to do") {
    const TestFolder folder;
    folder.write_gzip("contacts.csv.gz", contacts(20000));
    const std::string whole = lake::read_text(folder.path("contacts.csv.gz"));
    folder.write("contacts.csv.gz", whole.substr(0, whole.size() / 2));
    CHECK(contains(refusal(folder, "contacts.csv.gz"),
                   "the gzip file is cut short. Fetch it again."));
}

TEST_CASE("A zip archive with one damaged member gives the others, and refuses that one by name") {
    const TestFolder folder;
    const std::string first = contacts(2000);
    const std::string second = header + "X1,2015-01-02,Litter,\n";
    zip_t *archive = zip_open(folder.path("a.zip").c_str(), ZIP_CREATE, nullptr);
    zip_file_add(archive, "contacts-one.csv",
                 zip_source_buffer(archive, first.data(), first.size(), 0), 0);
    zip_file_add(archive, "contacts-two.csv",
                 zip_source_buffer(archive, second.data(), second.size(), 0), 0);
    zip_close(archive);
    std::string bytes = lake::read_text(folder.path("a.zip"));
    bytes[3000] = static_cast<char>(bytes[3000] ^ 0x10);
    folder.write("a.zip", bytes);
    const auto report = folder.import({folder.path("a.zip")});
    REQUIRE(report.files.size() == 2);
    CHECK(report.files[0].outcome == Outcome::refused);
    CHECK(contains(report.files[0].message, "contacts-one.csv in the zip archive is damaged"));
    CHECK(report.files[1].outcome == Outcome::imported);
    CHECK(report.files[1].manifest->archive == "a.zip");
    CHECK(lake::verify(folder.store()).ok());

    folder.write("a.zip", bytes.substr(0, 500));
    CHECK(contains(folder.import({folder.path("a.zip")}).files.at(0).message,
                   "the zip archive is damaged or cut short"));
}

TEST_CASE("BOM, CRLF, quotes across lines, a column too many and Latin-1 in one file") {
    const TestFolder folder;
    folder.write("contacts.csv", "\xEF\xBB\xBF"
                                 "reference,date,category,ward_code\r\n"
                                 "1,2014-04-01,\"Litter,\r\nand more\",\r\n"
                                 "2,2014-04-02,Caf\xE9 noise,\n"
                                 "3,2014-04-03,Litter,,\r\n"
                                 "4,2014-04-04,\"Trade waste,\n"
                                 "5,2014-04-05,Litter,");
    const auto report = folder.import({folder.path("contacts.csv")});
    const auto &manifest = *report.files.at(0).manifest;
    CHECK(manifest.lines == 7);
    CHECK(manifest.rows_in == 5);
    CHECK(manifest.rows_kept == 3);
    CHECK(manifest.rows_quarantined == 2);
    REQUIRE_FALSE(manifest.findings.empty());
    CHECK(manifest.findings[0].sentence ==
          "1 row had bytes that are not UTF-8, read as Windows-1252.");
    const std::string aside = lake::read_text(folder.store() + "/" + manifest.quarantine);
    CHECK(contains(aside, "The row has 5 fields where the header has 4."));
    CHECK(contains(aside, "A quote is opened and never closed."));
}

TEST_CASE("A line of 2 GB is refused at once, in little memory") {
    const TestFolder folder;
    folder.write("contacts.csv", header);
    REQUIRE(truncate(folder.path("contacts.csv").c_str(), off_t{2} * 1024 * 1024 * 1024) == 0);
    rusage before{};
    getrusage(RUSAGE_SELF, &before);
    CHECK(contains(refusal(folder, "contacts.csv"), "line 2 is longer than 1048576 bytes"));
    rusage after{};
    getrusage(RUSAGE_SELF, &after);
    CHECK(after.ru_maxrss - before.ru_maxrss < 200 * 1024);
}

TEST_CASE("A table no mapping fits, and a file that is not there, are refused with what to do") {
    const TestFolder folder;
    folder.write("colours.csv", "colour,size\nred,3\n");
    CHECK(contains(refusal(folder, "colours.csv"), "`wardmote sources map"));
    CHECK(contains(refusal(folder, "nowhere.csv"), "is not there. Check the path."));
    folder.write("broken.json", "[{\"category\": ");
    CHECK(contains(refusal(folder, "broken.json"), "is not whole JSON"));
    folder.write("contacts.csv", "");
    CHECK(contains(refusal(folder, "contacts.csv"), "no mapping fits"));
}

TEST_CASE("A store that may not be written to is refused in a sentence") {
    const TestFolder folder;
    folder.write("contacts.csv", contacts(3));
    // A file stands where the folder should: not even root can write there.
    folder.write("file", "");
    CHECK(
        contains(sentence_of_import(folder.path("file") + "/evidence", folder.path("contacts.csv")),
                 "cannot be written (Not a directory)"));
    if (geteuid() == 0) {
        fs::create_directories(folder.root() + "/closed");
        fs::permissions(folder.root() + "/closed", fs::perms{0555});
        const std::string line = in_child([&] {
            return setuid(65534) != 0 ? std::string{"no setuid"}
                                      : sentence_of_import(folder.root() + "/closed/evidence",
                                                           folder.path("contacts.csv"));
        });
        CHECK(contains(line, "Give yourself the right to write there, or name another folder."));
    }
}

TEST_CASE("A full disk is said in a sentence, and what was imported before is whole") {
    const TestFolder folder;
    const std::string small = folder.root() + "/small";
    fs::create_directories(small);
    if (geteuid() != 0 || mount("tmpfs", small.c_str(), "tmpfs", 0, "size=400k") != 0) {
        MESSAGE("skipped: a small disk can be mounted only by root");
        return;
    }
    folder.write("contacts-a.csv", contacts(20));
    CHECK(sentence_of_import(small + "/evidence", folder.path("contacts-a.csv")) == "imported");
    folder.write("contacts-b.csv", contacts(300000));
    const std::string sentence =
        sentence_of_import(small + "/evidence", folder.path("contacts-b.csv"));
    CHECK(contains(sentence, "the disk is full. Free some space and run the import again"));
    CHECK(lake::manifests(small + "/evidence").size() == 1);
    CHECK(lake::verify(small + "/evidence").ok());
    CHECK(lake::orphans(small + "/evidence").empty());
    umount(small.c_str());
}
