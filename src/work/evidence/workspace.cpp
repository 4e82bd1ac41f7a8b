#include "work/evidence/charts.hpp"
#include "work/evidence/dashboard.hpp"
#include "work/evidence/figures.hpp"

namespace wardmote::evidence {

Workspace::Workspace(std::string home, const core::Clock &clock)
    : m_desk{std::make_unique<Desk>(std::move(home), clock)} {}

Workspace::~Workspace() = default;

const std::string &Workspace::home() const {
    return m_desk->home();
}

const Settings &Workspace::settings() const {
    return m_desk->settings();
}

const std::vector<Measure> &Workspace::measures() const {
    return m_desk->measures();
}

const Measure *Workspace::measure(std::string_view key) const {
    return m_desk->measure(key);
}

const lake::Reader &Workspace::reader() const {
    return m_desk->reader();
}

core::Date Workspace::today() const {
    return m_desk->today();
}

std::optional<core::Figure> Workspace::figure(std::string_view key, const Asking &asking) const {
    return answer(*m_desk, key, asking).figure;
}

std::string Workspace::why_not(std::string_view key, const Asking &asking) const {
    return answer(*m_desk, key, asking).why_not;
}

std::string Workspace::verdict(std::string_view key, const Asking &asking) const {
    return answer(*m_desk, key, asking).verdict;
}

std::optional<Listing> Workspace::listing(std::string_view key, const Asking &asking) const {
    return answer(*m_desk, key, asking).listing;
}

std::optional<chart::Chart> Workspace::chart(std::string_view name, const Asking &asking) const {
    return make_chart(*m_desk, name, asking);
}

std::vector<std::string> Workspace::keys() const {
    return figure_keys(*m_desk);
}

Dashboard Workspace::dashboard(const DashboardOptions &options) const {
    return make_dashboard(*m_desk, options);
}

} // namespace wardmote::evidence
