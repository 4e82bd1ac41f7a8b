// The funding cliff: posts by year, and what a cut takes. The cut stands in the address.
#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/chart/bars.hpp"
#include "platform/html/form.hpp"
#include "platform/html/typography.hpp"
#include "work/funding/cliff_store.hpp"
#include "work/funding/pages.hpp"
#include "work/funding/plan_link.hpp"

namespace wardmote::funding {

namespace {

using access::Act;
using access::Need;

struct Asked {
    std::optional<Cut> cut;
    record::Problems problems;
};

Asked asked_of(const web::Request &request, core::FinancialYear first, core::FinancialYear last) {
    const auto cut = request.query("cut").value_or("");
    const auto from = request.query("from").value_or("");
    if (cut.empty()) {
        return {};
    }
    Asked asked;
    const auto per_cent = core::parse_integer(core::trim(cut));
    const auto year = core::FinancialYear::parse(from);
    if (!per_cent || *per_cent < 0 || *per_cent > 100) {
        asked.problems.push_back({"cut", "Cut must be a whole number of per cent from 0 to 100"});
    }
    if (!year || *year < first || *year > last) {
        asked.problems.push_back({"from", "Choose the first year of the cut"});
    }
    if (asked.problems.empty()) {
        asked.cut = Cut{static_cast<int>(*per_cent), *year};
    }
    return asked;
}

html::Html question(const web::Request &request, core::FinancialYear first,
                    core::FinancialYear last) {
    html::Input cut;
    cut.field.name = "cut";
    cut.field.label.text = "If every funder gave less by";
    cut.field.classes = "govuk-input--width-3";
    cut.input_mode = "numeric";
    cut.suffix = html::Affix{.text = "%"};
    cut.value = request.query("cut").value_or("");
    html::Select from;
    from.field.name = "from";
    from.field.label.text = "From";
    from.value = request.query("from").value_or((first + 1).name());
    for (auto year = first; year <= last; year = year + 1) {
        from.items.push_back({.text = year.name()});
    }
    return html::format(
        R"(<form class="app-bar" action="/funding/cliff" method="get" novalidate>{}{}{}</form>)",
        html::input(cut), html::select(from),
        html::button({.text = "Show what falls", .classes = "app-button-s"}));
}

html::Html tag_of(const PostYear &year, int whole) {
    const auto words = words_of(year, whole);
    const auto coloured = [&](const char *colour) {
        return html::tag({.text = words, .classes = colour});
    };
    switch (year.standing) {
    case Standing::not_begun:
        return html::text(words);
    case Standing::ended:
        return coloured("govuk-tag--grey");
    case Standing::secured:
        return coloured("govuk-tag--green");
    case Standing::at_risk:
        return coloured("govuk-tag--orange");
    case Standing::falls:
        return coloured("govuk-tag--red");
    case Standing::falls_in_part:
        return html::tag({.text = "Falls in part", .classes = "govuk-tag--red"}) +
               html::text(" " + part_of(year, whole) + ",");
    }
    return {};
}

html::Html posts_table(const CliffInput &input, const Cliff &made) {
    html::DataTable table{.caption = "Posts by financial year"};
    table.columns = {{.heading = "Post", .label = "Post"}};
    for (const auto &year : made.years) {
        table.columns.push_back({.heading = year.year.name(), .label = year.year.name()});
    }
    for (const auto &row : made.rows) {
        const auto &post = input.posts[row.post];
        html::DataRow cells{.cells = {html::link({post.title, "/funded-posts/" + post.id})}};
        for (const auto &year : row.years) {
            cells.cells.push_back(year.needed > core::Money{}
                                      ? html::format("{} {}",
                                                     tag_of(year, post.full_time_equivalent),
                                                     year.kept.text())
                                      : tag_of(year, post.full_time_equivalent));
        }
        table.rows.push_back(std::move(cells));
    }
    return html::data_table(table);
}

html::Html money_table(const Cliff &made) {
    html::DataTable table{
        .caption = "Money by financial year",
        .columns = {{.heading = "Year", .label = "Year"},
                    {.heading = "Agreed", .label = "Agreed", .numeric = true},
                    {.heading = "Being agreed", .label = "Being agreed", .numeric = true},
                    {.heading = "Cut", .label = "Cut", .numeric = true}}};
    for (const auto &year : made.years) {
        table.rows.push_back({.cells = {year.year.name(), year.agreed.text(), year.expected.text(),
                                        year.lost.text()}});
    }
    return html::data_table(table);
}

/// Heights only: the sums beside it are in pence.
chart::Chart drawn(const Cliff &made, const std::string &sentence) {
    chart::BarsInput input{.words = {.id = "funding-cliff",
                                     .headline = "What grants give each year",
                                     .subtitle = "Pounds, agreed and being agreed, after the cut",
                                     .source = "Grants kept here",
                                     .subject = "Grants",
                                     .one = "pound",
                                     .many = "pounds"},
                           .step = "Financial year"};
    for (const auto &year : made.years) {
        const auto sum = year.agreed + year.expected;
        input.bars.push_back({.name = year.year.name(),
                              .value = static_cast<double>(sum.pence() / 100),
                              .style = year.expected > core::Money{} ? chart::BarStyle::projected
                                       : year.lost > core::Money{}   ? chart::BarStyle::highlighted
                                                                     : chart::BarStyle::plain,
                              .label = sum.text()});
    }
    auto chart = chart::bars(input);
    chart.sentence = sentence;
    return chart;
}

struct Fallen {
    std::vector<std::string> posts, in_part;
};

Fallen fallen_in(const CliffInput &input, const Cliff &made, core::FinancialYear year) {
    Fallen fallen;
    for (const auto &row : made.rows) {
        for (const auto &each : row.years) {
            if (each.year == year && each.standing == Standing::falls) {
                fallen.posts.push_back(input.posts[row.post].title);
            } else if (each.year == year && each.standing == Standing::falls_in_part) {
                fallen.in_part.push_back(input.posts[row.post].title);
            }
        }
    }
    return fallen;
}

std::string sentence_of(const CliffInput &input, const Cliff &made, const std::optional<Cut> &cut) {
    if (!cut) {
        std::vector<std::string> years;
        for (const auto &year : made.years) {
            years.push_back(
                fmt::format("{} in {}", (year.agreed + year.expected).text(), year.year.name()));
        }
        return fmt::format("Grants give {}.", core::joined(years));
    }
    const auto fallen = fallen_in(input, made, cut->from);
    const auto &year = *std::ranges::find(made.years, cut->from, &CliffYear::year);
    auto words = fmt::format("With {}% less from {}, grants give {} in that year instead of {}. ",
                             cut->per_cent, cut->from.name(), (year.agreed + year.expected).text(),
                             (year.agreed + year.expected + year.lost).text());
    words += fallen.posts.empty()
                 ? "No post falls"
                 : fmt::format("{}: {}",
                               core::counted(static_cast<std::int64_t>(fallen.posts.size()),
                                             "post falls", "posts fall"),
                               core::joined(fallen.posts));
    if (!fallen.in_part.empty()) {
        words += fmt::format("; {} in part", core::joined(fallen.in_part));
    }
    return words + ".";
}

/// The actions of the plan that stand on lines which lose money in the first year of the cut.
html::Html actions_table(db::Transaction &tx, const CliffInput &input, const Cliff &made,
                         const Cut &cut) {
    html::DataTable table{.caption =
                              fmt::format("Actions of the plan that fall from {}", cut.from.name()),
                          .columns = {{.heading = "Action", .label = "Action"},
                                      {.heading = "It stands on", .label = "It stands on"},
                                      {.heading = "What happens", .label = "What happens"}}};
    for (const auto &kept : made.lines) {
        const auto &line = input.lines[kept.line];
        if (kept.year != cut.from || kept.kept == kept.budget) {
            continue;
        }
        const bool gone = kept.kept == core::Money{};
        for (const auto &action : open_actions_of_line(tx, line.title, line.post, line.project)) {
            table.rows.push_back(
                {.cells = {html::link({fmt::format("{} {}", action.ref, action.title),
                                       "/actions/" + action.id}),
                           line.title,
                           gone ? std::string{"Falls: no money is left"}
                                : fmt::format("Falls in part: {} of {} is left", kept.kept.text(),
                                              kept.budget.text())}});
        }
    }
    return heading("Actions that fall") +
           (table.rows.empty() ? paragraph("No action of the plan stands on what falls.")
                               : html::data_table(table));
}

web::Response answer(const site::Site &site, const web::Request &request, core::Date today) {
    return site.database().read(site::visit_of(request).scope(), [&](db::Transaction &tx) {
        const auto input = cliff_input(tx);
        const auto [first, last] = years_of(input, today);
        const auto [cut, problems] = asked_of(request, first, last);
        const auto made = cliff(input, first, last, cut);
        const auto sentence = sentence_of(input, made, cut);
        auto content = html::format(R"(<p class="govuk-body-l">{}</p>)", sentence) +
                       question(request, first, last) + posts_table(input, made);
        if (cut) {
            content += actions_table(tx, input, made, *cut);
        }
        content += chart::figure(drawn(made, sentence), {.sentence = false, .table = false}) +
                   money_table(made) +
                   paragraph("Each grant loses the same share. Its lines are kept in the order the "
                             "partnership has given them, until its money is gone; what a line "
                             "keeps of a post's full time is cut off to the hundredth and never "
                             "rounded up. Grants that are being agreed are at risk.");
        auto page = page_of("The funding cliff", std::move(content));
        page.errors = error_lines(problems);
        return site.page(request, std::move(page), problems.empty() ? 200 : 422);
    });
}

} // namespace

void add_cliff_page(site::Site &site) {
    site.router().get("/funding/cliff", Need::to(Act::view, "funded_post"),
                      [&site](const web::Request &request) {
                          return answer(site, request, site.today(site::visit_of(request)));
                      });
}

} // namespace wardmote::funding
