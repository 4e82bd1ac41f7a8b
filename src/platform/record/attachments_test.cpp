#include "platform/record/attachments.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "database_for_test.hpp"
#include "platform/record/scanner.hpp"

namespace {

using namespace wardmote;
using namespace wardmote::record;
namespace fs = std::filesystem;

const db::Scope oxford{"oxford", "p1", "r1"};
const db::Scope leeds{"leeds", "p2", "r2"};
const std::string notes = "The gate was open at 9pm.\n";

struct Place {
    core::FixedClock clock{core::SystemClock{}.now()}; // files are dated by the real one
    db::Database database{test::fresh_database()};
    db::Keys keys = db::Keys::ephemeral();
    std::string folder = test::fresh_folder();
    db::Ledger ledger{keys, folder + "/audit", clock};
    AttachmentSettings settings{.folder = folder + "/attachments"};

    Place() {
        database.write(db::Scope::everyone(), [](db::Transaction &tx) {
            for (const std::string id : {"oxford", "leeds"}) {
                tx.execute("insert into tenant (id, name, place, host, created)"
                           " values (:id, :id, :id, :id, '2026-01-01T00:00:00.000Z')",
                           {{"id", id}});
            }
        });
    }
    Attachments attachments() { return {keys, ledger, clock, settings}; }
    Attachment keep(std::string_view name, std::string_view bytes) {
        const auto files = attachments();
        const auto taken = std::get<TakenIn>(files.take_in("oxford", name, bytes));
        return database.write(
            oxford, [&](db::Transaction &tx) { return files.add(tx, taken, "post", "7"); });
    }
    std::string refused(std::string_view name, std::string_view bytes) {
        const auto taken = attachments().take_in("oxford", name, bytes);
        const auto *words = std::get_if<std::string>(&taken);
        return words == nullptr ? "" : *words;
    }
    std::optional<std::string> content(const std::string &id, const db::Scope &scope = oxford) {
        const auto found =
            database.read(scope, [&](db::Transaction &tx) { return attachments().open(tx, id); });
        if (!found) {
            return std::nullopt;
        }
        std::string bytes;
        for (auto piece = found->next(); !piece.empty(); piece = found->next()) {
            bytes += piece;
        }
        return bytes;
    }
    std::vector<fs::path> files() const {
        std::vector<fs::path> found;
        for (const auto &entry : fs::recursive_directory_iterator{folder + "/attachments"}) {
            if (entry.is_regular_file()) {
                found.push_back(entry.path());
            }
        }
        return found;
    }
};

/// A real clamd of our own, with signatures of our own.
class Clamd {
public:
    Clamd() {
        const auto folder = test::fresh_folder();
        m_socket = folder + "/clamd.sock";
        fs::create_directories(folder + "/db");
        // In any file, anywhere: "wardmote harmless marker 4711"; and EICAR's file, by its MD5.
        std::ofstream{folder + "/db/test.ndb"}
            << "Wardmote.Test.Marker:0:*:"
               "77617264"
               "6d6f7465206861726d6c657373206d61726b65722034373131\n";
        std::ofstream{folder + "/db/test.hdb"}
            << "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature\n";
        std::ofstream{folder + "/clamd.conf"}
            << fmt::format("DatabaseDirectory {0}/db\nLocalSocket {0}/clamd.sock\nForeground yes\n"
                           "TemporaryDirectory {0}\nStreamMaxLength 2M\nLogFile {0}/log\n",
                           folder);
        m_pid = fork();
        if (m_pid == 0) {
            const int nowhere = open("/dev/null", O_WRONLY);
            dup2(nowhere, STDOUT_FILENO);
            dup2(nowhere, STDERR_FILENO);
            execl("/usr/sbin/clamd", "clamd", ("--config-file=" + folder + "/clamd.conf").c_str(),
                  nullptr);
            _exit(127);
        }
        for (int i = 0; i < 300 && !fs::exists(m_socket); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds{100});
        }
        REQUIRE_MESSAGE(fs::exists(m_socket), "clamd did not start");
    }
    Clamd(const Clamd &) = delete;
    Clamd &operator=(const Clamd &) = delete;
    ~Clamd() {
        kill(m_pid, SIGTERM);
        waitpid(m_pid, nullptr, 0);
    }
    const std::string &socket() const { return m_socket; }

private:
    pid_t m_pid = -1;
    std::string m_socket;
};

bool clamd_missing() {
    const bool missing = !fs::exists("/usr/sbin/clamd");
    WARN_MESSAGE(!missing, "SKIPPED: there is no clamd here; install clamav-daemon");
    return missing;
}

