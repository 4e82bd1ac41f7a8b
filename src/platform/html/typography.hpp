/// GOV.UK components that say something: tag, inset text, warning text, details, panel, phase
/// banner, notification banner.
///
/// Held against govuk-frontend's own fixtures in conformance_test.cpp.
#pragma once

#include <optional>
#include <string>

#include "platform/html/content.hpp"

namespace wardmote::html {

struct Tag {
    Content text;
    std::string classes; ///< "govuk-tag--green"
    Attributes attributes;
};
Html tag(const Tag &tag);

struct InsetText {
    Content text;
    std::string id;
    std::string classes;
    Attributes attributes;
};
Html inset_text(const InsetText &inset);

struct WarningText {
    Content text;
    std::string icon_fallback = "Warning"; ///< read out in place of the "!"
    std::string classes;
    Attributes attributes;
};
Html warning_text(const WarningText &warning);

struct Details {
    Content summary;
    Content text; ///< Html for anything but one run of words
    std::string id;
    bool open = false;
    std::string classes;
    Attributes attributes;
};
Html details(const Details &details);

struct Panel {
    Content title;
    Content text;
    int heading_level = 1;
    std::string classes;
    Attributes attributes;
};
Html panel(const Panel &panel);

struct PhaseBanner {
    Content tag;
    std::string tag_classes;
    Content text;
    std::string classes;
    Attributes attributes;
};
Html phase_banner(const PhaseBanner &banner);

struct NotificationBanner {
    Content text; ///< text becomes the banner's heading paragraph; Html stands as it is
    bool text_is_html = false; ///< true when `text` brings its own elements
    std::string type;          ///< "success", or empty
    Content title;             ///< empty: "Important", or "Success"
    std::string title_id = "govuk-notification-banner-title";
    int title_heading_level = 2;
    std::string role; ///< empty: "region", or "alert" for success
    std::optional<bool> disable_auto_focus;
    std::string classes;
    Attributes attributes;
};
Html notification_banner(const NotificationBanner &banner);

} // namespace wardmote::html
