#include "work/reports/values.hpp"

#include <algorithm>

#include "engine/core/text.hpp"

#include <fmt/core.h>

namespace wardmote::reports {

namespace {

constexpr std::string_view calendar_year = ".calendar-year";
constexpr std::string_view notes_of = "notes.";

/// "meetings.calendar-year" is "meetings.2014" in a report of 2015.
std::string with_year(std::string_view name, core::Date as_at) {
    std::string key{name};
    if (key.ends_with(calendar_year))
        key.replace(key.size() - calendar_year.size(), calendar_year.size(),
                    fmt::format(".{}", as_at.year() - 1));
    return key;
}

std::string remembered(std::string_view key, const document::Options &options) {
    std::string name{key};
    for (const auto &option : options)
        if (option.name == "to" || option.name == "with")
            name += "|" + option.name + " " + option.value;
    return name;
}

template <class Value>
std::optional<Value> found_in(const std::map<std::string, Value, std::less<>> &in,
                              std::string_view name) {
    const auto found = in.find(name);
    return found == in.end() ? std::nullopt : std::optional{found->second};
}

} // namespace

ReportValues::ReportValues(const evidence::Workspace &workspace, const Records &records,
                           evidence::Asking asking)
    : m_workspace{workspace}
    , m_records{records}
    , m_asking{std::move(asking)}
    , m_as_at{m_asking.as_at.value_or(workspace.today())} {
    m_asking.as_at = m_as_at;
}

std::optional<evidence::Asking> ReportValues::asking_for(const document::Options &options) const {
    auto asking = m_asking;
    for (const auto &option : options) {
        if (option.name != "to")
            continue;
        if (option.value == "last-meeting") {
            if (!m_records.last_meeting)
                return {};
            asking.last = core::Month{*m_records.last_meeting} - 1;
        } else if (const auto month = core::Month::parse(option.value)) {
            asking.last = month;
        } else {
            return {};
        }
    }
    return asking;
}

std::optional<core::Figure> ReportValues::figure(std::string_view key,
                                                 const document::Options &options) {
    const auto name = with_year(key, m_as_at);
    if (auto counted = found_in(m_records.figures, name))
        return counted;
    const auto known = remembered(name, options);
    if (const auto found = m_figures.find(known); found != m_figures.end())
        return found->second;
    const auto asking = asking_for(options);
    auto figure = asking ? m_workspace.figure(name, *asking) : std::nullopt;
    if (figure && std::ranges::find(options, document::Option{"with", "counts"}) != options.end())
        figure = with_counts(*figure, name, *asking);
    return m_figures.emplace(known, std::move(figure)).first->second;
}

core::Figure ReportValues::with_counts(const core::Figure &figure, const std::string &key,
                                       const evidence::Asking &asking) const {
    if (figure.text().find("from ") != std::string::npos) // a change of few is told so already
        return figure;
    const auto measure = key.substr(0, key.rfind('.'));
    const auto last = m_workspace.figure(measure + ".last", asking);
    const auto now = m_workspace.figure(measure + ".this", asking);
    if (!last || !now)
        return figure;
    return {figure.key(),
            figure.value(),
            figure.unit(),
            fmt::format("{}, from {} to {}", figure.text(), last->text(), now->text()),
            figure.sentence(),
            figure.provenance()};
}

std::optional<bool> ReportValues::test(std::string_view key, const document::Options &options,
                                       std::string_view word) {
    const auto asking = asking_for(options);
    if (!asking || !figure(key, options))
        return {};
    const auto verdict = m_workspace.verdict(with_year(key, m_as_at), *asking);
    return verdict.empty() ? std::nullopt : std::optional{verdict == word};
}

std::optional<chart::Chart> ReportValues::chart(std::string_view name) {
    const std::string known{name};
    if (const auto found = m_charts.find(known); found != m_charts.end())
        return found->second;
    return m_charts.emplace(known, m_workspace.chart(name, m_asking)).first->second;
}

std::optional<chart::Table> ReportValues::table(std::string_view name) {
    const auto key = with_year(name, m_as_at);
    if (auto recorded = found_in(m_records.tables, key))
        return recorded;
    const auto listing = m_workspace.listing(key, m_asking);
    const auto found = figure(name, {});
    if (!listing || listing->rows.empty() || !found)
        return {};
    chart::Table table{found->sentence(), {}, listing->rows};
    for (std::size_t i = 0; i < listing->headings.size(); ++i)
        table.columns.push_back({listing->headings[i], i > 0});
    return table;
}

std::vector<document::Item> ReportValues::measures(std::string_view verdict) {
    std::vector<document::Item> items;
    for (const auto &measure : m_workspace.measures()) {
        const auto key = measure.key + ".change";
        if (measure.dashboard && figure(key, {}) && m_workspace.verdict(key, m_asking) == verdict) {
            items.push_back({{"text", measure.title}, {"title", measure.title}, {"change", key}});
        }
    }
    return items;
}

std::optional<std::vector<document::Item>> ReportValues::list(std::string_view name) {
    if (name.starts_with(notes_of)) {
        const auto about = figure(name.substr(notes_of.size()), {});
        return about && !about->provenance().notes.empty()
                   ? std::optional{items_of(about->provenance().notes)}
                   : std::nullopt;
    }
    for (const auto &[list, verdict] : {std::pair{"measures.rising", "rise"},
                                        {"measures.falling", "fall"},
                                        {"measures.unclear", "no clear change"}}) {
        if (name == list) {
            auto items = measures(verdict);
            return items.empty() ? std::nullopt : std::optional{std::move(items)};
        }
    }
    const auto key = with_year(name, m_as_at);
    if (auto recorded = found_in(m_records.lists, key))
        return recorded;
    const auto listing = m_workspace.listing(key, m_asking);
    return listing && !listing->items.empty() ? std::optional{items_of(listing->items)}
                                              : std::nullopt;
}

std::optional<std::string> ReportValues::text(std::string_view name) {
    if (auto recorded = found_in(m_records.texts, name))
        return recorded;
    const auto &settings = m_workspace.settings();
    const auto year = core::FinancialYear::containing(core::Month{m_as_at} - 1);
    std::string words;
    if (name == "partnership")
        words = settings.partnership;
    else if (name == "place")
        words = settings.place;
    else if (name == "footer")
        words = settings.footer;
    else if (name == "date")
        words = m_as_at.text();
    else if (name == "year" || name == "plan_year")
        words = year.name();
    else if (name == "last-year")
        words = (year - 1).name();
    else if (name == "next_plan_year")
        words = (year + 1).name();
    else if (name == "calendar-year")
        words = std::to_string(m_as_at.year() - 1);
    else if (name == "last-meeting" && m_records.last_meeting)
        words = core::Month{*m_records.last_meeting}.text();
    return words.empty() ? std::nullopt : std::optional{words};
}

std::string ReportValues::why_not(std::string_view name, const document::Options &options) {
    const auto asking = asking_for(options);
    if (!asking)
        return "the records hold no meeting before this day";
    auto why = m_workspace.why_not(with_year(name, m_as_at), *asking);
    if (why.ends_with('.'))
        why.pop_back();
    return why;
}

} // namespace wardmote::reports
