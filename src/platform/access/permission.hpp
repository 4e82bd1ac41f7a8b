/// Who may do what: one table of roles, acts, kinds of record, bodies and states, which decides,
/// draws the buttons and writes docs/operations/permissions.md.
///
/// A permission is always "what, for which body, in which state": a partner's officer may edit what
/// is their own organisation's, and nobody may edit what has been removed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wardmote::access {

enum class Role : std::uint32_t {
    administrator = 1U << 0U,
    manager = 1U << 1U,
    coordinator = 1U << 2U,
    officer = 1U << 3U,
    analyst = 1U << 4U,
    partner_officer = 1U << 5U,
    board_member = 1U << 6U,
    chair = 1U << 7U,
    councillor = 1U << 8U,
    auditor = 1U << 9U, ///< sees, and never changes
};

/// What can be done. One act is one bit, so that a row of the table can name several.
enum class Act : std::uint32_t {
    view = 1U << 0U,
    create = 1U << 1U,
    edit = 1U << 2U,
    remove = 1U << 3U, ///< softly: it can be restored
    restore = 1U << 4U,
    attach = 1U << 5U,   ///< add and take away files
    download = 1U << 6U, ///< lists as CSV and JSON
    reveal = 1U << 7U,   ///< see sensitive fields unmasked
    history = 1U << 8U,  ///< who changed what
    seen = 1U << 9U,     ///< who looked
    administer = 1U << 10U,
};

/// A set of roles or of acts.
template <class Bit>
class Set {
public:
    constexpr Set() = default;
    constexpr Set(Bit bit) // not explicit: one is a set too
        : m_bits{static_cast<std::uint32_t>(bit)} {}
    constexpr bool has(Bit bit) const { return (m_bits & static_cast<std::uint32_t>(bit)) != 0; }
    constexpr bool meets(Set other) const { return (m_bits & other.m_bits) != 0; }
    constexpr Set operator|(Set other) const { return Set{m_bits | other.m_bits}; }
    constexpr bool operator==(const Set &) const = default;

private:
    explicit constexpr Set(std::uint32_t bits)
        : m_bits{bits} {}
    std::uint32_t m_bits = 0;
};
using Roles = Set<Role>;
using Acts = Set<Act>;
constexpr Roles operator|(Role one, Role other) {
    return Roles{one} | other;
}
constexpr Acts operator|(Act one, Act other) {
    return Acts{one} | other;
}

/// Whose records: everybody's, those of the person's own organisation, or the person's own.
enum class Whose { any, own_body, own };

/// One row of the table. `kind` is a record's table ("organisation") or another thing guarded
/// ("evidence"); `state` is the record's, empty for any that is not removed.
struct Grant {
    Roles roles;
    Acts acts;
    std::string_view kind;
    Whose whose = Whose::any;
    std::string_view state;
};

/// Every grant there is. What no row grants is refused.
std::span<const Grant> grants();

/// Somebody signed in, as the table needs to know them.
struct Person {
    std::string id;
    std::string tenant;
    std::string name;
    std::string email;
    Role role = Role::auditor;
    std::string organisation; ///< id; empty: none
};

/// What is to be acted upon. Empty members are not known or do not apply.
struct Subject {
    std::string_view body;  ///< the organisation it belongs to
    std::string_view owner; ///< the person it belongs to
    std::string_view state; ///< "removed" when softly deleted
};

/// True when a grant allows this act on this subject.
bool may(const Person &person, Act act, std::string_view kind, const Subject &subject);
/// True when it is allowed on some record of the kind at least: shows a link or a list.
bool may_somewhere(const Person &person, Act act, std::string_view kind);
/// The widest `whose` that the role has for this act; nothing when none. Lists are scoped by it.
std::optional<Whose> reach(Role role, Act act, std::string_view kind);

/// "partner_officer", as it is stored; and back.
std::string_view stored_name(Role role);
std::optional<Role> parse_role(std::string_view stored);
/// "Partner's officer"; and a sentence on what the role is for.
std::string_view words(Role role);
std::string_view explanation(Role role);
std::span<const Role> all_roles();
std::string_view words(Act act); ///< "See who looked"

/// What a route asks of whoever comes: nothing, a sign-in, or a permission on some record of a
/// kind. Whether this very record may be acted upon is asked again where it is known.
struct Need {
    enum class Who { anyone, signed_in, permission };
    Who who = Who::signed_in;
    Act act = Act::view;
    std::string_view kind;

    static constexpr Need anyone() { return {Who::anyone, Act::view, {}}; }
    static constexpr Need signed_in() { return {Who::signed_in, Act::view, {}}; }
    static constexpr Need to(Act act, std::string_view kind) {
        return {Who::permission, act, kind};
    }
};

/// The whole table in words, as docs/operations/permissions.md holds it.
std::string permissions_markdown();

struct Visit; ///< visit.hpp: one request of somebody signed in

} // namespace wardmote::access
