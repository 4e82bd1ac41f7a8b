/// From one step of signing in to the next: each answer of access becomes a page or a cookie.
/// Inside site/ only.
#pragma once

#include <string>
#include <vector>

#include "platform/access/sign_in.hpp"
#include "platform/html/form_page.hpp"
#include "platform/site/gate.hpp"

namespace wardmote::site {

/// What travels from step to step: where to go, or what to send, once signed in.
struct Journey {
    std::string then = "/";
    std::string kept; ///< sealed, may be empty

    static Journey of(const web::Request &request);
    std::vector<html::Hidden> hidden() const;
};

/// What answers a step that was not refused: the next page, or the end of signing in.
web::Response go_on(const Site &site, const web::Request &request, const access::Step &step,
                    const Journey &journey);
/// Signed in: sends what was kept, or leads on.
web::Response signed_in_page(const Site &site, const web::Request &request,
                             const access::Step &step, const Journey &journey);
/// Ten codes, shown this once. `then` is where the button leads.
html::Html recovery_codes(const std::vector<std::string> &codes);

web::Response code_page(const Site &site, const web::Request &request, const Journey &journey,
                        const std::string &problem = {});
web::Response app_page(const Site &site, const web::Request &request, const Journey &journey,
                       const std::string &token, const std::string &problem = {});

} // namespace wardmote::site
