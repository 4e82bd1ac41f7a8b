/// Html from values: the pages of evidence, each from what it is given and nothing else.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "platform/chart/chart.hpp"
#include "platform/chart/multiples.hpp"
#include "platform/html/html.hpp"
#include "platform/html/page.hpp"
#include "work/evidence/dashboard.hpp"
#include "work/evidence/figures.hpp"

namespace wardmote::evidence {

using html::Html;

/// The fields of an address, in order; those without a value are left out.
using Fields = std::vector<std::pair<std::string, std::string>>;
std::string address(std::string path, const Fields &fields);

/// A page's query, read: what is asked, and the fields that say it again.
struct PageQuery {
    DashboardOptions options;
    std::string wards;   ///< key of the measure shown ward by ward
    std::string problem; ///< a sentence, when a field cannot be read
    Fields fields() const;
    Fields with(const std::string &name, const std::string &value) const;
    /// Only what a measure's own page keeps: place and dates.
    Fields standpoint() const;
};

struct DashboardPage {
    const Desk *desk = nullptr;
    PageQuery query;
    Dashboard board;
    std::vector<const Measure *> ward_measures; ///< those that can be shown ward by ward
    const Measure *ward_measure = nullptr;
    std::optional<chart::MultiplesInput> wards;
};
Html dashboard_view(const DashboardPage &page);

/// One file of provenance, with the id that its own page has.
struct FileLine {
    core::SourceFile file;
    std::string id;
};
struct MeasurePage {
    const Desk *desk = nullptr;
    PageQuery query;
    const Measure *measure = nullptr; ///< as defined
    std::shared_ptr<const Analysis> analysis;
    std::optional<core::Figure> figure; ///< the one the page's provenance is of
    std::vector<FileLine> files;        ///< latest first
    std::vector<std::pair<std::string, chart::Chart>> charts; ///< by kind
    std::string why_not;
    const chart::Chart *chart(std::string_view kind) const;
};
Html measure_view(const MeasurePage &page);
Html provenance_view(const MeasurePage &page);
/// Title of the page, for tab and breadcrumbs.
std::string measure_title(const MeasurePage &page);

/// What is held of one dataset from one owner.
struct SourceLine {
    lake::Coverage coverage;
    std::uint64_t kept = 0, quarantined = 0, repeated = 0, rows_in = 0;
    std::string publisher, licence;
    std::optional<core::Instant> latest;
};
struct SourcesPage {
    const Desk *desk = nullptr;
    std::vector<SourceLine> lines;
    std::vector<lake::Manifest> files; ///< filtered and sorted
    std::string dataset, sort;
    std::vector<std::string> datasets;
    std::size_t page = 1;
    std::size_t later = 0; ///< files received after the day the workspace stands at
};
Html sources_view(const SourcesPage &page);
struct SourcePage {
    const Desk *desk = nullptr;
    lake::Manifest file;
    std::vector<lake::Disagreement> disagreements;
    std::string superseded_by; ///< id of a later file for the same months; empty when in force
};
Html source_view(const SourcePage &page);

Html accessibility_view(const Settings &settings);

/// Shared small pieces.
Html years_kept_whole(std::string_view text); ///< escaped, "2013-14" set never to break
Html files_table(const std::vector<FileLine> &files, std::string caption, bool whole_hash);
std::string short_hash(const std::string &sha256); ///< "9f2c 41d7 … 0be3"

} // namespace wardmote::evidence
