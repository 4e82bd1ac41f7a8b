// Which column is what: guessed, mended here, and remembered once the file is brought in.
#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/core/text.hpp"
#include "platform/html/typography.hpp"
#include "platform/record/import_headings.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/import_pages.hpp"

namespace wardmote::site {

namespace {

constexpr std::size_t samples_shown = 3;
constexpr std::size_t longest_sample = 60; ///< bytes
constexpr std::size_t rows_offered = 30;   ///< as headings

std::string input_name(std::size_t column) {
    return fmt::format("column-{}", column);
}

/// Cut at a character's start, with a sign that it was.
std::string shortened(const std::string &text, std::size_t most) {
    if (text.size() <= most) {
        return text;
    }
    auto end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) {
        --end;
    }
    return text.substr(0, end) + "…";
}

/// The first few different cells below a heading.
std::vector<std::string> samples(const core::Sheet &sheet, std::size_t heading,
                                 std::size_t column) {
    std::vector<std::string> found;
    for (auto i = heading + 1; i < sheet.rows.size() && found.size() < samples_shown; ++i) {
        const auto &cells = sheet.rows[i].cells;
        if (column < cells.size() && !cells[column].empty()) {
            auto cell = shortened(cells[column], longest_sample);
            if (std::ranges::find(found, cell) == found.end()) {
                found.push_back(std::move(cell));
            }
        }
    }
    return found;
}

/// What stands against these fields: one for two columns, or none that names a record.
record::Problems judged(const record::Description &what, const std::vector<std::string> &fields,
                        const std::vector<std::string> &headings) {
    record::Problems problems;
    std::map<std::string_view, std::size_t> taken;
    for (std::size_t column = 0; column < fields.size(); ++column) {
        if (fields[column].empty()) {
            continue;
        }
        const auto [earlier, first] = taken.emplace(fields[column], column);
        if (!first) {
            problems.push_back(
                {input_name(column),
                 fmt::format("{} and {} cannot both be: {}", headings[earlier->second],
                             headings[column], what.field(fields[column]).label)});
        }
    }
    const auto brings = [&](std::string_view field) {
        return !field.empty() && taken.contains(field);
    };
    if (!brings(what.title) && !brings(what.reference)) {
        problems.push_back(
            {input_name(0), fmt::format("Say which column is: {}", what.field(what.title).label)});
    }
    return problems;
}

} // namespace

html::Html ImportPages::sheet_form(const web::Request &request, const OpenImport &import) const {
    html::Html fields;
    const auto chosen = import.import.choices.sheet;
    if (import.sheets.size() > 1) {
        html::Select select{.value = std::to_string(chosen)};
        select.field.name = "sheet";
        select.field.label.text = "Sheet";
        for (std::size_t i = 0; i < import.sheets.size(); ++i) {
            select.items.push_back({.text = import.sheets[i].name, .value = std::to_string(i)});
        }
        fields += html::select(select);
    }
    html::Select select{.value = std::to_string(import.mapping().heading)};
    select.field.name = "heading";
    select.field.label.text = "Row with the headings";
    const auto &rows = import.sheet().rows;
    for (std::size_t i = 0; i < std::min(rows.size(), rows_offered); ++i) {
        const auto words = fmt::format("{}", fmt::join(rows[i].cells, ", "));
        select.items.push_back(
            {.text = fmt::format("Row {}: {}", rows[i].line, shortened(words, longest_sample)),
             .value = std::to_string(i)});
    }
    fields += html::select(select);
    return html::details({.summary = "The headings stand elsewhere",
                          .text = html::form({.action = address(import.import, "/sheet"),
                                              .csrf = csrf(request),
                                              .fields = fields,
                                              .button = "Read it again",
                                              .button_classes = "govuk-button--secondary",
                                              .keeps_draft = false})});
}

