#include "platform/html/form.hpp"

#include "platform/html/field_parts.hpp"

namespace wardmote::html {

Html button(const Button &button) {
    constexpr Literal icon{
        R"(<svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" )"
        R"(height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false">)"
        R"(<path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/></svg>)"};
    const auto names =
        classes(classes("govuk-button", button.classes), button.start ? "govuk-button--start" : "");
    const auto common = format(
        R"( class="{}" data-module="govuk-button"{}{}{})", names, attributes(button.attributes),
        button.hidden ? Html{" hidden"} : Html{}, attribute_if("id", button.id));
    auto inside =
        button.start_wraps ? format("<span>{}</span>", button.text.html()) : button.text.html();
    if (button.start)
        inside += icon;
    if (!button.href.empty())
        return format(R"(<a href="{}" role="button" draggable="false"{}>{}</a>)", button.href,
                      common, inside);
    return format(
        R"(<button type="{}"{}{}{}{}{}>{}</button>)", button.type.empty() ? "submit" : button.type,
        attribute_if("value", button.value), attribute_if("name", button.name),
        button.disabled ? Html{R"( disabled aria-disabled="true")"} : Html{},
        truth_if("data-prevent-double-click", button.prevent_double_click), common, inside);
}

namespace {

const std::string &id_of(const Field &field) {
    return field.id.empty() ? field.name : field.id;
}

/// Label, hint and error above a control; `control` is given the ids that describe it.
template <typename Control>
Html field_group(const Field &field, Control control) {
    auto named = field.label;
    named.for_id = id_of(field);
    const auto described = describe(id_of(field), field.hint, field.error, field.described_by);
    return form_group(field.group, field.error.has_value(),
                      label(named) + described.markup + control(described.by));
}

Html disabled_if(bool disabled) {
    return disabled ? Html{" disabled"} : Html{};
}

Html affix(const std::optional<Affix> &affix, Literal kind) {
    if (!affix || affix->text.empty())
        return {};
    return format(R"(<div class="{}" aria-hidden="true"{}>{}</div>)",
                  classes("govuk-input__" + std::string{kind.view()}, affix->classes),
                  attributes(affix->attributes), affix->text.html());
}

Html input_element(const Input &input, const std::string &described_by) {
    const auto &field = input.field;
    const auto names =
        classes(classes("govuk-input", field.classes), field.error ? "govuk-input--error" : "");
    return format(R"(<input class="{}" id="{}" name="{}" type="{}"{}{}{}{}{}{}{}{}{}>)", names,
                  id_of(field), field.name, input.type, truth_if("spellcheck", input.spellcheck),
                  attribute_if("value", input.value), disabled_if(input.disabled),
                  attribute_if("aria-describedby", described_by),
                  attribute_if("autocomplete", input.autocomplete),
                  attribute_if("autocapitalize", input.autocapitalize),
                  attribute_if("pattern", input.pattern),
                  attribute_if("inputmode", input.input_mode), attributes(field.attributes));
}

} // namespace

Html input(const Input &input) {
    return field_group(input.field, [&](const std::string &described_by) {
        const auto element = input_element(input, described_by);
        const auto inside = input.field.group.before.html() + affix(input.prefix, "prefix") +
                            element + affix(input.suffix, "suffix") +
                            input.field.group.after.html();
        if (inside == element)
            return element;
        return format(R"(<div class="{}"{}>{}</div>)",
                      classes("govuk-input__wrapper", input.wrapper_classes),
                      attributes(input.wrapper_attributes), inside);
    });
}

Html password_input(const PasswordInput &password) {
    Input all;
    all.field = password.field;
    all.field.classes = classes("govuk-password-input__input govuk-js-password-input-input",
                                password.field.classes);
    auto &group = all.field.group;
    group.classes = classes("govuk-password-input", group.classes);
    group.attributes.insert(group.attributes.begin(), {"data-module", "govuk-password-input"});
    Button toggle;
    toggle.text = "Show";
    toggle.type = "button";
    toggle.classes = "govuk-button--secondary govuk-password-input__toggle "
                     "govuk-js-password-input-toggle";
    toggle.attributes = {{"aria-controls", id_of(all.field)}, {"aria-label", "Show password"}};
    toggle.hidden = true; // a script shows it; without one it could do nothing
    group.after = button(toggle) + group.after.html();
    all.wrapper_classes = "govuk-password-input__wrapper";
    all.type = "password";
    all.value = password.value;
    all.spellcheck = false;
    all.autocapitalize = "none";
    all.autocomplete = password.autocomplete;
    return input(all);
}

Html textarea(const Textarea &textarea) {
    const auto &field = textarea.field;
    return field_group(field, [&](const std::string &described_by) {
        const auto names = classes(
            classes("govuk-textarea", field.error ? "govuk-textarea--error" : ""), field.classes);
        return field.group.before.html() +
               format(R"(<textarea class="{}" id="{}" name="{}" rows="{}"{}{}{}{}{}>{}</textarea>)",
                      names, id_of(field), field.name, textarea.rows,
                      truth_if("spellcheck", textarea.spellcheck), disabled_if(textarea.disabled),
                      attribute_if("aria-describedby", described_by),
                      attribute_if("autocomplete", textarea.autocomplete),
                      attributes(field.attributes), textarea.value) +
               field.group.after.html();
    });
}

Html file_upload(const FileUpload &upload) {
    const auto &field = upload.field;
    return field_group(field, [&](const std::string &described_by) {
        const auto names = classes(classes("govuk-file-upload", field.classes),
                                   field.error ? "govuk-file-upload--error" : "");
        return field.group.before.html() +
               format(R"(<input class="{}" id="{}" name="{}" type="file"{}{}{}{}>)", names,
                      id_of(field), field.name, disabled_if(upload.disabled),
                      upload.multiple ? Html{" multiple"} : Html{},
                      attribute_if("aria-describedby", described_by),
                      attributes(field.attributes)) +
               field.group.after.html();
    });
}

namespace {

Html option(const SelectItem &item, const std::optional<std::string> &chosen) {
    const bool selected = item.selected.value_or(chosen && !chosen->empty() &&
                                                 item.value.value_or(item.text) == *chosen);
    // An empty value must still be written: it is what "choose one" sends.
    const auto value = item.value ? format(R"( value="{}")", *item.value) : Html{};
    return format(R"(<option{}{}{}{}>{}</option>)", value, selected ? Html{" selected"} : Html{},
                  disabled_if(item.disabled), attributes(item.attributes), item.text);
}

} // namespace

Html select(const Select &select) {
    const auto &field = select.field;
    Html options;
    for (const auto &item : select.items)
        options += option(item, select.value);
    return field_group(field, [&](const std::string &described_by) {
        const auto names = classes(classes("govuk-select", field.classes),
                                   field.error ? "govuk-select--error" : "");
        return field.group.before.html() +
               format(R"(<select class="{}" id="{}" name="{}"{}{}{}>{}</select>)", names,
                      id_of(field), field.name, disabled_if(select.disabled),
                      attribute_if("aria-describedby", described_by), attributes(field.attributes),
                      options) +
               field.group.after.html();
    });
}

} // namespace wardmote::html
