#include "platform/db/archive.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/core/clock.hpp"
#include "platform/db/archive_tables.hpp"
#include "platform/db/archive_zip.hpp"
#include "platform/db/file.hpp"
#include "platform/db/ledger_heads.hpp"

namespace wardmote::db {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int format_of_this_program = 1;

// What of HOME is data. Those whose files are written once and never changed are read where they
// lie; of the others a copy is taken first, so that what is hashed is what is kept.
constexpr std::string_view settled[] = {"attachments", "evidence"};
constexpr std::string_view living[] = {"catalogue", "records", "reports", "wardmote.toml"};

/// A new folder beside FILE for what goes into it; gone afterwards.
class Stage {
public:
    explicit Stage(const std::string &file)
        : m_path{file + ".parts-XXXXXX"} {
        if (mkdtemp(m_path.data()) == nullptr) {
            throw std::runtime_error(
                fmt::format("cannot write beside {}: is there such a folder?", file));
        }
    }
    ~Stage() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    Stage(const Stage &) = delete;
    Stage &operator=(const Stage &) = delete;
    std::string path(std::string_view name) const { return fmt::format("{}/{}", m_path, name); }

private:
    std::string m_path;
};

void copy(const fs::path &from, const fs::path &to) {
    if (fs::exists(from)) {
        fs::create_directories(to.parent_path());
        fs::copy(from, to, fs::copy_options::recursive);
    }
}

bool is_database(const std::string &path) {
    const auto name = fs::path{path}.filename().string();
    return name.find(".sqlite") != std::string::npos;
}

/// The files in `folder`, as paths below it, by name.
std::vector<std::string> files_below(const std::string &folder) {
    std::vector<std::string> files;
    if (fs::exists(folder)) {
        for (const auto &entry : fs::recursive_directory_iterator{folder}) {
            if (entry.is_regular_file() && !is_database(entry.path())) {
                files.push_back(fs::relative(entry.path(), folder).string());
            }
        }
    }
    std::ranges::sort(files);
    return files;
}

/// Heads for the chains that began after the heads were copied: they then lag behind their
/// entries, as they may.
void add_new_heads(Transaction &tx, const Heads &here, const Heads &copied) {
    for (const auto log : {Log::changes, Log::seen}) {
        tx.each(fmt::format("select distinct tenant, chain from {}", table_of(log)), {},
                [&](const Row &row) {
                    const auto chain = row.text("chain");
                    if (!copied.exists(chain) && here.exists(chain)) {
                        copied.begin({log, row.text("tenant"), chain});
                    }
                });
    }
}

json as_json(const ArchivePart &part) {
    return {{"name", part.name}, {"bytes", part.bytes}, {"sha256", part.sha256}};
}

class Backup {
public:
    Backup(Database &database, const Keys &keys, const std::string &home, const std::string &file,
           const ArchiveProgress &progress)
        : m_database{database}
        , m_keys{keys}
        , m_home{home}
        , m_progress{progress}
        , m_stage{file}
        , m_part{file + ".part"}
        , m_zip{m_part} {}

    Archived write(const std::string &file, const core::Clock &clock) {
        // The heads before the entries: an entry may have no head yet, a head never no entry.
        copy(m_home + "/audit", m_stage.path("files/audit"));
        copy_tables();
        for (const auto name : living) {
            copy(fmt::format("{}/{}", m_home, name), m_stage.path(fmt::format("files/{}", name)));
        }
        for (const auto &name : files_below(m_stage.path("files"))) {
            add("files/" + name, m_stage.path("files/" + name), true);
        }
        for (const auto folder : settled) {
            for (const auto &name : files_below(fmt::format("{}/{}", m_home, folder))) {
                const auto path = fmt::format("{}/{}", folder, name);
                add("files/" + path, m_home + "/" + path, false);
            }
        }
        finish(clock);
        check();
        fs::permissions(m_part, fs::perms::owner_read | fs::perms::owner_write);
        File{m_part, O_RDONLY}.sync();
        fs::rename(m_part, file);
        m_done.bytes = fs::file_size(file);
        return m_done;
    }

