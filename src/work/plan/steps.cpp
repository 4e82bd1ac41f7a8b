#include "work/plan/steps.hpp"

#include <set>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/form.hpp"
#include "platform/html/home.hpp"
#include "platform/html/record_parts.hpp"
#include "work/plan/plan.hpp"
#include "work/plan/strategy.hpp"

namespace wardmote::plan {

namespace {

using access::Act;
using access::Need;

constexpr std::size_t most_reason = 500;

std::string text_in(const Steered &steered, const record::Stored &record, std::string_view field) {
    return db::text_of(record.values[steered.what->index(field)]);
}

std::string address(const Steered &steered, const record::Stored &record, std::string_view verb) {
    return fmt::format("{}/{}{}{}", steered.what->path, record.id, verb.empty() ? "" : "/", verb);
}

const law::Step *step_of(const Steered &steered, const access::Visit &visit,
                         const record::Stored &record, std::string_view verb) {
    return steered.lifecycle->find(text_in(steered, record, steered.what->state), verb,
                                   steered.roles(visit, record));
}

web::Response question(const Desk &desk, const Steered &steered, const web::Request &request,
                       const record::Stored &record, const law::Step &step,
                       const std::string &problem) {
    const auto title = text_in(steered, record, steered.what->title);
    const auto words = std::string{step.button};
    html::Page page{
        .title = words,
        .section = "/plan",
        .breadcrumbs = {{"Home", "/"}, {"Plan", "/plan"}, {title, address(steered, record, {})}}};
    const auto *to = steered.lifecycle->state(step.to);
    html::Html fields;
    if (step.reason_needed) {
        html::Textarea reason{.field = {.name = "reason",
                                        .label = {.text = "Reason"},
                                        .hint = html::Hint{.text = steered.hint}},
                              .value = request.value("reason").value_or(""),
                              .rows = 3};
        if (!problem.empty()) {
            reason.field.error = html::ErrorMessage{.text = problem};
        }
        fields = html::textarea(reason);
    }
    if (!problem.empty()) {
        page.errors.push_back({.text = problem, .href = step.reason_needed ? "#reason" : "#main"});
    }
    page.content =
        html::page_head({.title = fmt::format("{}?", words)}) +
        html::confirmation(
            {.action = address(steered, record, step.verb),
             .csrf = site::csrf(request),
             .consequences = {fmt::format("“{}” becomes: {}.", title, core::lower(to->words)),
                              "Who did it, when and why stays in its history."},
             .fields = fields,
             .button = words,
             .cancel = {"Cancel", address(steered, record, {})}});
    return desk.site->page(request, std::move(page), problem.empty() ? 200 : 422);
}

web::Response ask(const Desk &desk, const Steered &steered, const web::Request &request,
                  std::string_view verb) {
    const auto &visit = site::visit_of(request);
    return desk.site->database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto record = desk.find(tx, request, *steered.what, Act::view);
        const auto *step = record ? step_of(steered, visit, *record, verb) : nullptr;
        return step == nullptr ? missing(*steered.what)
                               : question(desk, steered, request, *record, *step, {});
    });
}

web::Response take(const Desk &desk, const Steered &steered, const web::Request &request,
                   std::string_view verb) {
    const auto &visit = site::visit_of(request);
    const std::string reason{core::trim(request.value("reason").value_or(""))};
    struct Outcome {
        std::optional<record::Stored> record;
        const law::Step *step = nullptr;
        std::string problem;
    };
    const auto outcome = desk.site->database().write(visit.scope(), [&](db::Transaction &tx) {
        Outcome is{.record = desk.find(tx, request, *steered.what, Act::view)};
        is.step = is.record ? step_of(steered, visit, *is.record, verb) : nullptr;
        if (is.step == nullptr) {
            return is;
        }
        auto &record = *is.record;
        const auto answer = law::decide(
            *steered.lifecycle, text_in(steered, record, steered.what->state), verb,
            steered.roles(visit, record),
            [&](std::string_view guard) { return steered.holds(tx, record, guard); }, reason);
        if (!answer || reason.size() > most_reason) {
            is.problem = answer ? fmt::format("Reason must be {} characters or fewer", most_reason)
                                : answer.refusal;
            return is;
        }
        auto values = record.values;
        values[steered.what->index(steered.what->state)] = std::string{answer.step->to};
        values[steered.what->index(steered.reason)] =
            reason.empty() ? db::Value{} : db::Value{reason};
        if (!steered.on.empty()) {
            values[steered.what->index(steered.on)] = desk.today(visit).iso();
        }
        desk.site->keeper().update(tx, *steered.what, record.id, record.version, values);
        return is;
    });
    if (outcome.step == nullptr) {
        return missing(*steered.what);
    }
    if (!outcome.problem.empty()) {
        return question(desk, steered, request, *outcome.record, *outcome.step, outcome.problem);
    }
    const auto *to = steered.lifecycle->state(outcome.step->to);
    return desk.site->done(
        request, address(steered, *outcome.record, {}),
        fmt::format("{}: {}", core::capitalised(steered.what->one), core::lower(to->words)));
}

