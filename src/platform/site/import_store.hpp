/// Imports as they are kept: the file being prepared, what was answered, what came of it. Inside
/// site/ only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/clock.hpp"
#include "engine/core/sheet.hpp"
#include "platform/db/database.hpp"
#include "platform/db/keys.hpp"
#include "platform/record/import_rows.hpp"

namespace wardmote::site {

enum class ImportState { draft, waiting, done, undone };

/// What was chosen and answered about a file.
struct ImportChoices {
    std::size_t sheet = 0; ///< its place among the file's
    record::Mapping mapping;
};

struct Import {
    std::string id, kind, file_name;
    ImportState state = ImportState::draft;
    std::int64_t made = 0, changed = 0, refused = 0; ///< of one that is done
    std::string created, created_by, finished, undone, undone_by;
    ImportChoices choices;
};

/// A record that an import made or changed.
struct Imported {
    std::string record;
    bool made = false;        ///< else it was changed
    std::int64_t version = 0; ///< that the import left
    /// False when only facts beside its own fields were changed.
    bool own = true;
    /// Those facts by name, as JSON of values before and after; empty: none.
    std::string beside = {};
    bool undone = false;
};

/// The imports of one transaction's partnership. What stood in a file is sealed.
class ImportStore {
public:
    ImportStore(db::Transaction &tx, const db::Keys &keys, const core::Clock &clock)
        : m_tx{tx}
        , m_keys{keys}
        , m_clock{clock} {}

    /// Gives its id.
    std::string add(std::string_view kind, std::string_view file_name,
                    const std::vector<core::Sheet> &sheets, const ImportChoices &choices);
    /// Nothing when there is none, or it is somebody else's and not done yet.
    std::optional<Import> find(std::string_view kind, std::string_view id) const;
    /// Those of a kind that are done, and the person's own drafts, latest first.
    std::vector<Import> list(std::string_view kind) const;
    std::vector<core::Sheet> sheets(const Import &import) const; ///< of one not yet done
    std::string refused(const Import &import) const;             ///< of one that is done, as CSV

    void choose(const Import &import, const ImportChoices &choices);
    void wait(const Import &import); ///< for the job that will do it
    /// Forgets the file: of it stays only what was refused, as CSV.
    void finish(const Import &import, std::string_view refused_csv, std::int64_t rows_refused);
    void discard(const Import &import);

    void add(const Import &import, const Imported &imported);
    std::vector<Imported> imported(const Import &import) const;
    void undo(const Import &import, const Imported &imported);
    void undo(const Import &import);

    /// What was chosen last for a file with these headings: fields and answers.
    std::optional<record::Mapping> remembered(std::string_view kind,
                                              std::string_view headings) const;
    void remember(std::string_view kind, std::string_view headings, const record::Mapping &mapping);

private:
    Import of_row(const db::Row &row) const;
    std::string content(const Import &import) const;

    db::Transaction &m_tx;
    const db::Keys &m_keys;
    const core::Clock &m_clock;
};

/// Of all partnerships, those that nobody has finished in a week.
void forget_drafts(db::Database &database, const core::Clock &clock);

} // namespace wardmote::site
