#include "platform/record/import_rows.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/core/text.hpp"
#include "platform/record/field_input.hpp"
#include "platform/record/import_headings.hpp"

namespace wardmote::record {

namespace {

std::string_view cell_at(const core::SheetRow &row, std::size_t column) {
    return column < row.cells.size() ? std::string_view{row.cells[column]} : std::string_view{};
}

/// The column that brings a field; nothing when none does.
std::optional<std::size_t> column_of(const Mapping &mapping, std::string_view field) {
    const auto found = std::ranges::find(mapping.fields, field);
    return field.empty() || found == mapping.fields.end()
               ? std::nullopt
               : std::optional{static_cast<std::size_t>(found - mapping.fields.begin())};
}

/// What tells a record from its neighbours: where it is named, and by which of its two names.
std::string key(std::string_view within, std::string_view field, std::string_view name) {
    return fmt::format("{}\n{}\n{}", within, field, folded(name));
}

/// The records that are here, and those that earlier rows of the file have named, by key.
class Known {
public:
    Known(const Description &what, std::span<const Stored> existing)
        : m_what{what} {
        for (const auto &record : existing) {
            const auto within =
                what.within.empty() ? Value{} : record.values[what.index(what.within)];
            for (const auto name : {what.reference, what.title}) {
                if (!name.empty()) {
                    m_records.emplace(key(db::text_of(within), name,
                                          db::text_of(record.values[what.index(name)])),
                                      &record);
                }
            }
        }
    }

