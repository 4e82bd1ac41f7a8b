// The page of an action, and the page of its partners, measures and places.
#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/looks.hpp"
#include "platform/access/organisation.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/choices.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/home.hpp"
#include "platform/html/moj.hpp"
#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"
#include "work/evidence/evidence.hpp"
#include "work/plan/desk.hpp"
#include "work/plan/plan_view.hpp"
#include "work/plan/steps.hpp"

namespace wardmote::plan {

namespace {

using access::Act;
using access::Need;

constexpr std::size_t most_places = 20;
constexpr std::size_t most_place = 100; ///< characters

const record::Description &what() {
    return record::description<Action>();
}

std::string address(std::string_view id, std::string_view part = {}) {
    return fmt::format("{}/{}{}", what().path, id, part);
}

/// The action as its line of the plan: with names, and judged.
std::optional<Line> line_of(db::Transaction &tx, const Action &action, std::string_view id,
                            core::Date today) {
    const auto row = tx.first("select y.year from priority p join plan_year y "
                              "on y.tenant = p.tenant and y.id = p.plan_year "
                              "where p.tenant = :tenant and p.id = :priority",
                              {{"tenant", tx.tenant()}, {"priority", action.priority->text()}});
    if (row) {
        for (auto &line : load_year(tx, row->text("year"), today).lines) {
            if (line.id == id) {
                return std::move(line);
            }
        }
    }
    return std::nullopt;
}

std::string names_of(db::Transaction &tx, const std::vector<std::string> &organisations) {
    std::vector<std::string> names;
    for (const auto &id : organisations) {
        const auto row = tx.first("select name from organisation where tenant = :tenant "
                                  "and id = :id",
                                  {{"tenant", tx.tenant()}, {"id", id}});
        names.push_back(row ? row->text("name") : "an organisation");
    }
    return core::joined(names);
}

html::Html fact(std::string_view term, const html::Content &value, const html::Content &more) {
    return html::format(
        R"(<div><dt>{}</dt><dd><strong class="govuk-!-font-size-19">{}</strong>{}</dd></div>)",
        term, value.html(), more.html());
}

html::Html facts(const Line &line, const Action &action, const std::string &partners, bool people) {
    const auto said = line.facts.percent ? fmt::format("{}% of its time has gone", line.judged.gone)
                                         : std::string{"Nobody has said how it stands"};
    auto all =
        fact("Owner says",
             line.facts.percent ? fmt::format("{}%", *line.facts.percent) : "No answer yet", said);
    all += fact("Leads", led_by(line, people),
                partners.empty() ? html::Content{} : html::Content{"with " + partners});
    all += fact("Serves", line.priority_title,
                fmt::format("Priority {}, {}", line.priority_number, line.year));
    all += fact("Due", action.due.text(), "from " + action.starts.text());
    if (action.budget) {
        all += fact("Budget", action.budget->text(), action.funding);
    }
    return html::format(R"(<dl class="app-facts app-facts--row">{}</dl>)", all);
}

html::Html measure_figures(const evidence::Workspace *evidence,
                           const std::vector<std::string> &measures) {
    html::Html all;
    for (const auto &key : measures) {
        const auto *measure = evidence == nullptr ? nullptr : evidence->measure(key);
        if (measure == nullptr) {
            continue;
        }
        const auto figure = evidence->figure(key + ".change");
        const auto verdict = evidence->verdict(key + ".change");
        const auto direction = verdict.empty() ? std::string{} : fmt::format(" ({})", verdict);
        all += html::format(
            R"(<section class="app-section">)"
            R"(<h2 class="govuk-heading-m govuk-!-margin-bottom-1">{}{}</h2>)"
            R"(<p class="govuk-body">{}</p><p class="app-small"><a class="govuk-link" )"
            R"(href="/evidence/{}">Its figures, method and sources</a></p></section>)",
            measure->title, direction,
            figure ? figure->sentence() : evidence->why_not(key + ".change"), key);
    }
    return all;
}

html::Html updates(db::Transaction &tx, record::Keeper &keeper, std::string_view action,
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

html::Html buttons(db::Transaction &tx, const access::Visit &visit, const record::Stored &stored,
                   const Action &action) {
    html::Html all;
    const bool may_edit = access::may(visit.person, Act::edit, what(), stored);
    if (may_edit && action.state == ActionState::in_progress) {
        all += html::button({.text = "Report progress", .href = address(stored.id, "/progress")});
    }
    all += step_buttons(tx, visit, steered_action(), stored, "carrying");
    if (may_edit) {
        all += html::button({.text = "Change",
                             .href = address(stored.id, "/edit"),
                             .classes = "govuk-button--secondary",
                             .attributes = {{"data-key", "e"}}});
        all += html::button({.text = "Partners, measures and places",
                             .href = address(stored.id, "/links"),
                             .classes = "govuk-button--secondary"});
    }
    return all.empty() ? all : html::format(R"(<div class="govuk-button-group">{}</div>)", all);
}

html::Html parts(const access::Visit &visit, const record::Stored &stored) {
    html::SubNavigation navigation{
        .label = "Parts of this action",
        .items = {{"Overview", address(stored.id), true}, {"Files", address(stored.id, "/files")}}};
    if (access::may(visit.person, Act::history, what(), stored)) {
        navigation.items.push_back({"History", address(stored.id, "/history")});
    }
    if (access::may(visit.person, Act::seen, what(), stored)) {
        navigation.items.push_back({"Who has looked", address(stored.id, "/seen")});
    }
    return html::sub_navigation(navigation);
}

html::Html about(const Action &action, const Links &links) {
    html::SummaryList list;
    const auto add = [&](const char *key, const std::string &value) {
        if (!value.empty()) {
            list.rows.push_back({.key = key, .value = value});
        }
    };
    add("Why partnership working adds value", action.added_value);
    add("More about it", action.about);
    add("Group",
        std::string{activity_groups[static_cast<std::size_t>(action.activity_group)].words});
    add("Places", core::joined(links.places));
    add("Resources", action.resources);
    add("Money from", action.funding);
    add("Reason for its state", action.state_reason);
    return html::summary_list(list);
}

/// The partners and measures ticked, and the places written one a line.
Links links_typed(const web::Request &request) {
    Links links{.partners = request.values("partner"), .measures = request.values("measure")};
    const auto typed = request.value("places").value_or("");
    for (std::size_t from = 0; from <= typed.size();) {
        const auto end = std::min(typed.find('\n', from), typed.size());
        if (const auto place = core::trim(std::string_view{typed}.substr(from, end - from));
            !place.empty()) {
            links.places.emplace_back(place);
        }
        from = end + 1;
    }
    return links;
}

html::Html link_fields(const Desk &desk, const access::Visit &visit, db::Transaction &tx,
                       const Links &links, const std::string &problem) {
    html::Choices partners{.name = "partner",
                           .chosen = links.partners,
                           .fieldset = html::Fieldset{.legend = html::Legend{.text = "Partners"}},
                           .classes = "govuk-checkboxes--small"};
    for (const auto &one : access::organisations_on(desk.site->keeper(), tx, desk.today(visit))) {
        partners.items.push_back({.text = one.value.name, .value = one.id});
    }
    auto fields = html::checkboxes(partners);
    if (const auto *evidence = desk.evidence_of(visit)) {
        html::Choices measures{
            .name = "measure",
            .chosen = links.measures,
            .fieldset = html::Fieldset{.legend = html::Legend{.text = "Measures of success"}},
            .classes = "govuk-checkboxes--small"};
        for (const auto &measure : evidence->measures()) {
            measures.items.push_back({.text = measure.title, .value = measure.key});
        }
        fields += html::checkboxes(measures);
    } else {
        for (const auto &key : links.measures) {
            fields += html::hidden_fields({{"measure", key}});
        }
    }
    html::Textarea places{.field = {.name = "places",
                                    .label = {.text = "Places"},
                                    .hint = html::Hint{.text = "One on each line"}},
                          .value = fmt::format("{}", fmt::join(links.places, "\n")),
                          .rows = 4};
    if (!problem.empty()) {
        places.field.error = html::ErrorMessage{.text = problem};
    }
    return fields + html::textarea(places);
}

web::Response links_page(const Desk &desk, const web::Request &request, const Links *typed,
                         const std::string &problem) {
    const auto &visit = site::visit_of(request);
    return desk.site->database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto stored = desk.find(tx, request, what(), Act::edit);
        if (!stored) {
            return missing(what());
        }
        const auto action = record::typed<Action>(*stored).value;
        const auto links = typed != nullptr ? *typed : links_of(tx, stored->id);
        html::Page page{.title = "Partners, measures and places",
                        .section = "/plan",
                        .breadcrumbs = {{"Home", "/"},
                                        {"Plan", "/plan"},
                                        {action.ref + " " + action.title, address(stored->id)}}};
        if (!problem.empty()) {
            page.errors.push_back({.text = problem, .href = "#places"});
        }
        page.content = html::page_head({.title = page.title}) +
                       html::form({.action = address(stored->id, "/links"),
                                   .csrf = site::csrf(request),
                                   .fields = link_fields(desk, visit, tx, links, problem),
                                   .cancel = {"Cancel", address(stored->id)}});
        return desk.site->page(request, std::move(page), problem.empty() ? 200 : 422);
    });
}

web::Response save_links(const Desk &desk, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto typed = links_typed(request);
    if (typed.places.size() > most_places ||
        std::ranges::any_of(typed.places,
                            [](const auto &place) { return place.size() > most_place; })) {
        return links_page(desk, request, &typed,
                          fmt::format("Places must be {} or fewer, each of {} characters or fewer",
                                      most_places, most_place));
    }
    const bool saved = desk.site->database().write(visit.scope(), [&](db::Transaction &tx) {
        const auto stored = desk.find(tx, request, what(), Act::edit);
        if (!stored) {
            return false;
        }
        auto links = typed;
        // Only organisations and measures that there are: a form can be made up.
        std::erase_if(links.partners, [&](const std::string &id) {
            return !desk.site->keeper().get<access::Organisation>(tx, id);
        });
        if (const auto *evidence = desk.evidence_of(visit)) {
            std::erase_if(links.measures, [&](const std::string &key) {
                return evidence->measure(key) == nullptr;
            });
        } else {
            links.measures = links_of(tx, stored->id).measures;
        }
        set_links(tx, desk.site->keeper().ledger(), stored->id, links);
        return true;
    });
    return saved ? desk.site->done(request, address(request.parameter("id")),
                                   "Partners, measures and places are saved")
                 : missing(what());
}

} // namespace

