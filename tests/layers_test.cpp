// Reads the include table of ARCHITECTURE.md and fails on an include that points up.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace fs = std::filesystem;

namespace {

struct Table {
    std::map<std::string, std::set<std::string>> may_include; ///< folder -> folders
    std::vector<std::string> work;                            ///< kinds of work, from the ground up
};

std::vector<std::string> words_of(std::string_view list) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : std::string{list} + ",") {
        if (c == ',') {
            if (!word.empty() && word != "nothing")
                words.push_back(word);
            word.clear();
        } else if (c != ' ' && c != '`') {
            word += c;
        }
    }
    return words;
}

/// The rows between the markers `<!-- includes -->` and `<!-- /includes -->`, and the list of work
/// folders between `<!-- work -->` and `<!-- /work -->`.
Table read_table() {
    std::ifstream file{fs::path{WARDMOTE_SOURCE_DIR} / "ARCHITECTURE.md"};
    Table table;
    std::string line;
    std::string part;
    while (std::getline(file, line)) {
        if (line.starts_with("<!--")) {
            part = line;
        } else if (part == "<!-- includes -->" && line.starts_with("| `")) {
            const auto bar = line.find('|', 2);
            const auto last = line.find('|', bar + 1);
            const auto allowed = words_of(line.substr(bar + 1, last - bar - 1));
            for (const auto &folder : words_of(line.substr(1, bar - 1)))
                table.may_include[folder] = {allowed.begin(), allowed.end()};
        } else if (part == "<!-- work -->" && line.starts_with("- `")) {
            table.work.push_back(line.substr(3, line.find('`', 3) - 3));
        }
    }
    return table;
}

/// "engine/core/text.hpp" -> {"engine", "core"}; nothing for a library's header.
std::optional<std::pair<std::string, std::string>> split(const std::string &path) {
    const auto first = path.find('/');
    const std::string house = path.substr(0, first);
    if (house == "app")
        return std::pair{house, house};
    if (first == path.npos || (house != "engine" && house != "platform" && house != "work"))
        return std::nullopt;
    return std::pair{house, path.substr(first + 1, path.find('/', first + 1) - first - 1)};
}

std::vector<std::string> project_includes(const fs::path &path) {
    std::ifstream file{path};
    std::vector<std::string> includes;
    std::string line;
    constexpr std::string_view directive = "#include \"";
    while (std::getline(file, line)) {
        if (line.starts_with(directive))
            includes.push_back(
                line.substr(directive.size(), line.find('"', directive.size()) - directive.size()));
    }
    return includes;
}

std::string verdict(const Table &table, const std::string &from, const std::string &to) {
    if (to.ends_with("_for_test.hpp") && to.find('/') == to.npos &&
        from.find("_test.") != from.npos)
        return ""; // of tests/, for the tests of every folder
    const auto source = split(from);
    const auto target = split(to);
    if (!target)
        return "is not a path that starts at src/";
    const auto &[house, folder] = *source;
    const auto &[target_house, target_folder] = *target;
    if (house == "app" || (house == target_house && folder == target_folder))
        return "";
    if (house == "work") {
        if (target_house != "work")
            return target_house == "app" ? "points up" : "";
        const auto place = [&](const std::string &name) {
            return std::find(table.work.begin(), table.work.end(), name) - table.work.begin();
        };
        if (place(target_folder) >= place(folder))
            return "points up among the kinds of work";
        if (to != "work/" + target_folder + "/" + target_folder + ".hpp")
            return "is not the folder's one public header";
        return "";
    }
    const auto row = table.may_include.find(folder);
    if (row == table.may_include.end())
        return "comes from a folder that the table does not know";
    return row->second.contains(target_folder) ? "" : "is not in the table";
}

} // namespace

TEST_CASE("every include points down, as the table of ARCHITECTURE.md says") {
    const Table table = read_table();
    REQUIRE(table.may_include.size() >= 14);
    REQUIRE(table.work.size() == 13);

    const fs::path source = fs::path{WARDMOTE_SOURCE_DIR} / "src";
    std::size_t seen = 0;
    for (const auto &entry : fs::recursive_directory_iterator{source}) {
        const auto extension = entry.path().extension();
        if (extension != ".hpp" && extension != ".cpp")
            continue;
        const std::string from = fs::relative(entry.path(), source).string();
        for (const std::string &to : project_includes(entry.path())) {
            ++seen;
            const std::string complaint = verdict(table, from, to);
            CHECK_MESSAGE(complaint.empty(), from, " includes ", to, ", which ", complaint);
        }
    }
    CHECK(seen > 50);
}

TEST_CASE("the layer check itself refuses what points up") {
    const Table table = read_table();
    CHECK(verdict(table, "engine/stats/a.cpp", "engine/core/text.hpp").empty());
    CHECK_FALSE(verdict(table, "engine/stats/a.cpp", "engine/lake/query.hpp").empty());
    CHECK_FALSE(verdict(table, "engine/core/a.cpp", "platform/html/html.hpp").empty());
    CHECK_FALSE(verdict(table, "work/evidence/a.cpp", "work/reports/reports.hpp").empty());
    CHECK_FALSE(verdict(table, "work/reports/a.cpp", "work/evidence/series.hpp").empty());
    CHECK(verdict(table, "work/reports/a.cpp", "work/evidence/evidence.hpp").empty());
    CHECK_FALSE(verdict(table, "work/reports/a.cpp", "app/commands.hpp").empty());
}

TEST_CASE("heavy library headers stay inside .cpp files") {
    const fs::path source = fs::path{WARDMOTE_SOURCE_DIR} / "src";
    for (const auto &entry : fs::recursive_directory_iterator{source}) {
        if (entry.path().extension() != ".hpp")
            continue;
        std::ifstream file{entry.path()};
        for (std::string line; std::getline(file, line);) {
            for (const char *heavy : {"<duckdb", "<gdal", "<ogr", "<nlohmann", "<Eigen", "<boost",
                                      "<spdlog", "<CLI/", "<soci"})
                CHECK_MESSAGE((!line.starts_with(std::string{"#include "} + heavy) ||
                               line == "#include <nlohmann/json_fwd.hpp>"),
                              entry.path(), ": ", line);
        }
    }
}
