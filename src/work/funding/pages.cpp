#include "work/funding/pages.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/typography.hpp"

namespace wardmote::funding {

namespace {

using access::Act;
using access::Need;

constexpr std::size_t most_reason = 500;

/// Thrown to undo what a refused step had begun to write.
struct Refused {
    record::Problems problems;
};

std::string address(const record::Description &what, std::string_view id, std::string_view part) {
    return fmt::format("{}/{}{}", what.path, id, part);
}

std::string state_of(const record::Description &what, const record::Stored &record) {
    return db::text_of(record.values[what.index(what.state)]);
}

html::Html step_form(const std::string &csrf, const record::Description &what,
                     const record::Stored &record, const law::Step &step, const MoreFields &more,
                     const record::Typed &typed) {
    auto fields = more ? more(step.verb, typed) : html::Html{};
    const bool with_file = !fields.empty();
    if (step.reason_needed) {
        const auto reason = typed.find("reason");
        fields += html::textarea({.field = {.name = "reason",
                                            .id = fmt::format("reason-{}", step.verb),
                                            .label = {.text = "Reason"}},
                                  .value = reason == typed.end() ? std::string{} : reason->second,
                                  .rows = 2});
    }
    auto form = html::form({.action = address(what, record.id, fmt::format("/steps/{}", step.verb)),
                            .csrf = csrf,
                            .hidden = {{"version", std::to_string(record.version)}},
                            .fields = fields,
                            .button = std::string{step.button},
                            .button_classes = "govuk-button--secondary",
                            .sends_files = with_file,
                            .keeps_draft = false});
    // What asks for nothing is a button; what asks for more is folded away until it is wanted.
    return fields.empty()
               ? form
               : html::details({.summary = step.button, .text = form, .open = !typed.empty()});
}

/// What stands in the way, above the form of the step as it was sent.
html::Page refused(const web::Request &request, const record::Description &what,
                   const record::Stored &record, const law::Lifecycle &lifecycle,
                   const MoreFields &more, const record::Problems &problems) {
    const auto &visit = site::visit_of(request);
    const auto title = fmt::format("{}: that cannot be done yet", lifecycle.name);
    auto content = html::format(
        R"(<p class="govuk-body">{}</p>)",
        html::link({fmt::format("Back to the {}", what.one), address(what, record.id, {})}));
    const record::Typed typed{request.form.begin(), request.form.end()};
    for (const auto &choice :
         law::choices(lifecycle, state_of(what, record), roles_of(visit.person),
                      [](std::string_view) { return true; })) {
        if (choice.step->verb == request.parameter("verb")) {
            content += step_form(visit.csrf, what, record, *choice.step, more, typed);
        }
    }
    auto page = page_of(title, std::move(content));
    page.errors = error_lines(problems);
    return page;
}

} // namespace

law::Roles roles_of(const access::Person &person) {
    law::Roles roles = 0;
    roles |= access::may_somewhere(person, Act::edit, "grant_agreement") ? money_role : 0;
    roles |= access::may_somewhere(person, Act::edit, "finance_check") ? finance_role : 0;
    roles |= access::may_somewhere(person, Act::create, "virement") ? writer_role : 0;
    return roles;
}

std::optional<record::Stored> find(const site::Site &site, db::Transaction &tx,
                                   const web::Request &request, const record::Description &what) {
    const auto &visit = site::visit_of(request);
    const auto visible = access::visible_to(visit.person, what);
    auto found =
        visible ? site.keeper().find(tx, what, request.parameter("id"), *visible) : std::nullopt;
    return found && !found->is_removed() && access::may(visit.person, Act::view, what, *found)
               ? std::move(found)
               : std::nullopt;
}

web::Response missing(const record::Description &what) {
    return web::not_found(
        fmt::format("There is no such {} here, or it is not yours to see.", what.one));
}

html::Page page_of(std::string title, html::Html content, std::vector<html::Link> parents) {
    html::Page page{.title = std::move(title),
                    .section = "/funding",
                    .breadcrumbs = {{"Home", "/"}, {"Funding", "/funding"}}};
    page.content = html::page_head({.title = page.title}) + content;
    page.breadcrumbs.insert(page.breadcrumbs.end(), parents.begin(), parents.end());
    return page;
}

html::Html heading(std::string_view words) {
    return html::format(R"(<h2 class="govuk-heading-m">{}</h2>)", words);
}

html::Html paragraph(std::string_view words) {
    return html::format(R"(<p class="govuk-body">{}</p>)", words);
}

html::Html step_forms(const access::Visit &visit, const record::Description &what,
                      const record::Stored &record, const law::Lifecycle &lifecycle,
                      const MoreFields &more) {
    // What stands in the way is said when the step is tried: the server knows it then.
    const auto choices = law::choices(lifecycle, state_of(what, record), roles_of(visit.person),
                                      [](std::string_view) { return true; });
    html::Html all;
    for (const auto &choice : choices) {
        all += step_form(visit.csrf, what, record, *choice.step, more, {});
    }
    return all.empty() ? all : heading("What comes next") + all;
}

void add_step_route(site::Site &site, const record::Description &what,
                    const law::Lifecycle &lifecycle, TakeStep take, const MoreFields &more) {
    const auto answer = [&site, &what, &lifecycle, take, more](const web::Request &request) {
        const auto &visit = site::visit_of(request);
        const auto verb = request.parameter("verb");
        const std::string reason{core::trim(request.value("reason").value_or(""))};
        std::optional<record::Stored> found;
        record::Problems problems;
        try {
            site.database().write(visit.scope(), [&](db::Transaction &tx) {
                found = find(site, tx, request, what);
                if (!found) {
                    return;
                }
                auto wrong =
                    reason.size() > most_reason
                        ? record::Problems{{"", fmt::format("Reason must be {} characters or fewer",
                                                            most_reason)}}
                        : take(tx, found->id, verb, roles_of(visit.person), reason, request);
                if (!wrong.empty()) {
                    throw Refused{std::move(wrong)};
                }
            });
        } catch (const Refused &refused) {
            problems = refused.problems;
        }
        if (!found) {
            return missing(what);
        }
        if (problems.empty()) {
            const auto step = std::ranges::find(lifecycle.steps, verb, &law::Step::verb);
            return site.done(request, address(what, found->id, {}),
                             fmt::format("{}: {}", lifecycle.name,
                                         core::lower(lifecycle.state(step->to)->words)));
        }
        return site.page(request, refused(request, what, *found, lifecycle, more, problems), 422);
    };
    const auto pattern = fmt::format("{}/:id/steps/:verb", what.path);
    const auto need = Need::to(Act::view, what.table);
    if (more) {
        site.router().post(pattern, need, answer, {.largest_body = 26'000'000});
    } else {
        site.router().post(pattern, need, answer);
    }
}

std::string typed(std::optional<core::Money> money) {
    auto text = money ? money->text() : std::string{};
    constexpr std::string_view pound = "£";
    if (text.starts_with(pound)) {
        text.erase(0, pound.size());
    }
    return text;
}

std::optional<core::Money> read_money(const web::Request &request, const std::string &name,
                                      const std::string &label, record::Problems &problems) {
    const auto text = request.value(name).value_or("");
    if (core::trim(text).empty()) {
        return std::nullopt;
    }
    const auto money = core::Money::parse(core::trim(text));
    if (!money) {
        problems.push_back(
            {name, fmt::format("{} must be an amount such as 1,250 or 1,250.50", label)});
    }
    return money;
}

html::Html money_input(const std::string &name, const std::string &label, const std::string &value,
                       bool wrong) {
    return html::format(
        R"(<input class="govuk-input govuk-input--width-5{}" id="{}" name="{}" type="text" )"
        R"(inputmode="decimal" aria-label="{}" value="{}">)",
        wrong ? " govuk-input--error" : "", name, name, label, value);
}

std::vector<html::ErrorLine> error_lines(const record::Problems &problems) {
    std::vector<html::ErrorLine> lines;
    for (const auto &problem : problems) {
        lines.push_back(
            {.text = problem.words,
             .href = "#" + (problem.field.empty() ? std::string{"main"} : problem.field)});
    }
    return lines;
}

} // namespace wardmote::funding
