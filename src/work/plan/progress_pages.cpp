// Saying how an action stands: signed in, or by the link of a letter; and asking everybody now.
#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/person.hpp"
#include "platform/access/ticket.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/choices.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/home.hpp"
#include "platform/html/record_parts.hpp"
#include "platform/html/typography.hpp"
#include "platform/site/doors.hpp"
#include "work/plan/asking.hpp"
#include "work/plan/desk.hpp"

namespace wardmote::plan {

namespace {

using access::Act;
using access::Need;

constexpr std::size_t most_words = 1000;

/// What an owner says.
struct Answer {
    Rag rag = Rag::on_track;
    int percent = 0;
    std::string done, next;
};
using Read = std::variant<Answer, record::Problems>;

Read read_answer(const web::Request &request) {
    Answer answer;
    record::Problems problems;
    const auto rag = request.value("rag").value_or("");
    const auto found = std::ranges::find(rags, rag, &record::Choice::value);
    if (found == rags.end()) {
        problems.push_back({"rag", "Say how it stands"});
    } else {
        answer.rag = static_cast<Rag>(found - rags.begin());
    }
    const auto percent = core::parse_integer(request.value("percent").value_or(""));
    if (!percent || *percent < 0 || *percent > 100) {
        problems.push_back({"percent", "Say how much is done"});
    } else {
        answer.percent = static_cast<int>(*percent);
    }
    answer.done = core::trim(request.value("done").value_or(""));
    answer.next = core::trim(request.value("next").value_or(""));
    if (answer.done.empty()) {
        problems.push_back({"done", "Say in a sentence what was done"});
    } else if (answer.done.size() > most_words) {
        problems.push_back(
            {"done", fmt::format("What was done must be {} characters or fewer", most_words)});
    }
    if (answer.next.size() > most_words) {
        problems.push_back(
            {"next", fmt::format("What comes next must be {} characters or fewer", most_words)});
    }
    return problems.empty() ? Read{answer} : Read{problems};
}

std::optional<html::ErrorMessage> error_of(const record::Problems &problems, std::string_view of) {
    const auto found = std::ranges::find(problems, of, &record::Problem::field);
    return found == problems.end() ? std::nullopt
                                   : std::optional{html::ErrorMessage{.text = found->words}};
}

html::Html answer_fields(const web::Request &request, const record::Problems &problems) {
    const auto typed = [&](std::string_view name) { return request.value(name).value_or(""); };
    html::Choices rag{
        .name = "rag",
        .chosen = {typed("rag")},
        .fieldset = html::Fieldset{.legend = html::Legend{.text = "How does it stand?",
                                                          .classes = "govuk-fieldset__legend--s"}},
        .error = error_of(problems, "rag")};
    for (const auto &[value, words] : rags) {
        rag.items.push_back({.text = words, .value = std::string{value}});
    }
    html::Choices percent{
        .name = "percent",
        .chosen = {typed("percent")},
        .fieldset = html::Fieldset{.legend = html::Legend{.text = "How much is done?",
                                                          .classes = "govuk-fieldset__legend--s"}},
        .error = error_of(problems, "percent"),
        .classes = "govuk-radios--inline"};
    for (const auto *part : {"0", "25", "50", "75", "100"}) {
        percent.items.push_back({.text = std::string{part} + "%", .value = part});
    }
    return html::radios(rag) + html::radios(percent) +
           html::textarea({.field = {.name = "done",
                                     .label = {.text = "What was done, in a sentence"},
                                     .error = error_of(problems, "done")},
                           .value = typed("done"),
                           .rows = 2}) +
           html::textarea({.field = {.name = "next",
                                     .label = {.text = "What comes next (optional)"},
                                     .error = error_of(problems, "next")},
                           .value = typed("next"),
                           .rows = 2});
}

html::Page form_page(const web::Request &request, const std::string &title,
                     const std::string &quarter, const record::Problems &problems,
                     const html::Link &cancel) {
    html::Page page{.title = "How does it stand?", .section = "/plan"};
    for (const auto &problem : problems) {
        page.errors.push_back({.text = problem.words, .href = "#" + problem.field});
    }
    page.content = html::page_head({.title = title}) +
                   html::format(R"(<p class="govuk-body">How it stood in {}.</p>)", quarter) +
                   html::form({.action = request.path,
                               .csrf = request.csrf,
                               .fields = answer_fields(request, problems),
                               .button = "Send",
                               .cancel = cancel,
                               .keeps_draft = false});
    return page;
}

/// Keeps an answer as that quarter's, new or in place of what was said of it before.
void keep_answer(record::Keeper &keeper, db::Transaction &tx, std::optional<std::string> progress,
                 Progress is, const Answer &answer) {
    is.rag = answer.rag;
    is.percent = answer.percent;
    is.done = answer.done;
    is.next = answer.next;
    is.person = core::Id::parse(tx.scope().person);
    is.answered = keeper.clock().now();
    if (!progress) {
        keeper.add(tx, is);
        return;
    }
    const auto kept = keeper.get<Progress>(tx, *progress).value();
    keeper.update(tx, record::description<Progress>(), kept.id, kept.version,
                  record::values_of(is));
}

/// What is to be answered of an action: the oldest quarter that was asked for, or this one.
std::pair<std::optional<std::string>, Progress> open_question(const Desk &desk, db::Transaction &tx,
                                                              const access::Visit &visit,
                                                              const std::string &action) {
    const auto now = stored(core::Quarter::containing(core::Month{desk.today(visit)}));
    std::pair<std::optional<std::string>, Progress> is{
        std::nullopt, {.action = core::Id::parse(action), .quarter = now}};
    for (const auto &[id, version, progress] : progress_of(desk.site->keeper(), tx, action)) {
        if (!progress.answered || progress.quarter == now) {
            is = {id, progress};
        }
    }
    return is;
}

std::string title_of(const Action &action) {
    return action.ref + " " + action.title;
}

web::Response report(const Desk &desk, const web::Request &request, bool send) {
    const auto &visit = site::visit_of(request);
    const auto &what = record::description<Action>();
    const auto read = send ? read_answer(request) : Read{record::Problems{}};
    const auto work = [&](db::Transaction &tx) -> std::optional<web::Response> {
        const auto action = desk.find(tx, request, what, Act::edit);
        if (!action || record::typed<Action>(*action).value.state != ActionState::in_progress) {
            return missing(what);
        }
        const auto question = open_question(desk, tx, visit, action->id);
        if (const auto *answer = std::get_if<Answer>(&read)) {
            keep_answer(desk.site->keeper(), tx, question.first, question.second, *answer);
            return std::nullopt;
        }
        const auto &problems = std::get<record::Problems>(read);
        return desk.site->page(request,
                               form_page(request, title_of(record::typed<Action>(*action).value),
                                         question.second.quarter, problems,
                                         {"Cancel", "/actions/" + action->id}),
                               problems.empty() ? 200 : 422);
    };
    auto refused = std::holds_alternative<Answer>(read)
                       ? desk.site->database().write(visit.scope(), work)
                       : desk.site->database().read(visit.scope(), work);
    return refused ? std::move(*refused)
                   : desk.site->done(request, "/actions/" + request.parameter("id"),
                                     "Progress is reported");
}

html::Page used_up() {
    html::Page page{.title = "This link can no longer be used"};
    page.content = html::page_head({.title = page.title}) +
                   html::Html{R"(<p class="govuk-body">It has been used, or has run out. )"
                              R"(You can still say how the action stands: sign in, and it )"
                              R"(waits on your home page.</p>)"} +
                   html::button({.text = "Sign in", .href = "/sign-in"});
    return page;
}

/// The form of a letter's link. Opening it uses nothing up: mail scanners open links too.
web::Response by_link(const Desk &desk, const web::Request &request, bool send) {
    const auto tenant = site::tenant_of(*desk.site, request);
    if (!tenant) {
        return web::not_found({});
    }
    auto &keeper = desk.site->keeper();
    const access::Tickets tickets{keeper};
    const auto &token = request.parameter("token");
    const auto ticket =
        desk.site->database().read({tenant->id, {}, request.id}, [&](db::Transaction &tx) {
            auto found = tickets.find(tx, access::Purpose::progress, token);
            const auto person =
                found ? keeper.get<access::PersonRecord>(tx, found->person) : std::nullopt;
            const auto today = keeper.clock().now().london_date();
            const bool gone = !person || person->value.active_to.value_or(today) < today;
            return gone ? std::nullopt : std::move(found);
        });
    if (!ticket) {
        return desk.site->page(request, used_up(), 410);
    }
    const db::Scope scope{tenant->id, ticket->person, request.id};
    const auto read = send ? read_answer(request) : Read{record::Problems{}};
    if (const auto *problems = std::get_if<record::Problems>(&read)) {
        return desk.site->database().read(scope, [&](db::Transaction &tx) {
            const auto progress = keeper.get<Progress>(tx, ticket->secret);
            const auto action =
                progress ? keeper.get<Action>(tx, progress->value.action->text()) : std::nullopt;
            return action ? desk.site->page(request,
                                            form_page(request, title_of(action->value),
                                                      progress->value.quarter, *problems, {}),
                                            problems->empty() ? 200 : 422)
                          : desk.site->page(request, used_up(), 410);
        });
    }
    const bool kept = desk.site->database().write(scope, [&](db::Transaction &tx) {
        const auto used = tickets.use(tx, access::Purpose::progress, token);
        const auto progress = used ? keeper.get<Progress>(tx, used->secret) : std::nullopt;
        if (!progress) {
            return false;
        }
        keep_answer(keeper, tx, progress->id, progress->value, std::get<Answer>(read));
        return true;
    });
    html::Page page = used_up();
    if (kept) {
        page = {.title = "Thank you"};
        page.content = html::page_head({.title = "Thank you: it is in the plan"}) +
                       html::Html{R"(<p class="govuk-body">You can close this page. You will be )"
                                  R"(asked again after the next quarter.</p>)"};
    }
    return desk.site->page(request, std::move(page), kept ? 200 : 410);
}

web::Response ask_whether(const Desk &desk, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto quarter = stored(last_quarter(desk.today(visit)));
    html::Page page{.title = "Ask for progress now",
                    .section = "/plan",
                    .breadcrumbs = {{"Home", "/"}, {"Plan", "/plan"}}};
    page.content =
        html::page_head({.title = page.title}) +
        html::confirmation(
            {.action = "/plan/requests",
             .csrf = site::csrf(request),
             .consequences = {"Whoever leads an action in progress is asked how it stood in " +
                                  quarter + ", unless they have been asked already.",
                              "Each gets a link that opens one form, for 14 days.",
                              "Who has not answered after a week is reminded and named on the "
                              "plan."},
             .button = "Ask them",
             .cancel = {"Cancel", "/plan"}});
    return desk.site->page(request, std::move(page));
}

web::Response ask_all(const Desk &desk, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto quarter = last_quarter(desk.today(visit));
    const auto asked = desk.site->database().write(visit.scope(), [&](db::Transaction &tx) {
        return write_to(*desk.site, tx, ask(desk.site->keeper(), tx, quarter), false);
    });
    const auto words = fmt::format(
        "{} asked for {}",
        core::counted(static_cast<std::int64_t>(asked.size()), "owner is", "owners are"),
        stored(quarter));
    if (desk.site->settings().sends_mail || asked.empty()) {
        return desk.site->done(request, "/plan", words);
    }
    html::Page page{.title = "Pass these links on",
                    .section = "/plan",
                    .breadcrumbs = {{"Home", "/"}, {"Plan", "/plan"}}};
    html::Html items;
    for (const auto &[what, path] : asked) {
        items += html::format("<li>{}, {} {}: {}</li>", what.name, what.ref, what.title,
                              html::link({"the form", path}));
    }
    page.content =
        html::page_head({.title = words}) +
        html::format(R"(<p class="govuk-body">This site sends no e-mail. Pass each link )"
                     R"(on to whom it is for; this page is not shown again.</p>)"
                     R"(<ul class="govuk-list">{}</ul>)",
                     items);
    return desk.site->page(request, std::move(page));
}

} // namespace

void add_progress_pages(const Desk &desk) {
    auto &router = desk.site->router();
    router.get("/actions/:id/progress", Need::to(Act::edit, "action"),
               [desk](const web::Request &request) { return report(desk, request, false); });
    router.post("/actions/:id/progress", Need::to(Act::edit, "action"),
                [desk](const web::Request &request) { return report(desk, request, true); });
    router.get("/answer/:token", Need::anyone(),
               [desk](const web::Request &request) { return by_link(desk, request, false); });
    router.post("/answer/:token", Need::anyone(),
                [desk](const web::Request &request) { return by_link(desk, request, true); });
    router.get("/plan/requests", Need::to(Act::create, "priority"),
               [desk](const web::Request &request) { return ask_whether(desk, request); });
    router.post("/plan/requests", Need::to(Act::create, "priority"),
                [desk](const web::Request &request) { return ask_all(desk, request); });
}

} // namespace wardmote::plan
