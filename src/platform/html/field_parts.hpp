/// The parts every field shares: the group around it, its label, hint and error, and what it is
/// described by. Used by the form components only.
#pragma once

#include <string>

#include "platform/html/form.hpp"

namespace wardmote::html {

/// The hint and the error of a field, drawn, and the ids a control names in aria-describedby.
struct Described {
    Html markup;
    std::string by; ///< ids separated by spaces
};
Described describe(const std::string &id, const std::optional<Hint> &hint,
                   const std::optional<ErrorMessage> &error, std::string described_by);

/// `<div class="govuk-form-group ...">`.
Html form_group(const FormGroup &group, bool has_error, const Html &inside);

/// "on" and "off" as HTML writes them; nothing when it is not said.
Html truth_if(Literal name, std::optional<bool> value);

} // namespace wardmote::html
