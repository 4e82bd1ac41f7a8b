#include "work/evidence/page_query.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace wardmote::evidence {

namespace {

/// The date in a field; a problem when there is something else in it.
std::optional<core::Date> date_in(const web::Request &request, std::string_view name,
                                  std::string &problem) {
    const auto said = request.query(name);
    if (!said || said->empty()) {
        return {};
    }
    const auto date = core::Date::parse(*said);
    if (!date) {
        problem = fmt::format("“{}” must be a date such as 2015-02-02, not “{}”.", name, *said);
    }
    return date;
}

void read_basis(const web::Request &request, PageQuery &query) {
    const auto period = request.query("period").value_or("");
    if (period == "quarter") {
        query.options.basis.span = Basis::Span::quarter;
    } else if (period == "rolling12") {
        query.options.basis.span = Basis::Span::rolling_twelve;
    } else if (!period.empty() && period != "ytd") {
        query.problem = "“period” must be ytd, quarter or rolling12.";
    }
    const auto against = request.query("against").value_or("");
    if (against == "three-years") {
        query.options.basis.against = Basis::Against::three_years;
    } else if (!against.empty() && against != "last-year") {
        query.problem = "“against” must be last-year or three-years.";
    }
}

} // namespace

PageQuery read_query(const Desk &desk, const web::Request &request) {
    PageQuery query;
    auto &options = query.options;
    options.asking.area = request.query("place").value_or("");
    options.asking.as_at = date_in(request, "as-at", query.problem);
    if (const auto known = date_in(request, "as-known-on", query.problem)) {
        options.asking.as_known_on = core::Instant::end_of(*known);
    }
    read_basis(request, query);
    options.theme = request.query("theme").value_or("");
    const auto &priorities = desk.settings().priorities;
    const bool known_theme = options.theme.empty() ||
                             std::any_of(priorities.begin(), priorities.end(),
                                         [&](const auto &one) { return one.key == options.theme; });
    if (!known_theme) {
        query.problem = fmt::format("There is no priority “{}” here.", options.theme);
    }
    using Sort = DashboardOptions::Sort;
    const auto sort = request.query("sort").value_or("");
    if (sort == "name") {
        options.sort = Sort::name;
    } else if (sort == "size") {
        options.sort = Sort::size;
    } else if (!sort.empty() && sort != "change") {
        query.problem = "“sort” must be change, name or size.";
    }
    query.wards = request.query("wards").value_or("");
    if (query.problem.empty() && !desk.standpoint(options.asking)) {
        query.problem = fmt::format("There is no place “{}” here.", options.asking.area);
    }
    return query;
}

} // namespace wardmote::evidence
