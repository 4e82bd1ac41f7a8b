// The table of permissions of the guide's program, which has this one in the place of the real one.
#include <array>

#include "platform/access/permission.hpp"

namespace wardmote::access {

std::span<const Grant> grants() {
    static constexpr auto table = std::to_array<Grant>({
        {Role::manager | Role::officer, Act::view | Act::download, "organisation"},
        {Role::manager | Role::officer, Act::view | Act::download, "loan"},
        {Role::manager | Role::officer, Act::create | Act::edit | Act::history, "loan"},
        {Role::manager, Act::remove | Act::restore | Act::reveal | Act::seen, "loan"},
    });
    return table;
}

} // namespace wardmote::access
