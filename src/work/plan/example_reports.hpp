/// What the example's report to the council tells of each action, paragraphs 13 to 37 of 2 February
/// 2015, with numbers left to the figures. Inside plan/ only.
#pragma once

#include <string_view>

namespace wardmote::plan {

struct InReports {
    std::string_view ref, words;
    std::string_view figures = {}; ///< keys, one a line
};
/// Empty words for a reference that is not in the example.
InReports in_reports(std::string_view ref);
/// Paragraphs 38 to 42, one a line.
std::string_view challenges_of_example();

} // namespace wardmote::plan
