/// Who may know of a restricted record. To everybody else it does not exist: no title, no search
/// result, not even a count (record/keeper.hpp asks the same list).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/access/permission.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::access {

struct Listed {
    std::string person; ///< id
    std::string name;
    std::string granted;    ///< when
    std::string granted_by; ///< id; empty: the system
};

/// By name.
std::vector<Listed> access_list(db::Transaction &tx, std::string_view kind,
                                std::string_view record);
bool on_access_list(db::Transaction &tx, std::string_view kind, std::string_view record,
                    std::string_view person);

/// Puts a person on the list, and logs it. Only somebody on it may; the first is whoever restricts
/// the record.
std::optional<record::Problem> grant_access(record::Keeper &keeper, db::Transaction &tx,
                                            const Person &who, std::string_view kind,
                                            std::string_view record, std::string_view person);
/// Takes a person off the list, and logs it. The last one stays: somebody must know of it.
std::optional<record::Problem> withdraw_access(record::Keeper &keeper, db::Transaction &tx,
                                               const Person &who, std::string_view kind,
                                               std::string_view record, std::string_view person);

} // namespace wardmote::access
