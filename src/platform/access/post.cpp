#include "platform/access/post.hpp"

#include "platform/access/date_order.hpp"

namespace wardmote::access {

record::Problems check_post(const record::Values &values) {
    return check_order(record::description<Post>(), values, "held_from", "held_to");
}

std::vector<std::string> holders_of(db::Transaction &tx, std::string_view organisation,
                                    std::string_view title, core::Date date) {
    std::vector<std::string> people;
    tx.each("select distinct person from post where tenant = :tenant and removed is null"
            " and organisation = :organisation and lower(title) = lower(:title)"
            " and person is not null and (held_from is null or held_from <= :date)"
            " and (held_to is null or held_to >= :date) order by person",
            {{"tenant", tx.tenant()},
             {"organisation", std::string{organisation}},
             {"title", std::string{title}},
             {"date", date.iso()}},
            [&](const db::Row &row) { people.push_back(row.text("person")); });
    return people;
}

} // namespace wardmote::access
