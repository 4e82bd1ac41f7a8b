// The parts of an action's page: its facts, the measures of its success, its quarters, its words.
#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/looks.hpp"
#include "platform/chart/chart.hpp"
#include "platform/html/moj.hpp"
#include "platform/html/table.hpp"
#include "work/evidence/evidence.hpp"
#include "work/plan/action_view.hpp"
#include "work/plan/plan_view.hpp"

namespace wardmote::plan {

namespace {

html::Html fact(std::string_view term, const html::Content &value, const html::Content &more,
                bool words = true) {
    return html::format(R"(<div><dt>{}</dt><dd><strong{}>{}</strong>{}</dd></div>)", term,
                        words ? html::Html{R"( class="govuk-!-font-size-19")"} : html::Html{},
                        value.html(), more.html());
}

/// The first measure that the evidence can speak of, in one fact.
html::Html measure_fact(const evidence::Workspace *evidence,
                        const std::vector<std::string> &measures) {
    for (const auto &key : measures) {
        const auto *measure = evidence == nullptr ? nullptr : evidence->measure(key);
        const auto figure = measure == nullptr ? std::nullopt : evidence->figure(key + ".change");
        if (figure) {
            return fact(measure->title, core::capitalised(figure->text()),
                        figure->provenance().period);
        }
    }
    return {};
}

html::Html measure_section(const evidence::Workspace &evidence, const evidence::Measure &measure) {
    const auto drawn = evidence.chart(measure.key + ".year-to-date");
    if (!drawn) {
        return html::format(R"(<section class="app-section"><h2 class="govuk-heading-m">{}</h2>)"
                            R"(<p class="govuk-body">{}</p></section>)",
                            measure.title, evidence.why_not(measure.key + ".change"));
    }
    return html::format("<section>{}</section>",
                        chart::figure(*drawn, {.heading_class = "govuk-heading-m "
                                                                "govuk-!-margin-bottom-1",
                                               .table = false,
                                               .table_href = "/evidence/" + measure.key}));
}

} // namespace

html::Html action_facts(const ActionShown &is) {
    const auto &facts = is.line.facts;
    const bool running = facts.state == ActionState::in_progress;
    const auto said = facts.percent
                          ? fmt::format("Owner says {}%, of {}", *facts.percent, facts.said_of)
                          : std::string{"Nobody has said how it stands"};
    auto all = running ? fact("Time gone", fmt::format("{}%", is.line.judged.gone), said, false)
                       : fact("State", standing_words(is.line),
                              is.line.state_on ? "since " + is.line.state_on->text() : "");
    all += measure_fact(is.evidence, is.links.measures);
    all += fact("Leads", led_by(is.line, is.people),
                is.partners.empty() ? html::Content{} : html::Content{"with " + is.partners});
    all += fact("Serves", is.line.priority_title,
                fmt::format("Priority {}, {}", is.line.priority_number, is.line.year));
    if (is.action.budget) {
        all += fact("Budget", is.action.budget->text(), is.action.funding);
    }
    return html::format(R"(<dl class="app-facts app-facts--row app-facts--wide">{}</dl>)", all);
}

html::Html measures_of_success(const ActionShown &is) {
    html::Html all;
    for (const auto &key : is.links.measures) {
        const auto *measure = is.evidence == nullptr ? nullptr : is.evidence->measure(key);
        if (measure != nullptr) {
            all += measure_section(*is.evidence, *measure);
        }
    }
    return all;
}

html::Html quarters(db::Transaction &tx, record::Keeper &keeper, std::string_view action,
                    bool people) {
    html::Timeline timeline{.heading_level = 3};
    for (const auto &[id, version, said] : progress_of(keeper, tx, action)) {
        html::TimelineItem item;
        const auto person = people && said.person ? access::name_of(tx, said.person->text())
                                                  : std::string{"the owner"};
        if (said.answered) {
            item.title =
                fmt::format("{}: {}{}", said.quarter,
                            rags[static_cast<std::size_t>(said.rag.value_or(Rag::on_track))].words,
                            said.percent ? fmt::format(", {}%", *said.percent) : "");
            item.byline = person;
            item.datetime = said.answered->iso();
            item.date = said.answered->text();
            item.description =
                html::text(said.done) +
                (said.next.empty()
                     ? html::Html{}
                     : html::format("<br><span class=\"app-quiet\">Next: {}</span>", said.next));
        } else {
            item.title = said.quarter + ": no answer yet";
            if (said.asked) {
                item.datetime = said.asked->iso();
                item.date = said.asked->text();
            }
            item.description =
                core::capitalised(person) + " was asked" +
                (said.reminded ? ", and reminded on " + said.reminded->london_date().text() : "");
        }
        timeline.items.push_back(std::move(item));
    }
    return timeline.items.empty()
               ? html::Html{R"(<p class="govuk-body">Nobody has reported progress yet.</p>)"}
               : html::timeline(timeline);
}

html::Html about_action(const ActionShown &is) {
    html::SummaryList list;
    const auto add = [&](const char *key, const std::string &value) {
        if (!value.empty()) {
            list.rows.push_back({.key = key, .value = value});
        }
    };
    const auto group = static_cast<std::size_t>(is.action.activity_group);
    add("Why partnership working adds value", is.action.added_value);
    add("Group", std::string{activity_groups[group].words});
    add("Places", core::joined(is.links.places));
    add("Runs", fmt::format("{} to {}", is.action.starts.text(), is.action.due.text()));
    add("Resources", is.action.resources);
    add("Money from", is.action.funding);
    add("Reason for its state", is.action.state_reason);
    return html::format(R"(<section class="app-section"><h2 class="govuk-heading-m">)"
                        R"(About this action</h2>{}</section>)",
                        html::summary_list(list));
}

} // namespace wardmote::plan
