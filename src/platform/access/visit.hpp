/// One request of somebody signed in: who, for which partnership, until when.
#pragma once

#include <string>

#include "engine/core/clock.hpp"
#include "platform/access/permission.hpp"
#include "platform/db/database.hpp"

namespace wardmote::access {

struct Visit {
    Person person;
    std::string tenant_name;
    std::string place;    ///< as it stands in a sentence: "Oxford"
    bool example = false; ///< a partnership to learn with: nothing in it is real
    std::string session;  ///< its id, which is no secret
    std::string csrf;     ///< what every form of this session carries
    core::Instant began;
    core::Instant seen;           ///< to the minute
    core::Instant idle_until;     ///< unless something is asked for before
    core::Instant absolute_until; ///< whatever is asked for
    std::string request;          ///< its id, for the logs; the gate sets it

    db::Scope scope() const { return {person.tenant, person.id, request}; }
};

} // namespace wardmote::access
