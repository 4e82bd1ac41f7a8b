/// Doing and undoing an import: each in one transaction, through the record keeper. Inside site/
/// only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/sheet.hpp"
#include "platform/record/import_rows.hpp"
#include "platform/site/import_kind.hpp"
#include "platform/site/import_store.hpp"
#include "platform/site/site.hpp"

namespace wardmote::site {

/// How the site reads files, and how far the imports are that this process is doing.
class Imports {
public:
    explicit Imports(core::SheetReader reader)
        : read{std::move(reader)} {}

    const core::SheetReader read; ///< empty: this site takes no files in

    void tell(const std::string &import, std::size_t rows);
    void forget(const std::string &import);
    void bring_beside(std::string table, ImportBeside beside);
    const ImportBeside *beside(std::string_view table) const; ///< null: there are none

    /// How many rows are behind; nothing when another process does it, or nobody yet.
    std::optional<std::size_t> behind(const std::string &import) const;

private:
    mutable std::mutex m_mutex;
    std::map<std::string, std::size_t> m_behind;
    std::map<std::string, ImportBeside, std::less<>> m_beside; ///< by table
};

/// An import with its file.
struct OpenImport {
    Import import;
    std::vector<core::Sheet> sheets;

    const core::Sheet &sheet() const { return sheets.at(import.choices.sheet); }
    const record::Mapping &mapping() const { return import.choices.mapping; }
};
/// While it is not done. Nothing when there is none that this person may know of.
std::optional<OpenImport> open_import(const Site &site, db::Transaction &tx,
                                      const record::Description &what, std::string_view id);
/// The same, and nothing has been started yet.
std::optional<OpenImport> open_draft(const Site &site, db::Transaction &tx,
                                     const record::Description &what, std::string_view id);

/// For a sheet whose headings stand in this row: what was chosen for such headings before, or else
/// what they are called.
ImportChoices choices_for(const Site &site, const ImportStore &store,
                          const record::Description &what, const core::Sheet &sheet,
                          std::size_t heading);
/// With the facts beside its fields that the import's headings name.
ImportKind kind_of(const Site &site, const record::Description &what, const OpenImport &import);

/// What it would do now, for this person.
std::vector<record::PlannedRow> plan_import(const Site &site, db::Transaction &tx,
                                            const access::Person &person, const ImportKind &kind,
                                            const OpenImport &import);

/// Of the job that brings in a file of many rows.
inline constexpr std::string_view import_kind = "import";

struct ImportCounts {
    std::int64_t made = 0, changed = 0, refused = 0;
};
/// Does it. `told` is given how many rows are behind; it must not throw.
ImportCounts do_import(const Site &site, db::Transaction &tx, const access::Person &person,
                       const ImportKind &kind, const OpenImport &import,
                       const std::function<void(std::size_t)> &told);

/// Removes what it made and puts back what it changed, unless somebody changed it since or the
/// person may not.
void undo_import(const Site &site, db::Transaction &tx, const access::Person &person,
                 const record::Description &what, const Import &import);

/// What stood in a record before the version that an import left; nothing when the log of changes
/// no longer tells.
std::optional<record::Values> values_before(const Site &site, db::Transaction &tx,
                                            const record::Description &what,
                                            const record::Stored &record, std::int64_t version);

} // namespace wardmote::site
