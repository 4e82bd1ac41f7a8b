// Every row with what will happen, and doing it.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/list.hpp"
#include "platform/html/moj.hpp"
#include "platform/html/navigation.hpp"
#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"
#include "platform/jobs/queue.hpp"
#include "platform/record/show.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/import_pages.hpp"
#include "platform/site/record_kind.hpp"

namespace wardmote::site {

namespace {

using record::Fate;
using record::PlannedRow;

struct FateWords {
    Fate fate;
    std::string_view value; ///< in the address
    std::string_view tag, tag_classes;
};
constexpr FateWords fates[] = {
    {Fate::made, "new", "New", "govuk-tag--green"},
    {Fate::changed, "changed", "Changes", "govuk-tag--blue"},
    {Fate::same, "same", "Nothing new", "govuk-tag--grey"},
    {Fate::refused, "refused", "Refused", "govuk-tag--red"},
};

std::int64_t count(const std::vector<PlannedRow> &rows, Fate fate) {
    return std::ranges::count(rows, fate, &PlannedRow::fate);
}

/// "24 actions will be new, 4 will be changed, 2 rows cannot be brought in."
std::string sentence(const record::Description &what, const std::vector<PlannedRow> &rows) {
    std::vector<std::string> parts;
    const auto add = [&](Fate fate, std::string_view one, std::string_view many,
                         std::string_view then) {
        if (const auto number = count(rows, fate); number > 0) {
            parts.push_back(fmt::format("{} {}", core::counted(number, one, many), then));
        }
    };
    add(Fate::made, what.one, what.many, "will be new");
    add(Fate::changed, what.one, what.many, "will be changed");
    add(Fate::same, "row says", "rows say", "nothing new");
    add(Fate::refused, "row", "rows", "cannot be brought in");
    return parts.empty() ? std::string{"There is no row below the headings."}
                         : core::joined(parts) + ".";
}

html::Html reasons(const record::Description &what, const OpenImport &import,
                   const PlannedRow &row) {
    html::Html items;
    for (const auto &problem : row.problems) {
        items += html::format("<li>{}</li>",
                              record::reason(what, import.sheet(), import.mapping(), row, problem));
    }
    return html::format(R"(<ul class="govuk-list app-small">{}</ul>)", items);
}

/// What a new record will say, in one run of words: there may be many rows to look through.
html::Html said(const record::Description &what, const PlannedRow &row,
                const record::References &references) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < what.fields.size(); ++i) {
        const auto &field = what.fields[i];
        if (!db::is_nothing(row.after[i]) && !field.rules.off_forms && field.name != what.title) {
            // In a file that this person sent, nothing is hidden from them.
            parts.push_back(fmt::format("{}: {}", field.label,
                                        record::in_words(field, row.after[i], references, true)));
        }
    }
    return html::format(R"(<p class="app-small">{}</p>)",
                        fmt::format("{}", fmt::join(parts, "; ")));
}

/// Each field that changes, after and before.
html::Html changes(const record::Description &what, const PlannedRow &row,
                   const record::References &references, bool reveal) {
    const auto or_nothing = [](std::string words) {
        return words.empty() ? std::string{"nothing"} : words;
    };
    html::Html items;
    for (std::size_t i = 0; i < what.fields.size(); ++i) {
        const auto &field = what.fields[i];
        if (row.before[i] != row.after[i]) {
            items += html::format(
                "<li>{}: {}, was {}</li>", field.label,
                or_nothing(record::in_words(field, row.after[i], references, true)),
                or_nothing(record::in_words(field, row.before[i], references, reveal)));
        }
    }
    return html::format(R"(<ul class="govuk-list app-small">{}</ul>)", items);
}

} // namespace

html::Html ImportPages::preview_table(const record::Description &what,
                                      const record::References &references,
                                      const OpenImport &import,
                                      std::span<const PlannedRow *const> rows, bool reveal) const {
    const auto one = core::capitalised(m_what.one);
    html::DataTable table{
        .caption = "Rows of the file",
        .columns = {{.heading = one, .label = one},
                    {.heading = "Row", .label = "Row", .numeric = true},
                    {.heading = "What will happen", .label = "What will happen"},
                    {.heading = "What it says, or why not", .label = "What it says, or why not"}}};
    for (const auto *row : rows) {
        const auto &fate = fates[static_cast<std::size_t>(row->fate)];
        const auto line = std::to_string(import.sheet().rows[row->row].line);
        const auto title = row->title.empty() ? "Row " + line : row->title;
        const auto href =
            row->id.empty() ? std::string{} : fmt::format("{}/{}", m_what.path, row->id);
        html::Html says;
        if (row->fate == Fate::refused) {
            says = reasons(what, import, *row);
        } else if (row->fate == Fate::made) {
            says = said(what, *row, references);
        } else if (row->fate == Fate::changed) {
            says = changes(what, *row, references, reveal);
        }
        table.rows.push_back(
            {.cells = {html::link({title, href}), line,
                       html::tag({.text = fate.tag, .classes = std::string{fate.tag_classes}}),
                       says}});
    }
    return html::data_table(table);
}

