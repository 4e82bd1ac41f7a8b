/// Files kept with records: checked, scanned, encrypted at rest, streamed in and out.
///
/// Taking a file in has two steps, because a transaction does SQL and nothing else:
///
///     auto taken = attachments.take_in(tenant, name, bytes);  // checks, scans, seals to disk
///     if (auto *sentence = std::get_if<std::string>(&taken)) ... // say why not
///     database.write(scope, [&](auto &tx) {
///         attachments.add(tx, std::get<TakenIn>(taken), "post", post_id);
///     });
///
/// A file whose second step never came is swept away after a day.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/core/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/db/keys.hpp"
#include "platform/db/ledger.hpp"

namespace wardmote::record {

/// A file that has been checked, scanned and sealed, and is not yet part of a record.
struct TakenIn {
    std::string id;
    std::string name; ///< cleaned
    std::string type; ///< "application/pdf"
    std::int64_t bytes = 0;
    std::string sha256;   ///< hexadecimal
    bool scanned = false; ///< and found clean; otherwise nobody has looked
};

struct Attachment : TakenIn {
    std::string kind, record; ///< whose it is: table and id
    std::string created, created_by;
    std::optional<std::string> removed;
};

/// An attachment and its content.
struct Content {
    Attachment attachment;
    /// The next piece; empty after the last. Throws std::runtime_error when the file is damaged.
    std::function<std::string()> next;
};

struct AttachmentSettings {
    std::filesystem::path folder; ///< HOME/attachments
    std::int64_t most_bytes = 25'000'000;
    std::string scanner_socket;    ///< of clamd; empty: files are not scanned
    bool accept_unscanned = false; ///< when clamd does not answer
};

class Attachments {
public:
    /// The ledger and the clock must outlive it.
    Attachments(const db::Keys &keys, db::Ledger &ledger, const core::Clock &clock,
                AttachmentSettings settings);

    /// Gives the sealed file, or a sentence that says why it is not accepted. `bytes` may be a
    /// mapped upload: they are read in order, more than once.
    std::variant<TakenIn, std::string> take_in(std::string_view tenant, std::string_view name,
                                               std::string_view bytes) const;
    /// Makes it part of a record, and logs that. Of the tenant it was taken in for.
    Attachment add(db::Transaction &tx, const TakenIn &file, std::string_view kind,
                   std::string_view record) const;

    /// Those of a record, oldest first, without those removed.
    std::vector<Attachment> list(db::Transaction &tx, std::string_view kind,
                                 std::string_view record) const;
    /// Also one that was removed. Nothing when the tenant has none of this id.
    std::optional<Attachment> find(db::Transaction &tx, std::string_view id) const;
    /// Its content, which can be read after the transaction. Nothing as above, or when removed.
    std::optional<Content> open(db::Transaction &tx, std::string_view id) const;

    /// Softly: it leaves the record and can be restored. False when there is none, or was already.
    bool remove(db::Transaction &tx, std::string_view id) const;
    bool restore(db::Transaction &tx, std::string_view id) const;
    /// For good: the row now, the file when the transaction is committed. For retention rules.
    bool purge(db::Transaction &tx, std::string_view id) const;

    /// Deletes files older than a day that no row knows of, such as uploads that were broken off.
    /// Gives how many.
    std::size_t sweep(db::Database &database) const;

private:
    std::filesystem::path path_of(std::string_view tenant, std::string_view id) const;
    void log(db::Transaction &tx, std::string_view act, const Attachment &attachment) const;

    db::Keys m_keys;
    db::Ledger &m_ledger;
    const core::Clock &m_clock;
    AttachmentSettings m_settings;
};

} // namespace wardmote::record
