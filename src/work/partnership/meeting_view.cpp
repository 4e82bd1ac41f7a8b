// Drawing a meeting: its steps, agenda, papers, who came, and what came of it.
#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"
#include "platform/record/show.hpp"
#include "work/partnership/meeting_pages.hpp"
#include "work/partnership/minutes.hpp"
#include "work/partnership/paper.hpp"

namespace wardmote::partnership {

namespace {

using access::Act;
using html::Html;

Html heading(std::string_view words, std::string_view id) {
    return html::format(R"(<h2 class="govuk-heading-m" id="{}">{}</h2>)", id, words);
}
Html sentence(const html::Content &words) {
    return html::format(R"(<p class="govuk-body">{}</p>)", words.html());
}

class View {
public:
    View(const site::Site &site, const Rules &rules, db::Transaction &tx,
         const access::Visit &visit, const record::Stored &stored, const web::Request *refused)
        : m_site{site}
        , m_rules{rules}
        , m_tx{tx}
        , m_visit{visit}
        , m_refused{refused}
        , m_id{stored.id}
        , m_meeting{record::typed<Meeting>(stored).value}
        , m_may{access::may(visit.person, Act::edit, record::description<Meeting>(), stored)}
        , m_open{m_may && m_meeting.state != MeetingState::minuted &&
                 m_meeting.state != MeetingState::cancelled}
        , m_day{m_meeting.starts.london_date()}
        , m_items{agenda_of(site.keeper(), tx, stored.id)}
        , m_papers{papers_of(tx, stored.id)}
        , m_pack{latest_pack(tx, stored.id)}
        , m_attendance{attendance_of(tx, stored.id)} {}

    Html all() {
        return to_calendar() + steps() + agenda() + pack() + attendance() + carried() + minutes() +
               decisions() + actions();
    }

private:
    Html to_calendar() const {
        return m_meeting.took_place()
                   ? Html{}
                   : html::format(
                         R"(<p class="govuk-body">{}</p>)",
                         html::link({"Add to calendar", meeting_address(m_id, "/meeting.ics")}));
    }

    Html steps() const {
        Html drawn;
        if (!m_may) {
            return drawn;
        }
        const auto state = db::text_of(record::Codec<MeetingState>::to(m_meeting.state));
        for (const auto &choice : law::choices(meeting_lifecycle(), state, secretary_role,
                                               guards_of(m_site.keeper(), m_tx, m_id, m_meeting))) {
            if (!choice.missing.empty()) {
                drawn += html::format(R"(<p class="govuk-hint">{}: {}</p>)", choice.step->button,
                                      core::joined(choice.missing, " "));
                continue;
            }
            html::Form form{.action =
                                meeting_address(m_id, fmt::format("/steps/{}", choice.step->verb)),
                            .csrf = m_visit.csrf,
                            .button = std::string{choice.step->button},
                            .button_classes = "govuk-button--secondary",
                            .keeps_draft = false};
            if (choice.step->reason_needed) {
                html::Input reason;
                reason.field.name = "reason";
                reason.field.label.text = "Why it is cancelled";
                reason.value = typed("reason");
                form.fields = html::input(reason);
                drawn += html::details(
                    {.summary = choice.step->button,
                     .text = html::form(form),
                     .open = is_refused(fmt::format("/steps/{}", choice.step->verb))});
            } else {
                drawn += html::form(form);
            }
        }
        return drawn;
    }

    Html paper_links(std::string_view item) const {
        Html links;
        for (const auto &paper : m_papers) {
            if (paper.item != item) {
                continue;
            }
            const auto page = m_pack ? m_pack->page_of(paper.position) : std::nullopt;
            links += html::format(
                R"(<li>{}{}{}</li>)",
                html::link({paper.title,
                            meeting_address(m_id, fmt::format("/papers/{}", paper.position))}),
                page ? fmt::format(", page {}", *page) : std::string{},
                paper.supplement
                    ? html::format(" {}", html::tag({.text = fmt::format("Late: supplement {}",
                                                                         *paper.supplement),
                                                     .classes = "govuk-tag--orange"}))
                    : Html{});
        }
        return links.empty() ? Html{} : html::format(R"(<ul class="govuk-list">{}</ul>)", links);
    }

