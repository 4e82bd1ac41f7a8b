#include "work/plan/plan_view.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/html/choices.hpp"
#include "platform/html/record_parts.hpp"
#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"
#include "platform/web/address.hpp"

namespace wardmote::plan {

namespace {

std::string words_of(ActionState state) {
    return std::string{action_states[static_cast<std::size_t>(state)].words};
}
std::string words_of(Rag rag) {
    return std::string{rags[static_cast<std::size_t>(rag)].words};
}

struct Standing {
    std::string_view key, words, tag;
};
constexpr auto standings = std::to_array<Standing>({
    {"on_track", "On track", "govuk-tag--green"},
    {"at_risk", "At risk", "govuk-tag--yellow"},
    {"off_track", "Off track", "govuk-tag--red"},
    {"proposed", "Proposed", "govuk-tag--blue"},
    {"done", "Finished", "govuk-tag--grey"},
    {"dropped", "Dropped", "govuk-tag--grey"},
    {"carried_over", "Carried over", "govuk-tag--grey"},
});

struct Only {
    std::string_view key, words;
    bool (*holds)(const Line &, const Shown &);
};
constexpr auto onlys = std::to_array<Only>({
    {"overdue", "Overdue", [](const Line &line, const Shown &) { return line.judged.overdue > 0; }},
    {"silent", "No answer", [](const Line &line, const Shown &) { return line.judged.silent; }},
    {"mine", "Mine",
     [](const Line &line, const Shown &shown) {
         return !shown.me.empty() && line.lead == shown.me;
     }},
    {"differs", "Owner says otherwise",
     [](const Line &line, const Shown &) { return line.judged.differs; }},
});

bool has(const std::vector<std::string> &values, std::string_view value) {
    return std::ranges::find(values, value) != values.end();
}

std::string refs(const Year &year, bool (*holds)(const Line &, const Shown &)) {
    std::vector<std::string> found;
    for (const auto &line : year.lines) {
        if (holds(line, {})) {
            found.push_back(line.ref);
        }
    }
    constexpr std::size_t most = 6; // more are a number only
    return found.size() <= most ? fmt::format("{}", fmt::join(found, ", ")) : std::string{};
}

html::Html below(const Line &line) {
    std::string words = line.judged.why;
    if (words.empty() && line.facts.state != ActionState::in_progress) {
        words = line.state_reason;
    }
    return words.empty() ? html::Html{} : html::format("<small>{}</small>", words);
}

html::Html due_cell(const Line &line) {
    if (line.judged.overdue > 0) {
        return html::format(R"(<span class="app-late">{}</span>)",
                            core::counted(line.judged.overdue, "day overdue", "days overdue"));
    }
    return line.facts.state == ActionState::in_progress || line.facts.state == ActionState::proposed
               ? html::text(line.facts.due.text())
               : html::Html{R"(<span class="app-quiet">none</span>)"};
}

html::Html table_of(const std::vector<const Line *> &lines, const std::string &caption,
                    const Shown &shown) {
    html::DataTable table{
        .caption = html::format(R"(<span class="govuk-visually-hidden">{}</span>)", caption)};
    table.columns = {{.heading = "Action and who leads it", .label = "Action"},
                     {.heading = "Progress", .label = "Progress"},
                     {.heading = "State", .label = "State"},
                     {.heading = "Due", .label = "Due"}};
    for (const auto *line : lines) {
        table.rows.push_back(
            {.cells = {action_link(*line) +
                           html::format(R"(<small class="govuk-!-font-weight-regular">{}</small>)",
                                        led_by(*line, shown.people)),
                       progress_bar(*line), standing_tag(*line) + below(*line), due_cell(*line)}});
    }
    return html::data_table(table);
}

struct Section {
    std::string heading;
    std::vector<const Line *> lines;
};

std::vector<Section> sections(const Year &year, const Shown &shown) {
    std::vector<Section> all;
    if (shown.by_priority) {
        for (const auto &each : year.priorities) {
            Section section{.heading = each.priority.title};
            for (const auto &line : year.lines) {
                if (line.priority == each.id && is_shown(shown, line)) {
                    section.lines.push_back(&line);
                }
            }
            all.push_back(std::move(section));
        }
        return all;
    }
    for (std::size_t i = 0; i < activity_groups.size(); ++i) {
        Section section{.heading = std::string{activity_groups[i].words}};
        for (const auto &line : year.lines) {
            if (static_cast<std::size_t>(line.group) == i && is_shown(shown, line)) {
                section.lines.push_back(&line);
            }
        }
        all.push_back(std::move(section));
    }
    return all;
}

html::Html section_head(std::string_view heading, std::size_t actions) {
    return html::format(R"(<h2 class="govuk-heading-m govuk-!-margin-bottom-2">{}: {}</h2>)",
                        heading,
                        core::counted(static_cast<std::int64_t>(actions), "action", "actions"));
}

} // namespace

html::Html action_link(const Line &line) {
    return html::format(R"(<a class="govuk-link" href="/actions/{}">{} {}</a>)", line.id, line.ref,
                        line.title);
}

html::Html nothing_fits() {
    return html::empty_state(
        {.title = "No actions fit", .text = "Take a filter away to see more."});
}

std::string standing_of(const Line &line) {
    const bool running = line.facts.state == ActionState::in_progress;
    return std::string{running ? rags[static_cast<std::size_t>(line.judged.rag)].value
                               : action_states[static_cast<std::size_t>(line.facts.state)].value};
}

bool is_shown(const Shown &shown, const Line &line) {
    return (shown.groups.empty() ||
            has(shown.groups, activity_groups[static_cast<std::size_t>(line.group)].value)) &&
           (shown.standings.empty() || has(shown.standings, standing_of(line))) &&
           (shown.lead.empty() || led_by(line, shown.people) == shown.lead) &&
           std::ranges::all_of(onlys, [&](const Only &only) {
               return !has(shown.only, only.key) || only.holds(line, shown);
           });
}

std::string address_of(const Shown &shown, std::string_view year) {
    std::string address = fmt::format("?year={}", year);
    const auto add = [&](std::string_view name, std::string_view value) {
        address += fmt::format("&{}={}", name, web::percent_encoded(value));
    };
    if (shown.view != Shown::View::list) {
        add("view", shown.view == Shown::View::board ? "board" : "timeline");
    }
    if (shown.by_priority) {
        add("by", "priority");
    }
    const auto add_all = [&](std::string_view name, const std::vector<std::string> &values) {
        for (const auto &value : values) {
            add(name, value);
        }
    };
    add_all("group", shown.groups);
    add_all("state", shown.standings);
    add_all("only", shown.only);
    if (!shown.lead.empty()) {
        add("lead", shown.lead);
    }
    return address;
}

std::string standing_words(const Line &line) {
    return std::string{std::ranges::find(standings, standing_of(line), &Standing::key)->words};
}

html::Html standing_tag(const Line &line) {
    const auto *standing = std::ranges::find(standings, standing_of(line), &Standing::key);
    return html::tag({.text = standing->words, .classes = std::string{standing->tag}});
}

html::Html progress_bar(const Line &line) {
    const bool over = line.facts.state == ActionState::done;
    const int bar = over ? 100 : line.judged.gone;
    html::Html tick;
    std::string words = over ? "100%" : fmt::format("{}% of its time", bar);
    if (line.facts.percent) {
        const int at = *line.facts.percent * 88 / 100;
        tick = html::format(R"(<rect fill="#0b0c0c" x="{}" y="0" width="2.5" height="16"/>)", at);
        words += fmt::format(", owner says {}%", *line.facts.percent);
    } else if (!over && line.facts.state == ActionState::in_progress) {
        words += ", no answer yet";
    }
    auto said = html::text(words);
    if (line.judged.differs) {
        said = html::format(R"(<b class="app-ink">{}: {}</b>)", words,
                            core::lower(words_of(*line.facts.said)));
    }
    return html::format(
        R"(<svg width="92" height="16" viewBox="0 0 92 16" aria-hidden="true" focusable="false">)"
        R"(<rect fill="#dcdfe1" x="0" y="5" width="90" height="6"/>)"
        R"(<rect class="f-now" x="0" y="5" width="{}" height="6"/>{}</svg><small>{}</small>)",
        bar * 90 / 100, tick, said);
}

html::Html facts_row(const Year &year) {
    std::map<std::string, std::int64_t> by;
    for (const auto &line : year.lines) {
        ++by[standing_of(line)];
    }
    html::Html facts;
    const auto add = [&](std::string_view words, std::int64_t count, const std::string &which) {
        facts += html::format("<div><dt>{}</dt><dd><strong>{}</strong>{}</dd></div>", words, count,
                              which);
    };
    for (const auto &standing : standings) {
        const auto count = by[std::string{standing.key}];
        if (count > 0 || standing.key == "on_track") {
            add(standing.words, count, {});
        }
    }
    const auto differ =
        std::ranges::count_if(year.lines, [](const Line &line) { return line.judged.differs; });
    if (differ > 0) {
        add("Owner says otherwise", differ, refs(year, onlys[3].holds));
    }
    return html::format(R"(<dl class="app-facts app-facts--row">{}</dl>)", facts);
}

html::Html needs_naming(const Year &year, bool people) {
    html::Html items;
    for (const auto &line : year.lines) {
        if (line.judged.overdue > 0) {
            items += html::format(R"(<li>{}: <span class="app-late">{}</span>. {}</li>)",
                                  action_link(line),
                                  core::counted(line.judged.overdue, "day overdue", "days overdue"),
                                  led_by(line, people));
        }
    }
    for (const auto &line : year.lines) {
        if (line.judged.silent) {
            items += html::format("<li>{}: no answer for {}. {}</li>", action_link(line),
                                  line.facts.waiting_for, led_by(line, people));
        }
    }
    return items.empty() ? items
                         : html::format(R"(<section class="app-section"><h2 class="govuk-heading-m)"
                                        R"( govuk-!-margin-bottom-1">Overdue and silent</h2>)"
                                        R"(<ul class="app-list">{}</ul></section>)",
                                        items);
}

