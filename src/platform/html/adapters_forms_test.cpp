// How the options of govuk-frontend's fixtures are given to our form components.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "platform/html/choices.hpp"
#include "platform/html/fixtures.hpp"
#include "platform/html/form.hpp"

namespace wardmote::html::fixtures {

namespace {

Html draw_button(const Options &o) {
    Button all;
    all.text = content(o);
    all.href = words(o, "href");
    all.type = words(o, "type");
    all.name = words(o, "name");
    all.value = words(o, "value");
    all.id = words(o, "id");
    all.disabled = truth(o, "disabled");
    all.start = truth(o, "isStartButton");
    all.start_wraps = all.start && truth(o, "html");
    all.prevent_double_click = maybe_truth(o, "preventDoubleClick");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return button(all);
}

Label label_of(const Options &o) {
    return {.text = content(o),
            .for_id = words(o, "for"),
            .page_heading = truth(o, "isPageHeading"),
            .classes = words(o, "classes"),
            .attributes = attributes_of(o)};
}

Html draw_label(const Options &o) {
    return label(label_of(o));
}

std::optional<Hint> hint_of(const Options &o) {
    if (!o.contains("hint") || !o.at("hint").is_object())
        return std::nullopt;
    const auto &given = o.at("hint");
    return Hint{.text = content(given),
                .id = words(given, "id"),
                .classes = words(given, "classes"),
                .attributes = attributes_of(given)};
}

Html draw_hint(const Options &o) {
    return hint({.text = content(o),
                 .id = words(o, "id"),
                 .classes = words(o, "classes"),
                 .attributes = attributes_of(o)});
}

ErrorMessage error_message_of(const Options &o) {
    ErrorMessage all;
    all.text = content(o);
    all.id = words(o, "id");
    if (o.contains("visuallyHiddenText"))
        all.visually_hidden_text = words(o, "visuallyHiddenText");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return all;
}

Html draw_error_message(const Options &o) {
    return error_message(error_message_of(o));
}

std::optional<ErrorMessage> error_of(const Options &o) {
    if (!o.contains("errorMessage") || !o.at("errorMessage").is_object())
        return std::nullopt;
    return error_message_of(o.at("errorMessage"));
}

Html draw_error_summary(const Options &o) {
    ErrorSummary all;
    all.title = content(o, "titleText", "titleHtml");
    all.description = content(o, "descriptionText", "descriptionHtml");
    for (const auto &line : list(o, "errorList"))
        all.errors.push_back({.text = content(line),
                              .href = words(line, "href"),
                              .attributes = attributes_of(line)});
    all.disable_auto_focus = maybe_truth(o, "disableAutoFocus");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return error_summary(all);
}

Fieldset fieldset_of(const Options &o) {
    Fieldset all;
    const auto &legend = part(o, "legend");
    all.legend = Legend{.text = content(legend),
                        .page_heading = truth(legend, "isPageHeading"),
                        .classes = words(legend, "classes")};
    all.content = Html::trusted(words(o, "html")); // govuk-frontend's own markup
    all.described_by = words(o, "describedBy");
    all.role = words(o, "role");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return all;
}

Html draw_fieldset(const Options &o) {
    return fieldset(fieldset_of(o));
}

/// `plural`: radios, checkboxes and dates say "beforeInputs".
FormGroup group_of(const Options &o, bool plural) {
    const auto &group = part(o, "formGroup");
    return {.classes = words(group, "classes"),
            .attributes = attributes_of(group),
            .before = content(part(group, plural ? "beforeInputs" : "beforeInput")),
            .after = content(part(group, plural ? "afterInputs" : "afterInput"))};
}

Field field_of(const Options &o) {
    return {.name = words(o, "name"),
            .id = words(o, "id"),
            .label = label_of(part(o, "label")),
            .hint = hint_of(o),
            .error = error_of(o),
            .described_by = words(o, "describedBy"),
            .group = group_of(o, false),
            .classes = words(o, "classes"),
            .attributes = attributes_of(o)};
}

std::optional<Affix> affix_of(const Options &o, const char *key) {
    const auto &affix = part(o, key);
    if (affix.empty())
        return std::nullopt;
    return Affix{.text = content(affix),
                 .classes = words(affix, "classes"),
                 .attributes = attributes_of(affix)};
}

Html draw_input(const Options &o) {
    Input all;
    all.field = field_of(o);
    if (truth(o, "type"))
        all.type = words(o, "type");
    all.value = words(o, "value");
    all.input_mode = words(o, "inputmode");
    all.autocomplete = words(o, "autocomplete");
    all.autocapitalize = words(o, "autocapitalize");
    all.pattern = words(o, "pattern");
    all.spellcheck = maybe_truth(o, "spellcheck");
    all.disabled = truth(o, "disabled");
    all.prefix = affix_of(o, "prefix");
    all.suffix = affix_of(o, "suffix");
    all.wrapper_classes = words(part(o, "inputWrapper"), "classes");
    all.wrapper_attributes = attributes_of(part(o, "inputWrapper"));
    return input(all);
}

Html draw_password_input(const Options &o) {
    PasswordInput all;
    all.field = field_of(o);
    all.value = words(o, "value");
    if (truth(o, "autocomplete"))
        all.autocomplete = words(o, "autocomplete");
    return password_input(all);
}

Html draw_textarea(const Options &o) {
    return textarea({.field = field_of(o),
                     .value = words(o, "value"),
                     .rows = integer(o, "rows", 5),
                     .autocomplete = words(o, "autocomplete"),
                     .spellcheck = maybe_truth(o, "spellcheck"),
                     .disabled = truth(o, "disabled")});
}

Html draw_file_upload(const Options &o) {
    return file_upload(
        {.field = field_of(o), .multiple = truth(o, "multiple"), .disabled = truth(o, "disabled")});
}

std::optional<std::string> maybe_words(const Options &o, const char *key) {
    if (!o.contains(key))
        return std::nullopt;
    return o.at(key) == false ? "false" : words(o, key);
}

Html draw_select(const Options &o) {
    Select all;
    all.field = field_of(o);
    for (const auto &item : list(o, "items"))
        all.items.push_back({.text = words(item, "text"),
                             .value = maybe_words(item, "value"),
                             .selected = maybe_truth(item, "selected"),
                             .disabled = truth(item, "disabled"),
                             .attributes = attributes_of(item)});
    all.value = maybe_words(o, "value");
    all.disabled = truth(o, "disabled");
    return select(all);
}

Choice choice_of(const Options &o) {
    Choice all;
    all.text = content(o);
    all.value = words(o, "value");
    all.id = words(o, "id");
    all.name = words(o, "name");
    all.checked = maybe_truth(o, "checked");
    all.disabled = truth(o, "disabled");
    all.exclusive = words(o, "behaviour") == "exclusive";
    if (auto given = hint_of(o); given && !given->text.empty())
        all.hint = given;
    all.label_classes = words(part(o, "label"), "classes");
    all.label_attributes = attributes_of(part(o, "label"));
    all.conditional = content(part(o, "conditional"), "html").html();
    if (const auto markup = words(part(o, "conditional"), "html"); !markup.empty())
        all.conditional = Html::trusted(markup); // govuk-frontend's own
    all.divider = words(o, "divider");
    all.attributes = attributes_of(o);
    return all;
}

Choices choices_of(const Options &o) {
    Choices all;
    all.name = words(o, "name");
    all.id_prefix = words(o, "idPrefix");
    for (const auto &item : list(o, "items"))
        all.items.push_back(choice_of(item));
    if (const auto value = words(o, "value"); !value.empty())
        all.chosen.push_back(value);
    if (o.contains("values"))
        for (const auto &value : o.at("values"))
            all.chosen.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    if (o.contains("fieldset"))
        all.fieldset = fieldset_of(part(o, "fieldset"));
    all.hint = hint_of(o);
    all.error = error_of(o);
    all.described_by = words(o, "describedBy");
    all.group = group_of(o, true);
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return all;
}

Html draw_radios(const Options &o) {
    return radios(choices_of(o));
}

Html draw_checkboxes(const Options &o) {
    return checkboxes(choices_of(o));
}

DatePart date_part_of(const Options &o) {
    DatePart all;
    all.name = words(o, "name");
    all.label = words(o, "label");
    all.id = words(o, "id");
    all.value = words(o, "value");
    all.error = maybe_truth(o, "error");
    if (truth(o, "inputmode"))
        all.input_mode = words(o, "inputmode");
    all.autocomplete = words(o, "autocomplete");
    all.pattern = words(o, "pattern");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return all;
}

std::vector<DatePart> date_parts_of(const Options &o) {
    std::vector<DatePart> all;
    for (const auto &item : list(o, "items"))
        all.push_back(date_part_of(item));
    const bool by_items = !all.empty();
    for (const auto *name : {"day", "month", "year"}) {
        if (by_items || (o.contains(name) && o.at(name) == false))
            continue;
        all.push_back(date_part_of(part(o, name)));
        if (all.back().name.empty())
            all.back().name = name;
    }
    const auto prefix = words(o, "namePrefix");
    for (auto &one : all) {
        const auto key = prefix.empty() ? one.name : prefix + "-" + one.name;
        if (one.value.empty())
            one.value = words(part(o, "values"), key.c_str());
        if (one.value.empty() && by_items)
            one.value = words(part(o, one.name.c_str()), "value");
    }
    return all;
}

Html draw_date_input(const Options &o) {
    DateInput all;
    all.id = words(o, "id");
    all.name_prefix = words(o, "namePrefix");
    all.parts = date_parts_of(o);
    if (o.contains("fieldset"))
        all.fieldset = fieldset_of(part(o, "fieldset"));
    all.hint = hint_of(o);
    all.error = error_of(o);
    all.group = group_of(o, true);
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return date_input(all);
}

} // namespace

const std::vector<Adapter> &form_adapters() {
    static const std::vector<Adapter> all = {
        {"button", draw_button},
        {"checkboxes", draw_checkboxes},
        {"date-input", draw_date_input},
        {"error-message", draw_error_message},
        {"error-summary", draw_error_summary},
        {"fieldset", draw_fieldset},
        {"file-upload", draw_file_upload},
        {"hint", draw_hint},
        {"input", draw_input},
        {"label", draw_label},
        {"password-input", draw_password_input},
        {"radios", draw_radios},
        {"select", draw_select},
        {"textarea", draw_textarea},
    };
    return all;
}

} // namespace wardmote::html::fixtures
