// How the options of govuk-frontend's fixtures are given to our components: words, navigation,
// tables.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "platform/html/fixtures.hpp"
#include "platform/html/navigation.hpp"
#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"

namespace wardmote::html::fixtures {

namespace {

Html draw_tag(const Options &o) {
    return tag(
        {.text = content(o), .classes = words(o, "classes"), .attributes = attributes_of(o)});
}

Html draw_inset_text(const Options &o) {
    return inset_text({.text = content(o),
                       .id = words(o, "id"),
                       .classes = words(o, "classes"),
                       .attributes = attributes_of(o)});
}

Html draw_warning_text(const Options &o) {
    WarningText all;
    all.text = content(o);
    if (truth(o, "iconFallbackText"))
        all.icon_fallback = words(o, "iconFallbackText");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return warning_text(all);
}

Html draw_details(const Options &o) {
    return details({.summary = content(o, "summaryText", "summaryHtml"),
                    .text = content(o),
                    .id = words(o, "id"),
                    .open = truth(o, "open"),
                    .classes = words(o, "classes"),
                    .attributes = attributes_of(o)});
}

Html draw_panel(const Options &o) {
    return panel({.title = content(o, "titleText", "titleHtml"),
                  .text = content(o),
                  .heading_level = integer(o, "headingLevel", 1),
                  .classes = words(o, "classes"),
                  .attributes = attributes_of(o)});
}

Html draw_phase_banner(const Options &o) {
    return phase_banner({.tag = content(part(o, "tag")),
                         .tag_classes = words(part(o, "tag"), "classes"),
                         .text = content(o),
                         .classes = words(o, "classes"),
                         .attributes = attributes_of(o)});
}

Html draw_notification_banner(const Options &o) {
    NotificationBanner all;
    all.text = content(o);
    all.text_is_html = truth(o, "html");
    all.type = words(o, "type");
    all.title = content(o, "titleText", "titleHtml");
    if (truth(o, "titleId"))
        all.title_id = words(o, "titleId");
    all.title_heading_level = integer(o, "titleHeadingLevel", 2);
    all.role = words(o, "role");
    all.disable_auto_focus = maybe_truth(o, "disableAutoFocus");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return notification_banner(all);
}

Html draw_skip_link(const Options &o) {
    return skip_link({.text = content(o),
                      .href = truth(o, "href") ? words(o, "href") : "#content",
                      .classes = words(o, "classes"),
                      .attributes = attributes_of(o)});
}

Html draw_generic_header(const Options &o) {
    GenericHeader all;
    all.logo = content(o, "logoText", "logoHtml");
    if (truth(o, "url"))
        all.url = words(o, "url");
    if (truth(o, "containerClasses"))
        all.container_classes = words(o, "containerClasses");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return generic_header(all);
}

Html draw_service_navigation(const Options &o) {
    ServiceNavigation all;
    for (const auto &item : list(o, "navigation"))
        all.items.push_back({.text = content(item),
                             .href = words(item, "href"),
                             .active = truth(item, "active"),
                             .current = truth(item, "current"),
                             .attributes = attributes_of(item)});
    all.service_name = words(o, "serviceName");
    all.service_url = words(o, "serviceUrl");
    if (truth(o, "ariaLabel"))
        all.aria_label = words(o, "ariaLabel");
    if (truth(o, "menuButtonText"))
        all.menu_text = words(o, "menuButtonText");
    all.menu_label = words(o, "menuButtonLabel");
    all.navigation_label = words(o, "navigationLabel");
    all.navigation_classes = words(o, "navigationClasses");
    if (truth(o, "navigationId"))
        all.navigation_id = words(o, "navigationId");
    all.collapse = maybe_truth(o, "collapseNavigationOnMobile");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return service_navigation(all);
}

Html draw_breadcrumbs(const Options &o) {
    Breadcrumbs all;
    for (const auto &item : list(o, "items"))
        all.items.push_back({.text = content(item),
                             .href = words(item, "href"),
                             .attributes = attributes_of(item)});
    all.collapse_on_mobile = truth(o, "collapseOnMobile");
    if (truth(o, "labelText"))
        all.label = words(o, "labelText");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return breadcrumbs(all);
}

Html draw_back_link(const Options &o) {
    BackLink all;
    if (auto given = content(o); !given.empty())
        all.text = given;
    if (truth(o, "href"))
        all.href = words(o, "href");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return back_link(all);
}

std::optional<PaginationLink> pagination_link(const Options &o, const char *key) {
    const auto &link = part(o, key);
    if (!truth(link, "href"))
        return std::nullopt;
    return PaginationLink{.href = words(link, "href"),
                          .text = content(link),
                          .label = words(link, "labelText"),
                          .attributes = attributes_of(link)};
}

Html draw_pagination(const Options &o) {
    Pagination all;
    for (const auto &item : list(o, "items"))
        if (!item.empty())
            all.items.push_back({.number = words(item, "number"),
                                 .href = words(item, "href"),
                                 .current = truth(item, "current"),
                                 .ellipsis = truth(item, "ellipsis"),
                                 .visually_hidden_text = words(item, "visuallyHiddenText"),
                                 .attributes = attributes_of(item)});
    all.previous = pagination_link(o, "previous");
    all.next = pagination_link(o, "next");
    if (truth(o, "landmarkLabel"))
        all.landmark_label = words(o, "landmarkLabel");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return pagination(all);
}

Html draw_tabs(const Options &o) {
    Tabs all;
    for (const auto &item : list(o, "items"))
        all.items.push_back({.id = words(item, "id"),
                             .label = words(item, "label"),
                             .panel = content(part(item, "panel")),
                             .panel_is_text = !truth(part(item, "panel"), "html"),
                             .attributes = attributes_of(item),
                             .panel_attributes = attributes_of(part(item, "panel"))});
    all.id = words(o, "id");
    all.id_prefix = words(o, "idPrefix");
    if (truth(o, "title"))
        all.title = words(o, "title");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return tabs(all);
}

std::vector<FooterLink> footer_links(const Options &o) {
    std::vector<FooterLink> all;
    for (const auto &item : list(o, "items"))
        all.push_back({.text = words(item, "text"),
                       .href = words(item, "href"),
                       .attributes = attributes_of(item)});
    return all;
}

Html draw_footer(const Options &o) {
    Footer all;
    for (const auto &column : list(o, "navigation"))
        all.navigation.push_back({.title = words(column, "title"),
                                  .columns = integer(column, "columns", 0),
                                  .width = words(column, "width"),
                                  .items = footer_links(column)});
    const auto &meta = part(o, "meta");
    all.meta_items = footer_links(meta);
    if (truth(meta, "visuallyHiddenTitle"))
        all.meta_title = words(meta, "visuallyHiddenTitle");
    all.meta_content = content(meta);
    all.container_classes = words(o, "containerClasses");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return footer(all);
}

/// Takes an element out of normalised markup: from the line that begins so to its end tag.
void remove_element(std::string &lines, const std::string &begins, const std::string &end) {
    const auto from = lines.find(begins);
    if (from == lines.npos)
        return;
    lines.erase(from, lines.find(end, from) + end.size() - from);
}

/// The crown, the licence and the Crown copyright belong to GOV.UK's own services.
std::string without_crown(std::string lines) {
    remove_element(lines, "<svg class=\"govuk-footer__crown\"", "</svg>\n");
    remove_element(lines, "<svg aria-hidden=\"true\" class=\"govuk-footer__licence-logo\"",
                   "</svg>\n");
    remove_element(lines, "<span class=\"govuk-footer__licence-description\">\n", "</span>\n");
    remove_element(lines, "<div class=\"govuk-footer__meta-item\">\n", "</div>\n");
    return lines;
}

TableCell cell(const Options &o) {
    return {.text = content(o),
            .numeric = words(o, "format") == "numeric",
            .colspan = integer(o, "colspan", 0),
            .rowspan = integer(o, "rowspan", 0),
            .classes = words(o, "classes"),
            .attributes = attributes_of(o)};
}

Html draw_table(const Options &o) {
    Table all;
    all.caption = words(o, "caption");
    all.caption_classes = words(o, "captionClasses");
    for (const auto &item : list(o, "head"))
        all.head.push_back(cell(item));
    for (const auto &row : list(o, "rows")) {
        TableRow cells;
        for (const auto &item : row)
            cells.push_back(cell(item));
        all.rows.push_back(cells);
    }
    all.first_cell_is_header = truth(o, "firstCellIsHeader");
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return table(all);
}

std::vector<SummaryAction> summary_actions(const Options &o) {
    std::vector<SummaryAction> all;
    for (const auto &item : list(part(o, "actions"), "items"))
        all.push_back({.text = content(item),
                       .href = words(item, "href"),
                       .visually_hidden_text = words(item, "visuallyHiddenText"),
                       .classes = words(item, "classes"),
                       .attributes = attributes_of(item)});
    return all;
}

Html draw_summary_list(const Options &o) {
    SummaryList all;
    for (const auto &row : list(o, "rows"))
        all.rows.push_back({.key = content(part(row, "key")),
                            .value = content(part(row, "value")),
                            .actions = summary_actions(row),
                            .classes = words(row, "classes"),
                            .key_classes = words(part(row, "key"), "classes"),
                            .value_classes = words(part(row, "value"), "classes"),
                            .actions_classes = words(part(row, "actions"), "classes")});
    if (o.contains("card") && o.at("card").is_object()) {
        const auto &card = o.at("card");
        all.card = SummaryCard{.title = content(part(card, "title")),
                               .heading_level = integer(part(card, "title"), "headingLevel", 2),
                               .title_classes = words(part(card, "title"), "classes"),
                               .actions = summary_actions(card),
                               .actions_classes = words(part(card, "actions"), "classes"),
                               .classes = words(card, "classes"),
                               .attributes = attributes_of(card)};
    }
    all.classes = words(o, "classes");
    all.attributes = attributes_of(o);
    return summary_list(all);
}

} // namespace

const std::vector<Adapter> &word_adapters() {
    static const std::vector<Adapter> all = {
        {"back-link", draw_back_link},
        {"breadcrumbs", draw_breadcrumbs},
        {"details", draw_details},
        {"footer", draw_footer, without_crown},
        {"generic-header", draw_generic_header},
        {"inset-text", draw_inset_text},
        {"notification-banner", draw_notification_banner},
        {"pagination", draw_pagination},
        {"panel", draw_panel},
        {"phase-banner", draw_phase_banner},
        {"service-navigation", draw_service_navigation},
        {"skip-link", draw_skip_link},
        {"summary-list", draw_summary_list},
        {"table", draw_table},
        {"tabs", draw_tabs},
        {"tag", draw_tag},
        {"warning-text", draw_warning_text},
    };
    return all;
}

} // namespace wardmote::html::fixtures
