#include "platform/html/page.hpp"

#include "platform/html/navigation.hpp"
#include "platform/html/stylesheet.hpp"

namespace wardmote::html {

namespace {

Html head(const Site &site, const Page &page) {
    auto title = page.title;
    for (const auto &more : {site.name, site.product})
        if (!more.empty() && more != page.title)
            title += " - " + more;
    return format(R"(<head><meta charset="utf-8"><title>{}</title>)"
                  R"(<meta name="viewport" content="width=device-width, initial-scale=1, )"
                  R"(viewport-fit=cover"><meta name="theme-color" content="#0b0c0c">)"
                  R"(<link rel="icon" href="data:,"><link rel="stylesheet" href="{}"></head>)",
                  title, stylesheet_href());
}

Html menu(const Site &site, const Page &page) {
    if (site.sections.empty())
        return {};
    ServiceNavigation navigation;
    for (const auto &[words, href] : site.sections)
        navigation.items.push_back({.text = words,
                                    .href = href,
                                    .active = href == page.section,
                                    .current = false,
                                    .attributes = {}});
    navigation.navigation_label = "Main";
    navigation.navigation_id = "menu";
    navigation.collapse = false; // a link and :target open it, so that no script is needed
    navigation.before_list = Html{
        R"(<a class="app-menu govuk-link govuk-link--no-visited-state" href="#menu">Menu</a>)"};
    return service_navigation(navigation);
}

Html trail(const Page &page) {
    if (page.breadcrumbs.empty())
        return {};
    Breadcrumbs all;
    all.collapse_on_mobile = true;
    for (const auto &[words, href] : page.breadcrumbs)
        all.items.push_back({.text = words, .href = href, .attributes = {}});
    return breadcrumbs(all);
}

Html foot(const Site &site) {
    Footer all;
    if (!site.footer_note.empty())
        all.lead = format(R"(<p class="app-small">{}</p>)", site.footer_note.html());
    for (const auto &[words, href] : site.footer_links)
        all.meta_items.push_back({.text = words, .href = href, .attributes = {}});
    return footer(all);
}

} // namespace

Html page(const Site &site, const Page &page) {
    const auto tools = page.tools.empty()
                           ? Html{}
                           : format(R"(<div class="app-header__tools">{}</div>)", page.tools);
    const auto header = generic_header(
        {.logo = site.name, .url = site.home, .tools = tools, .classes = {}, .attributes = {}});
    return format(
        R"(<!DOCTYPE html><html class="govuk-template" lang="en-GB">{})"
        R"(<body class="{}">{}<header class="govuk-template__header">{}{}</header>{})"
        R"(<div class="govuk-width-container">{}<main class="govuk-main-wrapper" id="main">)"
        R"({}</main></div><footer class="govuk-template__footer">{}</footer></body></html>)",
        head(site, page), classes("govuk-template__body", page.landscape ? "app-landscape" : ""),
        skip_link({}), header, menu(site, page), page.before_main, trail(page), page.content,
        foot(site));
}

} // namespace wardmote::html
