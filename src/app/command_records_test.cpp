#include "app/commands.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/records.hpp"

using namespace wardmote;
namespace fs = std::filesystem;

namespace {

const core::FixedClock clock_then{core::Instant::parse("2015-02-02T08:10:00Z").value()};
constexpr const char *tenant = "0193a5a0-7c1e-7abc-8def-000000000001";

struct Ran {
    int code;
    std::string out, err;
};

Ran run(const std::vector<std::string> &arguments) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = app::run(arguments, {out, err, false}, clock_then);
    return {code, out.str(), err.str()};
}

bool has(const std::string &text, const std::string &part) {
    return text.find(part) != std::string::npos;
}

/// A workspace with a database that has one tenant and two entries in its logs.
class Workspace {
public:
    Workspace()
        : m_path{(fs::temp_directory_path() / "wardmote-records-XXXXXX").string()} {
        REQUIRE(mkdtemp(m_path.data()) != nullptr);
        REQUIRE(run({"new", "--home", home(), "--name", "X", "--area", "E07000178"}).code ==
                app::Exit::done);
        REQUIRE(run({"migrate", "--home", home()}).code == app::Exit::done);
        app::RecordsHome records{{home()}, {}, clock_then};
        records.database.write({tenant, "p", "r"}, [&](db::Transaction &tx) {
            tx.execute("insert into tenant (id, name, place, created) "
                       "values (:id, 'X', 'Oxford', '2015-02-02')",
                       {{"id", std::string{tenant}}});
            records.ledger.append(tx, db::Log::changes, {"create", "tenant", tenant, 1, "{}"});
            records.ledger.append(tx, db::Log::seen, {"view", "tenant", tenant, 0, "{}"});
        });
    }
    ~Workspace() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    Workspace(const Workspace &) = delete;
    Workspace &operator=(const Workspace &) = delete;

    std::string path(const std::string &name) const { return m_path + "/" + name; }
    std::string home() const { return path("home"); }

private:
    std::string m_path;
};

} // namespace

TEST_CASE("the logs of a workspace verify, and a head that is taken away is told") {
    const Workspace workspace;
    const Ran whole = run({"audit", "verify", "--home", workspace.home()});
    CHECK(whole.code == app::Exit::done);
    CHECK(whole.out == "2 entries in 2 chains and 0 checkpoints were read: nothing was changed or "
                       "taken away.\n");
    const Ran signed_off = run({"audit", "checkpoint", "--home", workspace.home()});
    CHECK(signed_off.code == app::Exit::done);
    CHECK(has(signed_off.out, "/audit/checkpoints/000001.txt\n"));
    fs::remove_all(workspace.home() + "/audit/heads");
    const Ran gone = run({"audit", "verify", "--home", workspace.home()});
    CHECK(gone.code == app::Exit::in_part);
    CHECK(has(gone.err, "Log of changes, chain "));
    CHECK(has(gone.out, "2 things are wrong."));
    const Ran nowhere =
        run({"audit", "verify", "--home", workspace.home(), "--also", workspace.path("none")});
    CHECK(nowhere.code == app::Exit::mistake);
}

TEST_CASE("a backup is restored into an empty place with its keys, and nowhere else") {
    const Workspace workspace;
    const auto file = workspace.path("backup.zip");
    const auto place = workspace.path("restored");
    const Ran kept = run({"backup", "--home", workspace.home(), "--to", file});
    CHECK(kept.code == app::Exit::done);
    CHECK(has(kept.out, "3 rows of "));
    CHECK(has(kept.out, "The secret key is not in it."));
    const Ran again = run({"backup", "--home", workspace.home(), "--to", file});
    CHECK(again.code == app::Exit::mistake);
    CHECK(has(again.err, "is there already"));

    const Ran keyless = run({"restore", "--home", place, "--from", file});
    CHECK(keyless.code == app::Exit::mistake);
    CHECK(has(keyless.err, "There is no secret.key in"));
    fs::create_directories(place);
    fs::copy(workspace.home() + "/keys", place + "/keys");
    const Ran restored = run({"restore", "--home", place, "--from", file});
    CHECK(restored.code == app::Exit::done);
    CHECK(has(restored.out, "3 rows of "));
    CHECK(has(run({"audit", "verify", "--home", place}).out, "nothing was changed"));
    const Ran twice = run({"restore", "--home", place, "--from", file});
    CHECK(twice.code == app::Exit::mistake);
    CHECK(has(twice.err, "is in use"));
}

TEST_CASE("a database that is in use is not given new keys") {
    const Workspace workspace;
    fs::remove_all(workspace.home() + "/keys");
    for (const std::string command : {"migrate", "backup"}) {
        std::vector<std::string> arguments{command, "--home", workspace.home()};
        if (command == "backup") {
            arguments.insert(arguments.end(), {"--to", workspace.path("backup.zip")});
        }
        const Ran ran = run(arguments);
        CHECK(ran.code == app::Exit::mistake);
        CHECK(has(ran.err, "There is no secret.key in"));
    }
    CHECK_FALSE(fs::exists(workspace.home() + "/keys/secret.key"));
}

TEST_CASE("a database that is not there is not made by looking at it") {
    const Workspace workspace;
    const auto address = "sqlite:" + workspace.path("none.sqlite");
    const Ran ran = run({"audit", "verify", "--home", workspace.home(), "--database", address});
    CHECK(ran.code == app::Exit::mistake);
    CHECK(has(ran.err, "there is no database"));
    CHECK_FALSE(fs::exists(workspace.path("none.sqlite")));
}
