/// The pages that lead in: sign in, sign in to send what was typed, send it again. Inside site/
/// only.
#pragma once

#include <string>

#include "platform/html/form.hpp"
#include "platform/site/gate.hpp"

namespace wardmote::site {

/// A session had ended when a form came: signs in again and then sends it.
web::Response sign_in_to_send_page(const Site &site, const web::Request &request);
/// What was typed, and a button that sends it to where it was going. For a form whose token had
/// changed (403), and for one that was kept until its sender had signed in again (200).
web::Response send_again_page(const Site &site, const web::Request &request, int status);
web::Response send_kept_page(const Site &site, const web::Request &request, const KeptForm &kept);

} // namespace wardmote::site
