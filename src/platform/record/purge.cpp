/// Deleting for good, as the rules of retention ask.
#include <fmt/format.h>

#include "platform/record/attachments.hpp"
#include "platform/record/keeper.hpp"
#include "platform/record/search_index.hpp"

namespace wardmote::record {

std::int64_t Keeper::purge(db::Transaction &tx, const Description &what, core::Instant older_than,
                           const Attachments &attachments) {
    const auto rows = tx.query(fmt::format("select id, version from {} where tenant = :tenant "
                                           "and removed is not null and removed < :moment",
                                           what.table),
                               {{"tenant", tx.tenant()}, {"moment", older_than.iso()}});
    for (const auto &row : rows) {
        const Stored record{.id = row.text("id"), .version = row.integer("version")};
        const db::Bindings of_record{
            {"tenant", tx.tenant()}, {"kind", std::string{what.table}}, {"id", record.id}};
        for (const auto &file : tx.query("select id from attachment where tenant = :tenant "
                                         "and kind = :kind and record = :id",
                                         of_record)) {
            attachments.purge(tx, file.text("id"));
        }
        tx.execute("delete from access_list where tenant = :tenant and kind = :kind "
                   "and record = :id",
                   of_record);
        take_out_of_index(tx, what, record.id);
        tx.execute(fmt::format("delete from {} where tenant = :tenant and id = :id", what.table),
                   {{"tenant", tx.tenant()}, {"id", record.id}});
        log(tx, what, "purge", record, {});
    }
    return static_cast<std::int64_t>(rows.size());
}

} // namespace wardmote::record
