#include "platform/db/migrations.hpp"

#include <soci/soci.h>
#include <sodium.h>

#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/core/clock.hpp"
#include "engine/core/text.hpp"
#include "platform/db/database.hpp"
#include "platform/db/pool.hpp"

namespace wardmote::db {

namespace {

template <class Visit>
void each_line(std::string_view text, Visit &&visit) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        visit(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::string fingerprint(std::string_view sql) {
    std::array<unsigned char, 32> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char *>(sql.data()), sql.size(), nullptr, 0);
    std::string hex;
    for (const auto byte : hash) {
        hex += fmt::format("{:02x}", byte);
    }
    return hex;
}

struct Applied {
    std::string name, hash;
};

std::map<int, Applied> applied(soci::session &session) {
    std::map<int, Applied> all;
    const soci::rowset<soci::row> rows =
        session.prepare << "select cast(number as text), name, hash from schema_migration";
    for (const auto &row : rows) {
        all.emplace(std::stoi(row.get<std::string>(0)),
                    Applied{row.get<std::string>(1), row.get<std::string>(2)});
    }
    return all;
}

/// Gives the migrations still to be run.
std::vector<Migration> outstanding(const std::map<int, Applied> &done,
                                   const std::vector<Migration> &more) {
    std::vector<Migration> all{migrations().begin(), migrations().end()};
    all.insert(all.end(), more.begin(), more.end());
    std::vector<Migration> left;
    std::size_t known = 0;
    for (const auto &migration : all) {
        const auto found = done.find(migration.number);
        if (found == done.end()) {
            left.push_back(migration);
        } else if (++known; found->second.hash != fingerprint(migration.sql)) {
            throw std::runtime_error(
                fmt::format("the database has drifted: migration {} was run with other words than "
                            "this program holds. Restore a backup, or use the program that made it",
                            found->second.name));
        }
    }
    if (known < done.size()) {
        throw std::runtime_error(
            "the database was made by a newer Wardmote. Use that version, or a newer one");
    }
    return left;
}

void apply(Engine &engine, soci::session &session, const Migration &migration) {
    engine.run(session, for_engine(migration.sql, engine.sqlite()));
    engine.guard(session, append_only_tables(migration.sql));
    const long long number = migration.number;
    const std::string name{migration.name};
    const auto hash = fingerprint(migration.sql);
    const auto now = core::SystemClock{}.now().iso();
    session << "insert into schema_migration (number, name, hash, applied) "
               "values (:number, :name, :hash, :applied)",
        soci::use(number, "number"), soci::use(name, "name"), soci::use(hash, "hash"),
        soci::use(now, "applied");
}

} // namespace

std::string for_engine(std::string_view sql, bool sqlite) {
    std::string part;
    bool wanted = true;
    each_line(sql, [&](std::string_view line) {
        if (line == "-- only sqlite") {
            wanted = sqlite;
        } else if (line == "-- only postgresql") {
            wanted = !sqlite;
        } else if (line == "-- both") {
            wanted = true;
        } else if (wanted) {
            part.append(line).push_back('\n');
        }
    });
    return part;
}

std::vector<std::string> append_only_tables(std::string_view sql) {
    constexpr std::string_view mark = "-- append-only ";
    std::vector<std::string> tables;
    each_line(sql, [&](std::string_view line) {
        if (line.starts_with(mark)) {
            tables.emplace_back(core::trim(line.substr(mark.size())));
        }
    });
    return tables;
}

void migrate(Engine &engine, const std::vector<Migration> &more) {
    const auto session = engine.connect(Engine::Role::owner);
    engine.begin(*session, Scope::everyone(), true);
    try {
        engine.lock_schema(*session);
        engine.run(*session, "create table if not exists schema_migration (number bigint primary "
                             "key, name text not null, hash text not null, applied text not null)");
        for (const auto &migration : outstanding(applied(*session), more)) {
            apply(engine, *session, migration);
        }
        engine.run(*session, "commit");
    } catch (const std::exception &error) {
        bool lost = false;
        std::rethrow_exception(engine.translated(error, lost));
    }
}

void check_schema(Engine &engine, const std::vector<Migration> &more) {
    const auto session = engine.connect(Engine::Role::reader);
    engine.begin(*session, Scope::everyone(), false);
    const auto left = outstanding(applied(*session), more);
    if (!left.empty()) {
        throw std::runtime_error(fmt::format(
            "the database is older than this program: {} to run. Run `wardmote migrate` first",
            core::counted(static_cast<std::int64_t>(left.size()), "migration", "migrations")));
    }
    engine.run(*session, "rollback");
}

} // namespace wardmote::db
