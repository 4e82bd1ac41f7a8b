// The house rules that a machine can check: the size of files, the width of lines, the words of the
// project.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace fs = std::filesystem;

namespace {

const fs::path root = WARDMOTE_SOURCE_DIR;

std::vector<std::string> lines_of(const fs::path &path) {
    std::ifstream file{path};
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    return lines;
}

std::vector<fs::path> sources() {
    std::vector<fs::path> files;
    for (const char *folder : {"src", "tests", "bench", "fuzz"}) {
        for (const auto &entry : fs::recursive_directory_iterator{root / folder}) {
            const auto extension = entry.path().extension();
            if (extension == ".cpp" || extension == ".hpp")
                files.push_back(entry.path());
        }
    }
    return files;
}

/// Code points, not bytes: a pound sign is one column.
std::size_t width(const std::string &line) {
    return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

} // namespace

TEST_CASE(
    "nine files in ten have under 400 lines, none over 600, and no line is over 100 columns") {
    std::size_t long_files = 0;
    const auto files = sources();
    for (const fs::path &path : files) {
        const auto lines = lines_of(path);
        CHECK_MESSAGE(lines.size() <= 600, path, " has ", lines.size(), " lines");
        if (lines.size() >= 400)
            ++long_files;
        for (std::size_t i = 0; i < lines.size(); ++i)
            CHECK_MESSAGE(width(lines[i]) <= 100, path, ":", i + 1, " is ", width(lines[i]),
                          " columns wide");
    }
    CHECK(long_files * 10 <= files.size());
}

TEST_CASE("every public header says in its first line what it is") {
    for (const auto &entry : fs::recursive_directory_iterator{root / "src"}) {
        if (entry.path().extension() != ".hpp")
            continue;
        const auto lines = lines_of(entry.path());
        REQUIRE_FALSE(lines.empty());
        CHECK_MESSAGE(lines[0].starts_with("/// "), entry.path(), " begins with: ", lines[0]);
    }
}

TEST_CASE("nothing that is committed promises work not done or points outside the project") {
    // Spelled apart so that this file does not find itself.
    const std::regex unwanted{std::string{"\\b(TO"} + "DO|FIX" + "ME|XX" + "X|not imple" +
                              "mented)\\b|[^a-z]/wo" + "rk/|/tm" + "p/boot|regis" +
                              "try\\.npmjs|deb\\.deb" + "ian\\.org|\\.\\./sha" +
                              "red/(design|domain)"};
    for (const char *folder :
         {"src", "tests", "bench", "fuzz", "bin", "ui", "catalogue", "docs", "cmake"}) {
        for (const auto &entry : fs::recursive_directory_iterator{root / folder}) {
            if (!entry.is_regular_file() ||
                entry.path().string().find("/dist/") != std::string::npos)
                continue;
            const auto lines = lines_of(entry.path());
            for (std::size_t i = 0; i < lines.size(); ++i)
                CHECK_MESSAGE(!std::regex_search(lines[i], unwanted), entry.path(), ":", i + 1);
        }
    }
}
