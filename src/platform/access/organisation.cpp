#include "platform/access/organisation.hpp"

#include "platform/access/date_order.hpp"

namespace wardmote::access {

record::Problems check_organisation(const record::Values &values) {
    return check_order(record::description<Organisation>(), values, "valid_from", "valid_to");
}

std::vector<record::Kept<Organisation>> organisations_on(const record::Keeper &keeper,
                                                         db::Transaction &tx, core::Date date) {
    const auto is_there = [&](const Organisation &organisation) {
        return (!organisation.valid_from || *organisation.valid_from <= date) &&
               (!organisation.valid_to || *organisation.valid_to >= date);
    };
    std::vector<record::Kept<Organisation>> found;
    const auto all = keeper.list(tx, record::description<Organisation>(), {.page_size = 0},
                                 {.all_restricted = true});
    for (const auto &stored : all.records) {
        auto kept = record::typed<Organisation>(stored);
        if (is_there(kept.value)) {
            found.push_back(std::move(kept));
        }
    }
    return found;
}

} // namespace wardmote::access
