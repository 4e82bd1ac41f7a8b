/// Who has looked at what: questions to the seen log.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/database.hpp"

namespace wardmote::access {

/// Somebody saw something.
struct Look {
    std::string at;     ///< ISO 8601
    std::string person; ///< id; empty: nobody signed in
    std::string name;   ///< of the person
    std::string act;    ///< "view", "search", "export", "print"
    std::string kind, record;
};

struct Looks {
    std::vector<Look> looks; ///< latest first
    std::int64_t total = 0;
};

/// Who has looked at this record.
Looks looks_at(db::Transaction &tx, std::string_view kind, std::string_view record,
               std::int64_t page, std::int64_t page_size);
/// What this person has looked at.
Looks looks_of(db::Transaction &tx, std::string_view person, std::int64_t page,
               std::int64_t page_size);

/// When this person last looked at anything before `before`; nothing when they never did.
std::optional<std::string> last_look(db::Transaction &tx, std::string_view person,
                                     std::string_view before);

/// A record that somebody changed, by its latest change.
struct Changed {
    std::string kind, record;
    std::string act; ///< "create", "edit"
    std::string at, person;
};
/// What others than `person` changed after `since`, a record once, latest first. Whether it may be
/// known is for the caller to ask.
std::vector<Changed> changed_by_others(db::Transaction &tx, std::string_view person,
                                       std::string_view since, std::int64_t most);

/// What an act of the log is called: "Downloaded".
std::string act_in_words(std::string_view act);

/// A person's name by their id: also of one removed. "The system" for an empty id, "Somebody
/// unknown" when there is none.
std::string name_of(db::Transaction &tx, std::string_view person);

} // namespace wardmote::access
