#include "platform/access/permission.hpp"

#include <algorithm>
#include <array>

namespace wardmote::access {

namespace {

constexpr auto each_role = std::to_array<Role>(
    {Role::administrator, Role::manager, Role::coordinator, Role::officer, Role::analyst,
     Role::partner_officer, Role::board_member, Role::chair, Role::councillor, Role::auditor});

constexpr std::string_view removed = "removed";

bool covers(const Grant &grant, const Person &person, const Subject &subject) {
    switch (grant.whose) {
    case Whose::any:
        return true;
    case Whose::own_body:
        return !person.organisation.empty() && subject.body == person.organisation;
    case Whose::own:
        return !person.id.empty() && subject.owner == person.id;
    }
    return false;
}

/// What has been removed can be restored and looked back at, and nothing else.
constexpr Acts of_removed = Acts{Act::restore} | Act::view | Act::history | Act::seen;

bool in_state(const Grant &grant, Act act, std::string_view state) {
    if (state == removed) {
        return grant.state == removed || (grant.state.empty() && of_removed.has(act));
    }
    return grant.state.empty() || grant.state == state;
}

bool granted(const Person &person, Act act, std::string_view kind, const Subject &subject) {
    return std::ranges::any_of(grants(), [&](const Grant &grant) {
        return grant.kind == kind && grant.roles.has(person.role) && grant.acts.has(act) &&
               in_state(grant, act, subject.state) && covers(grant, person, subject);
    });
}

} // namespace

bool may(const Person &person, Act act, std::string_view kind, const Subject &subject) {
    if (!granted(person, act, kind, subject)) {
        return false;
    }
    // It is seen only by those who can bring it back or look into its past.
    return subject.state != removed || act != Act::view ||
           granted(person, Act::restore, kind, subject) ||
           granted(person, Act::history, kind, subject);
}

bool may_somewhere(const Person &person, Act act, std::string_view kind) {
    const auto whose = reach(person.role, act, kind);
    return whose && (*whose != Whose::own_body || !person.organisation.empty());
}

std::optional<Whose> reach(Role role, Act act, std::string_view kind) {
    std::optional<Whose> widest;
    for (const auto &grant : grants()) {
        if (grant.roles.has(role) && grant.acts.has(act) && grant.kind == kind &&
            (!widest || grant.whose < *widest)) {
            widest = grant.whose;
        }
    }
    return widest;
}

std::span<const Role> all_roles() {
    return each_role;
}

} // namespace wardmote::access
