/// The live values of a report: figures and charts of the evidence, words and lists of the
/// records.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/document/document.hpp"
#include "work/evidence/evidence.hpp"
#include "work/reports/records.hpp"

namespace wardmote::reports {

/// Figures are those of the records, else of evidence::Workspace::figure(). The option `to
/// last-meeting` counts to the last month that was over when the board last met, `to 2014-11` to
/// that month; `with counts` makes a change say "down 24.0%, from 125 to 95".
///
/// A list or table is of the records ("actions.victims") or the names behind a figure
/// ("asb-police.wards-rising"); "notes.KEY" is what a reader must know of a figure, gaps and all.
/// "measures.rising", ".falling" and ".unclear" are the dashboard's measures by verdict, with
/// `title` and the key `change`. A name may end in ".calendar-year", which stands for the last
/// whole one: meetings.2014.
///
/// Words are those of the records, and besides: partnership, place, date, year (the financial year
/// so far), last-year, calendar-year, last-meeting ("December 2014"), footer.
///
/// Both `workspace` and `records` must outlive it.
class ReportValues : public document::LiveValues {
public:
    ReportValues(const evidence::Workspace &workspace, const Records &records,
                 evidence::Asking asking);

    std::optional<core::Figure> figure(std::string_view key,
                                       const document::Options &options) override;
    std::optional<bool> test(std::string_view key, const document::Options &options,
                             std::string_view word) override;
    std::optional<chart::Chart> chart(std::string_view name) override;
    std::optional<chart::Table> table(std::string_view name) override;
    std::optional<std::vector<document::Item>> list(std::string_view name) override;
    std::optional<std::string> text(std::string_view name) override;
    std::string why_not(std::string_view name, const document::Options &options) override;

    core::Date as_at() const { return m_as_at; }

private:
    /// The measures of the dashboard whose change is of this verdict, in the order of their files.
    std::vector<document::Item> measures(std::string_view verdict);
    core::Figure with_counts(const core::Figure &figure, const std::string &key,
                             const evidence::Asking &asking) const;
    /// Nothing when the options ask for a month that is not known.
    std::optional<evidence::Asking> asking_for(const document::Options &options) const;

    const evidence::Workspace &m_workspace;
    const Records &m_records;
    evidence::Asking m_asking;
    core::Date m_as_at;
    std::map<std::string, std::optional<core::Figure>> m_figures; ///< answered already
    std::map<std::string, std::optional<chart::Chart>> m_charts;
};

} // namespace wardmote::reports
