#include "engine/lake/bytes.hpp"

#include <doctest/doctest.h>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace lake = wardmote::lake;
namespace fs = std::filesystem;

namespace {

struct Folder {
    fs::path path = fs::temp_directory_path() / ("wardmote-bytes-" + std::to_string(getpid()));
    Folder() { fs::create_directories(path); }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;
    ~Folder() { fs::remove_all(path); }
    std::string file(const char *name) const { return (path / name).string(); }
};

std::string all_of(lake::ByteSource &source) {
    std::string text;
    char buffer[7];
    while (const std::size_t got = source.read(buffer, sizeof buffer)) {
        text.append(buffer, got);
    }
    return text;
}

void write(const std::string &path, const std::string &bytes) {
    std::ofstream{path, std::ios::binary} << bytes;
}

std::string read(const std::string &path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void write_gzip(const std::string &path, const std::string &text, const char *mode = "wb") {
    gzFile file = gzopen(path.c_str(), mode);
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
}

void write_zip(const std::string &path, const std::string &name, const std::string &text) {
    zip_t *archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    zip_source_t *source = zip_source_buffer(archive, text.data(), text.size(), 0);
    zip_file_add(archive, name.c_str(), source, 0);
    zip_dir_add(archive, "folder", 0);
    zip_close(archive);
}

std::string many_lines() {
    std::string text;
    for (int i = 0; i < 20000; ++i) {
        text += "line " + std::to_string(i * 7919 % 20011) + "\n";
    }
    return text;
}

} // namespace

TEST_CASE("SHA-256 gives the digest of the standard's own example") {
    // FIPS 180-2, appendix B.1
    CHECK(lake::sha256_of("abc") ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("A gzip file is read as what was put in, also when it has several members") {
    const Folder folder;
    const std::string path = folder.file("two.csv.gz");
    write_gzip(path, "first\n");
    write_gzip(path, "second", "ab");
    auto source = lake::open_file(path);
    CHECK(all_of(*source) == "first\nsecond");
}

TEST_CASE("A gzip file that is cut short anywhere is refused and says so") {
    const Folder folder;
    const std::string path = folder.file("short.gz");
    write_gzip(path, many_lines());
    const std::string whole = read(path);
    for (const std::size_t size : {std::size_t{5}, whole.size() / 2, whole.size() - 1}) {
        write(path, whole.substr(0, size));
        CHECK_THROWS_WITH_AS(all_of(*lake::open_file(path)),
                             (path + ": the gzip file is cut short. Fetch it again.").c_str(),
                             std::runtime_error);
    }
}

TEST_CASE("A gzip file with a changed byte is refused") {
    const Folder folder;
    const std::string path = folder.file("bad.gz");
    write_gzip(path, many_lines());
    std::string bytes = read(path);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x55);
    write(path, bytes);
    CHECK_THROWS_AS(all_of(*lake::open_file(path)), std::runtime_error);
}

TEST_CASE("Members of a zip archive are listed without its folders, and read") {
    const Folder folder;
    const std::string path = folder.file("a.zip");
    write_zip(path, "2025-01/x.csv", many_lines());
    const auto members = lake::zip_members(path);
    REQUIRE(members.size() == 1);
    CHECK(members[0].name == "2025-01/x.csv");
    CHECK(all_of(*lake::open_member(path, members[0])) == many_lines());
}

TEST_CASE("A damaged zip archive is refused, whole or by the member that is damaged") {
    const Folder folder;
    const std::string path = folder.file("a.zip");
    write_zip(path, "x.csv", many_lines());
    const std::string whole = read(path);
    write(path, whole.substr(0, whole.size() / 2));
    CHECK_THROWS_AS(lake::zip_members(path), std::runtime_error);

    std::string changed = whole;
    changed[400] = static_cast<char>(changed[400] ^ 0x55);
    write(path, changed);
    const auto members = lake::zip_members(path);
    CHECK_THROWS_AS(all_of(*lake::open_member(path, members.at(0))), std::runtime_error);
}

TEST_CASE("The meter counts lines and bytes and hashes what passes") {
    lake::Meter meter{lake::open_text("a\r\nb\n\nc")};
    meter.drain();
    CHECK(meter.lines() == 4);
    CHECK(meter.bytes() == 7);
    CHECK(meter.sha256() == lake::sha256_of("a\r\nb\n\nc"));
}

TEST_CASE("A file that is not there is refused by name") {
    CHECK_THROWS_WITH(lake::open_file("/nowhere/x.csv"),
                      "/nowhere/x.csv: cannot be opened: No such file or directory.");
}
