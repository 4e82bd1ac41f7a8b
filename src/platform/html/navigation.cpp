#include "platform/html/navigation.hpp"

namespace wardmote::html {

Html skip_link(const SkipLink &link) {
    return format(R"(<a href="{}" class="{}"{} data-module="govuk-skip-link">{}</a>)", link.href,
                  classes("govuk-skip-link", link.classes), attributes(link.attributes),
                  link.text.html());
}

Html generic_header(const GenericHeader &header) {
    return format(
        R"(<div class="{}"{}><div class="{}"><div class="govuk-generic-header__logo">)"
        R"(<a href="{}" class="govuk-generic-header__homepage-link">{}</a></div>{}</div></div>)",
        classes("govuk-generic-header", header.classes), attributes(header.attributes),
        classes("govuk-generic-header__container", header.container_classes), header.url,
        header.logo.html(), header.tools);
}

namespace {

Html service_item(const NavigationItem &item) {
    const bool marked = item.active || item.current;
    const auto words =
        marked ? format(R"(<strong class="govuk-service-navigation__active-fallback">{}</strong>)",
                        item.text.html())
               : item.text.html();
    const auto current =
        marked ? format(R"( aria-current="{}")", item.current ? "page" : "true") : Html{};
    Html inside;
    if (!item.href.empty())
        inside = format(R"(<a class="govuk-service-navigation__link" href="{}"{}{}>{}</a>)",
                        item.href, current, attributes(item.attributes), words);
    else if (!item.text.empty())
        inside =
            format(R"(<span class="govuk-service-navigation__text"{}>{}</span>)", current, words);
    return format(R"(<li class="{}">{}</li>)",
                  classes("govuk-service-navigation__item",
                          marked ? "govuk-service-navigation__item--active" : ""),
                  inside);
}

Html service_list(const ServiceNavigation &navigation) {
    Html items;
    for (const auto &item : navigation.items)
        items += service_item(item);
    const auto &label =
        navigation.navigation_label.empty() ? navigation.menu_text : navigation.navigation_label;
    Html button;
    if (navigation.collapse.value_or(navigation.items.size() > 1)) {
        const bool differs = navigation.menu_label != navigation.menu_text;
        button = format(R"(<button type="button" class="govuk-service-navigation__toggle )"
                        R"(govuk-js-service-navigation-toggle" )"
                        R"(aria-controls="{}"{} hidden aria-hidden="true">{}</button>)",
                        navigation.navigation_id,
                        differs ? attribute_if("aria-label", navigation.menu_label) : Html{},
                        navigation.menu_text);
    }
    return format(R"(<nav aria-label="{}" class="{}">{}{})"
                  R"(<ul class="govuk-service-navigation__list" id="{}">{}</ul></nav>)",
                  label,
                  classes("govuk-service-navigation__wrapper", navigation.navigation_classes),
                  button, navigation.before_list, navigation.navigation_id, items);
}

} // namespace

Html service_navigation(const ServiceNavigation &navigation) {
    Html name;
    if (!navigation.service_name.empty()) {
        const auto words =
            navigation.service_url.empty()
                ? format(R"(<span class="govuk-service-navigation__text">{}</span>)",
                         navigation.service_name)
                : format(R"(<a href="{}" class="govuk-service-navigation__link">{}</a>)",
                         navigation.service_url, navigation.service_name);
        name = format(R"(<span class="govuk-service-navigation__service-name">{}</span>)", words);
    }
    const auto inner =
        format(R"(<div class="govuk-width-container">)"
               R"(<div class="govuk-service-navigation__container">{}{}</div></div>)",
               name, navigation.items.empty() ? Html{} : service_list(navigation));
    const auto common = format(R"(class="{}" data-module="govuk-service-navigation"{})",
                               classes("govuk-service-navigation", navigation.classes),
                               attributes(navigation.attributes));
    // With a service name it is a landmark of its own; without, its <nav> is enough.
    if (!navigation.service_name.empty())
        return format(R"(<section aria-label="{}" {}>{}</section>)", navigation.aria_label, common,
                      inner);
    return format(R"(<div {}>{}</div>)", common, inner);
}

Html breadcrumbs(const Breadcrumbs &breadcrumbs) {
    Html items;
    for (const auto &crumb : breadcrumbs.items) {
        if (crumb.href.empty())
            items +=
                format(R"(<li class="govuk-breadcrumbs__list-item" aria-current="page">{}</li>)",
                       crumb.text.html());
        else
            items += format(R"(<li class="govuk-breadcrumbs__list-item">)"
                            R"(<a class="govuk-breadcrumbs__link" href="{}"{}>{}</a></li>)",
                            crumb.href, attributes(crumb.attributes), crumb.text.html());
    }
    const auto names =
        classes(classes("govuk-breadcrumbs", breadcrumbs.classes),
                breadcrumbs.collapse_on_mobile ? "govuk-breadcrumbs--collapse-on-mobile" : "");
    return format(R"(<nav class="{}"{} aria-label="{}">)"
                  R"(<ol class="govuk-breadcrumbs__list">{}</ol></nav>)",
                  names, attributes(breadcrumbs.attributes), breadcrumbs.label, items);
}

