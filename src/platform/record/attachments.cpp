#include "platform/record/attachments.hpp"

#include <sodium.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "engine/core/id.hpp"
#include "engine/core/text.hpp"
#include "platform/record/file_type.hpp"
#include "platform/record/scanner.hpp"
#include "platform/record/sealed_file.hpp"

namespace wardmote::record {

namespace {

constexpr auto columns = "id, kind, record, name, type, bytes, sha256, scanned, created,"
                         " created_by, removed";
constexpr std::string_view clean = "clean";

class Sha256 {
public:
    Sha256() { crypto_hash_sha256_init(&m_state); }
    void add(std::string_view bytes) {
        crypto_hash_sha256_update(&m_state, reinterpret_cast<const unsigned char *>(bytes.data()),
                                  bytes.size());
    }
    std::string hexadecimal() {
        std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
        crypto_hash_sha256_final(&m_state, hash.data());
        std::string text;
        for (const auto byte : hash) {
            text += fmt::format("{:02x}", byte);
        }
        return text;
    }

private:
    crypto_hash_sha256_state m_state;
};

Attachment attachment_of(const db::Row &row) {
    Attachment attachment;
    attachment.id = row.text("id");
    attachment.name = row.text("name");
    attachment.type = row.text("type");
    attachment.bytes = row.integer("bytes");
    attachment.sha256 = row.text("sha256");
    attachment.scanned = row.text("scanned") == clean;
    attachment.kind = row.text("kind");
    attachment.record = row.text("record");
    attachment.created = row.text("created");
    attachment.created_by = row.text("created_by");
    attachment.removed = row.optional_text("removed");
    return attachment;
}

/// What a sealed file must be opened as: no file can stand in for another.
std::string context(std::string_view tenant, std::string_view id) {
    return fmt::format("attachment {}/{}", tenant, id);
}

std::string megabytes(std::int64_t bytes) {
    return bytes % 1'000'000 == 0 ? fmt::format("{} MB", bytes / 1'000'000)
                                  : fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

} // namespace

Attachments::Attachments(const db::Keys &keys, db::Ledger &ledger, const core::Clock &clock,
                         AttachmentSettings settings)
    : m_keys{keys}
    , m_ledger{ledger}
    , m_clock{clock}
    , m_settings{std::move(settings)} {}

std::filesystem::path Attachments::path_of(std::string_view tenant, std::string_view id) const {
    if (tenant.empty() || tenant.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz-") !=
                              std::string_view::npos) {
        throw std::logic_error("an attachment belongs to one tenant");
    }
    // The last digits of an id are random; the first tell the time and would fill one folder.
    return m_settings.folder / tenant / id.substr(id.size() - 2) / id;
}

std::variant<TakenIn, std::string>
Attachments::take_in(std::string_view tenant, std::string_view name, std::string_view bytes) const {
    TakenIn file{.id = core::Id::make(m_clock).text(), .name = clean_file_name(name)};
    file.bytes = static_cast<std::int64_t>(bytes.size());
    if (file.bytes > m_settings.most_bytes) {
        return fmt::format("The file must be smaller than {}.", megabytes(m_settings.most_bytes));
    }
    auto type = file_type(file.name, bytes);
    if (auto *sentence = std::get_if<std::string>(&type)) {
        return std::move(*sentence);
    }
    file.type = std::get<FileType>(type).type;
    if (!m_settings.scanner_socket.empty()) {
        const auto scan = Scanner{m_settings.scanner_socket}.scan(bytes);
        if (scan.verdict == Scan::Verdict::infected) {
            spdlog::warn("an upload was refused: {}", scan.words);
            return fmt::format("The file carries a virus ({}) and was not kept. Tell whoever looks "
                               "after your computer.",
                               scan.words);
        }
        file.scanned = scan.verdict == Scan::Verdict::clean;
        if (!file.scanned) {
            spdlog::error("an upload was not scanned for viruses: {}", scan.words);
            if (!m_settings.accept_unscanned) {
                return "The file could not be checked for viruses, so it was not kept. Try again "
                       "in a few minutes.";
            }
        }
    }
    SealedWriter sealed{path_of(tenant, file.id), m_keys, context(tenant, file.id)};
    Sha256 hash;
    for (std::string_view rest = bytes; !rest.empty();) {
        const auto piece = rest.substr(0, sealed_chunk);
        hash.add(piece);
        sealed.write(piece);
        rest.remove_prefix(piece.size());
    }
    sealed.finish();
    file.sha256 = hash.hexadecimal();
    return file;
}

Attachment Attachments::add(db::Transaction &tx, const TakenIn &file, std::string_view kind,
                            std::string_view record) const {
    Attachment attachment{file};
    attachment.kind = kind;
    attachment.record = record;
    attachment.created = m_clock.now().iso();
    attachment.created_by = tx.scope().person;
    tx.execute("insert into attachment (tenant, id, kind, record, name, type, bytes, sha256,"
               " scanned, created, created_by)"
               " values (:tenant, :id, :kind, :record, :name, :type, :bytes, :sha256,"
               " :scanned, :created, :person)",
               {{"tenant", tx.tenant()},
                {"id", attachment.id},
                {"kind", attachment.kind},
                {"record", attachment.record},
                {"name", attachment.name},
                {"type", attachment.type},
                {"bytes", attachment.bytes},
                {"sha256", attachment.sha256},
                {"scanned", attachment.scanned ? std::string{clean} : "not scanned"},
                {"created", attachment.created},
                {"person", attachment.created_by}});
    log(tx, "attach", attachment);
    return attachment;
}

void Attachments::log(db::Transaction &tx, std::string_view act,
                      const Attachment &attachment) const {
    m_ledger.append(tx, db::Log::changes,
                    {.act = std::string{act},
                     .kind = attachment.kind,
                     .record = attachment.record,
                     .detail = nlohmann::json{{"attachment", attachment.id},
                                              {"name", attachment.name},
                                              {"bytes", attachment.bytes},
                                              {"sha256", attachment.sha256}}
                                   .dump()});
}

std::vector<Attachment> Attachments::list(db::Transaction &tx, std::string_view kind,
                                          std::string_view record) const {
    std::vector<Attachment> attachments;
    tx.each(fmt::format("select {} from attachment where tenant = :tenant and kind = :kind"
                        " and record = :record and removed is null order by created, id",
                        columns),
            {{"tenant", tx.tenant()}, {"kind", std::string{kind}}, {"record", std::string{record}}},
            [&](const db::Row &row) { attachments.push_back(attachment_of(row)); });
    return attachments;
}

std::optional<Attachment> Attachments::find(db::Transaction &tx, std::string_view id) const {
    const auto row = tx.first(
        fmt::format("select {} from attachment where tenant = :tenant and id = :id", columns),
        {{"tenant", tx.tenant()}, {"id", std::string{id}}});
    return row ? std::optional{attachment_of(*row)} : std::nullopt;
}

std::optional<Content> Attachments::open(db::Transaction &tx, std::string_view id) const {
    auto attachment = find(tx, id);
    if (!attachment || attachment->removed) {
        return std::nullopt;
    }
    struct Reading {
        SealedReader file;
        Sha256 hash;
        std::string ahead; ///< held back until what follows it is known
        std::string expected;
        bool checked = false;
    };
    // Shared because std::function is copied; only one reader ever uses it.
    auto reading =
        std::make_shared<Reading>(Reading{SealedReader{path_of(tx.tenant(), attachment->id), m_keys,
                                                       context(tx.tenant(), attachment->id)},
                                          {},
                                          {},
                                          attachment->sha256});
    reading->ahead = reading->file.next();
    reading->hash.add(reading->ahead);
    return Content{std::move(*attachment), [reading] {
                       // The last piece is given only when the whole was right.
                       auto piece = std::exchange(reading->ahead, reading->file.next());
                       reading->hash.add(reading->ahead);
                       if (reading->ahead.empty() && !std::exchange(reading->checked, true) &&
                           reading->hash.hexadecimal() != reading->expected) {
                           throw std::runtime_error("an attachment is not what was once kept");
                       }
                       return piece;
                   }};
}

bool Attachments::remove(db::Transaction &tx, std::string_view id) const {
    const auto attachment = find(tx, id);
    if (!attachment || attachment->removed) {
        return false;
    }
    tx.execute("update attachment set removed = :now where tenant = :tenant and id = :id",
               {{"now", m_clock.now().iso()}, {"tenant", tx.tenant()}, {"id", attachment->id}});
    log(tx, "remove attachment", *attachment);
    return true;
}

bool Attachments::restore(db::Transaction &tx, std::string_view id) const {
    const auto attachment = find(tx, id);
    if (!attachment || !attachment->removed) {
        return false;
    }
    tx.execute("update attachment set removed = null where tenant = :tenant and id = :id",
               {{"tenant", tx.tenant()}, {"id", attachment->id}});
    log(tx, "restore attachment", *attachment);
    return true;
}

bool Attachments::purge(db::Transaction &tx, std::string_view id) const {
    const auto attachment = find(tx, id);
    if (!attachment) {
        return false;
    }
    tx.execute("delete from attachment where tenant = :tenant and id = :id",
               {{"tenant", tx.tenant()}, {"id", attachment->id}});
    log(tx, "purge attachment", *attachment);
    tx.on_end([path = path_of(tx.tenant(), attachment->id)](bool committed) {
        std::error_code left_for_the_sweep;
        if (committed) {
            std::filesystem::remove(path, left_for_the_sweep);
        }
    });
    return true;
}

std::size_t Attachments::sweep(db::Database &database) const {
    namespace fs = std::filesystem;
    std::size_t swept = 0;
    if (!fs::exists(m_settings.folder)) {
        return swept;
    }
    const auto before = m_clock.now().time() - std::chrono::days{1};
    for (const auto &entry : fs::recursive_directory_iterator{m_settings.folder}) {
        std::error_code gone; // another process may be sweeping or purging
        if (!entry.is_regular_file(gone) ||
            std::chrono::file_clock::to_sys(entry.last_write_time(gone)) > before) {
            continue;
        }
        // TENANT/xx/ID; what is still being written has another name and is in no row.
        const auto tenant = entry.path().parent_path().parent_path().filename().string();
        const auto known = database.read(db::Scope::everyone(), [&](db::Transaction &tx) {
            return tx.first("select id from attachment where tenant = :tenant and id = :id",
                            {{"tenant", tenant}, {"id", entry.path().filename().string()}});
        });
        if (!known && fs::remove(entry.path(), gone)) {
            ++swept;
        }
    }
    return swept;
}

} // namespace wardmote::record
