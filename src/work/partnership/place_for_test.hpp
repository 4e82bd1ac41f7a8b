/// For tests: a partnership of two responsible authorities with its pages, and a manager who is
/// signed in.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "platform/access/person.hpp"
#include "platform/access/post.hpp"
#include "platform/site/browser_for_test.hpp"
#include "work/partnership/meeting.hpp"
#include "work/partnership/membership.hpp"
#include "work/partnership/partnership.hpp"
#include "work/partnership/rules.hpp"

namespace wardmote::partnership {

struct PlaceForTest : site::SiteForTest {
    template <class Work>
    auto write(Work &&work) {
        return database.write({made.tenant.id, made.administrator, {}}, std::forward<Work>(work));
    }

    explicit PlaceForTest(site::Settings settings = {})
        : site::SiteForTest{std::move(settings)}
        , made{std::get<access::MadeTenant>(
              access::make_tenant(keeper, {.name = "Oxford Partnership",
                                           .place = "Oxford",
                                           .administrator_name = "Alex Amin",
                                           .administrator_email = "alex@oxford.example"}))}
        , rules{Rules::read({WARDMOTE_SOURCE_DIR "/catalogue"})} {
        routes(site);
        add_governance(site, rules);
        write([&](db::Transaction &tx) {
            council =
                organisation(tx, "Oxford City Council", access::OrganisationKind::district_council);
            police = organisation(tx, "Thames Valley Police", access::OrganisationKind::police);
            manager = person(tx, "Mary Moss", council, access::Role::manager);
            officer = person(tx, "Olu Ojo", police, access::Role::officer);
        });
        site::sign_in(site, browser, made.tenant, manager);
    }

    std::string organisation(db::Transaction &tx, const std::string &name,
                             access::OrganisationKind kind) {
        auto id = keeper.add(tx, access::Organisation{.name = name, .kind = kind});
        keeper.add(tx, Membership{.organisation = core::Id::parse(id)});
        return id;
    }
    std::string person(db::Transaction &tx, const std::string &name, const std::string &body,
                       access::Role role) {
        return keeper.add(
            tx, access::PersonRecord{.name = name,
                                     .email = name.substr(0, name.find(' ')) + "@oxford.example",
                                     .role = role,
                                     .organisation = core::Id::parse(body)});
    }
    /// A senior post held between two days.
    std::string senior(db::Transaction &tx, const std::string &who, const std::string &body,
                       std::optional<core::Date> from = {}, std::optional<core::Date> to = {}) {
        return keeper.add(tx, access::Post{.title = "Director",
                                           .organisation = core::Id::parse(body),
                                           .person = core::Id::parse(who),
                                           .held_from = from,
                                           .held_to = to,
                                           .senior = true});
    }
    std::string meeting(db::Transaction &tx, const std::string &title, const char *starts,
                        MeetingState state = MeetingState::planned,
                        MeetingKind kind = MeetingKind::board) {
        return keeper.add(tx, Meeting{.title = title,
                                      .kind = kind,
                                      .starts = *core::Instant::parse(starts),
                                      .state = state});
    }

    access::MadeTenant made;
    Rules rules;
    site::Browser browser{router};
    std::string council, police, manager, officer;
};

} // namespace wardmote::partnership
