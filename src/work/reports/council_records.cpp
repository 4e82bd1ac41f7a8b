#include "work/reports/council_records.hpp"

#include <algorithm>
#include <array>
#include <ranges>

#include "engine/core/text.hpp"
#include "work/funding/funding.hpp"
#include "work/partnership/partnership.hpp"
#include "work/plan/plan.hpp"
#include "work/reports/details.hpp"

#include <fmt/format.h>

namespace wardmote::reports {

namespace {

using document::Item;

constexpr std::string_view commissioner = "police_and_crime_commissioner";

/// The groups of the plan as they are stored, and as templates and figures name them.
struct Group {
    std::string_view stored, name, words;
};
constexpr auto groups = std::to_array<Group>({
    {"whole_community", "whole-community", "for the whole community"},
    {"supporting_victims", "victims", "that support victims"},
    {"targeting_offenders", "offenders", "that target offenders"},
});

std::string possessive(const std::string &name) {
    return name + (name.ends_with('s') ? "’" : "’s");
}

std::string year_of(const partnership::MeetingSummary &meeting) {
    return std::to_string(meeting.starts.london_date().year());
}

Item item_of(const plan::ActionSummary &action) {
    const auto &words = action.in_reports.empty() ? action.about : action.in_reports;
    Item item{{"text", words.empty() ? action.title + "." : words},
              {"ref", action.ref},
              {"title", action.title},
              {"words", words}};
    const auto figures = lines_of(action.report_figures);
    for (std::size_t i = 0; i < figures.size(); ++i) {
        item.emplace(i == 0 ? "figure" : fmt::format("figure_{}", i + 1), figures[i]);
    }
    return item;
}

void add_priorities(Records &records, db::Transaction &tx, core::FinancialYear year) {
    const auto now = plan::priorities_of_year(tx, year.name());
    std::vector<Item> items;
    for (const auto &priority : now) {
        items.push_back(
            {{"text", priority.title}, {"title", priority.title}, {"includes", priority.includes}});
    }
    records.list("priorities", std::move(items));
    const auto next = plan::priorities_of_year(tx, (year + 1).name());
    if (next.empty()) {
        return;
    }
    if (std::ranges::all_of(next, [](const auto &one) { return one.ratified_on.has_value(); })) {
        const auto last = std::ranges::max(next, {}, &plan::PrioritySummary::ratified_on);
        records.say("priorities.ratified_on", last.ratified_on->text());
    } else if (std::ranges::equal(next, now, [](const auto &left, const auto &right) {
                   return left.title == right.title && left.includes == right.includes;
               })) {
        records.say("priorities.unchanged", "unchanged");
    }
}

} // namespace

core::FinancialYear plan_year_of(core::Date as_at) {
    return core::FinancialYear::containing(core::Month{as_at} - 1);
}

std::string in_sentence(std::string_view title) {
    static constexpr auto openers = std::to_array<std::string_view>(
        {"A", "An", "The", "How", "What", "Why", "Who", "Where", "When", "Our", "Current", "New",
         "Recent", "Work", "Progress", "Preventing", "Reducing", "Tackling", "Supporting"});
    std::string words{title};
    const auto first = title.substr(0, title.find(' '));
    if (std::ranges::find(openers, first) != openers.end()) {
        words[0] = core::lower(words.substr(0, 1))[0];
    }
    return words;
}

Outlook outlook_of(const std::map<core::FinancialYear, core::Money> &agreed,
                   const std::vector<std::optional<core::Date>> &posts_at_risk_on,
                   core::FinancialYear year) {
    const auto in = [&](core::FinancialYear wanted) {
        const auto found = agreed.find(wanted);
        return found == agreed.end() ? core::Money{} : found->second;
    };
    const auto now = in(year);
    const auto next = in(year + 1);
    if (!(now > core::Money{})) {
        return {};
    }
    Outlook outlook;
    const auto this_name = year.name();
    const auto next_name = (year + 1).name();
    outlook.commitment =
        next == core::Money{}
            ? fmt::format("The Commissioner has agreed no grant for {}.", next_name)
        : next == now
            ? fmt::format("The Commissioner has committed to maintaining the {} funding levels "
                          "in {}.",
                          this_name, next_name)
            : fmt::format("The Commissioner has agreed {} for {}, {} than the {} of {}.",
                          next.text(), next_name, next < now ? "less" : "more", now.text(),
                          this_name);
    std::optional<core::Date> first;
    std::int64_t at_risk = 0;
    for (const auto &on : posts_at_risk_on) {
        if (on) {
            first = first ? std::min(*first, *on) : *on;
            ++at_risk;
        }
    }
    if (first) {
        const auto all = static_cast<std::size_t>(at_risk) == posts_at_risk_on.size();
        outlook.risk = fmt::format(
            "No grant is agreed after {}: without sustainable funding, {} may be at risk from {}.",
            std::ranges::max(agreed | std::views::keys).name(),
            all ? std::string{"these posts"}
                : fmt::format("{} of these posts", core::in_words(at_risk)),
            first->text());
    }
    return outlook;
}

void add_details(Records &records, db::Transaction &tx, std::string_view report) {
    const auto of_council = details_of(tx, "council").value_or(Details{});
    const auto own = report == "council" ? of_council : details_of(tx, report).value_or(Details{});
    records.say("report.of", own.of);
    records.say("report.to", own.to);
    records.say("report.title", own.title);
    records.say("report.purpose", own.purpose);
    records.say("report.policy_framework", own.policy_framework);
    records.say("report.version", own.edition);
    records.list("report.approved_by", items_of(lines_of(own.approved_by)));
    records.list("report.recommendations", items_of(lines_of(own.recommendations)));
    records.list("report.contact", items_of(lines_of(own.contact)));
    records.list("report.background_papers", items_of(lines_of(own.background_papers)));
    // What the partnership calls itself is the same in all reports.
    records.say("plan", own.plan_name.empty() ? of_council.plan_name : own.plan_name);
    records.say("website", own.website.empty() ? of_council.website : own.website);
    records.list("paragraphs.role", items_of(lines_of(own.role_words.empty() ? of_council.role_words
                                                                             : own.role_words)));
}

void add_partnership(Records &records, db::Transaction &tx, const Looking &looking) {
    std::vector<std::string> responsible, other;
    for (const auto &member : partnership::members_on(tx, looking.as_at)) {
        (member.responsible ? responsible : other).push_back(member.name);
    }
    records.list("members.responsible", items_of(responsible));
    records.list("members.other", items_of(other));
    if (const auto chair = partnership::chair_on(tx, looking.as_at)) {
        records.say("chair", fmt::format("{} {}", possessive(chair->organisation), chair->post));
    }
    std::map<std::string, std::vector<std::string>> meetings, themes;
    for (const auto &meeting : partnership::board_meetings_to(tx, looking.as_at)) {
        records.last_meeting = meeting.starts.london_date();
        meetings[year_of(meeting)].push_back(meeting.title);
        if (!meeting.theme.empty()) {
            themes[year_of(meeting)].push_back(in_sentence(meeting.theme));
        }
    }
    for (const auto &[year, titles] : meetings) {
        records.list("meetings." + year, items_of(titles));
        records.count({.key = "meetings." + year,
                       .table = "meeting",
                       .one = "meeting",
                       .many = "meetings",
                       .definition = "Meetings of the board that took place",
                       .filter = "in " + year,
                       .counted = titles},
                      looking);
    }
    for (const auto &[year, of_year] : themes) {
        records.list("themes." + year, items_of(of_year));
        records.count({.key = "themes." + year,
                       .table = "meeting",
                       .one = "theme",
                       .many = "themes",
                       .definition = "Themes of meetings of the board that took place",
                       .filter = "in " + year,
                       .counted = of_year},
                      looking);
    }
}

void add_plan(Records &records, db::Transaction &tx, const Looking &looking) {
    const auto year = plan_year_of(looking.as_at);
    add_priorities(records, tx, year);
    records.list("challenges", items_of(lines_of(plan::challenges_after(tx, year.name()))));
    std::vector<Item> all;
    std::map<std::string, std::vector<Item>, std::less<>> by_group;
    for (const auto &action : plan::actions_of_year(tx, year.name())) {
        if (action.state != "proposed" && action.state != "dropped") {
            all.push_back(item_of(action));
            by_group[action.group].push_back(all.back());
        }
    }
    for (const auto &[stored, name, words] : groups) {
        auto &items = by_group[std::string{stored}];
        if (items.empty()) {
            continue;
        }
        Count count{.key = fmt::format("actions.{}", name),
                    .table = "action",
                    .one = "action",
                    .many = "actions",
                    .definition = "Actions of the plan, but those only proposed and those dropped",
                    .filter = fmt::format("of {} {}", year.name(), words),
                    .counted = {}};
        for (const auto &item : items) {
            count.counted.push_back(item.at("ref") + " " + item.at("title"));
        }
        records.count(count, looking);
        records.list(count.key, std::move(items));
    }
    records.list("actions", std::move(all));
}

void add_posts(Records &records, db::Transaction &tx, const Looking &looking) {
    const auto posts = funding::posts_paid_by(tx, commissioner, looking.as_at);
    if (posts.empty()) {
        return;
    }
    Count count{.key = "posts",
                .table = "funded_post",
                .one = "post",
                .many = "posts",
                .definition = "Posts that agreed grants of the Police and Crime Commissioner pay "
                              "for",
                .filter = {},
                .counted = {}};
    std::vector<Item> items;
    std::vector<std::optional<core::Date>> at_risk_on;
    for (const auto &post : posts) {
        items.push_back({{"text", post.title}, {"title", post.title}});
        if (!post.remit.empty()) {
            items.back().emplace("duties", post.remit);
        }
        count.counted.push_back(post.title);
        at_risk_on.push_back(post.at_risk_on);
    }
    records.count(count, looking);
    records.list(count.key, std::move(items));
    const auto outlook =
        outlook_of(funding::agreed_of(tx, commissioner), at_risk_on, plan_year_of(looking.as_at));
    records.say("funding.commitment", outlook.commitment);
    records.say("funding.risk", outlook.risk);
}

} // namespace wardmote::reports
