/// Writing a report for whoever sits at the command line.
#pragma once

#include <optional>
#include <string>

#include "app/records.hpp"
#include "work/evidence/evidence.hpp"
#include "work/reports/reports.hpp"

namespace wardmote::app {

struct ReportOf {
    std::string name;  ///< "council"
    std::string grant; ///< that a return is of; empty: the first agreed
};
/// What the records of the partnership that was set up first say to a report; nothing while none is
/// set up.
reports::Records records_for_report(const Home &home, RecordsHome &records,
                                    const evidence::Workspace &workspace, const ReportOf &report,
                                    const evidence::Asking &asking);

/// The same of a workspace whose records are not open: nothing, and the reason said, when they
/// cannot be opened. None are made.
std::optional<reports::Records> records_for_report(const Context &context, const Home &home,
                                                   const RecordsOptions &options,
                                                   const evidence::Workspace &workspace,
                                                   const ReportOf &report,
                                                   const evidence::Asking &asking);

/// Writes the report `name` into `folder` and says so; a fault of its template is said too.
int write_and_say(const Context &context, const evidence::Workspace &workspace,
                  const reports::Records &records, const std::string &name,
                  const evidence::Asking &asking, const std::string &folder);

} // namespace wardmote::app
