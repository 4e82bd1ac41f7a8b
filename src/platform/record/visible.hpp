/// Which records a person may know of: conditions that every list, search and reference carries.
#pragma once

#include <optional>
#include <string>

#include "platform/record/description.hpp"

namespace wardmote::record {

struct Visible {
    std::optional<std::string> body;  ///< only those of this organisation
    std::optional<std::string> owner; ///< only those of this person
    std::string person;               ///< for restricted records: must be on the access list
    bool all_restricted = false;      ///< the system itself
};

/// A kind of record, and which of it may be known.
struct VisibleKind {
    const Description *what;
    Visible visible;
};

} // namespace wardmote::record
