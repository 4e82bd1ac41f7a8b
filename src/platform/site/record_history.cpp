#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/looks.hpp"
#include "platform/html/moj.hpp"
#include "platform/html/navigation.hpp"
#include "platform/html/table.hpp"
#include "platform/record/show.hpp"
#include "platform/site/record_kind.hpp"

namespace wardmote::site {

namespace {

using access::Act;

std::string act_words(std::string_view act, std::string_view one) {
    static constexpr auto known = std::to_array<std::pair<std::string_view, std::string_view>>({
        {"create", "Added this {}"},
        {"edit", "Changed it"},
        {"remove", "Removed it"},
        {"restore", "Restored it"},
        {"attach", "Added a file"},
        {"remove attachment", "Removed a file"},
        {"restore attachment", "Restored a file"},
        {"purge attachment", "Deleted a file for good"},
        {"add-version", "Added a version"},
        {"grant-access", "Put somebody on its access list"},
        {"withdraw-access", "Took somebody off its access list"},
    });
    for (const auto &[name, words] : known) {
        if (name == act) {
            return fmt::format(fmt::runtime(words), one);
        }
    }
    auto words = core::capitalised(act);
    std::ranges::replace(words, '-', ' ');
    return words;
}

std::string moment_words(const std::string &iso) {
    const auto instant = core::Instant::parse(iso);
    return instant ? instant->text() : iso;
}

} // namespace

web::Response RecordKind::history(const web::Request &request) const {
    const auto &visit = visit_of(request);
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto record = find(tx, request, Act::history);
        if (!record) {
            return missing();
        }
        const auto kinds = visible_kinds(m_site, visit);
        const record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
        html::Timeline timeline;
        for (const auto &change : m_site.keeper().history(tx, m_what, record->id)) {
            html::TimelineItem item{.title = act_words(change.act, m_what.one),
                                    .byline = access::name_of(tx, change.person),
                                    .datetime = change.at,
                                    .date = moment_words(change.at)};
            if (!change.fields.empty()) {
                item.description = html::differences(record::shown_differences(
                    m_what, change.fields, references, may_reveal(visit)));
            }
            timeline.items.push_back(std::move(item));
        }
        m_site.note(request, "history", m_what.table, record->id);
        return m_site.page(request,
                           record_page(tx, visit, *record, "/history", html::timeline(timeline)));
    });
}

web::Response RecordKind::seen(const web::Request &request) const {
    const auto &visit = visit_of(request);
    m_site.seen().flush(); // the page must show what happened a moment ago
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto record = find(tx, request, Act::seen);
        if (!record) {
            return missing();
        }
        const auto page = std::max<std::int64_t>(
            1, core::parse_integer(request.query("page").value_or("1")).value_or(1));
        const auto looks = access::looks_at(tx, m_what.table, record->id, page, html::rows_a_page);
        html::DataTable table;
        table.caption = html::format(R"(<span class="govuk-visually-hidden">{}</span>)",
                                     "Who has looked, latest first");
        table.columns = {{.heading = "Who", .label = "Who"},
                         {.heading = "What they did", .label = "What they did"},
                         {.heading = "When", .label = "When"}};
        for (const auto &look : looks.looks) {
            table.rows.push_back(
                {.cells = {look.name, access::act_in_words(look.act), moment_words(look.at)}});
        }
        auto content = html::format(R"(<p class="govuk-body">{}</p>)",
                                    fmt::format("This {} was looked at {}.", m_what.one,
                                                core::counted(looks.total, "time", "times")));
        if (!looks.looks.empty()) {
            content += html::data_table(table);
        }
        content += html::pages_of(
            static_cast<int>(page),
            static_cast<int>((looks.total + html::rows_a_page - 1) / html::rows_a_page), "?page=");
        m_site.note(request, "seen", m_what.table, record->id);
        return m_site.page(request, record_page(tx, visit, *record, "/seen", std::move(content)));
    });
}

} // namespace wardmote::site
