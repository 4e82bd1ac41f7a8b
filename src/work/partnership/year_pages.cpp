// Planning the year's meetings of the board, with their themes, in one form.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/home.hpp"
#include "platform/record/form.hpp"
#include "work/partnership/meeting_pages.hpp"

namespace wardmote::partnership {

namespace {

using access::Act;
using access::Need;

constexpr int most_meetings = 4;
constexpr auto asked = std::to_array<const char *>({"starts", "venue", "theme"});

/// What is asked of each meeting: its own form's fields, the rest follows.
const record::Description &asked_of_each() {
    static const auto fields = [] {
        std::vector<record::Field> some;
        for (const auto *name : asked) {
            some.push_back(record::description<Meeting>().field(name));
        }
        return some;
    }();
    static const record::Description some = [] {
        auto what = record::description<Meeting>();
        what.fields = fields;
        what.title = "theme";
        what.state = {};
        what.check = nullptr;
        return what;
    }();
    return some;
}

/// The inputs of one meeting have its number in front: "2-theme".
std::string prefix(int number) {
    return fmt::format("{}-", number);
}

std::vector<record::Field> numbered(int number, std::vector<std::string> &names) {
    std::vector<record::Field> fields;
    names.reserve(asked.size());
    for (const auto &field : asked_of_each().fields) {
        names.push_back(prefix(number) + std::string{field.name});
        fields.push_back(field);
        fields.back().name = names.back();
    }
    return fields;
}

/// One of the meetings, as a description with its own input names.
struct OfNumber {
    explicit OfNumber(int number)
        : fields{numbered(number, names)}
        , what{asked_of_each()} {
        what.fields = fields;
        what.title = fields.back().name;
    }
    std::vector<std::string> names;
    std::vector<record::Field> fields;
    record::Description what;
};

bool left_empty(const web::Request &request, int number) {
    return std::ranges::all_of(request.form, [&](const auto &field) {
        return !field.first.starts_with(prefix(number)) || core::trim(field.second).empty();
    });
}

web::Response ask(const site::Site &site, const web::Request &request,
                  const std::array<record::Parsed, most_meetings> &parsed,
                  std::vector<html::ErrorLine> errors) {
    html::Html all;
    for (int number = 1; number <= most_meetings; ++number) {
        const OfNumber each{number};
        const auto &was = parsed[static_cast<std::size_t>(number - 1)];
        all += html::fieldset(
            {.legend = html::Legend{.text = fmt::format("{} meeting", core::ordinal(number)),
                                    .classes = "govuk-fieldset__legend--m"},
             .content = record::fields(each.what, was.typed, was.problems, record::NoReferences{},
                                       true, true)});
    }
    html::Page page{.title = "Plan the year's meetings",
                    .section = "/meetings",
                    .breadcrumbs = {{"Home", "/"}, {"Meetings", "/meetings"}},
                    .errors = std::move(errors)};
    const int status = page.errors.empty() ? 200 : 422;
    page.content = html::page_head({.title = page.title}) +
                   html::format(R"(<p class="govuk-body">{}</p>)",
                                "Leave a meeting empty to plan fewer. Each has a business part "
                                "and a theme.") +
                   html::form({.action = "/meetings/year",
                               .csrf = site::csrf(request),
                               .fields = all,
                               .button = "Plan these meetings",
                               .cancel = {"Cancel", "/meetings"}});
    return site.page(request, std::move(page), status);
}

web::Response plan(const site::Site &site, const web::Request &request) {
    std::array<record::Parsed, most_meetings> parsed;
    std::vector<html::ErrorLine> errors;
    std::vector<Meeting> meetings;
    for (int number = 1; number <= most_meetings; ++number) {
        if (left_empty(request, number)) {
            continue;
        }
        const OfNumber each{number};
        auto &was = parsed[static_cast<std::size_t>(number - 1)];
        was = record::parse(each.what, request.form, record::NoReferences{});
        if (!was.ok()) {
            for (auto &line : record::error_lines(each.what, was.problems, was.typed)) {
                errors.push_back(std::move(line));
            }
            continue;
        }
        Meeting meeting;
        meeting.starts = record::Codec<core::Instant>::from(was.values[0]);
        meeting.venue = db::text_of(was.values[1]);
        meeting.theme = db::text_of(was.values[2]);
        meeting.title = "Board, " + core::Month{meeting.starts.london_date()}.text();
        meetings.push_back(std::move(meeting));
    }
    if (meetings.empty() && errors.empty()) {
        errors.push_back({.text = "Give the day of one meeting at least", .href = "#1-starts-day"});
    }
    if (!errors.empty()) {
        return ask(site, request, parsed, std::move(errors));
    }
    site.database().write(site::visit_of(request).scope(), [&](db::Transaction &tx) {
        for (const auto &meeting : meetings) {
            site.keeper().add(tx, meeting);
        }
    });
    return site.done(request, "/meetings",
                     core::counted(static_cast<std::int64_t>(meetings.size()), "meeting is planned",
                                   "meetings are planned"));
}

} // namespace

void add_year_pages(site::Site &site) {
    const auto create = Need::to(Act::create, "meeting");
    site.router().get("/meetings/year", create,
                      [&site](const web::Request &request) { return ask(site, request, {}, {}); });
    site.router().post("/meetings/year", create,
                       [&site](const web::Request &request) { return plan(site, request); });
}

} // namespace wardmote::partnership
