// The plan as a timeline: a bar for each action, from its start to the day it is due.
#include <algorithm>

#include <fmt/format.h>

#include "platform/html/table.hpp"
#include "work/plan/plan_view.hpp"

namespace wardmote::plan {

namespace {

constexpr int whole = 1000; ///< units across, whatever the width on the screen

/// The days that the picture spans, as units across.
class Scale {
public:
    Scale(core::Date first, core::Date last)
        : m_first{first}
        , m_last{last}
        , m_days{core::days_between(first, last) + 1} {}

    core::Date first() const { return m_first; }
    core::Date last() const { return m_last; }
    int at(core::Date date) const {
        return std::clamp(core::days_between(m_first, date) * whole / m_days, 0, whole);
    }
    bool has(core::Date date) const { return m_first <= date && date <= m_last; }

private:
    core::Date m_first, m_last;
    int m_days;
};

Scale scale_of(const std::vector<const Line *> &lines) {
    auto first = lines.front()->facts.starts;
    auto last = lines.front()->facts.due;
    for (const auto *line : lines) {
        first = std::min(first, line->facts.starts);
        last = std::max(last, line->facts.due);
    }
    return {first, last};
}

/// A thin line where each financial quarter begins, and today: drawn once, and used in each bar.
html::Html background(const Scale &scale, core::Date today) {
    html::Html all;
    for (auto month = core::Month{scale.first()}; month.first_day() <= scale.last();
         month = month + 1) {
        if (month.month() % 3 == 1 && scale.first() < month.first_day()) {
            all += html::format(R"(<rect fill="#dcdfe1" x="{}" y="0" width="2" height="20"/>)",
                                scale.at(month.first_day()));
        }
    }
    if (scale.has(today)) {
        all += html::format(R"(<rect fill="#0b0c0c" x="{}" y="0" width="4" height="20"/>)",
                            scale.at(today));
    }
    return html::format(R"(<svg width="0" height="0" class="app-defs" aria-hidden="true" )"
                        R"(focusable="false"><defs><g id="span-background">{}</g></defs></svg>)",
                        all);
}

html::Html bar(const Line &line, const Scale &scale) {
    const int from = scale.at(line.facts.starts);
    const bool over =
        line.facts.state != ActionState::in_progress && line.facts.state != ActionState::proposed;
    return html::format(
        R"(<svg class="app-span" viewBox="0 0 {} 20" preserveAspectRatio="none" )"
        R"(aria-hidden="true" focusable="false"><rect class="{}" x="{}" y="5" width="{}" )"
        R"(height="10"/><use href="#span-background"/></svg><small>{} to {}</small>)",
        whole, over ? "f-was" : "f-now", from,
        std::max(6, scale.at(line.facts.due.plus_days(1)) - from), line.facts.starts.text(),
        line.facts.due.text());
}

} // namespace

html::Html timeline_view(const Year &year, const Shown &shown, core::Date today) {
    std::vector<const Line *> lines;
    for (const auto &line : year.lines) {
        if (is_shown(shown, line)) {
            lines.push_back(&line);
        }
    }
    if (lines.empty()) {
        return nothing_fits();
    }
    std::ranges::stable_sort(lines, {}, [](const Line *line) { return line->facts.due; });
    const auto scale = scale_of(lines);
    html::DataTable table{
        .caption =
            html::format("From {} to {}, by the day each is due. Lines mark the quarters{}",
                         scale.first().text(), scale.last().text(),
                         scale.has(today) ? "; the black line is " + today.text() : std::string{})};
    table.columns = {
        {.heading = "Action", .label = "Action"},
        {.heading = "From start to due", .label = "From start to due", .classes = "app-span-cell"},
        {.heading = "State", .label = "State"}};
    for (const auto *line : lines) {
        table.rows.push_back(
            {.cells = {action_link(*line), bar(*line, scale), standing_tag(*line)}});
    }
    return background(scale, today) + html::data_table(table);
}

} // namespace wardmote::plan
