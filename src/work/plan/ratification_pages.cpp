// Having the priorities of a year ratified: which decision of which meeting did it.
#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/html/choices.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/home.hpp"
#include "platform/html/typography.hpp"
#include "work/partnership/partnership.hpp"
#include "work/plan/desk.hpp"
#include "work/plan/year.hpp"

namespace wardmote::plan {

namespace {

using access::Act;
using access::Need;

const record::Description &what() {
    return record::description<Priority>();
}

std::string words_of(const partnership::MeetingDecision &decision) {
    return fmt::format("{}, decision {}", decision.meeting, decision.number);
}

/// What is chosen from, and what is asked.
struct Question {
    Year year;
    std::vector<YearPriority> open; ///< not ratified
    std::vector<partnership::MeetingDecision> decisions;
};

std::optional<Question> question_of(const Desk &desk, const web::Request &request,
                                    db::Transaction &tx) {
    Question question;
    const auto wanted = request.method == "POST" ? request.value("year") : request.query("year");
    question.year = load_year(tx, wanted.value_or(""), desk.today(site::visit_of(request)));
    if (question.year.id.empty() || question.year.year != wanted) {
        return std::nullopt;
    }
    std::ranges::copy_if(question.year.priorities, std::back_inserter(question.open),
                         [](const YearPriority &each) { return !each.priority.ratified_on; });
    question.decisions = partnership::decisions_taken(tx);
    return question;
}

html::Html fields(const Question &question, const web::Request &request,
                  const record::Problems &problems) {
    const auto error = [&](std::string_view of) -> std::optional<html::ErrorMessage> {
        const auto found = std::ranges::find(problems, of, &record::Problem::field);
        return found == problems.end() ? std::nullopt
                                       : std::optional{html::ErrorMessage{.text = found->words}};
    };
    html::Choices priorities{
        .name = "priority",
        .chosen = request.values("priority"),
        .fieldset = html::Fieldset{.legend = html::Legend{.text = "Which priorities",
                                                          .classes = "govuk-fieldset__legend--s"}},
        .error = error("priority")};
    for (const auto &each : question.open) {
        priorities.items.push_back(
            {.text = fmt::format("{}. {}", each.priority.number, each.priority.title),
             .value = each.id});
        if (request.method != "POST") {
            priorities.chosen.push_back(each.id);
        }
    }
    html::Select decision{
        .field = {.name = "decision",
                  .label = {.text = "By which decision", .classes = "govuk-label--s"},
                  .hint = html::Hint{.text = "Decisions of meetings that were held, latest first"},
                  .error = error("decision")},
        .items = {{.text = "Choose a decision", .value = ""}},
        .value = request.value("decision").value_or("")};
    for (const auto &each : question.decisions) {
        decision.items.push_back(
            {.text = fmt::format("{}: {}", words_of(each), each.words), .value = each.id});
    }
    return html::hidden_fields({{"year", question.year.year}}) + html::checkboxes(priorities) +
           html::select(decision);
}

html::Html nothing_to_ask(const Question &question) {
    return question.open.empty()
               ? html::Html{R"(<p class="govuk-body">Every priority is ratified.</p>)"}
               : html::Html{R"(<p class="govuk-body">No meeting has decided anything yet. Open )"
                            R"(<a class="govuk-link" href="/meetings">the meeting</a> that )"
                            R"(ratified them, say that it was held and record its decision.</p>)"};
}

web::Response page_of(const Desk &desk, const web::Request &request, const Question &question,
                      const record::Problems &problems) {
    const auto back = "/plan?year=" + question.year.year;
    html::Page page{.title = "Have the priorities ratified",
                    .section = "/plan",
                    .breadcrumbs = {{"Home", "/"}, {"Plan", back}}};
    for (const auto &problem : problems) {
        page.errors.push_back({.text = problem.words, .href = "#" + problem.field});
    }
    page.content = html::page_head({.title = page.title});
    page.content += question.open.empty() || question.decisions.empty()
                        ? nothing_to_ask(question)
                        : html::form({.action = "/plan/ratification",
                                      .csrf = site::csrf(request),
                                      .fields = fields(question, request, problems),
                                      .button = "Ratify them",
                                      .cancel = {"Cancel", back}});
    return desk.site->page(request, std::move(page), problems.empty() ? 200 : 422);
}

web::Response no_such_year() {
    return web::not_found("There is no plan of that year.");
}

web::Response ask(const Desk &desk, const web::Request &request) {
    return desk.site->database().read(site::visit_of(request).scope(), [&](db::Transaction &tx) {
        const auto question = question_of(desk, request, tx);
        return question ? page_of(desk, request, *question, {}) : no_such_year();
    });
}

/// Writes day and minute into each priority chosen.
void ratify(record::Keeper &keeper, db::Transaction &tx, const std::vector<YearPriority> &chosen,
            const partnership::MeetingDecision &decision) {
    for (const auto &each : chosen) {
        auto kept = keeper.get<Priority>(tx, each.id).value();
        kept.value.ratified_on = decision.on;
        kept.value.ratified_minute = words_of(decision);
        keeper.update(tx, what(), kept.id, kept.version, record::values_of(kept.value));
    }
}

web::Response take(const Desk &desk, const web::Request &request) {
    return desk.site->database().write(site::visit_of(request).scope(), [&](db::Transaction &tx) {
        const auto question = question_of(desk, request, tx);
        if (!question) {
            return no_such_year();
        }
        const auto ids = request.values("priority");
        std::vector<YearPriority> chosen;
        std::ranges::copy_if(
            question->open, std::back_inserter(chosen),
            [&](const YearPriority &each) { return std::ranges::find(ids, each.id) != ids.end(); });
        const auto decision =
            std::ranges::find(question->decisions, request.value("decision").value_or(""),
                              &partnership::MeetingDecision::id);
        record::Problems problems;
        if (chosen.empty()) {
            problems.push_back({"priority", "Choose the priorities that were ratified"});
        }
        if (decision == question->decisions.end()) {
            problems.push_back({"decision", "Choose the decision that ratified them"});
        }
        if (!problems.empty()) {
            return page_of(desk, request, *question, problems);
        }
        ratify(desk.site->keeper(), tx, chosen, *decision);
        return desk.site->done(request, "/plan?year=" + question->year.year,
                               core::counted(static_cast<std::int64_t>(chosen.size()),
                                             "priority is ratified", "priorities are ratified"));
    });
}

} // namespace

void add_ratification_pages(const Desk &desk) {
    const auto need = Need::to(Act::create, "priority");
    desk.site->router().get("/plan/ratification", need,
                            [desk](const web::Request &request) { return ask(desk, request); });
    desk.site->router().post("/plan/ratification", need,
                             [desk](const web::Request &request) { return take(desk, request); });
}

} // namespace wardmote::plan
