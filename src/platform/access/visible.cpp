#include "platform/access/visible.hpp"

#include "platform/access/person.hpp"

namespace wardmote::access {

namespace {

/// The id in a reference field; empty when the description has no such field.
std::string_view id_in(const record::Description &what, const record::Stored &stored,
                       std::string_view field) {
    if (field.empty()) {
        return {};
    }
    const auto *id = std::get_if<std::string>(&stored.values[what.index(field)]);
    return id != nullptr ? std::string_view{*id} : std::string_view{};
}

} // namespace

std::optional<record::Visible> visible_to(const Person &person, const record::Description &what) {
    const auto whose = reach(person.role, Act::view, what.table);
    if (!whose) {
        return std::nullopt;
    }
    record::Visible visible{.body = {}, .owner = {}, .person = person.id, .all_restricted = false};
    // A record whose description names no body is nobody's own.
    if (*whose == Whose::own_body) {
        if (person.organisation.empty() || what.body.empty()) {
            return std::nullopt;
        }
        visible.body = person.organisation;
    } else if (*whose == Whose::own) {
        if (what.owner.empty()) {
            return std::nullopt;
        }
        visible.owner = person.id;
    }
    return visible;
}

Subject subject_of(const record::Description &what, const record::Stored &stored) {
    return {.body = id_in(what, stored, what.body),
            .owner = id_in(what, stored, what.owner),
            .state = stored.is_removed() ? "removed" : id_in(what, stored, what.state)};
}

bool may(const Person &person, Act act, const record::Description &what,
         const record::Stored &stored) {
    return may(person, act, what.table, subject_of(what, stored));
}

record::Problems guard_change(db::Transaction &tx, const Person &who,
                              const record::Description &what, const record::Stored *before,
                              const record::Values *after, core::Date today) {
    if (&what != &record::description<PersonRecord>()) {
        return {};
    }
    return person_change_problems(
        tx, who, before != nullptr ? before->id : std::string{},
        after != nullptr ? std::optional{record::typed<PersonRecord>(*after)} : std::nullopt,
        today);
}

} // namespace wardmote::access
