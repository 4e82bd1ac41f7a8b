#include <algorithm>
#include <functional>

#include "work/partnership/membership.hpp"

namespace wardmote::partnership {

namespace {

using access::OrganisationKind;

/// Section 5(1) of the Crime and Disorder Act 1998. A unitary council stands for both tiers.
std::vector<Authority> needed() {
    using enum OrganisationKind;
    return {
        {"The district council", {district_council, unitary_council}, {}},
        {"The county council, where there is one", {county_council, unitary_council}, {}},
        {"The chief officer of police", {police}, {}},
        {"The fire and rescue authority", {fire_and_rescue}, {}},
        {"Every provider of probation services", {probation}, {}},
        {"The integrated care board", {integrated_care_board}, {}},
    };
}

std::string_view stored(OrganisationKind kind) {
    return access::organisation_kinds[static_cast<std::size_t>(kind)].value;
}

/// id, name and kind of each, by name.
void each_responsible(db::Transaction &tx, core::Date date,
                      const std::function<void(const db::Row &)> &take) {
    tx.each("select o.id, o.name, o.kind from membership m "
            "join organisation o on o.tenant = m.tenant and o.id = m.organisation "
            "where m.tenant = :tenant and m.removed is null and m.standing = 'responsible' "
            "and coalesce(m.joined, '') <= :day and coalesce(m.left_on, '9999') >= :day "
            "order by o.name",
            {{"tenant", tx.tenant()}, {"day", date.iso()}}, take);
}

} // namespace

record::Problems check_membership(const record::Values &values) {
    const auto membership = record::typed<Membership>(values);
    if (membership.joined && membership.left && *membership.left < *membership.joined) {
        return {{"left_on", "Last day as a member must be the first day or later"}};
    }
    return {};
}

std::vector<Authority> authorities_on(db::Transaction &tx, core::Date date) {
    auto all = needed();
    each_responsible(tx, date, [&](const db::Row &row) {
        for (auto &authority : all) {
            if (std::ranges::any_of(authority.kinds, [&](OrganisationKind kind) {
                    return stored(kind) == row.text("kind");
                })) {
                authority.members.push_back(row.text("name"));
            }
        }
    });
    return all;
}

std::vector<std::string> responsible_of(db::Transaction &tx, const std::vector<std::string> &kinds,
                                        core::Date date) {
    std::vector<std::string> found;
    each_responsible(tx, date, [&](const db::Row &row) {
        if (std::ranges::find(kinds, row.text("kind")) != kinds.end()) {
            found.push_back(row.text("id"));
        }
    });
    return found;
}

} // namespace wardmote::partnership