html::Filter filter_of(const Year &year, const Shown &shown) {
    html::Filter filter{.action = "/plan", .label = "Filter the actions"};
    filter.clear_href = "/plan?year=" + year.year;
    html::FilterGroup applied{.heading = "Shown now"};
    const auto boxes = [&](const std::string &name, const std::string &legend,
                           std::vector<std::string> Shown::*chosen, auto &&items) {
        html::Choices choices{.name = name,
                              .chosen = shown.*chosen,
                              .fieldset = html::Fieldset{.legend = html::Legend{.text = legend}},
                              .classes = "govuk-checkboxes--small"};
        for (const auto &[value, words, count] : items) {
            choices.items.push_back(
                {.text = fmt::format("{} ({})", words, count), .value = std::string{value}});
            if (has(shown.*chosen, value)) {
                auto without = shown;
                std::erase(without.*chosen, std::string{value});
                applied.tags.push_back(
                    {std::string{words}, "/plan" + address_of(without, year.year)});
            }
        }
        return html::checkboxes(choices);
    };
    using Item = std::tuple<std::string_view, std::string_view, std::ptrdiff_t>;
    std::vector<Item> groups, states, only;
    for (std::size_t i = 0; i < activity_groups.size(); ++i) {
        groups.emplace_back(
            activity_groups[i].value, activity_groups[i].words,
            std::ranges::count(year.lines, static_cast<ActivityGroup>(i), &Line::group));
    }
    for (const auto &standing : standings) {
        const auto count = std::ranges::count(year.lines, standing.key, standing_of);
        if (count > 0 || has(shown.standings, standing.key)) {
            states.emplace_back(standing.key, standing.words, count);
        }
    }
    for (const auto &each : onlys) {
        only.emplace_back(each.key, each.words,
                          std::ranges::count_if(year.lines, [&](const Line &line) {
                              return each.holds(line, shown);
                          }));
    }
    std::vector<html::Hidden> carried{{"year", year.year}};
    if (shown.view != Shown::View::list) {
        carried.push_back({"view", shown.view == Shown::View::board ? "board" : "timeline"});
    }
    if (shown.by_priority) {
        carried.push_back({"by", "priority"});
    }
    filter.fields = html::hidden_fields(carried) + boxes("group", "Group", &Shown::groups, groups) +
                    boxes("state", "State", &Shown::standings, states) +
                    boxes("only", "Only", &Shown::only, only);
    std::vector<std::string> leads;
    for (const auto &line : year.lines) {
        leads.push_back(led_by(line, shown.people));
    }
    std::ranges::sort(leads);
    const auto repeats = std::ranges::unique(leads);
    leads.erase(repeats.begin(), repeats.end());
    html::Select select{.field = {.name = "lead", .label = {.text = "Who leads"}},
                        .items = {{.text = "Everyone", .value = ""}},
                        .value = shown.lead};
    for (const auto &lead : leads) {
        select.items.push_back({.text = lead});
    }
    if (!shown.lead.empty()) {
        auto without = shown;
        without.lead.clear();
        applied.tags.push_back({shown.lead, "/plan" + address_of(without, year.year)});
    }
    filter.fields += html::select(select);
    if (!applied.tags.empty()) {
        filter.applied.push_back(std::move(applied));
    }
    return filter;
}

