#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "platform/db/archive.hpp"
#include "platform/db/archive_tables.hpp"
#include "platform/db/archive_zip.hpp"
#include "platform/db/ledger_chain.hpp"

namespace wardmote::db {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Cuts a stream into lines.
class Lines {
public:
    explicit Lines(std::function<void(std::string_view)> visit)
        : m_visit{std::move(visit)} {}
    void add(std::string_view bytes) {
        for (auto end = bytes.find('\n'); end != bytes.npos; end = bytes.find('\n')) {
            m_line += bytes.substr(0, end);
            m_visit(m_line);
            m_line.clear();
            bytes.remove_prefix(end + 1);
        }
        m_line += bytes;
    }

private:
    std::function<void(std::string_view)> m_visit;
    std::string m_line;
};

/// Whether a part may be written below HOME: "files/audit/heads/0193...", never out of it.
bool stays_inside(const fs::path &name) {
    return name.is_relative() && std::ranges::none_of(name, [](const fs::path &step) {
               return step == ".." || step == "." || step.empty();
           });
}

class Restore {
public:
    Restore(const std::string &file, const Keys &keys, const std::string &home, Database &database,
            const ArchiveProgress &progress)
        : m_file{file}
        , m_zip{opened(file)}
        , m_keys{keys}
        , m_home{home}
        , m_database{database}
        , m_progress{progress} {}

    Archived run() {
        read_manifest();
        check_place();
        check_parts();
        try {
            write_files();
            write_tables();
        } catch (...) {
            for (const auto &path : m_written) {
                std::error_code ignored;
                fs::remove(path, ignored);
            }
            throw;
        }
        m_done.bytes = fs::file_size(m_file);
        return m_done;
    }

private:
    static std::unique_ptr<ZipReader> opened(const std::string &file) {
        if (!fs::exists(file)) {
            throw Refused(fmt::format("There is no file {}", file));
        }
        try {
            return std::make_unique<ZipReader>(file);
        } catch (const std::runtime_error &error) {
            throw Refused(error.what());
        }
    }

    void read_manifest() {
        const auto text = m_zip->text("manifest.json");
        try {
            m_manifest = json::parse(text);
            if (m_manifest.at("key") != m_keys.token_hash("the key of this backup")) {
                throw Refused("The keys are not those of this backup: what is sealed in it could "
                              "never be read. Put the folder of keys that was kept apart in place, "
                              "or name it with --keys");
            }
        } catch (const json::exception &) {
            damaged(m_file);
        }
        if (m_zip->text("manifest.mark") != Linker{m_keys}.mark_of("backup " + text)) {
            damaged(m_file);
        }
        if (m_manifest.at("format") != 1) {
            throw Refused("The backup was made by a newer Wardmote. Use that version");
        }
        const auto theirs = m_manifest.at("migrations").get<std::vector<std::string>>();
        const auto ours = m_database.read(Scope::everyone(), migrations_of);
        if (theirs != ours) {
            throw Refused(fmt::format(
                "The backup was made by Wardmote {} and this is " WARDMOTE_VERSION
                ", whose tables are others. Restore it with that version, then bring it up to date "
                "with `wardmote migrate`",
                m_manifest.at("wardmote").get<std::string>()));
        }
    }

    void check_place() {
        if (fs::exists(m_home)) {
            for (const auto &entry : fs::recursive_directory_iterator{m_home}) {
                const auto name = fs::relative(entry.path(), m_home).string();
                if (!entry.is_directory() && !name.starts_with("keys/") &&
                    name.find(".sqlite") == std::string::npos) {
                    throw Refused(fmt::format("{} is in use: it has {}. Restore into an empty "
                                              "place",
                                              m_home, name));
                }
            }
        }
        m_database.read(Scope::everyone(), [&](Transaction &tx) {
            m_tables = tables_of(tx);
            for (const auto &table : m_tables) {
                if (count_rows(tx, table) > 0) {
                    throw Refused(fmt::format("The database is in use: {} has rows. Restore into "
                                              "an empty one",
                                              table.name));
                }
            }
        });
    }

    void check_parts() {
        const auto &parts = m_manifest.at("parts");
        double done = 0;
        for (const auto &part : parts) {
            const auto name = part.at("name").get<std::string>();
            tell("checking", 0.3 * done++ / static_cast<double>(parts.size()));
            const auto read = m_zip->each(name, [](std::string_view) {});
            if (read.bytes != part.at("bytes") || read.sha256 != part.at("sha256") ||
                !stays_inside(name)) {
                damaged(m_file);
            }
        }
    }

    void write_files() {
        constexpr std::string_view folder = "files/";
        for (const auto &part : m_manifest.at("parts")) {
            const auto name = part.at("name").get<std::string>();
            if (!name.starts_with(folder)) {
                continue;
            }
            const auto path = m_home + "/" + name.substr(folder.size());
            tell("files", 0.3);
            fs::create_directories(fs::path{path}.parent_path());
            m_written.push_back(path);
            std::ofstream out{path, std::ios::binary};
            m_zip->each(name, [&out](std::string_view bytes) { out << bytes; });
            out.close();
            if (!out) {
                throw std::runtime_error(fmt::format("cannot write {}: is the disk full?", path));
            }
            ++m_done.files;
        }
        // As private as the program makes them.
        for (const auto *name : {"audit", "attachments"}) {
            if (fs::exists(m_home + "/" + name)) {
                fs::permissions(m_home + "/" + name, fs::perms::owner_all);
            }
        }
    }

    void write_tables() {
        std::uint64_t all = 1;
        for (const auto &table : m_manifest.at("tables")) {
            all += table.at("rows").get<std::uint64_t>();
        }
        Transaction tx{m_database.pool(), Scope::everyone(), Transaction::Kind::restore};
        for (const auto &told : m_manifest.at("tables")) {
            const Table table{told.at("name").get<std::string>(),
                              told.at("columns").get<std::vector<std::string>>()};
            // Names go into statements: only those of this schema.
            if (std::ranges::find(m_tables, table) == m_tables.end()) {
                damaged(m_file);
            }
            Lines lines{[&](std::string_view line) {
                add_row(tx, table, line);
                if (++m_done.rows % 1000 == 0) {
                    tell(table.name,
                         0.3 + 0.7 * static_cast<double>(m_done.rows) / static_cast<double>(all));
                }
            }};
            m_zip->each("tables/" + table.name + ".jsonl",
                        [&lines](std::string_view bytes) { lines.add(bytes); });
            ++m_done.tables;
        }
        tx.commit();
    }

    void tell(std::string_view part, double done) const {
        if (m_progress) {
            m_progress(part, done);
        }
    }

    std::string m_file;
    std::unique_ptr<ZipReader> m_zip;
    const Keys &m_keys;
    std::string m_home;
    Database &m_database;
    const ArchiveProgress &m_progress;
    json m_manifest;
    std::vector<Table> m_tables;
    std::vector<std::string> m_written;
    Archived m_done;
};

} // namespace

Archived restore(const std::string &file, const Keys &keys, const std::string &home,
                 Database &database, const ArchiveProgress &progress) {
    return Restore{file, keys, home, database, progress}.run();
}

} // namespace wardmote::db
