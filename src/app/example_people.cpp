#include "app/example_people.hpp"

#include <array>
#include <map>
#include <stdexcept>
#include <variant>

#include "engine/core/text.hpp"
#include "platform/access/organisation.hpp"
#include "platform/access/person.hpp"
#include "platform/access/post.hpp"
#include "platform/access/succession.hpp"
#include "platform/access/tenants.hpp"
#include "platform/record/keeper.hpp"
#include "work/assessment/assessment.hpp"
#include "work/funding/funding.hpp"
#include "work/partnership/example_meetings.hpp"
#include "work/partnership/membership.hpp"
#include "work/plan/plan.hpp"
#include "work/reports/reports.hpp"

namespace wardmote::app {
namespace {

using access::OrganisationKind;
using access::Role;
using partnership::Standing;

struct Body {
    const char *name;
    const char *short_name;
    OrganisationKind kind;
    Standing standing;
    std::optional<core::Date> from = {};
    const char *in_reports = "";
};
// Health was the Primary Care Trust's until 31 March 2013, probation the Trust's until 31 May 2014.
const auto bodies = std::to_array<Body>({
    {"Oxford City Council", "City Council", OrganisationKind::district_council,
     Standing::responsible},
    {"Oxfordshire County Council", "County Council", OrganisationKind::county_council,
     Standing::responsible},
    {"Thames Valley Police", "Police", OrganisationKind::police, Standing::responsible},
    {"Oxfordshire Fire and Rescue Service", "Fire Service", OrganisationKind::fire_and_rescue,
     Standing::responsible},
    {"National Probation Service", "NPS", OrganisationKind::probation, Standing::responsible,
     core::Date{2014, 6, 1}, "the Probation Service"},
    {"Oxfordshire Clinical Commissioning Group", "CCG", OrganisationKind::integrated_care_board,
     Standing::responsible, core::Date{2013, 4, 1}, "the Clinical Commissioning Group"},
    {"Oxford Brookes University", "Brookes", OrganisationKind::university, Standing::invited},
    {"Oxford University", "University", OrganisationKind::university, Standing::invited},
    {"Oxford University Student Union", "OUSU", OrganisationKind::students_union,
     Standing::invited},
});
constexpr auto trust = "Thames Valley Probation Trust";

struct Somebody {
    const char *name; ///< a post: no real person is in the example
    const char *mailbox;
    Role role;
    const char *body;
    bool senior = false;
};
constexpr auto city = "Oxford City Council";
constexpr auto people = std::to_array<Somebody>({
    {"Community safety manager", "manager", Role::manager, city},
    {"Exploitation coordinator", "coordinator", Role::coordinator, city},
    {"Anti-social behaviour officer", "officer", Role::officer, city},
    {"Crime analyst", "analyst", Role::analyst, city},
    {"Neighbourhood inspector", "inspector", Role::partner_officer, "Thames Valley Police"},
    {"Area fire risk manager", "fire", Role::board_member, "Oxfordshire Fire and Rescue Service",
     true},
    {"Director for Community Services", "director", Role::chair, city, true},
    {"Board Member for Crime and Community Response", "councillor", Role::councillor, city},
    {"Internal auditor", "auditor", Role::auditor, city},
});
constexpr auto administrator = "Systems administrator";
constexpr auto domain = "@oxford.example";

core::Id id_of(const std::string &text) {
    return core::Id::parse(text).value();
}

std::map<std::string, std::string> add_bodies(record::Keeper &keeper, db::Transaction &tx) {
    std::map<std::string, std::string> ids;
    for (const auto &body : bodies) {
        ids[body.name] = keeper.add(tx, access::Organisation{.name = body.name,
                                                             .short_name = body.short_name,
                                                             .kind = body.kind,
                                                             .valid_from = body.from});
        keeper.add(tx, partnership::Membership{.organisation = id_of(ids[body.name]),
                                               .standing = body.standing,
                                               .joined = body.from,
                                               .in_reports = body.in_reports});
    }
    const auto gone = keeper.add(tx, access::Organisation{.name = trust,
                                                          .kind = OrganisationKind::probation,
                                                          .valid_to = core::Date{2014, 5, 31}});
    keeper.add(tx, access::Succession{.predecessor = id_of(gone),
                                      .successor = id_of(ids.at("National Probation Service")),
                                      .took_effect = core::Date{2014, 6, 1},
                                      .notes = "Transforming Rehabilitation"});
    return ids;
}

void add_people(record::Keeper &keeper, db::Transaction &tx,
                const std::map<std::string, std::string> &body_ids) {
    for (const auto &one : people) {
        const auto body = id_of(body_ids.at(one.body));
        const auto person =
            keeper.add(tx, access::PersonRecord{.name = one.name,
                                                .email = one.mailbox + std::string{domain},
                                                .role = one.role,
                                                .organisation = body,
                                                .job_title = one.name});
        keeper.add(tx, access::Post{.title = one.name,
                                    .organisation = body,
                                    .person = id_of(person),
                                    .senior = one.senior});
    }
}

} // namespace

void make_example_people(RecordsHome &records, const core::Clock &clock) {
    record::Keeper keeper{records.database, records.ledger, records.keys, clock};
    const auto made =
        access::make_tenant(keeper, {.name = "Oxford Safer Communities Partnership",
                                     .place = "Oxford",
                                     .example = true,
                                     .administrator_name = administrator,
                                     .administrator_email = "administrator" + std::string{domain}});
    if (const auto *problems = std::get_if<record::Problems>(&made)) {
        throw std::runtime_error(
            "The example's partnership could not be made: " + problems->front().words + ".");
    }
    const auto &tenant = std::get<access::MadeTenant>(made);
    records.database.write({tenant.tenant.id, tenant.administrator, {}}, [&](db::Transaction &tx) {
        add_people(keeper, tx, add_bodies(keeper, tx));
        partnership::make_example_meetings(keeper, tx);
        assessment::make_example_assessment(keeper, tx);
        plan::make_example_plan(keeper, tx);
        funding::make_example_funding(keeper, tx);
        reports::make_example_details(keeper, tx);
    });
}

} // namespace wardmote::app