// Apart, so that no scanner finds it here.
const std::string eicar =
    std::string{"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-"} + "ANTIVIRUS-TEST-FILE!$H+H*";

/// Memory of this process that no file stands behind, in kilobytes.
std::int64_t anonymous_memory() {
    std::ifstream status{"/proc/self/status"};
    for (std::string word; status >> word;) {
        if (word == "RssAnon:") {
            std::int64_t kilobytes = 0;
            status >> kilobytes;
            return kilobytes;
        }
    }
    return 0;
}

} // namespace

TEST_CASE("an attachment is kept with its record, sealed on disk, and comes back") {
    Place place;
    const auto kept = place.keep("Notes.txt", notes);
    CHECK(kept.name == "Notes.txt");
    CHECK(kept.type == "text/plain; charset=utf-8");
    CHECK(kept.bytes == 26);
    // printf 'The gate was open at 9pm.\n' | sha256sum
    CHECK(kept.sha256 == "18c9135211048486801ca20552e3ebed8fe38656cf67a880fcdaac1fdf564bf1");
    CHECK_FALSE(kept.scanned);
    CHECK(place.content(kept.id) == notes);
    const auto listed = place.database.read(
        oxford, [&](db::Transaction &tx) { return place.attachments().list(tx, "post", "7"); });
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].id == kept.id);
    CHECK(listed[0].created_by == "p1");
    const auto files = place.files();
    REQUIRE(files.size() == 1);
    std::ifstream file{files[0], std::ios::binary};
    const std::string sealed{std::istreambuf_iterator<char>{file}, {}};
    CHECK(sealed.find("gate") == std::string::npos);
    CHECK((fs::status(files[0]).permissions() & fs::perms::others_read) == fs::perms::none);
}

TEST_CASE("another partnership cannot see, open, remove or purge an attachment") {
    Place place;
    const auto kept = place.keep("Notes.txt", notes);
    const auto files = place.attachments();
    CHECK_FALSE(place.content(kept.id, leeds));
    place.database.write(leeds, [&](db::Transaction &tx) {
        CHECK(files.list(tx, "post", "7").empty());
        CHECK_FALSE(files.find(tx, kept.id));
        CHECK_FALSE(files.remove(tx, kept.id));
        CHECK_FALSE(files.purge(tx, kept.id));
    });
    CHECK(place.content(kept.id) == notes);
}

TEST_CASE("a file that is too large or of a wrong kind is refused with a sentence") {
    Place place;
    place.settings.most_bytes = 1'000'000;
    CHECK(place.refused("large.txt", std::string(1'000'001, 'a')) ==
          "The file must be smaller than 1 MB.");
    CHECK_FALSE(place.refused("page.html", "<html></html>").empty());
    CHECK_FALSE(fs::exists(place.settings.folder)); // nothing was written
}

TEST_CASE("a removed attachment can be restored, and a purged one is gone from the disk") {
    Place place;
    const auto kept = place.keep("Notes.txt", notes);
    const auto files = place.attachments();
    const auto act = [&](bool (Attachments::*what)(db::Transaction &, std::string_view) const) {
        return place.database.write(
            oxford, [&](db::Transaction &tx) { return (files.*what)(tx, kept.id); });
    };
    CHECK(act(&Attachments::remove));
    CHECK_FALSE(act(&Attachments::remove));
    CHECK_FALSE(place.content(kept.id));
    CHECK(place.files().size() == 1);
    CHECK(act(&Attachments::restore));
    CHECK(place.content(kept.id) == notes);
    CHECK(act(&Attachments::purge));
    CHECK_FALSE(act(&Attachments::purge));
    CHECK(place.files().empty());
    const auto acts = place.database.read(oxford, [](db::Transaction &tx) {
        std::string all;
        tx.each("select act from change_log where kind = 'post' and record = '7' order by number",
                {}, [&](const db::Row &row) { all += row.text("act") + "; "; });
        return all;
    });
    CHECK(acts == "attach; remove attachment; restore attachment; purge attachment; ");
}

TEST_CASE("an attachment that was damaged or exchanged on disk is never given out as whole") {
    Place place;
    const auto one = place.keep("one.txt", notes);
    const auto two = place.keep("two.txt", "The gate was shut at 9pm.\n");
    const auto files = place.files();
    REQUIRE(files.size() == 2);
    const auto aside = place.folder + "/aside";
    fs::rename(files[0], aside);
    fs::rename(files[1], files[0]);
    fs::rename(aside, files[1]);
    CHECK_THROWS_AS(place.content(one.id), std::runtime_error);
    CHECK_THROWS_AS(place.content(two.id), std::runtime_error);
    fs::remove(files[0]);
    fs::remove(files[1]);
    CHECK_THROWS_AS(place.content(one.id), std::runtime_error);
}

