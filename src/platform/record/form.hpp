/// The form of a record: reads what was typed, says what is wrong with it, and draws it again.
///
/// A date is three inputs (began-day, began-month, began-year), a moment has a fourth (began-time,
/// London time). A field that the form did not send keeps the value it had.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/html/form.hpp"
#include "platform/record/description.hpp"
#include "platform/record/references.hpp"

namespace wardmote::record {

/// What stands in each input, by its name: as typed, right or wrong.
using Typed = std::map<std::string, std::string, std::less<>>;
/// What the inputs show of values that are kept.
Typed typed_of(const Description &what, const Values &values);

struct Parsed {
    Values values; ///< of use only without problems
    Problems problems;
    Typed typed;

    bool ok() const { return problems.empty(); }
};
/// `before`: the values the record has; empty for a new one. Without `reveal` the sensitive fields
/// of a record that there is are not changed, whatever was sent. What was not touched is not
/// judged again.
Parsed parse(const Description &what, std::span<const std::pair<std::string, std::string>> form,
             const References &references, const Values &before = {}, bool reveal = true);

/// What is wrong with values that came by another way than a form: the same rules and sentences.
Problems problems_of(const Description &what, const Values &values, const References &references);

/// All inputs, in the fields' order. Without `reveal` sensitive ones are left out; in the form of a
/// new record (`is_new`) what is asked only once is there too.
html::Html fields(const Description &what, const Typed &typed, const Problems &problems,
                  const References &references, bool reveal = true, bool is_new = false);

/// For the error summary: each leads to the input that is to be mended.
std::vector<html::ErrorLine> error_lines(const Description &what, const Problems &problems,
                                         const Typed &typed);

} // namespace wardmote::record
