/// What a list of records shows, as its address says it: words, filters, sort, columns, page.
///
/// Inside site/ only. Everything is in the query of the address, so a list can be kept, shared and
/// downloaded exactly as it is seen.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/html/list.hpp"
#include "platform/html/table.hpp"
#include "platform/record/keeper.hpp"
#include "platform/record/references.hpp"
#include "platform/web/request.hpp"

namespace wardmote::site {

/// What can be asked of a list of one kind.
struct ListShape {
    const record::Description *what = nullptr;
    std::vector<std::string> columns; ///< shown when none were chosen; the first names the record
    bool may_see_removed = false;
};

/// What was asked.
struct ListState {
    record::Query query;
    std::vector<std::string> columns;
    std::vector<html::Hidden> filters; ///< the fields of the filter that are in force
    bool chosen_columns = false;
};

ListState read_list(const ListShape &shape, const web::Request &request);

/// The query of an address, "?q=police&page=2", from fields; empty when there is none.
std::string query_of(std::span<const html::Hidden> fields);
/// Everything asked but the page; with `sort` instead of the one in force, unless it is empty.
std::vector<html::Hidden> fields_of(const ListState &state, std::string_view sort = {});

html::Filter list_filter(const ListShape &shape, const ListState &state,
                         const record::References &references);
html::ListTools list_tools(const ListShape &shape, const ListState &state, std::int64_t total);
html::DataTable list_table(const ListShape &shape, const ListState &state,
                           const record::Listing &listing, const record::References &references,
                           bool reveal);

} // namespace wardmote::site
