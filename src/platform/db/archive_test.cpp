#include "platform/db/archive.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "database_for_test.hpp"
#include "platform/db/ledger.hpp"
#include "platform/db/tamper_test.hpp"

namespace wardmote::db {

namespace {

namespace fs = std::filesystem;

const core::FixedClock clock_then{core::Instant::parse("2015-02-02T08:10:00Z").value()};

// Every type of the schema, a row that refers to a later one of its own table, and a table whose
// name comes before the one it refers to.
const Options with_odd_table{.more_migrations = {{9000, "9000_odd", R"(
create table zebra (
    tenant text not null references tenant (id),
    id text not null,
    after text,
    whole bigint,
    part double precision,
    words text,
    primary key (tenant, id),
    foreign key (tenant, after) references zebra (tenant, id)
);
create table aardvark (
    tenant text not null references tenant (id),
    id text primary key,
    zebra text not null,
    foreign key (tenant, zebra) references zebra (tenant, id)
);
)"}}};

struct Place {
    explicit Place(std::string where)
        : address{std::move(where)}
        , database{address, with_odd_table} {}
    std::string address;
    std::string home = test::fresh_folder();
    Database database;
};

std::string sqlite_database() {
    return "sqlite:" + test::fresh_folder() + "/records.sqlite";
}

void write_file(const std::string &path, const std::string &text) {
    fs::create_directories(fs::path{path}.parent_path());
    std::ofstream{path, std::ios::binary} << text;
}

std::string content(const std::string &path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// A workspace in use.
struct Source : Place {
    explicit Source(const std::string &where)
        : Place{where} {
        add_tenants(database);
        database.write({oxford, "p", "r"}, [&](Transaction &tx) {
            add(tx, "a", Value{}, {}, {}, {});
            add(tx, "b", "a", std::int64_t{9007199254740993}, 0.1, "O'Reilly \"£\"\n\\ line");
            add(tx, "c", "b", std::int64_t{-1}, 5.0, "");
            tx.execute("update zebra set after = 'c' where id = 'a'"); // a circle
            tx.execute("insert into aardvark (tenant, id, zebra) values (:tenant, 'x', 'a')",
                       {{"tenant", oxford}});
            tx.execute(
                "insert into search_entry (tenant, kind, record, title, words, restricted, "
                "removed, "
                "changed) values (:tenant, 'zebra', 'a', 'Burglary in Carfax', '', 0, 0, '')",
                {{"tenant", oxford}});
            ledger.append(tx, Log::changes, {"create", "zebra", "a", 1, "{}"});
            ledger.append(tx, Log::seen, {"view", "zebra", "a", 1, "{}"});
        });
        ledger.checkpoint(database);
        write_file(home + "/wardmote.toml", "partnership = \"X\"\n");
        write_file(home + "/attachments/ab/cd", std::string{"\0\xff sealed", 9});
        write_file(home + "/evidence/manifests/m.json", "{}");
        write_file(home + "/keys/secret.key", "never in a backup");
        write_file(home + "/spool/seen-1.jsonl", "[]\n");
        write_file(home + "/records/records.sqlite", "the database itself");
        write_file(home + "/records/plan.toml", "x = 1\n");
    }

    static void add(Transaction &tx, const std::string &id, const Value &after, const Value &whole,
                    const Value &part, const Value &words) {
        tx.execute("insert into zebra (tenant, id, after, whole, part, words) "
                   "values (:tenant, :id, :after, :whole, :part, :words)",
                   {{"tenant", oxford},
                    {"id", id},
                    {"after", after},
                    {"whole", whole},
                    {"part", part},
                    {"words", words}});
    }

    Keys keys = Keys::ephemeral();
    Ledger ledger{keys, home + "/audit", clock_then};
};

std::string all_words(const Verification &result) {
    std::string words;
    for (const auto &finding : result.findings) {
        words += finding.words + '\n';
    }
    return words;
}

std::int64_t found(Database &database, std::string_view word) {
    return database.read(Scope::everyone(), [&](Transaction &tx) {
        return tx
            .first(tx.sqlite() ? "select count(*) as n from search_words where search_words match "
                                 ":word"
                               : "select count(*) as n from search_entry where found_by @@ "
                                 "plainto_tsquery('english', :word)",
                   {{"word", std::string{word}}})
            ->integer("n");
    });
}

std::string new_file() {
    return test::fresh_folder() + "/backup.zip";
}

} // namespace

TEST_CASE("a backup restored elsewhere, and on the other engine, is equal row for row") {
    Source source{test::fresh_database()};
    const auto file = new_file();
    const auto kept = backup(source.database, source.keys, source.home, file, clock_then);
    CHECK(kept.rows == 9); // two tenants, three zebras, an aardvark, two entries, a searched one
    Place same{test::fresh_database()};
    Place sqlite{sqlite_database()};
    for (auto *place : {&same, &sqlite}) {
        const auto put = restore(file, source.keys, place->home, place->database);
        CHECK(put.rows == kept.rows);
        CHECK(put.files == kept.files);
        CHECK(compare(source.database, place->database) == std::vector<std::string>{});
        const Ledger ledger{source.keys, place->home + "/audit", clock_then};
        const auto verified = ledger.verify(place->database);
        CHECK(all_words(verified) == "");
        CHECK(verified.entries == 2);
        CHECK(verified.checkpoints == 1);
        CHECK(found(place->database, "burglaries") == 1); // the search index was made again
        CHECK(found(place->database, "robbery") == 0);
        CHECK(content(place->home + "/attachments/ab/cd") ==
              content(source.home + "/attachments/ab/cd"));
        CHECK(content(place->home + "/records/plan.toml") == "x = 1\n");
        CHECK_FALSE(fs::exists(place->home + "/keys/secret.key"));
        CHECK_FALSE(fs::exists(place->home + "/spool"));
        CHECK_FALSE(fs::exists(place->home + "/records/records.sqlite"));
    }
    // And back: what came from the other engine, to this one.
    const auto second = new_file();
    backup(sqlite.database, source.keys, sqlite.home, second, clock_then);
    Place back{test::fresh_database()};
    restore(second, source.keys, back.home, back.database);
    CHECK(compare(source.database, back.database) == std::vector<std::string>{});
}

TEST_CASE("a restored place can be written to, and its rules hold") {
    Source source{test::fresh_database()};
    const auto file = new_file();
    backup(source.database, source.keys, source.home, file, clock_then);
    Place place{test::fresh_database()};
    restore(file, source.keys, place.home, place.database);
    Ledger ledger{source.keys, place.home + "/audit", clock_then};
    place.database.write({oxford, "p", "r"}, [&](Transaction &tx) {
        Source::add(tx, "d", "c", {}, {}, {});
        ledger.append(tx, Log::changes, {"create", "zebra", "d", 1, "{}"});
    });
    CHECK(all_words(ledger.verify(place.database)) == "");
    // References are checked at once again, as before the restore.
    CHECK_THROWS_AS(
        place.database.write({oxford, "p", "r"},
                             [](Transaction &tx) { Source::add(tx, "e", "nobody", {}, {}, {}); }),
        Conflict);
    CHECK_THROWS(place.database.write(
        {oxford, {}, {}}, [](Transaction &tx) { tx.execute("delete from change_log"); }));
}

TEST_CASE("a backup taken while others write is of one moment") {
    Source source{test::fresh_database()};
    std::atomic<bool> stop = false;
    std::atomic<int> written = 0;
    const auto file = new_file();
    int before = 0;
    {
        const auto write = [&](int writer) {
            for (int i = 0; !stop; ++i) {
                source.database.write({oxford, "p", "r"}, [&](Transaction &tx) {
                    const auto id = std::to_string(writer) + "-" + std::to_string(i);
                    Source::add(tx, id, "a", i, {}, "together");
                    source.ledger.append(tx, Log::changes, {"create", "zebra", id, 1, "{}"});
                });
                ++written;
            }
        };
        std::jthread one{write, 1};
        std::jthread other{write, 2};
        while (written < 20) {
            std::this_thread::yield();
        }
        before = written;
        backup(source.database, source.keys, source.home, file, clock_then);
        stop = true;
    }
    Place sqlite{sqlite_database()};
    Place same{test::fresh_database()};
    restore(file, source.keys, sqlite.home, sqlite.database);
    restore(file, source.keys, same.home, same.database);
    CHECK(compare(sqlite.database, same.database) == std::vector<std::string>{});
    const auto [rows, entries] = sqlite.database.read(Scope::everyone(), [](Transaction &tx) {
        return std::pair{
            tx.first("select count(*) as n from zebra where words = 'together'")->integer("n"),
            tx.first("select count(*) as n from change_log")->integer("n")};
    });
    CHECK(rows >= before);
    CHECK(rows <= written);
    CHECK(entries == rows + 1); // each row with its entry; and the one of before
    for (auto *place : {&sqlite, &same}) {
        const Ledger ledger{source.keys, place->home + "/audit", clock_then};
        CHECK(all_words(ledger.verify(place->database)) == "");
    }
    CHECK(all_words(source.ledger.verify(source.database)) == "");
}

TEST_CASE("an edit made before the backup is found after the restore") {
    Source source{test::fresh_database()};
    Tamperer{source.address}.run("update change_log set person = 'q'");
    const auto file = new_file();
    backup(source.database, source.keys, source.home, file, clock_then);
    Place place{sqlite_database()};
    restore(file, source.keys, place.home, place.database);
    const Ledger ledger{source.keys, place.home + "/audit", clock_then};
    CHECK(ledger.verify(place.database).findings.size() == 1);
}

TEST_CASE("a restore is refused, and nothing written, where it would do harm") {
    Source source{test::fresh_database()};
    const auto file = new_file();
    backup(source.database, source.keys, source.home, file, clock_then);
    Place place{sqlite_database()};
    const auto refused = [&](const std::string &from, const Keys &keys, const Place &to,
                             Database &database) {
        try {
            restore(from, keys, to.home, database);
        } catch (const Refused &refusal) {
            return std::string{refusal.what()};
        }
        return std::string{};
    };
    SUBCASE("into a database with rows") {
        add_tenants(place.database);
        CHECK(refused(file, source.keys, place, place.database)
                  .starts_with("The database is in use: tenant has rows."));
    }
    SUBCASE("into a folder with files") {
        write_file(place.home + "/wardmote.toml", "mine");
        CHECK(refused(file, source.keys, place, place.database).find("it has wardmote.toml") !=
              std::string::npos);
        CHECK(content(place.home + "/wardmote.toml") == "mine");
    }
    SUBCASE("without the keys") {
        CHECK(refused(file, Keys::ephemeral(), place, place.database)
                  .starts_with("The keys are not those of this backup"));
    }
    SUBCASE("from a file that is not there, or is none") {
        CHECK(refused("/nowhere.zip", source.keys, place, place.database) ==
              "There is no file /nowhere.zip");
        write_file(file + ".txt", "not a zip");
        CHECK(refused(file + ".txt", source.keys, place, place.database) != "");
    }
    SUBCASE("from a file with a byte changed anywhere") {
        const auto whole = content(file);
        int noticed = 0, changed = 0;
        for (std::size_t at = 11; at < whole.size(); at += whole.size() / 20) {
            auto bytes = whole;
            bytes[at] = static_cast<char>(bytes[at] ^ 0x40);
            write_file(file, bytes);
            ++changed;
            Place fresh{sqlite_database()};
            const auto words = refused(file, source.keys, fresh, fresh.database);
            // A byte of the zip's own dates or names of parts says nothing of what is in it.
            noticed += words.empty() && compare(source.database, fresh.database).empty() ? 1 : 0;
            noticed += words.empty() ? 0 : 1;
        }
        CHECK(noticed == changed);
    }
    SUBCASE("a backup over another") {
        CHECK_THROWS_AS(backup(source.database, source.keys, source.home, file, clock_then),
                        Refused);
    }
}

TEST_CASE("a comparison tells what differs") {
    Source source{test::fresh_database()};
    Place other{sqlite_database()};
    const auto file = new_file();
    backup(source.database, source.keys, source.home, file, clock_then);
    restore(file, source.keys, other.home, other.database);
    other.database.write({oxford, {}, {}}, [](Transaction &tx) {
        tx.execute("update zebra set part = 0.2 where id = 'b'");
    });
    CHECK(compare(source.database, other.database) ==
          std::vector<std::string>{"zebra: 1 rows are only in the first and 1 only in the second"});
}

} // namespace wardmote::db
