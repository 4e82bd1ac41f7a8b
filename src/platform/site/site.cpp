#include "platform/site/site.hpp"

#include <stdexcept>

#include "platform/html/list.hpp"
#include "platform/jobs/queue.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/gate.hpp"
#include "platform/site/home_page.hpp"
#include "platform/site/import_work.hpp"
#include "platform/site/pages.hpp"
#include "platform/site/search_page.hpp"

namespace wardmote::site {

Site::Site(web::Router &router, Parts parts, Settings settings)
    : m_router{router}
    , m_parts{std::move(parts)}
    , m_settings{std::move(settings)}
    , m_doors{std::make_unique<Doors>(m_parts.keeper, m_parts.queue, m_settings)}
    , m_imports{std::make_unique<Imports>(m_parts.read_sheets)} {
    router.gate(gate_of(*this));
    router.failures([this](const web::Failure &failure) { return failure_page(*this, failure); });
    add_home_page(*this);
    add_search_page(*this);
    add_set_up(*this);
    add_sign_in(*this);
    add_links(*this);
    add_account(*this);
    add_calendar(*this);
    add_digest_pages(*this);
    add_administration(*this);
    add_people(*this);
    add_jobs_page(*this);
    add_audit(*this);
}

Site::~Site() = default;

void Site::section(Section section) {
    m_sections.push_back(std::move(section));
}

void Site::home(HomeSource source) {
    m_home.push_back(std::move(source));
}

void Site::belongs(std::string kind, std::function<bool(const access::Visit &)> to) {
    m_owners.insert_or_assign(std::move(kind), std::move(to));
}

bool Site::is_there(const access::Visit &visit, const access::Need &need) const {
    const auto owner = m_owners.find(need.kind);
    return owner == m_owners.end() || owner->second(visit);
}

bool Site::may_pass(const access::Visit &visit, const access::Need &need) const {
    return need.who != access::Need::Who::permission ||
           (access::may_somewhere(visit.person, need.act, need.kind) && is_there(visit, need));
}

void Site::note(const web::Request &request, std::string act, std::string_view kind,
                std::string_view record, std::string detail) const {
    m_parts.seen.note(visit_of(request).scope(), {.act = std::move(act),
                                                  .kind = std::string{kind},
                                                  .record = std::string{record},
                                                  .version = 0,
                                                  .detail = std::move(detail)});
}

Home Site::gathered(const access::Visit &visit) const {
    return database().read(visit.scope(), [&](db::Transaction &tx) { return gathered(tx, visit); });
}

Home Site::gathered(db::Transaction &tx, const access::Visit &visit) const {
    Home home;
    for (const auto &source : m_home) {
        source(tx, visit, home);
    }
    return home;
}

core::Date Site::today(const access::Visit &visit) const {
    const auto known = m_today ? m_today(visit) : std::nullopt;
    return known ? *known : clock().now().london_date();
}

void Site::today_is(std::function<std::optional<core::Date>(const access::Visit &)> knows) {
    m_today = std::move(knows);
}

const access::Visit &visit_of(const web::Request &request) {
    if (!request.visit) {
        throw std::logic_error("nobody is signed in on this route: " + request.path);
    }
    return *request.visit;
}

std::string csrf(const web::Request &request) {
    return request.csrf;
}

html::Html csrf_field(const web::Request &request) {
    return html::hidden_fields({{"csrf", request.csrf}});
}

} // namespace wardmote::site
