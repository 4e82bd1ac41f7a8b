#include "platform/record/sealed_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "database_for_test.hpp"

namespace {

using namespace wardmote;
using namespace wardmote::record;
namespace fs = std::filesystem;

std::string content(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>((i * 7 + i / 251) & 0xFF); // no two chunks alike
    }
    return bytes;
}

void seal(const fs::path &path, const db::Keys &keys, const std::string &bytes,
          const std::string &as = "one", std::size_t piece = 10'000) {
    SealedWriter writer{path, keys, as};
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        writer.write(std::string_view{bytes}.substr(at, piece));
    }
    writer.finish();
}

std::string unseal(const fs::path &path, const db::Keys &keys, const std::string &as = "one") {
    SealedReader reader{path, keys, as};
    std::string bytes;
    for (auto chunk = reader.next(); !chunk.empty(); chunk = reader.next()) {
        CHECK(chunk.size() <= sealed_chunk);
        bytes += chunk;
    }
    return bytes;
}

std::string bytes_in(const fs::path &path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void write_bytes(const fs::path &path, const std::string &bytes) {
    std::ofstream{path, std::ios::binary} << bytes;
}

} // namespace

TEST_CASE("what was sealed comes back, at every size around a chunk, in pieces of any size") {
    const auto keys = db::Keys::ephemeral();
    const fs::path path = test::fresh_folder() + "/deep/down/file";
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, sealed_chunk - 1, sealed_chunk,
                                   sealed_chunk + 1, 3 * sealed_chunk, 3 * sealed_chunk + 5}) {
        for (const std::size_t piece : {std::size_t{777}, sealed_chunk, std::size_t{1'000'000}}) {
            const auto bytes = content(size);
            seal(path, keys, bytes, "one", piece);
            CHECK(unseal(path, keys) == bytes);
            // 8 of magic, 24 of header, 17 for each chunk, of which there is at least one.
            const auto chunks = size == 0 ? 1 : (size + sealed_chunk - 1) / sealed_chunk;
            CHECK(fs::file_size(path) == 32 + size + 17 * chunks);
        }
    }
}

TEST_CASE("a sealed file shows nothing of its content and is never the same twice") {
    const auto keys = db::Keys::ephemeral();
    const auto folder = test::fresh_folder();
    seal(folder + "/a", keys, "attack at dawn, attack at dawn");
    seal(folder + "/b", keys, "attack at dawn, attack at dawn");
    CHECK(bytes_in(folder + "/a").find("dawn") == std::string::npos);
    CHECK(bytes_in(folder + "/a").substr(32) != bytes_in(folder + "/b").substr(32));
}

TEST_CASE("one byte changed anywhere in a sealed file is found") {
    const auto keys = db::Keys::ephemeral();
    const fs::path path = test::fresh_folder() + "/file";
    seal(path, keys, content(1000));
    const auto whole = bytes_in(path);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        auto damaged = whole;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        write_bytes(path, damaged);
        CHECK_THROWS_AS(unseal(path, keys), std::runtime_error);
    }
    // And in a file of several chunks: at its seams and here and there.
    seal(path, keys, content(3 * sealed_chunk + 100));
    const auto large = bytes_in(path);
    for (std::size_t i = 0; i < large.size(); i += 8191) {
        auto damaged = large;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x80);
        write_bytes(path, damaged);
        CHECK_THROWS_AS(unseal(path, keys), std::runtime_error);
    }
}

TEST_CASE("a sealed file that was cut short, lengthened or rearranged is found") {
    const auto keys = db::Keys::ephemeral();
    const fs::path path = test::fresh_folder() + "/file";
    seal(path, keys, content(3 * sealed_chunk));
    const auto whole = bytes_in(path);
    const std::size_t chunk = sealed_chunk + 17;
    for (const auto size :
         {std::size_t{0}, std::size_t{7}, std::size_t{31}, std::size_t{32}, std::size_t{40},
          32 + chunk - 1, 32 + chunk, 32 + 2 * chunk, whole.size() - 1}) {
        write_bytes(path, whole.substr(0, size));
        CHECK_THROWS_AS(unseal(path, keys), std::runtime_error);
    }
    write_bytes(path, whole + "x");
    CHECK_THROWS_AS(unseal(path, keys), std::runtime_error);
    write_bytes(path, whole + whole.substr(32, chunk));
    CHECK_THROWS_AS(unseal(path, keys), std::runtime_error);
    write_bytes(path, whole.substr(0, 32) + whole.substr(32 + chunk, chunk) +
                          whole.substr(32, chunk) + whole.substr(32 + 2 * chunk));
    CHECK_THROWS_AS(unseal(path, keys), std::runtime_error);
    write_bytes(path, whole);
    CHECK(unseal(path, keys) == content(3 * sealed_chunk));
}

TEST_CASE("one sealed file cannot stand in for another, nor be read with another secret") {
    const auto keys = db::Keys::ephemeral();
    const fs::path path = test::fresh_folder() + "/file";
    seal(path, keys, "for one", "one");
    CHECK_THROWS_AS(unseal(path, keys, "two"), std::runtime_error);
    CHECK_THROWS_AS(unseal(path, db::Keys::ephemeral()), std::runtime_error);
    CHECK(unseal(path, keys) == "for one");
}

TEST_CASE("a file that was not finished leaves nothing behind") {
    const auto folder = test::fresh_folder();
    {
        SealedWriter writer{folder + "/file", db::Keys::ephemeral(), "one"};
        writer.write(content(200'000));
        CHECK_FALSE(fs::exists(folder + "/file"));
        CHECK(fs::exists(folder + "/file.part"));
    }
    CHECK(fs::is_empty(folder));
}
