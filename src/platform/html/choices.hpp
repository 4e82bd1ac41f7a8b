/// GOV.UK form components, second part: radios, checkboxes and the date input.
///
/// Held against govuk-frontend's own fixtures in conformance_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/html/form.hpp"

namespace wardmote::html {

struct Choice {
    Content text;
    std::string value;
    std::string id;              ///< empty: made from the name and its place
    std::string name;            ///< checkboxes only; empty: that of the group
    std::optional<bool> checked; ///< empty: when its value is among those chosen
    bool disabled = false;
    bool exclusive = false; ///< checkboxes only: "None of these"
    std::optional<Hint> hint;
    std::string label_classes;
    Attributes label_attributes;
    Html conditional;    ///< shown when chosen; always shown without a script
    std::string divider; ///< "or": a line between choices, the rest is then ignored
    Attributes attributes;
};

/// Radios and checkboxes alike.
struct Choices {
    std::string name;
    std::string id_prefix; ///< empty: the name
    std::vector<Choice> items;
    std::vector<std::string> chosen; ///< values; radios use the first
    std::optional<Fieldset> fieldset;
    std::optional<Hint> hint;
    std::optional<ErrorMessage> error;
    std::string described_by; ///< checkboxes without a fieldset
    FormGroup group;
    std::string classes; ///< "govuk-radios--inline"
    Attributes attributes;
};
Html radios(const Choices &choices);
Html checkboxes(const Choices &choices);

struct DatePart {
    std::string name;  ///< "day", "month", "year"
    std::string label; ///< empty: the name with a capital
    std::string id;
    std::string value;
    std::optional<bool> error; ///< empty: wrong if the whole date is and no part is said to be
    std::string input_mode = "numeric";
    std::string autocomplete;
    std::string pattern;
    std::string classes;
    Attributes attributes;
};
struct DateInput {
    std::string id;
    std::string name_prefix;
    std::vector<DatePart> parts; ///< empty: day, month and year
    std::optional<Fieldset> fieldset;
    std::optional<Hint> hint;
    std::optional<ErrorMessage> error;
    FormGroup group;
    std::string classes;
    Attributes attributes;
};
Html date_input(const DateInput &input);

} // namespace wardmote::html
