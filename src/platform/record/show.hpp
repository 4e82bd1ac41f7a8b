/// Records in words: a value, a record as a summary list, its changes, and two people's changes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/html/history.hpp"
#include "platform/html/table.hpp"
#include "platform/record/keeper.hpp"
#include "platform/record/references.hpp"

namespace wardmote::record {

/// What stands for a sensitive value that the reader may not see.
inline constexpr std::string_view hidden_words = "Hidden: you may not see this";

/// "2 February 2015", "£1,250", "Yes", a choice's words, the title of what is referred to. Nothing
/// is empty.
std::string in_words(const Field &field, const Value &value, const References &references,
                     bool reveal);
/// The same as it stands on a page: references are links, paragraphs keep their lines.
html::Html shown(const Field &field, const Value &value, const References &references, bool reveal);

/// Every field of a record; those with nothing say "Not given".
html::SummaryList summary(const Description &what, const Values &values,
                          const References &references, bool reveal);

/// Before and after of each field. A sensitive one is masked on both sides.
html::Differences shown_differences(const Description &what, std::span<const Difference> fields,
                                    const References &references, bool reveal);

/// The fields that both changed, above the form that keeps mine. `who` and `when` are in words.
html::Conflicts shown_clash(const Description &what, const Clash &clash, const Values &mine,
                            const References &references, std::string who, std::string when,
                            bool reveal);

} // namespace wardmote::record
