#include "app/commands.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <unistd.h>

using namespace wardmote;
namespace fs = std::filesystem;

namespace {

struct Ran {
    int code;
    std::string out;
    std::string err;
};

Ran run(const std::vector<std::string> &arguments) {
    const core::FixedClock clock{core::Instant::parse("2015-02-02T08:10:00Z").value()};
    std::ostringstream out;
    std::ostringstream err;
    const int code = app::run(arguments, {out, err, false}, clock);
    return {code, out.str(), err.str()};
}

bool has(const std::string &text, const std::string &part) {
    return text.find(part) != std::string::npos;
}

/// A folder of its own for one test, gone afterwards.
class Folder {
public:
    Folder()
        : m_path{(fs::temp_directory_path() / "wardmote-commands-XXXXXX").string()} {
        REQUIRE(mkdtemp(m_path.data()) != nullptr);
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;

    std::string path(const std::string &name) const { return m_path + "/" + name; }
    std::string write(const std::string &name, const std::string &text) const {
        std::ofstream{path(name), std::ios::binary} << text;
        return path(name);
    }

private:
    std::string m_path;
};

std::string new_home(const Folder &folder) {
    const auto home = folder.path("home");
    REQUIRE(run({"new", "--home", home, "--name", "The \"Example\" Partnership", "--area",
                 "E07000178", "--place", "Oxford"})
                .code == app::Exit::done);
    return home;
}

constexpr auto three_offences = "reference,recorded,offence_group,offence,ward_code,flags\r\n"
                                "A1,2014-12-01,Robbery,Robbery,E05006547,\r\n"
                                "A2,2014-12-31,Robbery,Robbery,E05006547,\r\n"
                                "A3,2014-12-11,Bicycle theft,Theft,E05006547,hate\r\n";

} // namespace

TEST_CASE("a command line without a command says so, and where to read more") {
    const Ran ran = run({});
    CHECK(ran.code == app::Exit::mistake);
    CHECK(has(ran.err, "wardmote --help"));
    CHECK(ran.out.empty());
}

TEST_CASE("a command that is none is named") {
    const Ran ran = run({"frobnicate"});
    CHECK(ran.code == app::Exit::mistake);
    CHECK(has(ran.err, "There is no command frobnicate."));
}

TEST_CASE("a wrong option names the command whose help to read") {
    const Ran ran = run({"verify", "--nonsense"});
    CHECK(ran.code == app::Exit::mistake);
    CHECK(has(ran.err, "--nonsense"));
    CHECK(has(ran.err, "wardmote verify --help"));
}

TEST_CASE("help is printed and is no mistake") {
    const Ran ran = run({"--help"});
    CHECK(ran.code == app::Exit::done);
    for (const char *command :
         {"demo", "new", "import", "sources", "verify", "measures", "figure", "query", "report",
          "serve", "migrate", "audit", "backup", "restore"}) {
        CHECK_MESSAGE(has(ran.out, std::string{"\n  "} + command), command);
    }
    CHECK(has(run({"import", "--help"}).out, "--received"));
}

TEST_CASE("a new workspace keeps its name and area, and is made once only") {
    const Folder folder;
    const std::string home = new_home(folder);
    std::ifstream file{home + "/wardmote.toml"};
    const std::string settings{std::istreambuf_iterator<char>{file}, {}};
    CHECK(has(settings, "partnership = \"The \\\"Example\\\" Partnership\"\n"));
    CHECK(has(settings, "area = \"E07000178\"\n"));
    CHECK(has(settings, "level = \"district\"\n"));
    const Ran again = run({"new", "--home", home, "--name", "X", "--area", "E07000178"});
    CHECK(again.code == app::Exit::mistake);
    CHECK(has(again.err, "is a workspace already"));
}

TEST_CASE("a new workspace is refused for a code that is no area's, and for a folder in use") {
    const Folder folder;
    const Ran code = run({"new", "--home", folder.path("a"), "--name", "X", "--area", "Oxford"});
    CHECK(code.code == app::Exit::mistake);
    CHECK(has(code.err, "Oxford is not the code of a council"));
    CHECK_FALSE(fs::exists(folder.path("a")));
    folder.write("letter.txt", "mine");
    const Ran used = run({"new", "--home", folder.path(""), "--name", "X", "--area", "E07000178"});
    CHECK(used.code == app::Exit::mistake);
    CHECK(has(used.err, "is not empty"));
}

TEST_CASE("a command without a workspace says how to make one") {
    const Folder folder;
    for (const char *command : {"verify", "measures", "import", "figure"}) {
        std::vector<std::string> arguments{command, "--home", folder.path("none")};
        if (std::string{command} == "import" || std::string{command} == "figure") {
            arguments.emplace_back("x");
        }
        const Ran ran = run(arguments);
        CHECK(ran.code == app::Exit::mistake);
        CHECK(has(ran.err, "is not a workspace"));
        CHECK(has(ran.err, "wardmote new"));
    }
}

TEST_CASE("an import adds up its rows, and the same file again does nothing") {
    const Folder folder;
    const std::string home = new_home(folder);
    const auto file = folder.write("police-recorded-x-2014-12.csv", three_offences);
    const Ran first = run({"import", "--home", home, file});
    CHECK(first.code == app::Exit::done);
    CHECK(has(first.out, "Rows in 3 = kept 3 + set aside 0 + repeats 0."));
    const Ran second = run({"import", "--home", home, file});
    CHECK(second.code == app::Exit::done);
    CHECK(has(second.out, "Rows in 0 = kept 0 + set aside 0 + repeats 0."));
    CHECK(run({"verify", "--home", home}).code == app::Exit::done);
}

TEST_CASE("an import that sets a row aside ends with code 2, and says where the row went") {
    const Folder folder;
    const std::string home = new_home(folder);
    const auto file =
        folder.write("police-recorded-x-2014-12.csv",
                     std::string{three_offences} + "A4,2014-12-32,Robbery,Robbery,E05006547,\r\n" +
                         "A3,2014-12-11,Bicycle theft,Theft,E05006547,hate\r\n");
    const Ran ran = run({"import", "--home", home, "--json", file});
    CHECK(ran.code == app::Exit::in_part);
    const auto said = nlohmann::json::parse(ran.out);
    CHECK(said["rows_in"] == 5);
    CHECK(said["rows_kept"] == 3);
    CHECK(said["rows_set_aside"] == 1);
    CHECK(said["rows_repeated"] == 1);
    REQUIRE(said["files"].size() == 1);
    CHECK(said["files"][0]["outcome"] == "imported");
    CHECK(said["files"][0]["manifest"]["quarantine"] != "");
}

TEST_CASE("an import refuses a date that is none and a file that is not there") {
    const Folder folder;
    const std::string home = new_home(folder);
    const auto file = folder.write("police-recorded-x-2014-12.csv", three_offences);
    const Ran date = run({"import", "--home", home, "--received", "30/1/2015", file});
    CHECK(date.code == app::Exit::mistake);
    CHECK(has(date.err, "--received 30/1/2015 is not a day. Write it as 2015-01-30."));
    const Ran gone = run({"import", "--home", home, folder.path("gone.csv")});
    CHECK(gone.code == app::Exit::mistake);
    CHECK(has(gone.err, "gone.csv"));
    const Ran both = run({"import", "--home", home, folder.path("gone.csv"), file});
    CHECK(both.code == app::Exit::in_part);
}

TEST_CASE("a query counts by month, leaves a month without a file blank, and can look back") {
    const Folder folder;
    const std::string home = new_home(folder);
    const auto file = folder.write("police-recorded-x-2014-12.csv", three_offences);
    REQUIRE(run({"import", "--home", home, "--received", "2015-01-30", file}).code == 0);
    const std::vector<std::string> ask{"query",      "--home",  home,   "police-recorded",
                                       "--from",     "2014-11", "--to", "2014-12",
                                       "--split-by", "category"};
    const Ran ran = run(ask);
    CHECK(ran.code == app::Exit::done);
    CHECK(has(ran.out, "area,value,2014-11,2014-12\r\n"));
    CHECK(has(ran.out, ",Robbery,,2\r\n"));
    CHECK(has(ran.out, ",Bicycle theft,,1\r\n"));
    auto earlier = ask;
    earlier.insert(earlier.end(), {"--as-known-on", "2015-01-29"});
    CHECK(run(earlier).code == app::Exit::mistake);
    CHECK(has(run(earlier).err, "No file of police-recorded"));
    auto column = ask;
    column.back() = "colour";
    CHECK(run(column).code == app::Exit::mistake);
    CHECK(has(run(column).err, "colour"));
}

TEST_CASE("what a revision changed is counted, month by month") {
    const Folder folder;
    const std::string home = new_home(folder);
    std::string later = three_offences;
    later.replace(later.find("A1,2014-12-01,Robbery"), 21, "A1,2014-12-01,Assault");
    const auto first = folder.write("police-recorded-x-2014-12.csv", three_offences);
    const auto second = folder.write("police-recorded-x-2014-12.again.csv", later);
    REQUIRE(run({"import", "--home", home, "--received", "2015-01-30", first}).code == 0);
    CHECK(has(run({"sources", "compare", "--home", home}).out, "No month has been sent more than"));
    REQUIRE(run({"import", "--home", home, "--received", "2015-02-01", second}).code == 0);
    const Ran compared = run({"sources", "compare", "--home", home});
    CHECK(compared.code == app::Exit::done);
    CHECK(has(compared.out, "1  Robbery -> Assault"));
    CHECK(has(compared.out, "received 30 January 2015"));
    const Ran named = run({"sources", "compare", "--home", home, "police-recorded-x-2014-12.csv",
                           "police-recorded-x-2014-12.again.csv"});
    CHECK(named.out == compared.out);
    const Ran unknown = run({"sources", "compare", "--home", home, "a.csv", "b.csv"});
    CHECK(unknown.code == app::Exit::mistake);
    CHECK(has(unknown.err, "There is no file a.csv"));
}

TEST_CASE("the list of sources names what is held and the months that are missing") {
    const Folder folder;
    const std::string home = new_home(folder);
    CHECK(has(run({"sources", "list", "--home", home}).out, "Nothing has been brought in yet"));
    std::string october = three_offences;
    for (auto at = october.find("2014-12"); at != std::string::npos; at = october.find("2014-12")) {
        october.replace(at, 7, "2014-10");
    }
    for (auto at = october.find("A"); at != std::string::npos; at = october.find("A", at + 1)) {
        october.replace(at, 1, "B"); // references of their own
    }
    const auto first = folder.write("police-recorded-x-2014-10.csv", october);
    const auto second = folder.write("police-recorded-x-2014-12.csv", three_offences);
    REQUIRE(run({"import", "--home", home, first, second}).code == 0);
    const Ran listed = run({"sources", "list", "--home", home, "--files"});
    CHECK(has(listed.out, "police-recorded from x: 6 rows in 2 files, October to December 2014; "
                          "missing: November 2014"));
    CHECK(has(listed.out, "rows 3 = kept 3 + set aside 0 + repeats 0"));
    CHECK(has(run({"sources", "quality", "--home", home}).out, "November 2014"));
}

TEST_CASE("a query refuses what it cannot read, in a sentence") {
    const Folder folder;
    const std::string home = new_home(folder);
    const std::vector<std::string> ask{"query", "--home", home, "police-recorded", "--from"};
    const auto with = [&ask](std::vector<std::string> more) {
        more.insert(more.begin(), ask.begin(), ask.end());
        return run(more);
    };
    CHECK(has(with({"Dec 2014"}).err, "Months are written 2022-02"));
    CHECK(has(with({"2014-12", "--level", "street"}).err, "There is no level street"));
    CHECK(has(with({"2014-12", "--where", "Robbery"}).err, "is not a condition"));
}

TEST_CASE("a settings file with a fault is named with its line") {
    const Folder folder;
    const std::string home = new_home(folder);
    std::ofstream{home + "/wardmote.toml"} << "partnership = \"X\"\nplace = \n";
    const Ran ran = run({"measures", "--home", home});
    CHECK(ran.code == app::Exit::mistake);
    CHECK(has(ran.err, "wardmote.toml, line 2"));
}

TEST_CASE("a demo does not write over what is not an example") {
    const Folder folder;
    const std::string home = new_home(folder);
    const Ran ran = run({"demo", "--no-serve", "--home", home});
    CHECK(ran.code == app::Exit::mistake);
    CHECK(has(ran.err, "is not an example"));
    CHECK(fs::exists(home + "/wardmote.toml"));
}
