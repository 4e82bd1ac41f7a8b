/// How one field is typed: the inputs it has, what stands in them, and what they mean; inside
/// record/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/record/form.hpp"

namespace wardmote::record {

/// The names of its inputs: "title", or "began-day", "began-month", "began-year".
std::vector<std::string> inputs_of(const Field &field);
/// "day", "month", "year", and "time" of a moment; empty for a field of one input.
std::vector<std::string_view> parts_of(const Field &field);
/// Those of its parts that are to be mended, when something is wrong with it.
std::vector<std::string_view> wrong_parts(const Field &field, const Typed &typed);

/// What its inputs show of a value.
void type(const Field &field, const Value &value, Typed &typed);
/// What stands in an input; empty when nothing does.
std::string_view typed_in(const Typed &typed, std::string_view input);

struct Read {
    Value value;
    std::string problem; ///< a sentence; empty: it could be read
};
/// What was typed, as a value. Whether the rules allow that value is asked by broken_rule().
Read read(const Field &field, const Typed &typed);

/// A sentence on the first rule a value breaks; empty: none.
std::string broken_rule(const Field &field, const Value &value, const References &references);

/// True when it must not be left empty.
bool is_needed(const Field &field);

} // namespace wardmote::record