web::Response show_action(const Desk &desk, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const bool people = may_name_people(visit);
    return desk.site->database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto stored = desk.find(tx, request, what(), Act::view);
        if (!stored) {
            return missing(what());
        }
        const auto action = record::typed<Action>(*stored).value;
        const auto line = line_of(tx, action, stored->id, desk.today(visit));
        html::Page page{.title = fmt::format("{} {}", action.ref, action.title),
                        .section = "/plan",
                        .breadcrumbs = {{"Home", "/"}, {"Plan", "/plan"}}};
        page.content = html::page_head({.title = action.title});
        const auto links = links_of(tx, stored->id);
        if (line) {
            page.breadcrumbs.back().href += "?year=" + line->year;
            const auto left = line->judged.overdue > 0
                                  ? html::format(R"(<span class="app-late">{}</span>)",
                                                 core::counted(line->judged.overdue, "day overdue",
                                                               "days overdue"))
                                  : html::format("Due <b>{}</b>", action.due.text());
            page.before_main =
                html::identity_bar({.label = "Action " + action.ref,
                                    .items = {html::format("<b>Action {}</b>", action.ref),
                                              standing_tag(*line), left}});
            page.content += facts(*line, action, names_of(tx, links.partners), people);
            if (!line->judged.why.empty()) {
                page.content += html::inset_text(
                    {.text = line->judged.why +
                             (line->judged.differs ? ". The owner says otherwise" : "")});
            }
        } else {
            page.content += html::tag({.text = "Removed", .classes = "govuk-tag--grey"});
        }
        page.content += buttons(tx, visit, *stored, action) + parts(visit, *stored);
        page.content += html::format(
            R"(<div class="app-grid app-grid--side"><div>{}{}</div>)"
            R"(<section aria-labelledby="latest">)"
            R"(<h2 class="govuk-heading-m" id="latest">Quarter by quarter</h2>{}</section></div>)",
            measure_figures(desk.evidence_of(visit), links.measures), about(action, links),
            updates(tx, desk.site->keeper(), stored->id, people));
        desk.site->note(request, "view", what().table, stored->id);
        return desk.site->page(request, std::move(page));
    });
}

void add_action_pages(const Desk &desk) {
    auto &router = desk.site->router();
    router.get(
        "/actions/:id/links", Need::to(Act::edit, "action"),
        [desk](const web::Request &request) { return links_page(desk, request, nullptr, {}); });
    router.post("/actions/:id/links", Need::to(Act::edit, "action"),
                [desk](const web::Request &request) { return save_links(desk, request); });
    add_steps(*desk.site, steered_action(), "carrying");
    add_steps(*desk.site, steered_strategy());
}

} // namespace wardmote::plan
