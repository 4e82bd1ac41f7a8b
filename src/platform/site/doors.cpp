#include "platform/site/doors.hpp"

#include "platform/site/messages.hpp"
#include "platform/site/site.hpp"

namespace wardmote::site {

namespace {

std::unique_ptr<access::OpenId> provider(const Settings &settings, const core::Clock &clock) {
    if (!settings.openid) {
        return nullptr;
    }
    auto with = *settings.openid;
    if (with.redirect_uri.empty()) {
        with.redirect_uri = settings.url + "/sign-in/openid/return";
    }
    return std::make_unique<access::OpenId>(std::move(with), access::curl_fetch(), clock);
}

} // namespace

Doors::Doors(record::Keeper &keeper, jobs::Queue &queue, const Settings &settings)
    : sessions{keeper, settings.access}
    , sign_in{keeper, sessions, settings.access, teller(keeper, queue, settings)}
    , accounts{keeper, sessions, sign_in, settings.access, teller(keeper, queue, settings)}
    , first_run{keeper}
    , openid{provider(settings, keeper.clock())} {}

std::optional<access::Tenant> tenant_of(const Site &site, const web::Request &request) {
    return access::find_tenant(site.database(), request.host);
}

access::Visitor visitor_of(const access::Tenant &tenant, const web::Request &request) {
    return {.tenant = tenant.id,
            .remote = request.remote,
            .device = access::device_words(request.header("User-Agent").value_or("")),
            .request = request.id};
}

} // namespace wardmote::site
