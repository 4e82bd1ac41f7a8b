// What a file leaves open: facts that every record needs and no column brings, and names that mean
// nothing here or several things.
#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/record/import_headings.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/import_pages.hpp"
#include "platform/site/record_kind.hpp"

namespace wardmote::site {

namespace {

constexpr std::size_t most_names = 100;
constexpr std::string_view leave_empty = "-"; ///< an answer: no value has this text

std::string input_name(std::size_t name) {
    return fmt::format("name-{}", name);
}

/// The description of those fields alone.
record::Description part_of(const record::Description &what,
                            const std::vector<record::Field> &fields) {
    auto part = what;
    part.fields = fields;
    part.check = nullptr;
    return part;
}

std::string answer(const record::Mapping &mapping, const record::UnknownName &unknown) {
    const auto field = mapping.answers.find(unknown.field->name);
    if (field == mapping.answers.end()) {
        return {};
    }
    const auto found = field->second.find(record::folded(unknown.name));
    if (found == field->second.end()) {
        return {};
    }
    return found->second.empty() ? std::string{leave_empty} : found->second;
}

struct Gaps {
    std::vector<record::Field> missing;
    record::NameBook names;
    std::vector<record::UnknownName> unknown;
};

/// Also what was answered before, so that it can be mended.
Gaps gaps_of(const record::Description &what, const OpenImport &import,
             const record::References &references) {
    Gaps gaps{.missing = record::missing_fields(what, import.mapping()),
              .names = record::NameBook{what, references},
              .unknown = {}};
    gaps.unknown = record::unknown_names(what, import.sheet(), import.mapping(), gaps.names);
    if (gaps.unknown.size() > most_names) { // those not answered first: the rest comes next time
        std::ranges::stable_partition(gaps.unknown, [&](const record::UnknownName &unknown) {
            return answer(import.mapping(), unknown).empty();
        });
        gaps.unknown.resize(most_names);
    }
    return gaps;
}

html::Html name_select(const Gaps &gaps, std::size_t place, const record::Mapping &mapping) {
    const auto &unknown = gaps.unknown[place];
    html::Select select{.value = answer(mapping, unknown)};
    select.field.name = input_name(place);
    select.field.label.text = fmt::format("{}: “{}”", unknown.field->label, unknown.name);
    select.field.hint = html::Hint{.text = core::counted(unknown.rows, "row", "rows")};
    select.items.push_back({.text = "Not said: these rows are refused", .value = ""});
    if (unknown.field->optional && !unknown.field->rules.required) {
        select.items.push_back({.text = "Leave it empty", .value = std::string{leave_empty}});
    }
    for (const auto &[value, words] : gaps.names.all(*unknown.field)) {
        select.items.push_back({.text = words, .value = value});
    }
    return html::select(select);
}

} // namespace

web::Response ImportPages::gaps_page(const web::Request &request, db::Transaction &tx,
                                     const OpenImport &import, const record::Typed &typed,
                                     const record::Problems &problems) const {
    const auto kinds = visible_kinds(m_site, visit_of(request));
    const record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
    const auto kind = kind_of(m_site, m_what, import);
    const auto gaps = gaps_of(kind.all(), import, references);
    if (gaps.missing.empty() && gaps.unknown.empty()) {
        return web::redirect(address(import.import, "/preview"));
    }
    html::Html fields;
    const auto part = part_of(m_what, gaps.missing);
    if (!gaps.missing.empty()) {
        fields +=
            heading_2("For every row") +
            paragraph("No column of the file says this, so say it once for all that is new.") +
            record::fields(part, typed, problems, references, true, true);
    }
    if (!gaps.unknown.empty()) {
        fields += heading_2("Names that are not known here") +
                  paragraph("Say whom or what each means. It is remembered for the next file with "
                            "these headings.");
        for (std::size_t i = 0; i < gaps.unknown.size(); ++i) {
            fields += name_select(gaps, i, import.mapping());
        }
    }
    auto shown =
        page("What the file leaves open",
             html::form({.action = address(import.import, "/gaps"),
                         .csrf = csrf(request),
                         .fields = fields,
                         .button = "Go on",
                         .cancel = {"Back to the columns", address(import.import, "/columns")},
                         .keeps_draft = false}));
    shown.errors = record::error_lines(part, problems, typed);
    return m_site.page(request, std::move(shown), problems.empty() ? 200 : 422);
}

web::Response ImportPages::ask_gaps(const web::Request &request) const {
    return m_site.database().read(visit_of(request).scope(), [&](db::Transaction &tx) {
        const auto import = draft(tx, request);
        return import ? gaps_page(request, tx, *import, import->mapping().fixed, {}) : missing();
    });
}

web::Response ImportPages::take_gaps(const web::Request &request) const {
    return m_site.database().write(visit_of(request).scope(), [&](db::Transaction &tx) {
        auto import = draft(tx, request);
        if (!import) {
            return missing();
        }
        const auto kinds = visible_kinds(m_site, visit_of(request));
        const record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
        const auto kind = kind_of(m_site, m_what, *import);
        const auto gaps = gaps_of(kind.all(), *import, references);
        auto &mapping = import->import.choices.mapping;
        for (std::size_t i = 0; i < gaps.unknown.size(); ++i) {
            const auto &unknown = gaps.unknown[i];
            const auto said = request.value(input_name(i)).value_or("");
            auto &answers = mapping.answers[std::string{unknown.field->name}];
            const auto name = record::folded(unknown.name);
            answers.erase(name);
            if (said == leave_empty) {
                answers[name] = {};
            } else if (gaps.names.can_mean(*unknown.field, said)) {
                answers[name] = said;
            }
        }
        const auto part = part_of(m_what, gaps.missing);
        const auto parsed = record::parse(part, request.form, references);
        mapping.fixed = parsed.typed;
        if (!parsed.ok()) {
            return gaps_page(request, tx, *import, parsed.typed, parsed.problems);
        }
        store(tx).choose(import->import, import->import.choices);
        return web::redirect(address(import->import, "/preview"));
    });
}

} // namespace wardmote::site
