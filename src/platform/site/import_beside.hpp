/// Facts beside the fields of a record that a spreadsheet may bring with it, such as what a line of
/// a grant has for each month. They are read, judged, shown and undone as its fields are.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/record/description.hpp"
#include "platform/site/site.hpp"

namespace wardmote::site {

struct ImportBeside {
    /// The facts that a heading may stand for, the likeliest first, as fields that hold nothing or
    /// one value; what they are called lives as long as the program. Empty: none.
    std::function<std::vector<record::Field>(std::string_view heading)> named;
    /// The same by a field's own name.
    std::function<std::optional<record::Field>(std::string_view name)> field;
    /// What they hold for a record, one for each.
    std::function<record::Values(db::Transaction &, std::string_view record,
                                 std::span<const record::Field>)>
        read;
    /// Writes and logs them.
    std::function<void(db::Transaction &, std::string_view record, std::span<const record::Field>,
                       const record::Values &)>
        write;
};

/// Says so of a kind of record, before the site answers.
void import_beside(Site &site, std::string_view table, ImportBeside beside);

} // namespace wardmote::site
