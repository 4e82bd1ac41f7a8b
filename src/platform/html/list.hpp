/// A list of things: filters at the left, what is applied as tags, count, sort, columns, downloads,
/// results and pages.
///
/// Everything is a link or a GET form, so the address says what is shown and no script is needed.
#pragma once

#include <string>
#include <vector>

#include "platform/html/content.hpp"
#include "platform/html/moj.hpp"

namespace wardmote::html {

inline constexpr int rows_a_page = 25;

/// One value a form carries without showing it.
struct Hidden {
    std::string name;
    std::string value;
};
/// `<input type="hidden">` for each.
Html hidden_fields(const std::vector<Hidden> &fields);

/// "No organisations", "1 organisation", "212 organisations: 26 to 50 shown". `page` counts from 1;
/// a page past the end shows none.
std::string count_words(int total, int page, const std::string &one, const std::string &many);

struct ListSort {
    std::string text;  ///< "Name, A to Z"
    std::string value; ///< of the field `sort`
    bool chosen = false;
};
struct ListColumn {
    std::string text;  ///< "Review date"
    std::string value; ///< of the field `column`
    bool shown = true;
};
/// What can be done with a whole list. Its forms send their fields to `action` with GET.
struct ListTools {
    std::string action;
    std::string count;           ///< from count_words()
    std::vector<Hidden> carried; ///< the filters now applied; without sort, columns and page
    std::vector<ListSort> sorts; ///< empty: the headings sort
    std::vector<ListColumn> columns;
    std::string csv_href; ///< exactly what is shown, all pages of it; empty: none
    std::string json_href;
};
Html list_tools(const ListTools &tools);

/// The filter at the left, the results at its right; on a narrow screen the filter is closed and
/// stands above. The keys j and k walk the rows of `results`.
struct FilterLayout {
    Filter filter;
    Html results;
};
Html filter_layout(const FilterLayout &layout);

} // namespace wardmote::html
