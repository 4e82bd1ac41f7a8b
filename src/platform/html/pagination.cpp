#include "platform/html/navigation.hpp"

namespace wardmote::html {

namespace {

constexpr Literal arrow_previous{
    R"(<svg class="govuk-pagination__icon govuk-pagination__icon--prev" )"
    R"(xmlns="http://www.w3.org/2000/svg" )"
    R"(height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13">)"
    R"(<path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h)"
    R"(-12.984l4.2931-4.293-1.414-1.414z"></path></svg>)"};
constexpr Literal arrow_next{
    R"(<svg class="govuk-pagination__icon govuk-pagination__icon--next" )"
    R"(xmlns="http://www.w3.org/2000/svg" )"
    R"(height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13">)"
    R"(<path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 )"
    R"(1.4492 6.7441-6.4062-6.7246-6.7266z"></path></svg>)"};

/// `block`: previous and next are all there is, and may say where they lead.
Html arrow_link(const PaginationLink &link, bool next, bool block) {
    const auto words = !link.text.empty() ? link.text.html()
                       : next ? Html{R"(Next<span class="govuk-visually-hidden"> page</span>)"}
                              : Html{R"(Previous<span class="govuk-visually-hidden"> page</span>)"};
    const bool decorated = block && link.label.empty();
    Html label;
    if (block && !link.label.empty())
        label = format(R"(<span class="govuk-visually-hidden">:</span>)"
                       R"(<span class="govuk-pagination__link-label">{}</span>)",
                       link.label);
    const Html arrow = next ? arrow_next : arrow_previous;
    const bool arrow_first = block || !next;
    const auto *rel = next ? "next" : "prev";
    return format(
        R"(<div class="govuk-pagination__{}"><a class="govuk-link govuk-pagination__link" )"
        R"(href="{}" rel="{}"{}>)"
        R"({}<span class="{}">{}</span>{}{}</a></div>)",
        rel, link.href, rel, attributes(link.attributes), arrow_first ? arrow : Html{},
        classes("govuk-pagination__link-title",
                decorated ? "govuk-pagination__link-title--decorated" : ""),
        words, label, arrow_first ? Html{} : arrow);
}

Html page_item(const PaginationItem &item) {
    if (item.ellipsis)
        return Html{R"(<li class="govuk-pagination__item govuk-pagination__item--ellipsis">)"
                    R"(&ctdot;</li>)"};
    const auto label =
        item.visually_hidden_text.empty() ? "Page " + item.number : item.visually_hidden_text;
    return format(
        R"(<li class="{}"><a class="govuk-link govuk-pagination__link" href="{}" )"
        R"(aria-label="{}"{}{}>{}</a></li>)",
        classes("govuk-pagination__item", item.current ? "govuk-pagination__item--current" : ""),
        item.href, label, item.current ? Html{R"( aria-current="page")"} : Html{},
        attributes(item.attributes), item.number);
}

} // namespace

Html pagination(const Pagination &pagination) {
    const bool block = pagination.items.empty() && (pagination.previous || pagination.next);
    Html inside;
    if (pagination.previous)
        inside += arrow_link(*pagination.previous, false, block);
    if (!pagination.items.empty()) {
        Html items;
        for (const auto &item : pagination.items)
            items += page_item(item);
        inside += format(R"(<ul class="govuk-pagination__list">{}</ul>)", items);
    }
    if (pagination.next)
        inside += arrow_link(*pagination.next, true, block);
    return format(R"(<nav class="{}" aria-label="{}"{}>{}</nav>)",
                  classes(classes("govuk-pagination", block ? "govuk-pagination--block" : ""),
                          pagination.classes),
                  pagination.landmark_label, attributes(pagination.attributes), inside);
}

Html pages_of(int current, int last, const std::string &href_before_number) {
    if (last <= 1)
        return {};
    const auto href = [&](int number) { return href_before_number + std::to_string(number); };
    Pagination all;
    if (current > 1)
        all.previous =
            PaginationLink{.href = href(current - 1), .text = {}, .label = {}, .attributes = {}};
    if (current < last)
        all.next =
            PaginationLink{.href = href(current + 1), .text = {}, .label = {}, .attributes = {}};
    bool in_gap = false;
    for (int number = 1; number <= last; ++number) {
        const bool shown =
            number == 1 || number == last || (number >= current - 1 && number <= current + 1);
        PaginationItem item;
        if (shown) {
            item.number = std::to_string(number);
            item.href = href(number);
            item.current = number == current;
        } else if (!in_gap) {
            item.ellipsis = true;
        } else {
            continue;
        }
        in_gap = !shown;
        all.items.push_back(std::move(item));
    }
    return pagination(all);
}

} // namespace wardmote::html