web::Response ImportPages::columns_page(const web::Request &request, const OpenImport &import,
                                        const std::vector<std::string> &fields,
                                        const record::Problems &problems) const {
    const auto &sheet = import.sheet();
    const auto heading = import.mapping().heading;
    const auto headings = record::headings_of(sheet, heading);
    const auto kind = kind_of(m_site, m_what, import);
    const auto known = record::importable_fields(kind.all());
    html::Html selects;
    for (std::size_t column = 0; column < headings.size(); ++column) {
        html::Select select{.value = fields[column]};
        select.field.name = input_name(column);
        select.field.label.text = shortened(headings[column], longest_sample);
        select.field.label.classes = "govuk-label--s";
        const auto seen = samples(sheet, heading, column);
        select.field.hint = html::Hint{
            .text = fmt::format("Column {}{}", record::column_letters(column),
                                seen.empty() ? std::string{", empty"}
                                             : fmt::format(": {}", fmt::join(seen, "; ")))};
        const auto problem =
            std::ranges::find(problems, select.field.name, &record::Problem::field);
        if (problem != problems.end()) {
            select.field.error = html::ErrorMessage{.text = problem->words};
        }
        select.items.push_back({.text = "Do not bring it in", .value = ""});
        for (const auto *field : known) {
            select.items.push_back(
                {.text = std::string{field->label}, .value = std::string{field->name}});
        }
        selects += html::select(select);
    }
    const auto rows = static_cast<std::int64_t>(sheet.rows.size() - heading - 1);
    const auto where =
        sheet.name.empty() ? std::string{} : fmt::format(" of the sheet {}", sheet.name);
    auto content =
        paragraph(fmt::format("{}: {} below the headings in row {}{}. Say what each column is.",
                              import.import.file_name, core::counted(rows, "row", "rows"),
                              sheet.rows[heading].line, where)) +
        sheet_form(request, import) +
        html::form({.action = address(import.import, "/columns"),
                    .csrf = csrf(request),
                    .fields = selects,
                    .button = "Go on",
                    .keeps_draft = false}) +
        html::post_button({.action = address(import.import, "/discarding"),
                           .csrf = csrf(request),
                           .text = "Forget this file",
                           .as_link = true});
    auto shown = page("What each column is", std::move(content));
    shown.errors = error_lines(problems, "column-0");
    return m_site.page(request, std::move(shown), problems.empty() ? 200 : 422);
}

web::Response ImportPages::ask_columns(const web::Request &request) const {
    const auto import = m_site.database().read(
        visit_of(request).scope(), [&](db::Transaction &tx) { return draft(tx, request); });
    return import ? columns_page(request, *import, import->mapping().fields, {}) : missing();
}

web::Response ImportPages::take_sheet(const web::Request &request) const {
    const auto place = [&](std::string_view name, std::size_t count) -> std::optional<std::size_t> {
        const auto number = core::parse_integer(request.value(name).value_or(""));
        return number && *number >= 0 && static_cast<std::uint64_t>(*number) < count
                   ? std::optional{static_cast<std::size_t>(*number)}
                   : std::nullopt;
    };
    return m_site.database().write(visit_of(request).scope(), [&](db::Transaction &tx) {
        const auto import = draft(tx, request);
        if (!import) {
            return missing();
        }
        const auto before = import->import.choices.sheet;
        const auto which = place("sheet", import->sheets.size()).value_or(before);
        const auto &sheet = import->sheets[which];
        auto heading = place("heading", sheet.rows.size());
        if (which != before || !heading) {
            heading = record::heading_row(sheet, m_what);
        }
        auto choices = choices_for(m_site, store(tx), m_what, sheet, *heading);
        choices.sheet = which;
        store(tx).choose(import->import, choices);
        return web::redirect(address(import->import, "/columns"));
    });
}

web::Response ImportPages::take_columns(const web::Request &request) const {
    return m_site.database().write(visit_of(request).scope(), [&](db::Transaction &tx) {
        const auto import = draft(tx, request);
        if (!import) {
            return missing();
        }
        const auto kind = kind_of(m_site, m_what, *import);
        const auto known = record::importable_fields(kind.all());
        auto choices = import->import.choices;
        for (std::size_t column = 0; column < choices.mapping.fields.size(); ++column) {
            const auto field = request.value(input_name(column)).value_or("");
            const bool is_one = std::ranges::any_of(
                known, [&](const record::Field *each) { return each->name == field; });
            choices.mapping.fields[column] = is_one ? field : std::string{};
        }
        const auto headings = record::headings_of(import->sheet(), choices.mapping.heading);
        if (const auto problems = judged(kind.all(), choices.mapping.fields, headings);
            !problems.empty()) {
            return columns_page(request, *import, choices.mapping.fields, problems);
        }
        store(tx).choose(import->import, choices);
        return web::redirect(address(import->import, "/gaps"));
    });
}

} // namespace wardmote::site