    /// Up and down, where there is a place to go to.
    Html place_buttons(const std::string &item, std::string_view title, bool first,
                       bool last) const {
        Html buttons;
        for (const auto &[to, words, none] :
             {std::tuple{"up", "Up", first}, std::tuple{"down", "Down", last}}) {
            if (none) {
                continue;
            }
            buttons += html::post_button(
                {.action = meeting_address(m_id, "/items/" + item + "/place"),
                 .csrf = m_visit.csrf,
                 .hidden = {{"to", to}},
                 .text = html::format(R"({}<span class="govuk-visually-hidden">: {}</span>)", words,
                                      title),
                 .classes = "govuk-button--secondary app-button-s"});
        }
        return html::format(R"(<div class="app-moves">{}</div>)", buttons);
    }

    Html agenda() const {
        auto drawn = heading("Agenda", "agenda");
        if (m_items.empty()) {
            drawn += sentence("Nothing is on the agenda yet.");
        } else {
            html::DataTable table;
            table.columns = {{.heading = "Item", .label = "Item"},
                             {.heading = "For", .label = "For"},
                             {.heading = "Minutes", .label = "Minutes", .numeric = true},
                             {.heading = "Who presents", .label = "Who presents"},
                             {.heading = "Papers", .label = "Papers"}};
            const bool moves = m_open && m_items.size() > 1;
            if (moves) {
                table.columns.push_back({.heading = "Move", .label = "Move"});
            }
            std::size_t number = 0;
            for (const auto &[id, version, item] : m_items) {
                ++number;
                html::DataRow row{
                    .cells = {html::format("{}. {}", number,
                                           html::link({item.title, "/agenda-items/" + id})),
                              item_kinds[static_cast<std::size_t>(item.kind)].words,
                              item.minutes_allotted ? std::to_string(*item.minutes_allotted) : "",
                              item.presenter, paper_links(id)}};
                if (moves) {
                    row.cells.emplace_back(
                        place_buttons(id, item.title, number == 1, number == m_items.size()));
                }
                table.rows.push_back(std::move(row));
            }
            drawn += html::data_table(table);
        }
        if (!m_open) {
            return drawn;
        }
        const auto due = papers_due(m_rules.law, m_day);
        return drawn +
               sentence("Papers are due " + due.words + ". What comes later is marked late.") +
               add_item() + add_paper_form();
    }

    /// What was typed into a form that is shown again.
    std::string typed(std::string_view name) const {
        return m_refused == nullptr ? std::string{} : m_refused->value(name).value_or("");
    }
    /// True when that form is the one that is sent to this address.
    bool is_refused(std::string_view part) const {
        return m_refused != nullptr && m_refused->path == meeting_address(m_id, part);
    }

    Html add_item() const {
        html::Input title;
        title.field.name = "title";
        title.field.label.text = "Title";
        title.value = typed("title");
        html::Select kind;
        kind.field.name = "kind";
        kind.field.label.text = "What it is for";
        kind.value = typed("kind");
        for (const auto &choice : item_kinds) {
            kind.items.push_back(
                {.text = std::string{choice.words}, .value = std::string{choice.value}});
        }
        html::Input minutes;
        minutes.field.name = "minutes_allotted";
        minutes.field.label.text = "Minutes allotted";
        minutes.field.classes = "govuk-input--width-3";
        minutes.input_mode = "numeric";
        minutes.value = typed("minutes_allotted");
        html::Input presenter;
        presenter.field.name = "presenter";
        presenter.field.label.text = "Who presents it";
        presenter.value = typed("presenter");
        return html::details(
            {.summary = "Add an item to the agenda",
             .text = html::form({.action = meeting_address(m_id, "/items"),
                                 .csrf = m_visit.csrf,
                                 .fields = html::input(title) + html::select(kind) +
                                           html::input(minutes) + html::input(presenter),
                                 .button = "Add this item"}),
             .open = is_refused("/items")});
    }

