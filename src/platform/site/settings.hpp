/// How this installation is reached, and what it has besides its own pages: read from its settings
/// by whoever starts it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/access/openid.hpp"
#include "platform/access/settings.hpp"
#include "platform/html/content.hpp"

namespace wardmote::site {

struct Settings {
    access::Settings access;
    /// Where browsers reach it: links in messages begin so. A partnership with a host of its own
    /// has that instead of this one's. Never taken from a request, whose host anybody can make up.
    std::string url = "http://localhost:8080";
    /// A mail server is there. Without one, links are shown to administrators to pass on by hand.
    bool sends_mail = false;
    /// An organisation's own accounts; an empty redirect_uri is made from `url`.
    std::optional<access::OpenIdSettings> openid;
    std::string openid_words = "your work account"; ///< "Sign in with ..."
    /// The people of an example partnership can be looked around as, without a password. Only true
    /// when nobody but this machine can reach the site.
    bool example_sign_in = false;
    std::vector<html::Link> footer_links;
    std::string footer_note;
};

} // namespace wardmote::site