html::Html list_view(const Year &year, const Shown &shown) {
    html::Html all{
        R"(<p class="app-small app-quiet">Progress: the bar is how much of its time has )"
        R"(gone; the black tick is what the owner says.</p>)"};
    bool any = false;
    for (const auto &[heading, lines] : sections(year, shown)) {
        if (!lines.empty()) {
            any = true;
            all += html::Html{"<section>"} + section_head(heading, lines.size()) +
                   table_of(lines, heading, shown) + html::Html{"</section>"};
        }
    }
    return any ? all : nothing_fits();
}

html::Html board_view(const Year &year, const Shown &shown) {
    html::Html columns;
    for (const auto &standing : standings) {
        html::Html cards;
        std::int64_t count = 0;
        for (const auto &line : year.lines) {
            if (standing_of(line) == standing.key && is_shown(shown, line)) {
                ++count;
                cards += html::format(R"(<li>{}<span class="app-quiet">{}</span>{}{}</li>)",
                                      action_link(line), led_by(line, shown.people),
                                      progress_bar(line), below(line));
            }
        }
        if (count > 0) {
            columns +=
                html::format(R"(<section><h2 class="govuk-heading-s">{}: {}</h2>)"
                             R"(<ul class="app-board__cards">{}</ul></section>)",
                             standing.words, core::counted(count, "action", "actions"), cards);
        }
    }
    return columns.empty() ? nothing_fits()
                           : html::format(R"(<div class="app-board">{}</div>)", columns);
}

std::string csv_of(const Year &year, const Shown &shown) {
    using Fields = std::vector<std::string>;
    auto file = core::csv_line(Fields{"year", "ref", "action", "priority", "group", "led by",
                                      "organisation", "starts", "due", "state", "computed", "why",
                                      "owner says", "per cent", "quarter", "what was done"});
    for (const auto &line : year.lines) {
        if (!is_shown(shown, line)) {
            continue;
        }
        const auto &facts = line.facts;
        const bool running = facts.state == ActionState::in_progress;
        file += core::csv_line(Fields{
            line.year, line.ref, line.title, line.priority_title,
            std::string{activity_groups[static_cast<std::size_t>(line.group)].words},
            led_by(line, shown.people), line.organisation, facts.starts.iso(), facts.due.iso(),
            words_of(facts.state), running ? words_of(line.judged.rag) : std::string{},
            line.judged.why, facts.said ? words_of(*facts.said) : std::string{},
            facts.percent ? std::to_string(*facts.percent) : std::string{}, facts.said_of,
            line.done});
    }
    return file;
}

} // namespace wardmote::plan
