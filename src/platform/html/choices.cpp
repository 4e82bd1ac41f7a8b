#include "platform/html/choices.hpp"

#include <algorithm>

#include "platform/html/field_parts.hpp"

namespace wardmote::html {

namespace {

/// The names radios and checkboxes differ in.
struct Kind {
    std::string block; ///< "govuk-radios"
    Literal type;      ///< "radio"
};

struct Drawn {
    std::string id;
    std::string name;
    bool checked = false;
    std::string described_by;
};

Html choice_hint(const Kind &kind, const Choice &choice, const std::string &id) {
    if (!choice.hint)
        return {};
    auto drawn = *choice.hint;
    drawn.id = id + "-item-hint";
    drawn.classes = classes(kind.block + "__hint", drawn.classes);
    return hint(drawn);
}

Html choice_item(const Kind &kind, const Choice &choice, const Drawn &drawn) {
    const auto conditional_id = "conditional-" + drawn.id;
    const bool more = !choice.conditional.empty();
    const auto control = format(
        R"(<input class="{}__input" id="{}" name="{}" type="{}" value="{}"{}{}{}{}{}{}>)",
        kind.block, drawn.id, drawn.name, Html{kind.type}, choice.value,
        drawn.checked ? Html{" checked"} : Html{}, choice.disabled ? Html{" disabled"} : Html{},
        more ? attribute_if("data-aria-controls", conditional_id) : Html{},
        choice.exclusive ? Html{R"( data-behaviour="exclusive")"} : Html{},
        attribute_if("aria-describedby", drawn.described_by), attributes(choice.attributes));
    const auto words = label({.text = choice.text,
                              .for_id = drawn.id,
                              .page_heading = false,
                              .classes = classes(kind.block + "__label", choice.label_classes),
                              .attributes = choice.label_attributes});
    auto all = format(R"(<div class="{}__item">{}{}{}</div>)", kind.block, control, words,
                      choice_hint(kind, choice, drawn.id));
    if (more)
        all += format(R"(<div class="{}" id="{}">{}</div>)",
                      classes(kind.block + "__conditional",
                              drawn.checked ? "" : kind.block + "__conditional--hidden"),
                      conditional_id, choice.conditional);
    return all;
}

Html choices(const Kind &kind, const Choices &choices, bool many) {
    const auto &prefix = choices.id_prefix.empty() ? choices.name : choices.id_prefix;
    auto outer = choices.described_by;
    if (choices.fieldset && !choices.fieldset->described_by.empty())
        outer = choices.fieldset->described_by;
    const auto described = describe(prefix, choices.hint, choices.error, outer);

    Html items;
    for (std::size_t i = 0; i < choices.items.size(); ++i) {
        const auto &choice = choices.items[i];
        if (!choice.divider.empty()) {
            items += format(R"(<div class="{}__divider">{}</div>)", kind.block, choice.divider);
            continue;
        }
        Drawn drawn;
        drawn.id = !choice.id.empty() ? choice.id
                   : i == 0           ? prefix
                                      : prefix + "-" + std::to_string(i + 1);
        drawn.name = many && !choice.name.empty() ? choice.name : choices.name;
        drawn.checked = choice.checked.value_or(std::ranges::find(choices.chosen, choice.value) !=
                                                choices.chosen.end());
        // Without a fieldset, nothing else carries what describes the group of checkboxes.
        if (many && !choices.fieldset)
            drawn.described_by = described.by;
        if (choice.hint)
            drawn.described_by = classes(drawn.described_by, drawn.id + "-item-hint");
        items += choice_item(kind, choice, drawn);
    }
    const auto list =
        format(R"(<div class="{}"{} data-module="{}">{}{}{}</div>)",
               classes(kind.block, choices.classes), attributes(choices.attributes), kind.block,
               choices.group.before.html(), items, choices.group.after.html());
    auto inside = described.markup + list;
    if (choices.fieldset) {
        auto around = *choices.fieldset;
        around.described_by = described.by;
        around.content = inside;
        inside = fieldset(around);
    }
    return form_group(choices.group, choices.error.has_value(), inside);
}

} // namespace

Html radios(const Choices &all) {
    return choices({.block = "govuk-radios", .type = "radio"}, all, false);
}

Html checkboxes(const Choices &all) {
    return choices({.block = "govuk-checkboxes", .type = "checkbox"}, all, true);
}

namespace {

std::string capitalised(std::string word) {
    if (!word.empty() && word.front() >= 'a' && word.front() <= 'z')
        word.front() = static_cast<char>(word.front() - 'a' + 'A');
    return word;
}

Html date_part(const DateInput &date, const DatePart &part, bool any_error) {
    const bool has = part.classes.find("govuk-input--error") != std::string::npos;
    std::string names = "govuk-date-input__input";
    // When no part is said to be wrong, the error is about all of them.
    if (!has && part.error.value_or(date.error && !any_error))
        names += " govuk-input--error";
    if (part.classes.find("govuk-input--width-") == std::string::npos)
        names += part.name.ends_with("year") ? " govuk-input--width-4" : " govuk-input--width-2";
    Input all;
    all.field.label.text = part.label.empty() ? capitalised(part.name) : part.label;
    all.field.label.classes = "govuk-date-input__label";
    all.field.id = part.id.empty() ? date.id + "-" + part.name : part.id;
    all.field.name = date.name_prefix.empty() ? part.name : date.name_prefix + "-" + part.name;
    all.field.classes = classes(names, part.classes);
    all.field.attributes = part.attributes;
    all.value = part.value;
    all.input_mode = part.input_mode;
    all.autocomplete = part.autocomplete;
    all.pattern = part.pattern;
    return format(R"(<div class="govuk-date-input__item">{}</div>)", input(all));
}

} // namespace

Html date_input(const DateInput &date) {
    auto parts = date.parts;
    if (parts.empty()) {
        parts.resize(3);
        parts[0].name = "day";
        parts[1].name = "month";
        parts[2].name = "year";
    }
    const bool any_error = std::ranges::any_of(parts, [](const DatePart &part) {
        return part.error.value_or(false) ||
               part.classes.find("govuk-input--error") != std::string::npos;
    });
    const auto described = describe(date.id, date.hint, date.error,
                                    date.fieldset ? date.fieldset->described_by : std::string{});
    Html items;
    for (const auto &part : parts)
        items += date_part(date, part, any_error);
    auto inside =
        described.markup + format(R"(<div class="{}"{}{}>{}{}{}</div>)",
                                  classes("govuk-date-input", date.classes),
                                  attributes(date.attributes), attribute_if("id", date.id),
                                  date.group.before.html(), items, date.group.after.html());
    if (date.fieldset) {
        auto around = *date.fieldset;
        around.described_by = described.by;
        around.role = "group"; // or JAWS does not read the description of a group of text inputs
        around.content = inside;
        inside = fieldset(around);
    }
    return form_group(date.group, date.error.has_value(), inside);
}

} // namespace wardmote::html
