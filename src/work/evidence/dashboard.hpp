/// The dashboard: every measure of the place in one table, the clear changes first.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "work/evidence/desk.hpp"

namespace wardmote::evidence {

struct DashboardOptions {
    Asking asking;
    Basis basis;
    std::string theme; ///< key of a priority; empty is all
    enum class Sort { change, name, size } sort = Sort::change;
};

struct DashboardRow {
    const Measure *measure = nullptr;
    std::shared_ptr<const Analysis> analysis;
    bool late = false; ///< its last month is before the dashboard's
    bool comparable() const { return analysis->pair.comparable(); }
    /// Counted in the period, compared or not; nothing when no month of it has a figure.
    std::optional<double> now() const;
};

/// How many measures fell and rose clearly, and the table itself.
struct Dashboard {
    Standpoint at;
    Basis basis;
    std::string headline; ///< "Of 14 measures, 5 fell clearly and 4 rose clearly"
    std::string lead;     ///< "Oxford, April to December 2014 against the same months of 2013."
    std::vector<std::string> soundness; ///< sentences, what is most wrong first
    std::optional<core::Period> now, before;
    std::vector<DashboardRow> rows;
    std::vector<DashboardRow> old; ///< known to a month over a year before the others': not shown
    std::size_t sources = 0;       ///< datasets with a file in the store
};

/// An unknown area gives a dashboard without rows.
Dashboard make_dashboard(const Desk &desk, const DashboardOptions &options);
/// The table as CSV and JSON: exactly what is shown.
std::string dashboard_csv(const Dashboard &dashboard);
std::string dashboard_json(const Dashboard &dashboard);

} // namespace wardmote::evidence
