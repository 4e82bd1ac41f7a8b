/// What lets people in, in one place: sessions, sign-in, accounts, the first run. Inside site/ and
/// for whoever starts the program.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "platform/access/accounts.hpp"
#include "platform/access/openid.hpp"
#include "platform/access/sessions.hpp"
#include "platform/access/sign_in.hpp"
#include "platform/access/tenants.hpp"
#include "platform/site/settings.hpp"
#include "platform/web/request.hpp"

namespace wardmote::jobs {
class Queue;
}

namespace wardmote::site {

struct Doors {
    /// All must outlive it.
    Doors(record::Keeper &keeper, jobs::Queue &queue, const Settings &settings);

    access::Sessions sessions;
    access::SignIn sign_in;
    access::Accounts accounts;
    access::FirstRun first_run;
    std::unique_ptr<access::OpenId> openid; ///< null: not configured
};

/// The partnership whose host was asked; nothing when none has it.
std::optional<access::Tenant> tenant_of(const class Site &site, const web::Request &request);
/// Where a request comes from, as access asks it.
access::Visitor visitor_of(const access::Tenant &tenant, const web::Request &request);

} // namespace wardmote::site
