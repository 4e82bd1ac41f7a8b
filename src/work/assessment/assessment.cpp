#include "work/assessment/assessment.hpp"

#include <fmt/format.h>

#include "platform/access/visible.hpp"
#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"
#include "work/assessment/described.hpp"
#include "work/assessment/steps.hpp"

namespace wardmote::assessment {

namespace {

using access::Act;
using access::Need;

/// Which of the six sections are written, and who was asked.
html::Html parts(const Assessment &is, const std::vector<Consulted> &asked) {
    html::DataTable table{.caption = "What regulation 7 asks for",
                          .columns = {{.heading = "Section", .label = "Section"},
                                      {.heading = "State", .label = "State"}}};
    const auto tag = [](bool written) {
        return written ? html::tag({.text = "Written", .classes = "govuk-tag--green"})
                       : html::tag({.text = "Missing", .classes = "govuk-tag--orange"});
    };
    for (const auto &section : sections) {
        table.rows.push_back({.cells = {fmt::format("({}) {}", section.letter, section.words),
                                        tag(!(is.*section.text).empty())}});
    }
    table.rows.push_back({.cells = {"What practitioners say", tag(!is.practitioners.empty())}});
    html::Html items;
    for (const auto &one : asked) {
        items += html::format("<li>{}</li>", html::link({one.title, "/consultations/" + one.id}));
    }
    return html::data_table(table) +
           html::format(R"(<h2 class="govuk-heading-m">Who was asked</h2>{})",
                        items.empty() ? html::Html{R"(<p class="govuk-body">Nobody yet.</p>)"}
                                      : html::format(R"(<ul class="govuk-list">{}</ul>)", items));
}

html::Html below(db::Transaction &tx, const access::Visit &visit, const record::Stored &stored) {
    const auto buttons = site::step_buttons(tx, visit, steered_assessment(), stored);
    html::Html all;
    if (!buttons.empty()) {
        all = html::format(R"(<div class="govuk-button-group">{}</div>)", buttons);
    }
    return all + parts(record::typed<Assessment>(stored).value, consultations_of(tx, stored.id)) +
           html::format(R"(<p class="govuk-body">{}</p>)",
                        html::link({"All consultations", "/consultations"}));
}

} // namespace

void routes(site::Site &site) {
    const html::Link above{"Assessment", "/assessments"};
    site.section({above.text, above.href, Need::to(Act::view, "assessment"), "g a"});
    site.records<Assessment>({.columns = {"title", "year", "state", "approved_on"},
                              .section = above.href,
                              .more = below});
    site.records<Consultation>({.columns = {"title", "kind", "held_on", "assessment"},
                                .section = above.href,
                                .parents = {above}});
    site::add_steps(site, steered_assessment());
}

} // namespace wardmote::assessment