    Html add_paper_form() const {
        if (m_items.empty()) {
            return {};
        }
        html::Select item;
        item.field.name = "item";
        item.field.label.text = "Item";
        item.value = typed("item");
        for (const auto &[id, version, each] : m_items) {
            item.items.push_back({.text = each.title, .value = id});
        }
        html::Input title;
        title.field.name = "paper_title";
        title.field.label.text = "Title of the paper";
        title.value = typed("paper_title");
        html::FileUpload file;
        file.field.name = "file";
        file.field.label.text = "File";
        file.field.hint = html::Hint{.text = "A PDF of up to 25 MB"};
        return html::details(
            {.summary = "Add a paper to an item",
             .text = html::form(
                 {.action = meeting_address(m_id, "/papers"),
                  .csrf = m_visit.csrf,
                  .fields = html::select(item) + html::input(title) + html::file_upload(file),
                  .button = "Add this paper",
                  .sends_files = true,
                  .keeps_draft = false}),
             .open = is_refused("/papers")});
    }

    Html pack() const {
        if (m_papers.empty()) {
            return {};
        }
        auto drawn = heading("Board pack", "pack");
        if (m_pack) {
            const bool current = std::ranges::all_of(m_papers, [&](const Paper &paper) {
                return m_pack->page_of(paper.position).has_value();
            });
            drawn += sentence(html::format(
                "{}, {}.{}",
                html::link({fmt::format("Edition {} (PDF)", m_pack->edition),
                            meeting_address(m_id, fmt::format("/pack/{}", m_pack->edition))}),
                core::counted(m_pack->pages, "page", "pages"),
                current ? "" : " Papers have come since: make a new edition."));
        }
        if (m_open) {
            drawn += html::post_button(
                {.action = meeting_address(m_id, "/pack"),
                 .csrf = m_visit.csrf,
                 .text = m_pack ? "Make a new edition of the pack" : "Make the board pack"});
        }
        return drawn;
    }

    Html attendance() const {
        auto drawn = heading("Who came", "attendance");
        if (m_attendance.empty()) {
            drawn += sentence("Nobody is recorded yet.");
        } else {
            html::DataTable table;
            table.columns = {{.heading = "Person", .label = "Person"},
                             {.heading = "Organisation", .label = "Organisation"},
                             {.heading = "Position that day", .label = "Position that day"},
                             {.heading = "Attendance", .label = "Attendance"}};
            for (const auto &each : m_attendance) {
                table.rows.push_back(
                    {.cells = {each.name, each.organisation_name,
                               each.senior
                                   ? html::format("{} {}", each.post, html::tag({.text = "Senior"}))
                                   : html::text(each.post),
                               presences[static_cast<std::size_t>(each.presence)].words}});
            }
            drawn += html::data_table(table);
            drawn += quorum() + seniority();
        }
        if (m_open) {
            drawn +=
                sentence(html::link({"Record who came", meeting_address(m_id, "/attendance")}));
        }
        return drawn;
    }

    Html quorum() const {
        const auto there = organisations_there(m_attendance);
        if (!m_meeting.quorum) {
            return sentence(
                core::counted(there, "organisation was there.", "organisations were there."));
        }
        return sentence(
            fmt::format("{}, and the quorum is {}: the meeting was {}.",
                        core::counted(there, "organisation was there", "organisations were there"),
                        *m_meeting.quorum, there >= *m_meeting.quorum ? "quorate" : "not quorate"));
    }