law::Roles roles_of_keeper(const access::Visit &visit, const record::Description &what,
                           const record::Stored &record) {
    return access::may(visit.person, Act::remove, what, record) ? keeper_role : 0;
}

} // namespace

void add_steps(const Desk &desk, const Steered &steered, std::string_view elsewhere) {
    std::set<std::string_view> verbs;
    for (const auto &step : steered.lifecycle->steps) {
        if (step.verb == elsewhere || !verbs.insert(step.verb).second) {
            continue;
        }
        const auto pattern = fmt::format("{}/:id/{}", steered.what->path, step.verb);
        const auto need = Need::to(Act::view, steered.what->table);
        desk.site->router().get(pattern, need,
                                [desk, &steered, verb = step.verb](const web::Request &request) {
                                    return ask(desk, steered, request, verb);
                                });
        desk.site->router().post(pattern, need,
                                 [desk, &steered, verb = step.verb](const web::Request &request) {
                                     return take(desk, steered, request, verb);
                                 });
    }
}

html::Html step_buttons(db::Transaction &tx, const access::Visit &visit, const Steered &steered,
                        const record::Stored &record, std::string_view elsewhere) {
    html::Html buttons;
    if (record.is_removed()) {
        return buttons;
    }
    for (const auto &[step, missing_guards] :
         law::choices(*steered.lifecycle, text_in(steered, record, steered.what->state),
                      steered.roles(visit, record),
                      [&](std::string_view guard) { return steered.holds(tx, record, guard); })) {
        if (step->verb == elsewhere) {
            continue;
        }
        if (missing_guards.empty()) {
            buttons += html::button({.text = step->button,
                                     .href = address(steered, record, step->verb),
                                     .classes = "govuk-button--secondary"});
        } else {
            buttons += html::format(R"(<p class="app-small app-quiet">{}: {}</p>)", step->button,
                                    fmt::format("{}", fmt::join(missing_guards, " ")));
        }
    }
    return buttons;
}

const Steered &steered_action() {
    static const Steered is{
        .what = &record::description<Action>(),
        .lifecycle = &action_lifecycle(),
        .reason = "state_reason",
        .on = "state_on",
        .hint = "What came of it, or why it is given up. It stands in the plan",
        .roles =
            [](const access::Visit &visit, const record::Stored &record) {
                const auto &what = record::description<Action>();
                return roles_of_keeper(visit, what, record) |
                       (access::may(visit.person, Act::edit, what, record) ? lead_role : 0);
            },
        .holds =
            [](db::Transaction &, const record::Stored &record, std::string_view) {
                return record::typed<Action>(record).value.lead.has_value();
            }};
    return is;
}

const Steered &steered_strategy() {
    static const Steered is{
        .what = &record::description<Strategy>(),
        .lifecycle = &strategy_lifecycle(),
        .reason = "state_note",
        .on = {},
        .hint = "The minute that decided it, such as Board, 12 March 2014, decision 4",
        .roles =
            [](const access::Visit &visit, const record::Stored &record) {
                return roles_of_keeper(visit, record::description<Strategy>(), record);
            },
        .holds =
            [](db::Transaction &tx, const record::Stored &record, std::string_view guard) {
                const auto first = standing(tx, record::typed<Strategy>(record).value.first_year);
                return guard == "four_limbs"
                           ? first.limbs_without.empty()
                           : first.priorities > 0 && first.ratified == first.priorities;
            }};
    return is;
}

} // namespace wardmote::plan
