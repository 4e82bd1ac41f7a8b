/// GOV.UK form components, first part: button, label, hint, error message, error summary, fieldset,
/// input, password input, textarea, file upload, select.
///
/// Held against govuk-frontend's own fixtures in conformance_test.cpp. Choices and dates are in
/// choices.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/html/content.hpp"

namespace wardmote::html {

struct Button {
    Content text;
    std::string href; ///< makes it a link that looks like a button
    std::string type; ///< empty: "submit"
    std::string name;
    std::string value;
    std::string id;
    bool disabled = false;
    bool hidden = false; ///< until a script shows it
    bool start = false;
    bool start_wraps = false; ///< a start button whose text brings elements of its own
    std::optional<bool> prevent_double_click;
    std::string classes; ///< "govuk-button--secondary"
    Attributes attributes;
};
Html button(const Button &button);

struct Label {
    Content text;
    std::string for_id;
    bool page_heading = false;
    std::string classes;
    Attributes attributes;
};
Html label(const Label &label);

struct Hint {
    Content text;
    std::string id;
    std::string classes;
    Attributes attributes;
};
Html hint(const Hint &hint);

struct ErrorMessage {
    Content text;
    std::string id;
    std::string visually_hidden_text = "Error"; ///< empty: none
    std::string classes;
    Attributes attributes;
};
Html error_message(const ErrorMessage &message);

struct ErrorLine {
    Content text;
    std::string href; ///< "#id" of the field it is about
    Attributes attributes;
};
struct ErrorSummary {
    Content title = "There is a problem";
    Content description;
    std::vector<ErrorLine> errors;
    std::optional<bool> disable_auto_focus;
    std::string classes;
    Attributes attributes;
};
Html error_summary(const ErrorSummary &summary);

struct Legend {
    Content text;
    bool page_heading = false;
    std::string classes;
};
struct Fieldset {
    std::optional<Legend> legend;
    Html content;
    std::string described_by;
    std::string role;
    std::string classes;
    Attributes attributes;
};
Html fieldset(const Fieldset &fieldset);

/// What surrounds the control of one field.
struct FormGroup {
    std::string classes;
    Attributes attributes;
    Content before;
    Content after;
};

/// What every field with one label has.
struct Field {
    std::string name;
    std::string id; ///< empty: the name
    Label label;
    std::optional<Hint> hint;
    std::optional<ErrorMessage> error;
    std::string described_by;
    FormGroup group;
    std::string classes; ///< of the control
    Attributes attributes;
};

struct Affix {
    Content text;
    std::string classes;
    Attributes attributes;
};
struct Input {
    Field field;
    std::string type = "text";
    std::string value;
    std::string input_mode;
    std::string autocomplete;
    std::string autocapitalize;
    std::string pattern;
    std::optional<bool> spellcheck;
    bool disabled = false;
    std::optional<Affix> prefix;
    std::optional<Affix> suffix;
    std::string wrapper_classes;
    Attributes wrapper_attributes;
};
Html input(const Input &input);

struct PasswordInput {
    Field field;
    std::string value;
    std::string autocomplete = "current-password";
};
Html password_input(const PasswordInput &input);

struct Textarea {
    Field field;
    std::string value;
    int rows = 5;
    std::string autocomplete;
    std::optional<bool> spellcheck;
    bool disabled = false;
};
Html textarea(const Textarea &textarea);

struct FileUpload {
    Field field;
    bool multiple = false;
    bool disabled = false;
};
Html file_upload(const FileUpload &upload);

struct SelectItem {
    std::string text;
    std::optional<std::string> value; ///< empty: the text is the value
    std::optional<bool> selected;     ///< empty: when the select's value is this one
    bool disabled = false;
    Attributes attributes;
};
struct Select {
    Field field;
    std::vector<SelectItem> items;
    std::optional<std::string> value; ///< the item with this value is selected
    bool disabled = false;
};
Html select(const Select &select);

} // namespace wardmote::html
