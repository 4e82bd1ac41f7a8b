#include "platform/db/ledger.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "database_for_test.hpp"
#include "platform/db/tamper_test.hpp"

namespace wardmote::db {

namespace {

namespace fs = std::filesystem;

const core::FixedClock clock_then{core::Instant::parse("2015-02-02T08:10:00Z").value()};

/// A database with both logs written to by two tenants.
struct Written {
    Written() {
        add_tenants(database);
        for (int i = 1; i <= 3; ++i) {
            for (const std::string tenant : {oxford, cherwell}) {
                database.write({tenant, "p1", "r1"}, [&](Transaction &tx) {
                    const LogEntry entry{"edit", "post", "rec", i, R"({"title":["a","b's"]})"};
                    ledger.append(tx, Log::changes, entry);
                    ledger.append(tx, Log::changes, entry);
                    ledger.append(tx, Log::seen, {"view", "post", "rec", 0, "{}"});
                });
            }
        }
    }

    Verification verify() { return ledger.verify(database); }
    std::string chain(Log log, const std::string &tenant) {
        return database.read({tenant, {}, {}}, [&](Transaction &tx) {
            return tx
                .first(fmt::format("select min(chain) as chain from {} where tenant = :tenant",
                                   table_of(log)),
                       {{"tenant", tenant}})
                ->text("chain");
        });
    }
    std::string head(const std::string &chain) const { return folder + "/heads/" + chain; }

    std::string address = test::fresh_database();
    std::string folder = test::fresh_folder() + "/audit";
    Keys keys = Keys::ephemeral();
    Database database{address};
    Ledger ledger{keys, folder, clock_then};
};

std::string content(const std::string &path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void change_byte(const std::string &path, std::size_t at) {
    auto bytes = content(path);
    bytes.at(at) = static_cast<char>(bytes[at] ^ 1);
    std::ofstream{path, std::ios::binary} << bytes;
}

std::string all_words(const Verification &result) {
    std::string words;
    for (const auto &finding : result.findings) {
        words += finding.words + '\n';
    }
    return words;
}

bool says(const Verification &result, std::string_view words) {
    return all_words(result).find(words) != std::string::npos;
}

} // namespace

TEST_CASE("the hash of an entry is the one another implementation gives") {
    const auto folder = test::fresh_folder();
    std::string secret;
    for (char i = 0; i < 32; ++i) {
        secret += i;
    }
    std::ofstream{folder + "/secret.key", std::ios::binary} << secret;
    fs::permissions(folder + "/secret.key", fs::perms::owner_read | fs::perms::owner_write);
    const Linker linker{Keys::open(folder)};
    const ChainHead head{Log::changes, oxford, "c1"};
    const LogEntry entry{"edit", "post", "r", 2, R"({"title":["a","b"]})"};
    // Python's hashlib.blake2b, with the key derived as libsodium's crypto_kdf says.
    CHECK(linker.next(head, entry, {oxford, "p", ""}, clock_then.now()).hash ==
          "ad6299dcccedead2e4358b3af3cb42baea7b13225eede658a3c892dff95edfe4");
}

TEST_CASE("logs that nobody touched verify, and chains do not cross tenants or logs") {
    Written written;
    const auto result = written.verify();
    CHECK(all_words(result) == "");
    CHECK(result.entries == 18);
    CHECK(result.chains == 4);
    CHECK(written.chain(Log::changes, oxford) != written.chain(Log::changes, cherwell));
    CHECK(written.chain(Log::changes, oxford) != written.chain(Log::seen, oxford));
}

TEST_CASE("one byte changed in any column of an entry is found") {
    Written written;
    Tamperer owner{written.address};
    for (const auto log : {Log::changes, Log::seen}) {
        const std::string table{table_of(log)};
        const auto rows = written.database.read({oxford, {}, {}}, [&](Transaction &tx) {
            return tx.query("select tenant, chain, cast(number as text) as number, at, person, "
                            "request, act, kind, record, cast(version as text) as version, "
                            "detail, hash from " +
                                table + " where tenant = :tenant and " + table + ".number = 2",
                            {{"tenant", oxford}});
        });
        REQUIRE(rows.size() == 1);
        std::map<std::string, std::string> row;
        for (const auto &column : rows[0].columns()) {
            row[column] = rows[0].text(column);
        }
        const auto set = [&](const std::string &column, const std::string &value) {
            owner.run(fmt::format("update {} set {} = {} where tenant = {} and chain = {} and "
                                  "number = {}",
                                  table, column, literal(value), literal(row["tenant"]),
                                  literal(row["chain"]), row["number"]));
            row[column] = value;
        };
        int missed = 0;
        for (const auto &[column, value] : std::map{row}) {
            const bool number = column == "number" || column == "version";
            for (std::size_t at = 0; at < (number ? 1 : value.size()); ++at) {
                auto changed = number ? "7" : value;
                if (!number) {
                    changed[at] = static_cast<char>(changed[at] ^ 1);
                }
                set(column, changed);
                if (written.verify().findings.empty()) {
                    ++missed;
                    MESSAGE("not found: ", column, " at ", at);
                }
                set(column, value);
            }
        }
        CHECK(missed == 0);
        for (const std::string column : {"person", "request", "record"}) {
            owner.run(fmt::format("update {} set {} = null where chain = {} and number = 2", table,
                                  column, literal(row["chain"])));
            CHECK(says(written.verify(), "entry 2 of 2 February 2015 at 8.10am was changed"));
            set(column, row[column]);
        }
    }
    CHECK(all_words(written.verify()) == "");
}

TEST_CASE("a finding says which entry") {
    Written written;
    Tamperer owner{written.address};
    const auto chain = written.chain(Log::changes, oxford);
    owner.run(
        fmt::format("update change_log set person = 'x' where chain = '{}' and number = 3", chain));
    const auto result = written.verify();
    REQUIRE(result.findings.size() == 1);
    CHECK(result.findings[0].log == Log::changes);
    CHECK(result.findings[0].chain == chain);
    CHECK(result.findings[0].number == 3);
}

TEST_CASE("entries taken away are found, in the middle, at the end, and a whole chain") {
    Written written;
    Tamperer owner{written.address};
    const auto chain = written.chain(Log::changes, oxford);
    SUBCASE("in the middle") {
        owner.run(fmt::format("delete from change_log where chain = '{}' and number = 3", chain));
        CHECK(says(written.verify(), "entry 3 is missing"));
    }
    SUBCASE("the first") {
        owner.run(fmt::format("delete from change_log where chain = '{}' and number = 1", chain));
        CHECK(says(written.verify(), "entry 1 is missing"));
    }
    SUBCASE("the last") {
        owner.run(fmt::format("delete from change_log where chain = '{}' and number > 4", chain));
        CHECK(says(written.verify(), "entries 5 to 6 are missing"));
    }
    SUBCASE("all of a chain") {
        owner.run(fmt::format("delete from change_log where chain = '{}'", chain));
        CHECK(says(written.verify(), "entries 1 to 6 are missing"));
    }
    SUBCASE("all of a chain, and its head") {
        written.ledger.checkpoint(written.database);
        owner.run(fmt::format("delete from change_log where chain = '{}'", chain));
        fs::remove(written.head(chain));
        CHECK(says(written.verify(), "entries 1 to 6 are missing"));
    }
    SUBCASE("the last, and its head put back to an earlier one") {
        const auto earlier = content(written.head(chain));
        written.database.write({oxford, "p1", "r1"}, [&](Transaction &tx) {
            written.ledger.append(tx, Log::changes, {"edit", "post", "rec", 9, "{}"});
        });
        CHECK(written.verify().findings.empty());
        written.ledger.checkpoint(written.database);
        const auto last = written.database.read({oxford, {}, {}}, [&](Transaction &tx) {
            return tx.first("select chain, change_log.number as last from change_log "
                            "where tenant = :tenant and version = 9",
                            {{"tenant", oxford}});
        });
        owner.run("delete from change_log where version = 9");
        const auto its = last->text("chain");
        if (its == chain) { // PostgreSQL may have used another connection
            std::ofstream{written.head(chain), std::ios::binary} << earlier;
        } else {
            fs::remove(written.head(its));
        }
        CHECK(says(written.verify(), fmt::format("entry {} is missing", last->integer("last"))));
    }
}

TEST_CASE("an entry that is moved, copied or forged is found") {
    Written written;
    Tamperer owner{written.address};
    const auto ours = written.chain(Log::changes, oxford);
    const auto theirs = written.chain(Log::changes, cherwell);
    SUBCASE("to another tenant") {
        owner.run(fmt::format("update change_log set tenant = '{}' where chain = '{}' "
                              "and number = 6",
                              cherwell, ours));
    }
    SUBCASE("a whole chain to another tenant") {
        owner.run(
            fmt::format("update change_log set tenant = '{}' where chain = '{}'", cherwell, ours));
    }
    SUBCASE("to another chain") {
        owner.run(fmt::format("delete from change_log where chain = '{}' and number = 6", theirs));
        owner.run(fmt::format("update change_log set chain = '{}', tenant = '{}' where "
                              "chain = '{}' and number = 6",
                              theirs, cherwell, ours));
    }
    SUBCASE("forged at the end") {
        owner.run(fmt::format("insert into change_log select tenant, chain, 7, at, person, "
                              "request, act, kind, record, version, detail, hash from change_log "
                              "where chain = '{}' and number = 6",
                              ours));
    }
    SUBCASE("a forged chain") {
        owner.run(fmt::format("insert into seen_log select tenant, 'mine', 1, at, person, "
                              "request, act, kind, record, version, detail, hash from seen_log "
                              "where chain = '{}' and number = 1",
                              written.chain(Log::seen, oxford)));
    }
    CHECK_FALSE(written.verify().findings.empty());
}

TEST_CASE("a head that is changed, copied or deleted is found") {
    Written written;
    const auto chain = written.chain(Log::changes, oxford);
    const auto path = written.head(chain);
    const auto whole = content(path);
    SUBCASE("any byte of it changed") {
        for (std::size_t at = 0; at < whole.size(); ++at) {
            change_byte(path, at);
            CHECK(says(written.verify(), "how far chain"));
            std::ofstream{path, std::ios::binary} << whole;
        }
        CHECK(written.verify().findings.empty());
    }
    SUBCASE("cut short") {
        fs::resize_file(path, 20);
        CHECK(says(written.verify(), "how far chain"));
    }
    SUBCASE("that of another chain in its place") {
        fs::copy_file(written.head(written.chain(Log::seen, oxford)), path,
                      fs::copy_options::overwrite_existing);
        CHECK(says(written.verify(), "how far chain"));
    }
    SUBCASE("deleted") {
        fs::remove(path);
        CHECK(says(written.verify(), "how far it had come is missing"));
    }
}

TEST_CASE("a head that lags behind the database is no finding") {
    Written written;
    const auto path = written.head(written.chain(Log::changes, oxford));
    fs::copy_file(path, path + ".earlier"); // as a process leaves it that dies after its commit
    const auto earlier = content(path);
    fs::remove(path + ".earlier");
    written.database.write({oxford, {}, {}}, [&](Transaction &tx) {
        written.ledger.append(tx, Log::changes, {"edit", "post", "rec", 4, "{}"});
    });
    std::ofstream{path, std::ios::binary} << earlier;
    CHECK(written.verify().findings.empty());
}

TEST_CASE("what is rolled back leaves the chain as it was") {
    Written written;
    CHECK_THROWS_WITH(
        written.database.write(
            {oxford, {}, {}},
            [&](Transaction &tx) {
                written.ledger.append(tx, Log::changes, {"edit", "post", "rec", 4, "{}"});
                throw std::runtime_error("never mind");
            }),
        "never mind");
    CHECK(written.verify().entries == 18);
    written.database.write({oxford, {}, {}}, [&](Transaction &tx) {
        written.ledger.append(tx, Log::changes, {"edit", "post", "rec", 4, "{}"});
    });
    CHECK(written.verify().entries == 19);
    CHECK(all_words(written.verify()) == "");
    CHECK_THROWS_AS(written.database.write(
                        Scope::everyone(),
                        [&](Transaction &tx) { written.ledger.append(tx, Log::changes, {}); }),
                    std::logic_error);
}

TEST_CASE("the next process begins chains of its own, and both verify") {
    Written written;
    {
        Database again{written.address};
        Ledger elsewhere{written.keys, written.folder + "-2", clock_then};
        again.write({oxford, {}, {}}, [&](Transaction &tx) {
            elsewhere.append(tx, Log::changes, {"edit", "post", "rec", 4, "{}"});
        });
    }
    CHECK(says(written.verify(), "name that folder too"));
    const auto both = written.ledger.verify(written.database, {}, {written.folder + "-2"});
    CHECK(all_words(both) == "");
    CHECK(both.chains == 5);
}

TEST_CASE("checkpoints are signed so that others can check them, and a change to one is found") {
    Written written;
    const auto first = written.ledger.checkpoint(written.database);
    const auto second = written.ledger.checkpoint(written.database);
    CHECK(written.verify().checkpoints == 2);
    CHECK(all_words(written.verify()) == "");
    CHECK(content(first).starts_with("Wardmote checkpoint 1\nat 2015-02-02T08:10:00.000Z\n"));
    const auto folder = written.folder + "/checkpoints";
    const auto openssl = fmt::format(
        "cd {} && openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in 000002.txt "
        "-sigfile 000002.sig > openssl.out",
        folder);
    CHECK(std::system(openssl.c_str()) == 0);
    SUBCASE("any byte changed") {
        const auto whole = content(second);
        for (std::size_t at = 0; at < whole.size(); at += 7) {
            change_byte(second, at);
            CHECK(says(written.verify(), "checkpoint 2 was changed"));
            std::ofstream{second, std::ios::binary} << whole;
        }
    }
    SUBCASE("one taken away") {
        fs::remove(first);
        CHECK(says(written.verify(), "checkpoint 1 is missing"));
    }
    SUBCASE("its signature taken away") {
        fs::remove(folder + "/000001.sig");
        CHECK(says(written.verify(), "checkpoint 1 was changed"));
    }
}

TEST_CASE("the service may add to the logs and do nothing else to them") {
    Written written;
    for (const auto *statement : {"update change_log set person = 'x'", "delete from change_log",
                                  "update seen_log set hash = 'x'", "delete from seen_log"}) {
        CHECK_THROWS(written.database.write({oxford, {}, {}},
                                            [&](Transaction &tx) { tx.execute(statement); }));
    }
    CHECK(all_words(written.verify()) == "");
}

TEST_CASE("two writers append at once, and neither waits") {
    Written written;
    if (!test::on_postgresql()) {
        return; // SQLite has one writer
    }
    {
        Transaction one{written.database.pool(), {oxford, {}, {}}, Transaction::Kind::write};
        Transaction other{written.database.pool(), {oxford, {}, {}}, Transaction::Kind::write};
        written.ledger.append(one, Log::changes, {"edit", "post", "rec", 4, "{}"});
        written.ledger.append(other, Log::changes, {"edit", "post", "rec", 4, "{}"});
        written.ledger.append(one, Log::changes, {"edit", "post", "rec", 5, "{}"});
        other.commit();
        one.commit();
    }
    CHECK(written.verify().entries == 21);
    CHECK(all_words(written.verify()) == "");
}

} // namespace wardmote::db