web::Response ImportPages::preview(const web::Request &request) const {
    const auto &visit = visit_of(request);
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto import = draft(tx, request);
        if (!import) {
            return missing();
        }
        const auto kind = kind_of(m_site, m_what, *import);
        const auto planned = plan_import(m_site, tx, visit.person, kind, *import);
        const auto kinds = visible_kinds(m_site, visit);
        const record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
        const bool reveal = access::may_somewhere(visit.person, access::Act::reveal, m_what.table);
        const auto here = address(import->import, "/preview");
        const auto asked =
            std::ranges::find(fates, request.query("only").value_or(""), &FateWords::value);
        const auto *only = asked == std::end(fates) ? nullptr : &*asked;

        html::SubNavigation parts{.label = "Rows shown"};
        parts.items.push_back(
            {fmt::format("All rows ({})", planned.size()), here, only == nullptr});
        for (const auto &fate : fates) {
            if (const auto number = count(planned, fate.fate); number > 0) {
                parts.items.push_back({fmt::format("{} ({})", fate.tag, number),
                                       fmt::format("{}?only={}", here, fate.value), &fate == only});
            }
        }
        std::vector<const PlannedRow *> shown;
        for (const auto &row : planned) {
            if (only == nullptr || row.fate == only->fate) {
                shown.push_back(&row);
            }
        }
        const auto total = static_cast<std::int64_t>(shown.size());
        const auto last =
            std::max<std::int64_t>((total + html::rows_a_page - 1) / html::rows_a_page, 1);
        const auto number = std::clamp<std::int64_t>(
            core::parse_integer(request.query("page").value_or("")).value_or(1), 1, last);
        const auto from = static_cast<std::size_t>((number - 1) * html::rows_a_page);
        const auto rows = std::span{shown}.subspan(
            from, std::min<std::size_t>(html::rows_a_page, shown.size() - from));

        const auto good = count(planned, Fate::made) + count(planned, Fate::changed);
        auto content = html::format(R"(<p class="govuk-body-l">{}</p>)", sentence(m_what, planned));
        content += paragraph("Nothing has been written yet.");
        if (count(planned, Fate::refused) > 0) {
            content +=
                paragraph(html::link({"Download the rows that are refused, with the reasons (CSV)",
                                      address(import->import, "/refused.csv")}));
        }
        if (good > 0) {
            content +=
                html::form({.action = address(import->import, "/run"),
                            .csrf = csrf(request),
                            .button = fmt::format("Bring in {}", counted(good)),
                            .cancel = {"Back to the columns", address(import->import, "/columns")},
                            .keeps_draft = false});
        } else {
            content +=
                paragraph(html::link({"Back to the columns", address(import->import, "/columns")}));
        }
        content +=
            html::sub_navigation(parts) +
            preview_table(kind.all(), references, *import, rows, reveal) +
            html::pages_of(static_cast<int>(number), static_cast<int>(last),
                           only == nullptr ? here + "?page="
                                           : fmt::format("{}?only={}&page=", here, only->value));
        content += html::post_button({.action = address(import->import, "/discarding"),
                                      .csrf = csrf(request),
                                      .text = "Forget this file",
                                      .as_link = true});
        m_site.note(request, "list", m_what.table, {},
                    fmt::format(R"({{"import":"{}"}})", import->import.id));
        return m_site.page(request, page("Check what will happen", std::move(content)));
    });
}

web::Response ImportPages::refused(const web::Request &request) const {
    const auto &visit = visit_of(request);
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto import = store(tx).find(m_what.table, request.parameter("import"));
        if (!import) {
            return missing();
        }
        std::string csv;
        if (const auto open = open_import(m_site, tx, m_what, import->id)) {
            const auto kind = kind_of(m_site, m_what, *open);
            csv = record::refused_csv(kind.all(), open->sheet(), open->mapping(),
                                      plan_import(m_site, tx, visit.person, kind, *open));
        } else if (import->created_by == visit.person.id) { // what others sent is theirs
            csv = store(tx).refused(*import);
        } else {
            return missing();
        }
        m_site.note(request, "export", m_what.table, {},
                    fmt::format(R"({{"form":"CSV","import":"{}"}})", import->id));
        return web::download("rows not brought in.csv", "text/csv; charset=utf-8", std::move(csv));
    });
}

web::Response ImportPages::run(const web::Request &request) const {
    const auto &visit = visit_of(request);
    bool waits = false;
    ImportCounts counts;
    std::optional<Import> done;
    m_site.database().write(visit.scope(), [&](db::Transaction &tx) {
        const auto import = draft(tx, request);
        done = import ? std::optional{import->import} : std::nullopt;
        if (!import) {
            return;
        }
        waits = import->sheet().rows.size() - import->mapping().heading - 1 > most_rows_at_once;
        if (waits) {
            store(tx).wait(import->import);
            const nlohmann::json payload{{"table", m_what.table},
                                         {"import", import->import.id},
                                         {"person", visit.person.id}};
            m_site.queue().add(tx, {.kind = std::string{import_kind},
                                    .payload = payload.dump(),
                                    .unique_key = import->import.id});
        } else {
            counts = do_import(m_site, tx, visit.person, kind_of(m_site, m_what, *import), *import,
                               [](std::size_t) {});
        }
    });
    if (!done) {
        return missing();
    }
    return m_site.done(
        request, address(*done),
        waits ? fmt::format("{} is being brought in", done->file_name)
              : fmt::format("{} made, {} changed", counted(counts.made), counts.changed));
}

} // namespace wardmote::site
