#include "platform/html/typography.hpp"

namespace wardmote::html {

Html tag(const Tag &tag) {
    return format(R"(<strong class="{}"{}>{}</strong>)", classes("govuk-tag", tag.classes),
                  attributes(tag.attributes), tag.text.html());
}

Html inset_text(const InsetText &inset) {
    return format(R"(<div{} class="{}"{}>{}</div>)", attribute_if("id", inset.id),
                  classes("govuk-inset-text", inset.classes), attributes(inset.attributes),
                  inset.text.html());
}

Html warning_text(const WarningText &warning) {
    return format(
        R"(<div class="{}"{}><span class="govuk-warning-text__icon" aria-hidden="true">!</span>)"
        R"(<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">{}</span> )"
        R"({}</strong></div>)",
        classes("govuk-warning-text", warning.classes), attributes(warning.attributes),
        warning.icon_fallback, warning.text.html());
}

Html details(const Details &details) {
    return format(R"(<details{} class="{}"{}{}><summary class="govuk-details__summary">)"
                  R"(<span class="govuk-details__summary-text">{}</span></summary>)"
                  R"(<div class="govuk-details__text">{}</div></details>)",
                  attribute_if("id", details.id), classes("govuk-details", details.classes),
                  attributes(details.attributes), details.open ? Html{" open"} : Html{},
                  details.summary.html(), details.text.html());
}

Html panel(const Panel &panel) {
    const auto body = panel.text.empty()
                          ? Html{}
                          : format(R"(<div class="govuk-panel__body">{}</div>)", panel.text.html());
    return format(R"(<div class="{}"{}><h{} class="govuk-panel__title">{}</h{}>{}</div>)",
                  classes("govuk-panel govuk-panel--confirmation", panel.classes),
                  attributes(panel.attributes), panel.heading_level, panel.title.html(),
                  panel.heading_level, body);
}

Html phase_banner(const PhaseBanner &banner) {
    return format(R"(<div class="{}"{}><p class="govuk-phase-banner__content">{})"
                  R"(<span class="govuk-phase-banner__text">{}</span></p></div>)",
                  classes("govuk-phase-banner govuk-width-container", banner.classes),
                  attributes(banner.attributes),
                  tag({.text = banner.tag,
                       .classes = classes("govuk-phase-banner__content__tag", banner.tag_classes),
                       .attributes = {}}),
                  banner.text.html());
}

Html notification_banner(const NotificationBanner &banner) {
    const bool success = banner.type == "success";
    const auto kind =
        success ? classes("govuk-notification-banner--success", banner.classes) : banner.classes;
    const std::string role = !banner.role.empty() ? banner.role : success ? "alert" : "region";
    const Content title = !banner.title.empty() ? banner.title
                          : success             ? Content{"Success"}
                                                : Content{"Important"};
    const auto focus = banner.disable_auto_focus
                           ? format(R"( data-disable-auto-focus="{}")",
                                    *banner.disable_auto_focus ? "true" : "false")
                           : Html{};
    const auto content =
        banner.text_is_html || banner.text.empty()
            ? banner.text.html()
            : format(R"(<p class="govuk-notification-banner__heading">{}</p>)", banner.text.html());
    return format(R"(<div class="{}" role="{}" aria-labelledby="{}" )"
                  R"(data-module="govuk-notification-banner"{}{}>)"
                  R"(<div class="govuk-notification-banner__header">)"
                  R"(<h{} class="govuk-notification-banner__title" id="{}">{}</h{}></div>)"
                  R"(<div class="govuk-notification-banner__content">{}</div></div>)",
                  classes("govuk-notification-banner", kind), role, banner.title_id, focus,
                  attributes(banner.attributes), banner.title_heading_level, banner.title_id,
                  title.html(), banner.title_heading_level, content);
}

} // namespace wardmote::html
