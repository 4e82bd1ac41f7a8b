/// The partnership's reports: a template of the catalogue, the evidence and the records, written
/// as HTML, PDF, DOCX, figures and provenance; and the pages that show them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/document/document.hpp"
#include "work/reports/records.hpp"

namespace wardmote::evidence {
class Workspace;
struct Asking;
} // namespace wardmote::evidence
namespace wardmote::jobs {
class Handlers;
}
namespace wardmote::record {
class Keeper;
}
namespace wardmote::site {
class Site;
}

namespace wardmote::reports {

/// What write_report() has made.
struct Written {
    std::string folder;
    std::vector<std::string> files; ///< names in it: report.html, report.pdf ...
    std::vector<document::Problem> problems;
    std::size_t figures = 0;
    std::size_t charts = 0;
};

/// The templates that can be written, in the order of their names: HOME/catalogue/reports/*.md
/// before the shipped catalogue's.
std::vector<std::string> report_names(const evidence::Workspace &workspace);

/// HOME/reports/council-2015-02-02, where a report goes when nobody says otherwise; of a return
/// with a grant named, HOME/reports/grant-return-pcc-2014-2015-02-02.
std::string usual_folder(const evidence::Workspace &workspace, std::string_view name,
                         core::Date as_at, std::string_view grant = {});

/// From where the records are looked at for a report that is asked for so: on the same day, and as
/// known on the same moment, as the evidence.
Looking looking_of(const evidence::Workspace &workspace, const evidence::Asking &asking);

/// Fills the template `name` and writes report.html, report.pdf, report.docx, figures.csv and
/// provenance.json into `folder`, which is replaced as a whole or not at all. Throws
/// std::runtime_error with a sentence when there is no such template or a file cannot be written;
/// faults of the template come back in Written::problems.
Written write_report(std::string_view name, const evidence::Workspace &workspace,
                     const Records &records, const evidence::Asking &asking,
                     const std::string &folder);

/// Adds the pages /reports and /reports/:folder, their files, and what reports say of themselves.
/// Both must outlive the site's router.
void routes(site::Site &site, const evidence::Workspace &workspace);

/// Writes reports in the background. All must outlive the handlers; without rules a board is told
/// nothing of its duties.
void add_jobs(const site::Site &site, const evidence::Workspace &workspace,
              const partnership::Rules *rules, jobs::Handlers &handlers);

/// Makes what the example's report to the council says of itself, for the transaction's tenant.
void make_example_details(record::Keeper &keeper, db::Transaction &tx);

} // namespace wardmote::reports
