/// The pages that bring a spreadsheet of others into one kind of record: the file, its columns,
/// what it leaves open, every row with what will happen, what came of it, and undoing it.
///
/// Inside site/ only: Site::records() adds them where RecordPages::imports says so. Until it is
/// done an import is known to nobody but whoever sent the file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/html/form_page.hpp"
#include "platform/site/import_work.hpp"
#include "platform/site/site.hpp"

namespace wardmote::site {

class ImportPages {
public:
    ImportPages(const Site &site, const record::Description &what, const RecordPages &pages);

    // import_pages.cpp
    web::Response list(const web::Request &request) const;
    web::Response upload(const web::Request &request) const;
    web::Response show(const web::Request &request) const;
    web::Response discard(const web::Request &request) const;

    // import_columns.cpp
    web::Response ask_columns(const web::Request &request) const;
    web::Response take_sheet(const web::Request &request) const;
    web::Response take_columns(const web::Request &request) const;

    // import_gaps.cpp
    web::Response ask_gaps(const web::Request &request) const;
    web::Response take_gaps(const web::Request &request) const;

    // import_preview.cpp
    web::Response preview(const web::Request &request) const;
    web::Response refused(const web::Request &request) const;
    web::Response run(const web::Request &request) const;

    // import_undo.cpp
    web::Response done_page(const web::Request &request, db::Transaction &tx,
                            const Import &import) const;
    web::Response ask_undo(const web::Request &request) const;
    web::Response undo(const web::Request &request) const;

private:
    /// The import of the address, while it is a draft.
    std::optional<OpenImport> draft(db::Transaction &tx, const web::Request &request) const;
    ImportStore store(db::Transaction &tx) const;
    web::Response missing() const;
    std::string list_address() const; ///< "/actions/imports"
    std::string address(const Import &import, std::string_view part = {}) const;
    std::string counted(std::int64_t count) const;   ///< "30 actions"
    static std::string when(const std::string &iso); ///< "2 February 2015 at 10am"
    html::Page page(std::string title, html::Html content, bool to_list = true) const;
    web::Response list_page(const web::Request &request, const std::string &problem) const;
    html::Html past_imports(db::Transaction &tx) const;

    web::Response columns_page(const web::Request &request, const OpenImport &import,
                               const std::vector<std::string> &fields,
                               const record::Problems &problems) const;
    html::Html sheet_form(const web::Request &request, const OpenImport &import) const;
    web::Response gaps_page(const web::Request &request, db::Transaction &tx,
                            const OpenImport &import, const record::Typed &typed,
                            const record::Problems &problems) const;
    html::Html preview_table(const record::Description &what, const record::References &references,
                             const OpenImport &import,
                             std::span<const record::PlannedRow *const> rows, bool reveal) const;

    const Site &m_site;
    const record::Description &m_what;
    std::string m_section;
    std::vector<html::Link> m_parents;
};

void add_imports(Site &site, const record::Description &what, const RecordPages &pages);

/// More rows than this are brought in by a job.
inline constexpr std::size_t most_rows_at_once = 500;

} // namespace wardmote::site