    ~Backup() {
        std::error_code ignored; // it is there only when something failed
        fs::remove(m_part, ignored);
    }

private:
    void tell(std::string_view part, double done) const {
        if (m_progress) {
            m_progress(part, done);
        }
    }

    void add(const std::string &name, const std::string &path, bool packed) {
        m_parts.push_back(part_of(name, path));
        m_zip.add_file(name, path, packed);
        ++m_done.files;
    }

    void copy_tables() {
        fs::create_directories(m_stage.path("tables"));
        m_database.read(Scope::everyone(), [&](Transaction &tx) {
            const auto tables = tables_of(tx);
            std::uint64_t all = 0;
            for (const auto &table : tables) {
                all += count_rows(tx, table);
            }
            for (const auto &table : tables) {
                copy_table(tx, table, all);
            }
            m_migrations = migrations_of(tx);
            const Linker linker{m_keys};
            add_new_heads(tx, {linker, m_home + "/audit"}, {linker, m_stage.path("files/audit")});
        });
        for (const auto &table : m_tables) {
            const auto name = fmt::format("tables/{}.jsonl", table["name"].get<std::string>());
            m_zip.add_file(name, m_stage.path(name), true);
        }
        m_done.tables = m_tables.size();
    }

    void copy_table(Transaction &tx, const Table &table, std::uint64_t all) {
        const auto name = fmt::format("tables/{}.jsonl", table.name);
        std::ofstream file{m_stage.path(name), std::ios::binary};
        std::uint64_t rows = 0;
        each_row(tx, table, [&](const std::string &row) {
            file << row << '\n';
            ++rows;
            if (++m_done.rows % 1000 == 0) {
                tell(table.name,
                     0.5 * static_cast<double>(m_done.rows) / static_cast<double>(all + 1));
            }
        });
        file.close();
        if (!file) {
            throw std::runtime_error(fmt::format("cannot write {}: is the disk full?", name));
        }
        m_parts.push_back(part_of(name, m_stage.path(name)));
        m_tables.push_back({{"name", table.name}, {"columns", table.columns}, {"rows", rows}});
    }

    void finish(const core::Clock &clock) {
        json parts = json::array();
        for (const auto &part : m_parts) {
            parts.push_back(as_json(part));
        }
        const auto manifest = json{
            {"format", format_of_this_program},
            {"wardmote", WARDMOTE_VERSION},
            {"made", clock.now().iso()},
            {"key", m_keys.token_hash("the key of this backup")},
            {"migrations", m_migrations},
            {"tables", m_tables},
            {"parts", parts}}.dump(1);
        m_zip.add_text("manifest.json", manifest);
        m_zip.add_text("manifest.mark", Linker{m_keys}.mark_of("backup " + manifest));
        m_zip.finish([&](double done) { tell("writing the file", 0.5 + 0.4 * done); });
    }

    /// A backup that cannot be read is none.
    void check() const {
        const ZipReader zip{m_part};
        for (const auto &part : m_parts) {
            tell("reading it again", 0.9);
            const auto read = zip.each(part.name, [](std::string_view) {});
            if (read.bytes != part.bytes || read.sha256 != part.sha256) {
                throw std::runtime_error(fmt::format(
                    "{} was changed while it was being backed up. Run it again", part.name));
            }
        }
    }

    Database &m_database;
    const Keys &m_keys;
    std::string m_home;
    const ArchiveProgress &m_progress;
    Stage m_stage;
    std::string m_part;
    ZipWriter m_zip;
    json m_tables = json::array();
    std::vector<ArchivePart> m_parts;
    std::vector<std::string> m_migrations;
    Archived m_done;
};

} // namespace

Archived backup(Database &database, const Keys &keys, const std::string &home,
                const std::string &file, const core::Clock &clock,
                const ArchiveProgress &progress) {
    if (fs::exists(file)) {
        throw Refused(fmt::format("{} is there already. Name a new file", file));
    }
    return Backup{database, keys, home, file, progress}.write(file, clock);
}

} // namespace wardmote::db