TEST_CASE("a row that was given another hash does not agree with its file") {
    Place place;
    const auto kept = place.keep("one.txt", notes);
    place.database.write(oxford, [](db::Transaction &tx) {
        tx.execute("update attachment set sha256 = :hash", {{"hash", std::string(64, '0')}});
    });
    CHECK_THROWS_AS(place.content(kept.id), std::runtime_error);
}

TEST_CASE("files that no row knows of are swept away after a day, others are not") {
    Place place;
    const auto kept = place.keep("kept.txt", notes);
    const auto files = place.attachments();
    const auto orphan = std::get<TakenIn>(files.take_in("oxford", "orphan.txt", notes));
    const auto part = place.files()[0].parent_path() / "broken-off.part";
    std::ofstream{part} << "half";
    CHECK(place.files().size() == 3);
    CHECK(files.sweep(place.database) == 0);
    place.clock.move_to(place.clock.now().plus(std::chrono::hours{25}));
    CHECK(files.sweep(place.database) == 2);
    CHECK(place.files().size() == 1);
    CHECK(place.content(kept.id) == notes);
}

TEST_CASE("a real clamd finds what its signatures name, and lets the rest through") {
    if (clamd_missing()) {
        return;
    }
    const Clamd clamd;
    Place place;
    place.settings.scanner_socket = clamd.socket();
    CHECK(place.keep("clean.txt", notes).scanned);
    CHECK(place.refused("test.txt", eicar).find("carries a virus (Eicar-Test-Signature") !=
          std::string::npos);
    // Beyond the first piece that is sent.
    CHECK(place
              .refused("long.txt",
                       std::string(600'000, 'a') + " wardmote harmless marker 4711 " + notes)
              .find("Wardmote.Test.Marker") != std::string::npos);
    // clamd here takes 2 MB and says so; what it did not look at was not scanned.
    const auto scan = Scanner{clamd.socket()}.scan(std::string(6'000'000, 'a'));
    CHECK(scan.verdict == Scan::Verdict::unavailable);
    CHECK_MESSAGE(scan.words.find("size limit") != std::string::npos, scan.words);
    CHECK(place.files().size() == 1);
}

TEST_CASE("where clamd does not answer, files are refused, or accepted as not scanned") {
    Place place;
    place.settings.scanner_socket = place.folder + "/nobody.sock";
    CHECK(place.refused("a.txt", notes) ==
          "The file could not be checked for viruses, so it was not kept. Try again in a few "
          "minutes.");
    place.settings.accept_unscanned = true;
    CHECK_FALSE(place.keep("a.txt", notes).scanned);
}

TEST_CASE("40 MB go in and come out without memory growing") {
    Place place;
    place.settings.most_bytes = 50'000'000;
    const auto source = place.folder + "/large.txt";
    {
        std::ofstream file{source};
        const std::string line = "a line of the forty megabytes that are kept\n";
        for (std::size_t written = 0; written < 40'000'000; written += line.size()) {
            file << line;
        }
    }
    const auto size = fs::file_size(source);
    const int descriptor = open(source.c_str(), O_RDONLY | O_CLOEXEC);
    REQUIRE(descriptor >= 0);
    void *mapped = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    REQUIRE(mapped != MAP_FAILED);
    place.keep("small.txt", notes); // everything is loaded that will be
    const auto before = anonymous_memory();
    const auto start = std::chrono::steady_clock::now();
    const auto kept =
        place.keep("large.txt", std::string_view{static_cast<const char *>(mapped), size});
    const auto in = std::chrono::steady_clock::now();
    auto most = anonymous_memory();
    const auto found = place.database.read(
        oxford, [&](db::Transaction &tx) { return place.attachments().open(tx, kept.id); });
    std::uint64_t got = 0;
    for (auto piece = found->next(); !piece.empty(); piece = found->next()) {
        got += piece.size();
        most = std::max(most, anonymous_memory());
    }
    const auto out = std::chrono::steady_clock::now();
    munmap(mapped, size);
    close(descriptor);
    CHECK(got == size);
    CHECK(most - before < 2'000); // kilobytes
    MESSAGE("40 MB in ", std::chrono::duration<double>(in - start).count(), " s, out ",
            std::chrono::duration<double>(out - in).count(), " s, memory grew by ", most - before,
            " kB");
}
