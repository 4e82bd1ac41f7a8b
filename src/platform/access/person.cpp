#include "platform/access/person.hpp"

#include "engine/core/text.hpp"
#include "platform/access/date_order.hpp"

namespace wardmote::access {

namespace {

/// Held until the transaction ends. SQLite has one writer anyway.
void lock_people(db::Transaction &tx) {
    tx.execute("update tenant set name = name where id = :tenant", {{"tenant", tx.tenant()}});
}

bool email_is_anothers(db::Transaction &tx, std::string_view id, std::string_view email) {
    return tx
        .first(
            "select id from person where tenant = :tenant and removed is null"
            " and lower(email) = :email and id <> :id",
            {{"tenant", tx.tenant()}, {"email", comparable_email(email)}, {"id", std::string{id}}})
        .has_value();
}

/// An administrator who can sign in, now and without an end that is set.
bool is_lasting_administrator(const PersonRecord &person, core::Date today) {
    return person.role == Role::administrator && !person.active_to &&
           (!person.active_from || *person.active_from <= today);
}

bool another_administrator(db::Transaction &tx, std::string_view id, core::Date today) {
    return tx
        .first("select p.id from person p where p.tenant = :tenant and p.removed is null"
               " and p.role = 'administrator' and p.id <> :id and p.active_to is null"
               " and (p.active_from is null or p.active_from <= :today)"
               " and (exists (select 1 from credential c where c.tenant = p.tenant"
               " and c.person = p.id and c.password_hash is not null)"
               " or exists (select 1 from external_account e where e.tenant = p.tenant"
               " and e.person = p.id))",
               {{"tenant", tx.tenant()}, {"id", std::string{id}}, {"today", today.iso()}})
        .has_value();
}

record::Problems own_change(const Person &who, const std::optional<PersonRecord> &after,
                            const db::Row &before) {
    if (!after) {
        return {{"", "You cannot remove yourself. Ask another administrator"}};
    }
    record::Problems problems;
    if (after->role != who.role) {
        problems.push_back({"role", "You cannot change your own role. Ask another administrator"});
    }
    const auto same = [&](const std::optional<core::Date> &date, std::string_view column) {
        return (date ? date->iso() : std::string{}) == before.text(column);
    };
    for (const auto &[date, field] :
         {std::pair{after->active_from, "active_from"}, std::pair{after->active_to, "active_to"}}) {
        if (!same(date, field)) {
            problems.push_back(
                {field, "You cannot change when you may sign in. Ask another administrator"});
        }
    }
    return problems;
}

} // namespace

record::Problems check_person(const record::Values &values) {
    return check_order(record::description<PersonRecord>(), values, "active_from", "active_to");
}

record::Problems person_change_problems(db::Transaction &tx, const Person &who, std::string_view id,
                                        const std::optional<PersonRecord> &after,
                                        core::Date today) {
    lock_people(tx);
    record::Problems problems;
    const auto before = tx.first(
        "select role, active_from, active_to from person where tenant = :tenant and id = :id",
        {{"tenant", tx.tenant()}, {"id", std::string{id}}});
    if (before && id == who.id) {
        problems = own_change(who, after, *before);
    }
    if (before && before->text("role") == stored_name(Role::administrator) &&
        !(after && is_lasting_administrator(*after, today)) &&
        !another_administrator(tx, id, today)) {
        problems.push_back({after ? "role" : "",
                            "There would be no administrator left. Make somebody else an "
                            "administrator first, and wait until they have signed in"});
    }
    if (after && email_is_anothers(tx, id, after->email)) {
        problems.push_back({"email", "Another person has this e-mail address"});
    }
    return problems;
}

std::string comparable_email(std::string_view email) {
    return core::lower(core::trim(email));
}

} // namespace wardmote::access
