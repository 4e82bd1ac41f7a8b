/// Drawing the inputs of a record's form.
#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/html/choices.hpp"
#include "platform/record/field_input.hpp"

namespace wardmote::record {

namespace {

constexpr std::size_t most_radios = 6; // more are a select: a page must not be all circles

const Problem *problem_of(const Field &field, const Problems &problems) {
    const auto found = std::ranges::find(problems, field.name, &Problem::field);
    return found == problems.end() ? nullptr : &*found;
}

std::optional<html::ErrorMessage> error(const Problem *problem) {
    return problem == nullptr ? std::nullopt
                              : std::optional{html::ErrorMessage{.text = problem->words}};
}

std::optional<html::Hint> hint(std::string_view words) {
    return words.empty() ? std::nullopt : std::optional{html::Hint{.text = words}};
}

/// Required is the rule; what may be left empty says so.
std::string label(const Field &field) {
    const bool may_be_empty = !is_needed(field) && field.optional;
    return fmt::format("{}{}", field.label, may_be_empty ? " (optional)" : "");
}

html::Field control(const Field &field, const Problem *problem) {
    return {.name = std::string{field.name},
            .label = {.text = label(field)},
            .hint = hint(field.rules.hint),
            .error = error(problem)};
}

html::Fieldset group(const Field &field) {
    return {.legend = html::Legend{.text = label(field), .classes = "govuk-fieldset__legend--s"}};
}

html::Html line(const Field &field, const Typed &typed, const Problem *problem) {
    html::Input input{.field = control(field, problem),
                      .value = std::string{typed_in(typed, field.name)}};
    switch (field.kind) {
    case Kind::email:
        input.type = "email";
        input.autocomplete = "email";
        input.autocapitalize = "none";
        input.spellcheck = false;
        break;
    case Kind::integer:
        input.input_mode = "numeric";
        input.field.classes = "govuk-input--width-10";
        break;
    case Kind::money:
        input.prefix = html::Affix{.text = "£"};
        input.input_mode = "decimal";
        input.field.classes = "govuk-input--width-10";
        break;
    default:
        if (field.rules.max_length <= 20) {
            input.field.classes = "govuk-input--width-20";
        }
    }
    if (field.rules.sensitive) { // what a shared computer should not offer to the next person
        input.autocomplete = "off";
    }
    return html::input(input);
}

html::Html paragraph(const Field &field, const Typed &typed, const Problem *problem) {
    html::Textarea area{.field = control(field, problem),
                        .value = std::string{typed_in(typed, field.name)}};
    const auto limit = fmt::format("You can write up to {} characters.",
                                   core::number(std::int64_t{field.rules.max_length}));
    area.field.hint =
        hint(field.rules.hint.empty() ? limit : fmt::format("{} {}", field.rules.hint, limit));
    return html::textarea(area);
}

html::Html date(const Field &field, const Typed &typed, const Problem *problem) {
    const std::string name{field.name};
    html::DateInput input{.id = name,
                          .name_prefix = name,
                          .fieldset = group(field),
                          .hint = hint(!field.rules.hint.empty() ? field.rules.hint
                                       : field.kind == Kind::moment
                                           ? "For example, 27 3 2015 and 9.30am"
                                           : "For example, 27 3 2015"),
                          .error = error(problem)};
    const auto wrong = wrong_parts(field, typed);
    for (const auto part : parts_of(field)) {
        html::DatePart made{.name = std::string{part},
                            .value = std::string{typed_in(typed, fmt::format("{}-{}", name, part))},
                            .error = problem != nullptr &&
                                     std::ranges::find(wrong, part) != wrong.end()};
        if (part == "time") {
            made.input_mode = "text";
            made.classes = "govuk-input--width-5";
        }
        input.parts.push_back(std::move(made));
    }
    return html::date_input(input);
}

html::Html radios(const Field &field, std::vector<Choice> choices, const Typed &typed,
                  const Problem *problem) {
    html::Choices drawn{.name = std::string{field.name},
                        .chosen = {std::string{typed_in(typed, field.name)}},
                        .fieldset = group(field),
                        .hint = hint(field.rules.hint),
                        .error = error(problem),
                        .classes = field.kind == Kind::yes_no ? "govuk-radios--inline" : ""};
    for (const auto &choice : choices) {
        drawn.items.push_back({.text = choice.words, .value = std::string{choice.value}});
    }
    if (!is_needed(field) && field.optional) { // a radio cannot be let go of again
        drawn.items.push_back({.text = "Not known", .value = ""});
    }
    return html::radios(drawn);
}

html::Html select(const Field &field, std::vector<html::SelectItem> items, const Typed &typed,
                  const Problem *problem) {
    items.insert(items.begin(),
                 {.text = is_needed(field) ? "Choose one" : "Not given", .value = ""});
    return html::select({.field = control(field, problem),
                         .items = std::move(items),
                         .value = std::string{typed_in(typed, field.name)}});
}

html::Html choice(const Field &field, const Typed &typed, const Problem *problem) {
    const auto &choices = field.rules.choices;
    if (choices.size() <= most_radios) {
        return radios(field, {choices.begin(), choices.end()}, typed, problem);
    }
    std::vector<html::SelectItem> items;
    for (const auto &each : choices) {
        items.push_back({.text = std::string{each.words}, .value = std::string{each.value}});
    }
    return select(field, std::move(items), typed, problem);
}

html::Html reference(const Field &field, const Typed &typed, const Problem *problem,
                     const References &references) {
    std::vector<html::SelectItem> items;
    const auto chosen = typed_in(typed, field.name);
    bool there = chosen.empty();
    for (auto &each : references.candidates(field.rules.refers_to)) {
        there = there || each.id == chosen;
        items.push_back({.text = std::move(each.title), .value = std::move(each.id)});
    }
    if (!there) { // removed since, or not for this reader to know: it stays chosen all the same
        const auto found = references.find(field.rules.refers_to, chosen);
        items.push_back({.text = found ? found->title : "Chosen by somebody else",
                         .value = std::string{chosen}});
    }
    return select(field, std::move(items), typed, problem);
}

html::Html drawn(const Field &field, const Typed &typed, const Problem *problem,
                 const References &references) {
    switch (field.kind) {
    case Kind::paragraph:
        return paragraph(field, typed, problem);
    case Kind::date:
    case Kind::moment:
        return date(field, typed, problem);
    case Kind::yes_no:
        return radios(field, {{"yes", "Yes"}, {"no", "No"}}, typed, problem);
    case Kind::choice:
        return choice(field, typed, problem);
    case Kind::reference:
        return reference(field, typed, problem, references);
    default:
        return line(field, typed, problem);
    }
}

} // namespace

html::Html fields(const Description &what, const Typed &typed, const Problems &problems,
                  const References &references, bool reveal, bool is_new) {
    html::Html all;
    for (const auto &field : what.fields) {
        const bool asked = !field.rules.off_forms && (is_new || !field.rules.once);
        if (asked && (reveal || !field.rules.sensitive)) {
            all += drawn(field, typed, problem_of(field, problems), references);
        }
    }
    return all;
}

std::vector<html::ErrorLine> error_lines(const Description &what, const Problems &problems,
                                         const Typed &typed) {
    std::vector<html::ErrorLine> lines;
    for (const auto &problem : problems) {
        std::string href;
        const auto field = std::ranges::find(what.fields, problem.field, &Field::name);
        if (field != what.fields.end()) {
            const auto parts = wrong_parts(*field, typed);
            href = fmt::format("#{}{}{}", field->name, parts.empty() ? "" : "-",
                               parts.empty() ? "" : parts.front());
        }
        lines.push_back({.text = problem.words, .href = std::move(href)});
    }
    return lines;
}

} // namespace wardmote::record