    /// Regulation 12(4)(b) asks it of public meetings; a board wants to know it as well.
    Html seniority() const {
        const auto without = authorities_without_senior(m_tx, m_id, m_day);
        return without.empty()
                   ? sentence("Somebody senior was there of every responsible authority.")
                   : sentence(fmt::format("Nobody in a senior position was there of {}.",
                                          core::joined(without)));
    }

    Html log(const std::vector<LoggedAction> &actions) const {
        html::DataTable table;
        table.columns = {{.heading = "What", .label = "What"},
                         {.heading = "Who", .label = "Who"},
                         {.heading = "Due", .label = "Due"},
                         {.heading = "Done", .label = "Done"},
                         {.heading = "Came back", .label = "Came back"}};
        for (const auto &each : actions) {
            table.rows.push_back(
                {.cells = {html::link({each.words, "/board-actions/" + each.id}), each.owner_name,
                           each.due.text(), each.done_on ? each.done_on->text() : "Open",
                           each.carried == 0 ? "Not yet"
                                             : core::counted(each.carried, "time", "times")}});
        }
        return html::data_table(table);
    }

    Html carried() {
        const auto open = carried_into(m_tx, m_id);
        return open.empty()
                   ? Html{}
                   : heading("Carried forward from earlier meetings", "carried") + log(open);
    }

    Html minutes() const {
        Html drawn;
        for (const auto &[id, version, item] : m_items) {
            if (!item.minutes.empty()) {
                drawn += html::format(
                    R"(<h3 class="govuk-heading-s">{}</h3><div class="govuk-body">{}</div>)",
                    item.title,
                    record::shown(record::description<AgendaItem>().field("minutes"),
                                  db::Value{item.minutes}, record::NoReferences{}, true));
            }
        }
        return drawn.empty() ? drawn : heading("Minutes", "minutes") + drawn;
    }

    Html decisions() {
        Html drawn;
        std::int64_t next = 1;
        m_tx.each("select id, number, words from decision where tenant = :tenant "
                  "and meeting = :meeting and removed is null order by number",
                  {{"tenant", m_tx.tenant()}, {"meeting", m_id}}, [&](const db::Row &row) {
                      next = row.integer("number") + 1;
                      drawn += html::format(
                          R"(<li>{}. {}</li>)", row.integer("number"),
                          html::link({row.text("words"), "/decisions/" + row.text("id")}));
                  });
        if (!drawn.empty()) {
            drawn = html::format(R"(<ul class="govuk-list">{}</ul>)", drawn);
        }
        if (m_may && m_meeting.took_place()) {
            drawn += sentence(
                html::link({"Record a decision",
                            fmt::format("/decisions/new?meeting={}&number={}", m_id, next)}));
        }
        return drawn.empty() ? drawn : heading("Decisions", "decisions") + drawn;
    }

    Html actions() {
        const auto agreed = agreed_at(m_tx, m_id);
        Html drawn = agreed.empty() ? Html{} : log(agreed);
        if (m_may && m_meeting.took_place()) {
            drawn +=
                sentence(html::link({"Record an action", "/board-actions/new?meeting=" + m_id}));
        }
        return drawn.empty() ? drawn : heading("Actions agreed here", "actions") + drawn;
    }

    const site::Site &m_site;
    const Rules &m_rules;
    db::Transaction &m_tx;
    const access::Visit &m_visit;
    const web::Request *m_refused; ///< null: nothing was
    std::string m_id;
    Meeting m_meeting;
    bool m_may;
    bool m_open; ///< and its agenda and attendance can still change
    core::Date m_day;
    std::vector<record::Kept<AgendaItem>> m_items;
    std::vector<Paper> m_papers;
    std::optional<Pack> m_pack;
    std::vector<Attendance> m_attendance;
};

} // namespace

html::Html meeting_parts(const site::Site &site, const Rules &rules, db::Transaction &tx,
                         const access::Visit &visit, const record::Stored &stored,
                         const web::Request *refused) {
    return View{site, rules, tx, visit, stored, refused}.all();
}

} // namespace wardmote::partnership
