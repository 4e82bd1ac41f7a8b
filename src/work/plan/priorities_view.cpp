// The priorities of a year on its page, and how to begin where there is nothing yet.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/permission.hpp"
#include "platform/access/visit.hpp"
#include "platform/html/record_parts.hpp"
#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"
#include "work/plan/plan_view.hpp"

namespace wardmote::plan {

namespace {

using access::Act;

std::string new_priority(const Year &year) {
    return fmt::format("/priorities/new?plan_year={}&number={}", year.id,
                       year.priorities.size() + 1);
}

/// What can be done with the priorities of one year.
html::Html ways(const access::Visit &visit, const Year &year) {
    html::Html links;
    const auto add = [&](const char *words, const std::string &href) {
        links += html::format("<li>{}</li>", html::link({words, href}));
    };
    if (access::may_somewhere(visit.person, Act::create, "priority")) {
        add("Add a priority", new_priority(year));
        if (std::ranges::any_of(year.priorities, [](const YearPriority &each) {
                return !each.priority.ratified_on;
            })) {
            add("Have the priorities ratified", "/plan/ratification?year=" + year.year);
        }
    }
    return links.empty() ? links
                         : html::format(R"(<ul class="govuk-list app-small">{}</ul>)", links);
}

} // namespace

html::Html priorities_section(const access::Visit &visit, const Year &year) {
    html::DataTable table;
    table.columns = {{.heading = "Priority", .label = "Priority"},
                     {.heading = "Serves, of section 6(1)", .label = "Serves"},
                     {.heading = "Ratified", .label = "Ratified"},
                     {.heading = "Actions", .label = "Actions", .numeric = true}};
    std::array<bool, 4> served{};
    for (const auto &[id, priority, of] : year.priorities) {
        std::vector<std::string> serves;
        for (std::size_t i = 0; i < limbs.size(); ++i) {
            if (priority.serves()[i]) {
                served[i] = true;
                serves.push_back(fmt::format("({}) {}", limbs[i].letter, limbs[i].short_words));
            }
        }
        const auto actions = std::ranges::count(year.lines, id, &Line::priority);
        table.rows.push_back(
            {.cells = {
                 html::format(
                     R"(<a class="govuk-link" href="/priorities/{}">{}</a><small class="govuk)"
                     R"(-!-font-weight-regular">{}</small>)",
                     id, priority.title, core::capitalised(priority.includes)),
                 core::joined(serves),
                 priority.ratified_on
                     ? html::format("{}<small>{}</small>", priority.ratified_on->text(),
                                    priority.ratified_minute)
                     : html::tag({.text = "Not yet", .classes = "govuk-tag--yellow"}),
                 core::number(static_cast<std::int64_t>(actions))}});
    }
    html::Html gaps;
    for (std::size_t i = 0; i < limbs.size(); ++i) {
        if (!served[i]) {
            gaps +=
                html::warning_text({.text = fmt::format("No priority serves section 6(1)({}): {}.",
                                                        limbs[i].letter, limbs[i].words)});
        }
    }
    return html::Html{
               R"(<section class="app-section"><h2 class="govuk-heading-m">Priorities</h2>)"} +
           gaps + html::data_table(table) + ways(visit, year) + html::Html{"</section>"};
}

html::Html beginning(const access::Visit &visit, const Year &year) {
    if (!access::may_somewhere(visit.person, Act::create, "strategy")) {
        return html::empty_state(
            {.title = "No plan yet",
             .text = "The rolling plan will be here: its priorities, and the actions that serve "
                     "them."});
    }
    using enum html::Step::State;
    const bool priorities = !year.priorities.empty();
    const auto state = [](bool done, bool before) {
        return done ? html::Step::State::done : before ? next : later;
    };
    const auto href = [](bool open, std::string address) {
        return open ? std::move(address) : std::string{};
    };
    const bool begun = !year.years.empty();
    const bool strategy = begun || !year.strategy.empty();
    const auto first = begun ? year.year : year.first_year;
    return html::format(
        R"(<section class="app-section"><h2 class="govuk-heading-m">{}</h2>{}</section>)",
        begun ? "What comes next" : "No plan yet",
        html::steps(
            {{.state = state(strategy, true),
              .what = {"Add a strategy", href(!strategy, "/strategies/new")},
              .note = "It is for three years, and says what is to be achieved."},
             {.state = state(begun, strategy),
              .what = {first.empty() ? "Add its first year" : "Add the year " + first,
                       href(strategy && !begun, fmt::format("/plan-years/new?strategy={}&year={}",
                                                            year.strategy, first))},
              .note = "Each year the plan is refreshed."},
             {.state = state(priorities, begun),
              .what = {"Add a priority", href(begun && !priorities, new_priority(year))},
              .note = "Each serves a limb of section 6(1) of the Crime and Disorder Act 1998."},
             {.state = state(false, priorities),
              .what = {"Add an action", href(priorities, "/actions/new")},
              .note = "Each says why working in partnership adds value."}}));
}

} // namespace wardmote::plan
