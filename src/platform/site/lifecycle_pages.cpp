#include "platform/site/lifecycle_pages.hpp"

#include <set>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/form.hpp"
#include "platform/html/home.hpp"
#include "platform/html/record_parts.hpp"

namespace wardmote::site {

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

web::Response question(const Site &site, const Steered &steered, const web::Request &request,
                       const record::Stored &record, const law::Step &step,
                       const std::string &problem) {
    const auto title = text_in(steered, record, steered.what->title);
    const auto words = std::string{step.button};
    html::Page page{
        .title = words,
        .section = steered.section.href,
        .breadcrumbs = {{"Home", "/"}, steered.section, {title, address(steered, record, {})}}};
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
             .csrf = csrf(request),
             .consequences = {fmt::format("“{}” becomes: {}.", title, core::lower(to->words)),
                              "Who did it, when and why stays in its history."},
             .fields = fields,
             .button = words,
             .cancel = {"Cancel", address(steered, record, {})}});
    return site.page(request, std::move(page), problem.empty() ? 200 : 422);
}

web::Response ask(const Site &site, const Steered &steered, const web::Request &request,
                  std::string_view verb) {
    const auto &visit = visit_of(request);
    return site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto record = find_record(site, tx, request, *steered.what, Act::view);
        const auto *step = record ? step_of(steered, visit, *record, verb) : nullptr;
        return step == nullptr ? no_such_record(*steered.what)
                               : question(site, steered, request, *record, *step, {});
    });
}

web::Response take(const Site &site, const Steered &steered, const web::Request &request,
                   std::string_view verb) {
    const auto &visit = visit_of(request);
    const std::string reason{core::trim(request.value("reason").value_or(""))};
    struct Outcome {
        std::optional<record::Stored> record;
        const law::Step *step = nullptr;
        std::string problem;
    };
    const auto outcome = site.database().write(visit.scope(), [&](db::Transaction &tx) {
        Outcome is{.record = find_record(site, tx, request, *steered.what, Act::view)};
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
            values[steered.what->index(steered.on)] = site.today(visit).iso();
        }
        site.keeper().update(tx, *steered.what, record.id, record.version, values);
        if (steered.after) {
            steered.after(site.keeper(), tx, record.id, *is.step);
        }
        return is;
    });
    if (outcome.step == nullptr) {
        return no_such_record(*steered.what);
    }
    if (!outcome.problem.empty()) {
        return question(site, steered, request, *outcome.record, *outcome.step, outcome.problem);
    }
    const auto *to = steered.lifecycle->state(outcome.step->to);
    return site.done(
        request, address(steered, *outcome.record, {}),
        fmt::format("{}: {}", core::capitalised(steered.what->one), core::lower(to->words)));
}

} // namespace

std::optional<record::Stored> find_record(const Site &site, db::Transaction &tx,
                                          const web::Request &request,
                                          const record::Description &what, Act act) {
    const auto &visit = visit_of(request);
    const auto visible = access::visible_to(visit.person, what);
    auto found =
        visible ? site.keeper().find(tx, what, request.parameter("id"), *visible) : std::nullopt;
    return found && access::may(visit.person, act, what, *found) ? std::move(found) : std::nullopt;
}

web::Response no_such_record(const record::Description &what) {
    return web::not_found(
        fmt::format("There is no such {} here, it is not yours, or this cannot be done with it "
                    "now.",
                    what.one));
}

void add_steps(const Site &site, const Steered &steered, std::string_view elsewhere) {
    std::set<std::string_view> verbs;
    for (const auto &step : steered.lifecycle->steps) {
        if (step.verb == elsewhere || !verbs.insert(step.verb).second) {
            continue;
        }
        const auto pattern = fmt::format("{}/:id/{}", steered.what->path, step.verb);
        const auto need = Need::to(Act::view, steered.what->table);
        site.router().get(pattern, need,
                          [&site, &steered, verb = step.verb](const web::Request &request) {
                              return ask(site, steered, request, verb);
                          });
        site.router().post(pattern, need,
                           [&site, &steered, verb = step.verb](const web::Request &request) {
                               return take(site, steered, request, verb);
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

} // namespace wardmote::site
