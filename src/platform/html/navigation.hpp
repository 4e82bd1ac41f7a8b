/// GOV.UK components that lead somewhere: skip link, generic header, service navigation,
/// breadcrumbs, back link, pagination, tabs, footer.
///
/// Held against govuk-frontend's own fixtures in conformance_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/html/content.hpp"

namespace wardmote::html {

struct SkipLink {
    Content text = "Skip to main content";
    std::string href = "#main";
    std::string classes;
    Attributes attributes;
};
Html skip_link(const SkipLink &link);

struct GenericHeader {
    Content logo; ///< the partnership's name
    std::string url = "/";
    std::string container_classes = "govuk-width-container";
    Html tools; ///< at the right: the search box, the name of the person
    std::string classes;
    Attributes attributes;
};
Html generic_header(const GenericHeader &header);

struct NavigationItem {
    Content text;
    std::string href;
    bool active = false;  ///< the page is in this section
    bool current = false; ///< the page is this very one
    Attributes attributes;
};

struct ServiceNavigation {
    std::vector<NavigationItem> items;
    std::string service_name;
    std::string service_url;
    std::string aria_label = "Service information"; ///< of the region, when it has a service name
    std::string menu_text = "Menu";
    std::string menu_label;       ///< for screen readers, when it differs from menu_text
    std::string navigation_label; ///< empty: menu_text
    std::string navigation_id = "navigation";
    std::string navigation_classes;
    std::optional<bool> collapse; ///< a script's menu button; empty: when there are two items
    Html before_list;             ///< inside <nav>: our menu link, which needs no script
    std::string classes;
    Attributes attributes;
};
Html service_navigation(const ServiceNavigation &navigation);

struct Crumb {
    Content text;
    std::string href; ///< empty: the page itself
    Attributes attributes;
};
struct Breadcrumbs {
    std::vector<Crumb> items;
    bool collapse_on_mobile = false;
    std::string label = "Breadcrumb";
    std::string classes;
    Attributes attributes;
};
Html breadcrumbs(const Breadcrumbs &breadcrumbs);

struct BackLink {
    Content text = "Back";
    std::string href = "#";
    std::string classes;
    Attributes attributes;
};
Html back_link(const BackLink &link);

struct PaginationLink {
    std::string href;
    Content text;      ///< empty: "Previous" or "Next" with " page" for screen readers
    std::string label; ///< what the page is called, when there are no page numbers
    Attributes attributes;
};
struct PaginationItem {
    std::string number;
    std::string href;
    bool current = false;
    bool ellipsis = false;
    std::string visually_hidden_text; ///< empty: "Page <number>"
    Attributes attributes;
};
struct Pagination {
    std::vector<PaginationItem> items;
    std::optional<PaginationLink> previous;
    std::optional<PaginationLink> next;
    std::string landmark_label = "Pagination";
    std::string classes;
    Attributes attributes;
};
Html pagination(const Pagination &pagination);
/// The pages of a list: first, last, the current one and its neighbours, gaps as "…".
/// `href` is given the page's number, from 1. Nothing when there is one page.
Html pages_of(int current, int last, const std::string &href_before_number);

struct Tab {
    std::string id;
    std::string label;
    Content panel;
    bool panel_is_text = false; ///< wraps it in a paragraph
    Attributes attributes;
    Attributes panel_attributes;
};
struct Tabs {
    std::vector<Tab> items;
    std::string id;
    std::string id_prefix;
    std::string title = "Contents";
    std::string classes;
    Attributes attributes;
};
Html tabs(const Tabs &tabs);

struct FooterLink {
    std::string text;
    std::string href;
    Attributes attributes;
};
struct FooterColumn {
    std::string title;
    int columns = 0;   ///< 2 or 3: its links stand in so many columns
    std::string width; ///< "two-thirds"; empty: "full"
    std::vector<FooterLink> items;
};
/// Without the crown, the licence and the Crown copyright, which belong to GOV.UK's own services.
struct Footer {
    Html lead; ///< stands first: a note about the workspace
    std::vector<FooterColumn> navigation;
    std::vector<FooterLink> meta_items;
    std::string meta_title = "Support links"; ///< for screen readers
    Content meta_content;
    std::string container_classes;
    std::string classes;
    Attributes attributes;
};
Html footer(const Footer &footer);

} // namespace wardmote::html