    struct Match {
        const Stored *record = nullptr; ///< null: there is none
        std::string problem;
    };
    /// `form` is what the row says; it has the id of what it is within as a form has it.
    Match match(const std::map<std::string_view, std::string_view> &form, std::uint64_t line) {
        const auto said = [&](std::string_view field) {
            const auto found = form.find(field);
            return found == form.end() ? std::string_view{} : found->second;
        };
        const auto by = !said(m_what.reference).empty() ? m_what.reference : m_what.title;
        const auto name = said(by);
        if (name.empty()) {
            return {};
        }
        auto one = key(said(m_what.within), by, name);
        const auto [from, to] = m_records.equal_range(one);
        if (std::distance(from, to) > 1) {
            return {nullptr, fmt::format("Several {} here are called “{}”", m_what.many, name)};
        }
        const auto *record = from == to ? nullptr : from->second;
        if (const auto [earlier, first] = m_lines.emplace(record ? record->id : one, line);
            !first) {
            return {nullptr, fmt::format("Row {} is the same {}", earlier->second, m_what.one)};
        }
        return {record, {}};
    }

private:
    const Description &m_what;
    std::multimap<std::string, const Stored *, std::less<>> m_records;
    std::map<std::string, std::uint64_t> m_lines;
};

struct RowForm {
    std::vector<std::pair<std::string, std::string>> inputs;
    Problems problems;
};

RowForm form_of(const Description &what, const core::SheetRow &row, const Mapping &mapping,
                const NameBook &names) {
    RowForm form;
    for (std::size_t column = 0; column < mapping.fields.size(); ++column) {
        if (mapping.fields[column].empty()) {
            continue;
        }
        const auto &field = what.field(mapping.fields[column]);
        auto input = cell_input(field, cell_at(row, column), names);
        if (!input.problem.empty()) {
            form.problems.push_back({mapping.fields[column], std::move(input.problem)});
        }
        std::ranges::move(input.inputs, std::back_inserter(form.inputs));
    }
    return form;
}

/// The form's own judgement; of a field that could not be read at all, that is the reason.
void judge(const Description &what, RowForm &form, const References &references, const Stored *here,
           const ImportRules &rules, PlannedRow &planned) {
    if (here != nullptr && !rules.may_change(*here)) {
        planned.problems.push_back({{}, fmt::format("This {} is not yours to change", what.one)});
        return;
    }
    const auto before = here == nullptr ? Values{} : here->values;
    auto parsed = parse(what, form.inputs, references, before);
    planned.problems = std::move(form.problems);
    for (auto &problem : parsed.problems) {
        const bool told = std::ranges::any_of(
            planned.problems, [&](const Problem &known) { return known.field == problem.field; });
        if (!told) {
            planned.problems.push_back(std::move(problem));
        }
    }
    if (planned.problems.empty()) {
        planned.problems = rules.guard(here, parsed.values);
    }
    planned.after = std::move(parsed.values);
    if (planned.problems.empty()) {
        planned.fate = here == nullptr                 ? Fate::made
                       : planned.after == here->values ? Fate::same
                                                       : Fate::changed;
    }
}

} // namespace

std::vector<PlannedRow> plan_rows(const Description &what, const core::Sheet &sheet,
                                  const Mapping &mapping, const References &references,
                                  std::span<const Stored> existing, const ImportRules &rules) {
    const NameBook names{what, references, mapping.answers};
    Known known{what, existing};
    const auto title = column_of(mapping, what.title);
    std::vector<PlannedRow> planned;
    for (auto i = mapping.heading + 1; i < sheet.rows.size(); ++i) {
        const auto &row = sheet.rows[i];
        auto &made = planned.emplace_back(PlannedRow{.row = i});
        made.title = title ? cell_at(row, *title) : std::string_view{};
        if (!row.problem.empty()) {
            made.problems.push_back({{}, fmt::format("The row cannot be read: {}", row.problem)});
            continue;
        }
        auto form = form_of(what, row, mapping, names);
        std::map<std::string_view, std::string_view> said;
        said.insert(form.inputs.begin(), form.inputs.end());
        said.insert(mapping.fixed.begin(), mapping.fixed.end()); // where no cell says other
        auto match = known.match(said, row.line);
        if (!match.problem.empty()) {
            made.problems.push_back({{}, std::move(match.problem)});
            continue;
        }
        if (match.record != nullptr) {
            made.id = match.record->id;
            made.version = match.record->version;
            made.before = match.record->values;
        } else {
            // Not assigned in place: `said` looks into what it would replace.
            form.inputs =
                std::vector<std::pair<std::string, std::string>>{said.begin(), said.end()};
        }
        judge(what, form, references, match.record, rules, made);
    }
    return planned;
}

std::vector<UnknownName> unknown_names(const Description &what, const core::Sheet &sheet,
                                       const Mapping &mapping, const NameBook &names) {
    std::vector<UnknownName> unknown;
    std::map<std::pair<std::string_view, std::string>, std::size_t> places;
    for (auto i = mapping.heading + 1; i < sheet.rows.size(); ++i) {
        for (std::size_t column = 0; column < mapping.fields.size(); ++column) {
            if (mapping.fields[column].empty()) {
                continue;
            }
            const auto &field = what.field(mapping.fields[column]);
            const auto cell = cell_at(sheet.rows[i], column);
            if (!cell_input(field, cell, names).unknown) {
                continue;
            }
            const auto [place, first] =
                places.emplace(std::pair{field.name, folded(cell)}, unknown.size());
            if (first) {
                unknown.push_back({&field, std::string{cell}, 0});
            }
            ++unknown[place->second].rows;
        }
    }
    return unknown;
}

std::vector<Field> missing_fields(const Description &what, const Mapping &mapping) {
    std::vector<Field> missing;
    for (const auto *field : importable_fields(what)) {
        if (is_needed(*field) && !column_of(mapping, field->name)) {
            missing.push_back(*field);
        }
    }
    return missing;
}

std::string reason(const Description &what, const core::Sheet &sheet, const Mapping &mapping,
                   const PlannedRow &row, const Problem &problem) {
    const auto column = column_of(mapping, problem.field);
    if (!column) {
        return problem.words;
    }
    const auto cell = cell_at(sheet.rows[row.row], *column);
    return cell.empty()
               ? fmt::format("{}, column {}, is empty: {}", what.field(problem.field).label,
                             column_letters(*column), problem.words)
               : fmt::format("{}, column {}, “{}”: {}", what.field(problem.field).label,
                             column_letters(*column), cell, problem.words);
}

std::string refused_csv(const Description &what, const core::Sheet &sheet, const Mapping &mapping,
                        std::span<const PlannedRow> rows) {
    auto cells = headings_of(sheet, mapping.heading);
    // Of a file that is itself one of refused rows, the old reasons go.
    std::erase_if(cells, [](const std::string &heading) {
        return heading == row_heading || heading == reason_heading;
    });
    const auto width = cells.size();
    cells.emplace_back(row_heading);
    cells.emplace_back(reason_heading);
    auto csv = core::csv_line(cells);
    for (const auto &row : rows) {
        if (row.fate != Fate::refused) {
            continue;
        }
        std::vector<std::string> reasons;
        for (const auto &problem : row.problems) {
            reasons.push_back(reason(what, sheet, mapping, row, problem));
        }
        const auto &read = sheet.rows[row.row];
        cells = read.cells;
        cells.resize(width);
        cells.push_back(std::to_string(read.line));
        cells.push_back(fmt::format("{}", fmt::join(reasons, ". ")));
        csv += core::csv_line(cells);
    }
    return csv;
}

} // namespace wardmote::record