Html back_link(const BackLink &link) {
    return format(R"(<a href="{}" class="{}"{}>{}</a>)", link.href,
                  classes("govuk-back-link", link.classes), attributes(link.attributes),
                  link.text.html());
}

namespace {

Html tab_panel(const Tab &tab, const std::string &id, bool first) {
    const auto content = tab.panel_is_text && !tab.panel.empty()
                             ? format(R"(<p class="govuk-body">{}</p>)", tab.panel.html())
                             : tab.panel.html();
    return format(R"(<div class="{}" id="{}"{}>{}</div>)",
                  classes("govuk-tabs__panel", first ? "" : "govuk-tabs__panel--hidden"), id,
                  attributes(tab.panel_attributes), content);
}

} // namespace

Html tabs(const Tabs &tabs) {
    Html list;
    Html panels;
    for (std::size_t i = 0; i < tabs.items.size(); ++i) {
        const auto &tab = tabs.items[i];
        const auto id = tab.id.empty() ? tabs.id_prefix + "-" + std::to_string(i + 1) : tab.id;
        list += format(
            R"(<li class="{}"><a class="govuk-tabs__tab" href="#{}"{}>{}</a></li>)",
            classes("govuk-tabs__list-item", i == 0 ? "govuk-tabs__list-item--selected" : ""), id,
            attributes(tab.attributes), tab.label);
        panels += tab_panel(tab, id, i == 0);
    }
    if (!tabs.items.empty())
        list = format(R"(<ul class="govuk-tabs__list">{}</ul>)", list);
    return format(R"(<div{} class="{}"{} data-module="govuk-tabs">)"
                  R"(<h2 class="govuk-tabs__title">{}</h2>{}{}</div>)",
                  attribute_if("id", tabs.id), classes("govuk-tabs", tabs.classes),
                  attributes(tabs.attributes), tabs.title, list, panels);
}

namespace {

Html footer_column(const FooterColumn &column) {
    Html items;
    for (const auto &item : column.items) {
        if (item.href.empty() || item.text.empty())
            continue;
        items += format(R"(<li class="govuk-footer__list-item">)"
                        R"(<a class="govuk-footer__link" href="{}"{}>{}</a></li>)",
                        item.href, attributes(item.attributes), item.text);
    }
    if (!column.items.empty()) {
        const auto columns = column.columns > 0
                                 ? "govuk-footer__list--columns-" + std::to_string(column.columns)
                                 : std::string{};
        items = format(R"(<ul class="{}">{}</ul>)", classes("govuk-footer__list", columns), items);
    }
    return format(R"(<div class="govuk-footer__section govuk-grid-column-{}">)"
                  R"(<h2 class="govuk-footer__heading govuk-heading-m">{}</h2>{}</div>)",
                  column.width.empty() ? "full" : column.width, column.title, items);
}

Html footer_meta(const Footer &footer) {
    if (footer.meta_items.empty() && footer.meta_content.empty())
        return {};
    Html items;
    for (const auto &item : footer.meta_items)
        items += format(R"(<li class="govuk-footer__inline-list-item">)"
                        R"(<a class="govuk-footer__link" href="{}"{}>{}</a></li>)",
                        item.href, attributes(item.attributes), item.text);
    if (!items.empty())
        items = format(R"(<ul class="govuk-footer__inline-list">{}</ul>)", items);
    const auto custom = footer.meta_content.empty()
                            ? Html{}
                            : format(R"(<div class="govuk-footer__meta-custom">{}</div>)",
                                     footer.meta_content.html());
    return format(R"(<h2 class="govuk-visually-hidden">{}</h2>{}{})", footer.meta_title, items,
                  custom);
}

} // namespace

Html footer(const Footer &footer) {
    Html columns;
    for (const auto &column : footer.navigation)
        columns += footer_column(column);
    if (!columns.empty())
        columns = format(R"(<div class="govuk-footer__navigation">{}</div>)"
                         R"(<hr class="govuk-footer__section-break">)",
                         columns);
    return format(R"(<div class="{}"{}><div class="{}">{}{}<div class="govuk-footer__meta">)"
                  R"(<div class="govuk-footer__meta-item govuk-footer__meta-item--grow">{}</div>)"
                  R"(</div></div></div>)",
                  classes("govuk-footer", footer.classes), attributes(footer.attributes),
                  classes("govuk-width-container", footer.container_classes), footer.lead, columns,
                  footer_meta(footer));
}

} // namespace wardmote::html
