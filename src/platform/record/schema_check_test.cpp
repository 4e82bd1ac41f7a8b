#include "platform/record/schema_check.hpp"

#include <doctest/doctest.h>

#include <array>

#include "platform/record/example_for_test.hpp"

namespace wardmote::record {

namespace {

using test::Operation;
using test::Store;

constexpr std::string_view crooked_table = R"(
create table crooked (
    tenant text not null, id text primary key, version bigint not null,
    created text not null, created_by text, changed text not null, changed_by text,
    title bigint not null, forgotten text
);
)";

struct Crooked {
    std::string title, absent;
};

} // namespace

template <>
struct Described<Crooked> {
    static constexpr auto fields = std::to_array<Field>({
        field<&Crooked::title>("title", "Title", {.required = true}),
        field<&Crooked::absent>("absent", "Absent"),
    });
    static constexpr Description is{
        .table = "crooked", .path = "/crooked", .title = "name", .order = "absent"};
};

TEST_CASE("a description that fits its table has no mismatch") {
    Store store;
    const std::array all{&description<Operation>(), &description<test::Authority>()};
    const auto found = mismatches(store.database, all);
    CHECK(found == std::vector<std::string>{});
}

TEST_CASE("every way in which a table and its description can differ is named") {
    db::Database database{wardmote::test::fresh_database(),
                          {.more_migrations = {{9002, "9002_crooked", crooked_table}}}};
    const std::array all{&description<Crooked>()};
    const auto found = mismatches(database, all);
    const auto says = [&](std::string_view words) {
        for (const auto &sentence : found) {
            if (sentence == words) {
                return true;
            }
        }
        return false;
    };
    CHECK(says("crooked: column title is bigint and should be text"));
    CHECK(says("crooked: there is no column absent"));
    CHECK(says("crooked: there is no column removed"));
    CHECK(says("crooked: no field describes column forgotten"));
    CHECK(says("crooked: the primary key is not (tenant, id)"));
    CHECK(says("crooked: its title is name, which is no field"));

    Description nowhere = description<Operation>();
    nowhere.table = "nowhere";
    const std::array missing{&std::as_const(nowhere)};
    CHECK(mismatches(database, missing) ==
          std::vector<std::string>{"nowhere: there is no such table"});
}

TEST_CASE("a list whose first order no index gives is named, with the index it wants") {
    Store store;
    Description unsorted = description<Operation>();
    const std::array all{&std::as_const(unsorted)};
    unsorted.order = "-officers";
    const auto found = mismatches(store.database, all);
    if (wardmote::test::on_postgresql()) {
        CHECK(found.empty());
    } else {
        CHECK(found ==
              std::vector<std::string>{"operation: no index gives its list in order: make one on "
                                       "(tenant, officers, id) where removed is null"});
    }
    unsorted.order = "contact";
    CHECK(mismatches(store.database, all) ==
          std::vector<std::string>{"operation: it cannot be sorted by contact"});
}

} // namespace wardmote::record
