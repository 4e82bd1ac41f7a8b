#include <doctest/doctest.h>

#include "platform/record/attachments.hpp"
#include "platform/record/example_for_test.hpp"

namespace wardmote::record {

using test::Store;

TEST_CASE("only what was removed long ago is deleted for good, and the log says which") {
    Store store;
    const Attachments attachments{
        store.keys, store.ledger, store.clock, {.folder = store.folder + "/attachments"}};
    const auto old = store.add(store.full());
    const auto recent = store.add(store.operation("Recent"));
    const auto kept = store.add(store.operation("Kept"));
    store.write([&](db::Transaction &tx) {
        tx.execute("insert into access_list (tenant, kind, record, person, granted) "
                   "values (:tenant, 'operation', :id, :person, '2015')",
                   {{"tenant", tx.tenant()}, {"id", old}, {"person", std::string{test::sam}}});
        store.keeper.remove(tx, description<test::Operation>(), old);
    });
    store.clock.move_to(core::Instant::parse("2015-06-01T09:00:00.000Z").value());
    store.write([&](auto &tx) { store.keeper.remove(tx, description<test::Operation>(), recent); });
    const auto purged = store.write([&](auto &tx) {
        return store.keeper.purge(tx, description<test::Operation>(),
                                  core::Instant::parse("2015-05-01T00:00:00.000Z").value(),
                                  attachments);
    });
    CHECK(purged == 1);
    store.read([&](db::Transaction &tx) {
        CHECK_FALSE(
            store.keeper.find(tx, description<test::Operation>(), old, Store::everything()));
        CHECK(store.keeper.find(tx, description<test::Operation>(), recent, Store::everything()));
        CHECK(store.keeper.find(tx, description<test::Operation>(), kept, Store::everything()));
        for (const std::string table : {"search_entry", "access_list"}) {
            CHECK(tx.query("select record from " + table + " where record = :id", {{"id", old}})
                      .empty());
        }
        const auto history = store.keeper.history(tx, description<test::Operation>(), old);
        CHECK(history[0].act == "purge");
        CHECK(history[0].fields.empty());
    });
}

} // namespace wardmote::record
