#include "platform/site/search_page.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/html/navigation.hpp"
#include "platform/html/record_parts.hpp"
#include "platform/record/search.hpp"
#include "platform/site/record_kind.hpp"
#include "platform/web/address.hpp"

namespace wardmote::site {

namespace {

/// The text with what was searched for marked.
html::Html marked(const record::Excerpt &excerpt) {
    html::Html all;
    std::size_t at = 0;
    for (const auto &[first, count] : excerpt.found) {
        all += html::text(std::string_view{excerpt.text}.substr(at, first - at));
        all += html::format("<mark>{}</mark>", std::string_view{excerpt.text}.substr(first, count));
        at = first + count;
    }
    all += html::text(std::string_view{excerpt.text}.substr(at));
    return all;
}

html::Html result(const record::Found &found) {
    auto item = html::format(R"(<h2 class="govuk-heading-s govuk-!-margin-bottom-1">)"
                             R"(<a class="govuk-link" href="{}/{}">{}</a></h2>)"
                             R"(<p class="app-small app-quiet">{}</p>)",
                             found.what->path, found.record, marked(found.title),
                             core::capitalised(found.what->one));
    if (!found.snippet.text.empty()) {
        item += html::format(R"(<p class="govuk-body">{}</p>)", marked(found.snippet));
    }
    return html::format("<li>{}</li>", item);
}

html::Html search_form(const std::string &words) {
    html::Input input;
    input.field.name = "q";
    input.field.id = "search-words";
    input.field.label.text = "Words to find";
    input.type = "search";
    input.value = words;
    return html::format(
        R"(<form action="/search" method="get" role="search" aria-label="Again">{}{}</form>)",
        html::input(input), html::button({.text = "Search"}));
}

web::Response answer(const Site &site, const web::Request &request) {
    const auto &visit = visit_of(request);
    const std::string words{core::trim(request.query("q").value_or(""))};
    const auto page_number = std::max<std::int64_t>(
        1, core::parse_integer(request.query("page").value_or("1")).value_or(1));
    html::Page page{.title = words.empty() ? "Search" : "Search: " + words,
                    .breadcrumbs = {{"Home", "/"}}};
    page.content = html::page_head({.title = "Search"}) + search_form(words);
    if (words.empty()) {
        return site.page(request, std::move(page));
    }
    const auto kinds = visible_kinds(site, visit);
    const auto result_of = site.database().read(visit.scope(), [&](db::Transaction &tx) {
        return record::search(tx, words, kinds, page_number, html::rows_a_page);
    });
    const auto count = result_of.total == record::most_counted
                           ? std::string{"1,000 results or more, the best first"}
                           : html::count_words(static_cast<int>(result_of.total),
                                               static_cast<int>(page_number), "result", "results");
    page.content += html::format(R"(<p class="govuk-body" role="status">{}</p>)", count);
    html::Html items;
    for (const auto &found : result_of.found) {
        items += result(found);
    }
    if (items.empty()) {
        page.content += html::empty_state(
            {.title = "Nothing that you may see has these words",
             .text = "Try fewer words, or the beginning of one: the last word may be unfinished."});
    } else {
        page.content += html::format(R"(<ol class="govuk-list app-results">{}</ol>)", items);
        page.content += html::pages_of(
            static_cast<int>(page_number),
            static_cast<int>((result_of.total + html::rows_a_page - 1) / html::rows_a_page),
            "/search?q=" + web::percent_encoded(words) + "&page=");
    }
    site.note(request, "search", {}, {}, fmt::format(R"({{"found":{}}})", result_of.total));
    return site.page(request, std::move(page));
}

} // namespace

void add_search_page(Site &site) {
    site.router().get("/search", access::Need::signed_in(),
                      [&site](const web::Request &request) { return answer(site, request); });
}

} // namespace wardmote::site
