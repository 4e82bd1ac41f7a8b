/// A cell of somebody's spreadsheet, as it would have been typed into the form of a record.
///
/// What it comes to is then read and judged as the form is, so a file is held to the same rules.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/record/description.hpp"
#include "platform/record/references.hpp"

namespace wardmote::record {

/// What people said that a name in a file means: by field, then by the name folded, the value;
/// an empty value: leave it empty.
using Answers = std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;

/// What the names in a file stand for: titles of records and words of choices.
class NameBook {
public:
    /// Reads the titles of all that the fields refer to. `references` is used here only.
    NameBook(const Description &what, const References &references, Answers answers = {});

    struct Meaning {
        std::string value; ///< empty: leave it empty
        int of = 1;        ///< how many have this name; with none or several `value` is empty
    };
    Meaning meaning(const Field &field, std::string_view name) const;
    bool can_mean(const Field &field, const std::string &value) const;
    /// What a name of this field can mean: value and words, by words.
    const std::vector<std::pair<std::string, std::string>> &all(const Field &field) const;

private:
    using ByName = std::multimap<std::string, std::string, std::less<>>;
    std::map<std::string_view, ByName> m_names; ///< by field
    std::map<std::string_view, std::vector<std::pair<std::string, std::string>>> m_all;
    Answers m_answers;
};

struct CellInput {
    /// Names and contents of the form's inputs; none: the cell says nothing.
    std::vector<std::pair<std::string, std::string>> inputs;
    std::string problem;  ///< a sentence; empty: it can be read
    bool unknown = false; ///< a name that means nothing or several things: it can be asked for
};
/// Dates in British forms and as the serial numbers of spreadsheets, "(£1,250)", "12.0", "Y".
CellInput cell_input(const Field &field, std::string_view cell, const NameBook &names);

} // namespace wardmote::record
