#include "platform/html/home.hpp"

#include <algorithm>

#include "platform/html/form.hpp"
#include "platform/html/typography.hpp"

namespace wardmote::html {

namespace {

Html small_link(const Link &to) {
    if (to.text.empty())
        return {};
    return format(R"(<a class="govuk-link app-small" href="{}">{}</a>)", to.href, to.text);
}

/// A section's heading, with a link to the whole of it at the right.
Html section_head(const std::string &id, const std::string &words, const Link &all) {
    return format(R"(<div class="app-head"><h2 class="govuk-heading-m" id="{}">{}</h2>{}</div>)",
                  id, words, small_link(all));
}

Html quiet(const Content &words) {
    return format(R"(<p class="app-small app-quiet">{}</p>)", words.html());
}

Html time_left(const Clock &clock) {
    if (clock.state != Clock::State::later)
        return tag({.text = clock.left,
                    .classes = clock.state == Clock::State::overdue ? "govuk-tag--red"
                                                                    : "govuk-tag--orange"});
    auto words = text(clock.left);
    if (!clock.left_more.empty())
        words += format(R"(<br><span class="app-quiet govuk-!-font-weight-regular">{}</span>)",
                        clock.left_more);
    return words;
}

Html line(const Content &words, Literal name) {
    if (words.empty())
        return {};
    return format("<p{}>{}</p>", Html{name}, words.html());
}

Html row(const Clock &clock) {
    Html act;
    if (!clock.act.text.empty()) {
        Button one;
        one.text = clock.act.text;
        one.href = clock.act.href;
        one.classes = clock.state == Clock::State::later ? "app-button-s govuk-button--secondary"
                                                         : "app-button-s";
        act = button(one);
    }
    return format(R"(<li class="app-clock"><p class="app-clock__left">{}</p><div>)"
                  R"(<h3><a class="govuk-link govuk-link--no-visited-state" href="{}">{}</a></h3>)"
                  R"({}{}</div>{}</li>)",
                  time_left(clock), clock.what.href, clock.what.text, line(clock.who, ""),
                  line(clock.rule, R"( class="app-quiet")"), act);
}

Html item(const HomeItem &one) {
    auto words = link(one.what);
    if (!one.after.empty())
        words += format(": {}", one.after.html());
    if (!one.below.empty())
        words += format(R"(<br><span class="app-quiet">{}</span>)", one.below.html());
    return format("<li>{}</li>", words);
}

Html list(const HomeList &list) {
    auto heading = list.heading;
    if (!list.items.empty())
        heading += ": " + std::to_string(list.items.size());
    Html inside;
    for (const auto &one : list.items)
        inside += item(one);
    if (list.items.empty())
        inside = quiet(list.empty);
    else
        inside = format(R"(<ul class="app-list" data-rows>{}</ul>)", inside);
    return format(R"(<section aria-labelledby="{}">{}{}</section>)", list.id,
                  section_head(list.id, heading, list.all), inside);
}

} // namespace

std::string due_words(const std::vector<Clock> &clocks) {
    const auto count = [&](Clock::State state) {
        return std::ranges::count(clocks, state, &Clock::state);
    };
    std::string words;
    const auto add = [&](auto number, const char *state) {
        if (number > 0)
            words += (words.empty() ? "" : ", ") + std::to_string(number) + " " + state;
    };
    add(count(Clock::State::overdue), "overdue");
    add(count(Clock::State::today), "today");
    if (words.empty())
        add(count(Clock::State::later), "later");
    return "Due: " + (words.empty() ? "nothing" : words);
}

Html clocks(const Clocks &clocks) {
    Html rows;
    for (const auto &clock : clocks.items)
        rows += row(clock);
    const auto inside = clocks.items.empty()
                            ? quiet(clocks.empty)
                            : format(R"(<ol class="app-clocks" data-rows>{}</ol>)", rows);
    return format(R"(<section class="govuk-!-margin-top-5" aria-labelledby="due">{}{}</section>)",
                  section_head("due", due_words(clocks.items), clocks.all), inside);
}

Html home_lists(const std::vector<HomeList> &lists) {
    Html all;
    for (const auto &one : lists)
        all += list(one);
    return format(R"(<div class="app-grid app-grid--2 app-section">{}</div>)", all);
}

Html home_figures(const HomeFigures &figures) {
    return format(R"(<section class="app-section" aria-labelledby="month">{}{})"
                  R"(<div class="app-grid app-grid--4">{}</div></section>)",
                  section_head("month", figures.heading, figures.all),
                  figures.note.empty() ? Html{} : quiet(figures.note), joined(figures.figures));
}

Html page_head(const PageHead &head) {
    const auto note = head.note.empty() ? Html{}
                                        : format(R"(<div class="app-small app-quiet">{}</div>)",
                                                 head.note.html());
    return format(R"(<div class="app-head"><h1 class="govuk-heading-l">{}</h1>{}</div>)",
                  head.title.html(), note);
}

} // namespace wardmote::html
