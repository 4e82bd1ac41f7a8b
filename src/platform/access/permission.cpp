#include "platform/access/permission.hpp"

#include <algorithm>
#include <array>

namespace wardmote::access {

namespace {

constexpr auto each_role = std::to_array<Role>(
    {Role::administrator, Role::manager, Role::coordinator, Role::officer, Role::analyst,
     Role::partner_officer, Role::board_member, Role::chair, Role::councillor, Role::auditor});

constexpr Roles keepers = Role::administrator | Role::manager;
constexpr Roles staff = Roles{keepers} | Role::coordinator | Role::officer | Role::analyst;
constexpr Roles board = Role::board_member | Role::chair;
constexpr Roles everyone = staff | Role::partner_officer | board | Role::councillor | Role::auditor;
constexpr Acts reading = Act::view | Act::download;
constexpr Acts keeping = Act::create | Act::edit | Act::remove | Act::restore | Act::attach;
constexpr Acts looking_back = Act::history | Act::seen;

constexpr auto table = std::to_array<Grant>({
    {everyone, reading, "evidence"},
    {everyone, reading, "report"},
    {everyone, reading, "organisation"},
    {keepers, keeping, "organisation"},
    {keepers | Role::auditor, looking_back, "organisation"},
});

} // namespace

std::span<const Grant> grants() {
    return table;
}

bool may(const Person &person, Act act, std::string_view kind, const Subject &subject) {
    return std::ranges::any_of(table, [&](const Grant &grant) {
        if (!grant.roles.has(person.role) || !grant.acts.has(act) || grant.kind != kind) {
            return false;
        }
        if (grant.state.empty() ? subject.state == "removed" && act != Act::restore &&
                                      act != Act::view && act != Act::history && act != Act::seen
                                : grant.state != subject.state) {
            return false;
        }
        switch (grant.whose) {
        case Whose::any:
            return true;
        case Whose::own_body:
            return !person.organisation.empty() && subject.body == person.organisation;
        case Whose::own:
            return subject.owner == person.id;
        }
        return false;
    });
}

bool may_somewhere(const Person &person, Act act, std::string_view kind) {
    return reach(person.role, act, kind).has_value();
}

std::optional<Whose> reach(Role role, Act act, std::string_view kind) {
    std::optional<Whose> widest;
    for (const auto &grant : table) {
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
