#include "platform/html/page.hpp"

#include "platform/html/navigation.hpp"
#include "platform/html/script.hpp"
#include "platform/html/stylesheet.hpp"
#include "platform/html/typography.hpp"

namespace wardmote::html {

namespace {

Html head(const Site &site, const Page &page) {
    auto title = page.errors.empty() ? page.title : "Error: " + page.title;
    for (const auto &more : {site.name, site.product})
        if (!more.empty() && more != page.title)
            title += " - " + more;
    Html tools;
    if (page.signed_in)
        tools += format(R"(<meta name="csrf" content="{}">)", page.signed_in->csrf);
    if (!page.nonce.empty())
        tools += format(R"(<script type="module" nonce="{}" src="{}"></script>)", page.nonce,
                        script_href());
    return format(R"(<head><meta charset="utf-8"><title>{}</title>)"
                  R"(<meta name="viewport" content="width=device-width, initial-scale=1, )"
                  R"(viewport-fit=cover"><meta name="theme-color" content="#0b0c0c">)"
                  R"(<link rel="icon" href="data:,"><link rel="stylesheet" href="{}">{}</head>)",
                  title, stylesheet_href(), tools);
}

/// The island's timer reads these; without a script the footer says the same.
Html session_data(const Page &page) {
    if (!page.signed_in)
        return {};
    const auto &session = *page.signed_in;
    return format(R"( data-person="{}" data-idle-seconds="{}" data-seconds-left="{}")",
                  session.person, session.idle_seconds, session.seconds_left);
}

Html marking(const Page &page, Literal place) {
    const auto &[level, descriptor] = page.marking;
    if (level.empty())
        return {};
    const auto words = descriptor.empty() ? level : level + ": " + descriptor;
    const auto *loud = level == "OFFICIAL" ? "" : " app-marking--sensitive";
    return format(R"(<p class="app-marking app-marking--{}{}">{}</p>)", Html{place}, loud, words);
}

Html search(const Site &site) {
    if (site.search_href.empty())
        return {};
    return format(
        R"(<form action="{}" method="get" role="search">)"
        R"(<label class="govuk-visually-hidden" for="site-search">Search everything you may see)"
        R"(</label><input class="govuk-input" id="site-search" name="q" type="search" )"
        R"(data-key="/"><button>Search</button></form>)"
        R"(<a class="app-header__search-link" href="{}">Search</a>)",
        site.search_href, site.search_href);
}

Html header(const Site &site, const Page &page) {
    auto tools = search(site);
    if (!site.account.text.empty())
        tools += format(R"(<a href="{}">{}</a>)", site.account.href, site.account.text);
    tools += site.account_tools;
    tools += page.tools;
    if (!tools.empty())
        tools = format(R"(<div class="app-header__tools">{}</div>)", tools);
    return generic_header(
        {.logo = site.name, .url = site.home, .tools = tools, .classes = {}, .attributes = {}});
}

Attributes keys(const Site &site, const std::string &href) {
    const auto found = site.keys.find(href);
    if (found == site.keys.end())
        return {};
    return {{.name = "data-key", .value = found->second}};
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
                                    .attributes = keys(site, href)});
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

/// What has happened and what is wrong, above the page's own heading.
Html news(const Page &page) {
    Html all;
    if (!page.errors.empty()) {
        ErrorSummary summary;
        summary.errors = page.errors;
        all += error_summary(summary);
    }
    if (!page.message.empty()) {
        NotificationBanner banner;
        banner.text = page.message;
        banner.type = "success";
        all += notification_banner(banner);
    }
    return all;
}

Html foot(const Site &site, const Page &page) {
    Footer all;
    if (!site.footer_note.empty())
        all.lead = format(R"(<p class="app-small">{}</p>)", site.footer_note.html());
    if (page.signed_in)
        all.lead += format(R"(<p class="app-small app-noprint">You are signed in until {}, or )"
                           R"(until {} minutes pass without opening a page.</p>)",
                           page.signed_in->until_words, (page.signed_in->idle_seconds + 59) / 60);
    for (const auto &[words, href] : site.footer_links)
        all.meta_items.push_back({.text = words, .href = href, .attributes = keys(site, href)});
    return footer(all);
}

} // namespace

Html page(const Site &site, const Page &page) {
    const auto body =
        classes("govuk-template__body", classes(page.landscape ? "app-landscape" : "",
                                                page.marking.level.empty() ? "" : "app-marked"));
    return format(
        R"(<!DOCTYPE html><html class="govuk-template" lang="en-GB">{})"
        R"(<body class="{}"{}>{}<header class="govuk-template__header">{}{}{}</header>{})"
        R"(<div class="govuk-width-container">{}<main class="govuk-main-wrapper" id="main">)"
        R"({}{}</main></div><footer class="govuk-template__footer">{}{}</footer></body></html>)",
        head(site, page), body, session_data(page), skip_link({}), marking(page, "top"),
        header(site, page), menu(site, page), page.before_main, trail(page), news(page),
        page.content, foot(site, page), marking(page, "bottom"));
}

} // namespace wardmote::html
