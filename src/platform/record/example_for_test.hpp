/// A kind of record for tests: ten fields, one of each kind; and all that keeping it needs.
#pragma once

#include <string>
#include <vector>

#include "database_for_test.hpp"
#include "platform/record/keeper.hpp"
#include "platform/record/references.hpp"

namespace wardmote::record::test {

enum class Sort { patrol, test_purchase, campaign };
constexpr Choice sorts[] = {
    {"patrol", "Patrol"}, {"test_purchase", "Test purchase"}, {"campaign", "Campaign"}};
constexpr std::span<const Choice> choices_of(Sort) {
    return sorts;
}

struct Authority {
    std::string name;
};

struct Operation {
    std::string title;
    std::string aim;
    std::string contact;
    std::optional<int> officers;
    std::optional<core::Money> budget;
    core::Date first_day{2015, 2, 2};
    std::optional<core::Instant> briefing;
    bool secret = false;
    Sort sort = Sort::patrol;
    core::Id authority{{}};
};

} // namespace wardmote::record::test

namespace wardmote::record {

template <>
struct Described<test::Authority> {
    static constexpr auto fields =
        std::to_array<Field>({field<&test::Authority::name>("name", "Name", {.required = true})});
    static constexpr Description is{.table = "authority",
                                    .path = "/authorities",
                                    .one = "authority",
                                    .many = "authorities",
                                    .title = "name",
                                    .order = "name"};
};

template <>
struct Described<test::Operation> {
    using Operation = test::Operation;
    static constexpr auto fields = std::to_array<Field>({
        field<&Operation::title>("title", "What the operation is called",
                                 {.required = true, .max_length = 40}),
        field<&Operation::aim>("aim", "Aim", {.paragraph = true, .searched = true}),
        field<&Operation::contact>("contact", "E-mail address of the informant",
                                   {.email = true, .sensitive = true}),
        field<&Operation::officers>("officers", "Number of officers", {.least = 1, .most = 500}),
        field<&Operation::budget>("budget", "Budget", {.least = 0}),
        field<&Operation::first_day>("first_day", "First day",
                                     {.required = true, .filtered = true}),
        field<&Operation::briefing>("briefing", "Briefing"),
        field<&Operation::secret>("secret", "Only for those on its list"),
        field<&Operation::sort>("sort", "Kind of operation", {.required = true, .filtered = true}),
        field<&Operation::authority>("authority", "Who leads it",
                                     {.required = true, .refers_to = "authority"}),
    });
    static constexpr Description is{.table = "operation",
                                    .path = "/operations",
                                    .one = "operation",
                                    .many = "operations",
                                    .title = "title",
                                    .order = "title",
                                    .body = "authority",
                                    .owner = "created_by",
                                    .restricted = "secret"};
};

} // namespace wardmote::record

namespace wardmote::record::test {

inline constexpr std::string_view operation_tables = R"(
create table authority (
    tenant text not null references tenant (id), id text not null, version bigint not null,
    created text not null, created_by text, changed text not null, changed_by text, removed text,
    name text not null,
    primary key (tenant, id)
);
create index authority_by_name on authority (tenant, lower(name), id) where removed is null;
create table operation (
    tenant text not null references tenant (id), id text not null, version bigint not null,
    created text not null, created_by text, changed text not null, changed_by text, removed text,
    title text not null, aim text, contact text, officers bigint, budget bigint,
    first_day text not null, briefing text, secret bigint not null, sort text not null,
    authority text not null,
    primary key (tenant, id),
    foreign key (tenant, authority) references authority (tenant, id)
);
create index operation_by_title on operation (tenant, lower(title), id, secret)
    where removed is null;
create index operation_by_first_day on operation (tenant, first_day, id, secret)
    where removed is null;
create index operation_by_sort on operation (tenant, sort, lower(title), id, secret)
    where removed is null;
)";

inline constexpr const char *oxford = "0193a5a0-7c1e-7abc-8def-000000000001";
inline constexpr const char *cherwell = "0193a5a0-7c1e-7abc-8def-000000000002";
inline constexpr const char *jo = "0193a5a0-7c1e-7abc-8def-00000000000a";
inline constexpr const char *sam = "0193a5a0-7c1e-7abc-8def-00000000000b";

/// An empty store with two partnerships, Jo and Sam, and one authority of each partnership.
struct Store {
    core::FixedClock clock{core::Instant::parse("2015-02-02T08:10:00.000Z").value()};
    db::Keys keys = db::Keys::ephemeral();
    std::string folder = wardmote::test::fresh_folder();
    db::Database database{wardmote::test::fresh_database(),
                          {.more_migrations = {{9001, "9001_operations", operation_tables}}}};
    db::Ledger ledger{keys, folder + "/audit", clock};
    Keeper keeper{database, ledger, keys, clock};
    std::string police, council;

    static db::Scope as(std::string person, std::string tenant = oxford) {
        return {std::move(tenant), std::move(person), "request"};
    }
    template <class Work>
    auto write(Work &&work) {
        return database.write(as(jo), work);
    }
    template <class Work>
    auto read(Work &&work) {
        return database.read(as(jo), work);
    }

    Store() {
        database.write(db::Scope::everyone(), [&](db::Transaction &tx) {
            for (const std::string id : {oxford, cherwell}) {
                tx.execute("insert into tenant (id, name, place, host, created) "
                           "values (:id, :id, 'Oxford', :id, '2015')",
                           {{"id", id}});
            }
        });
        police = write([&](auto &tx) { return keeper.add(tx, Authority{"Police"}); });
        council = write([&](auto &tx) { return keeper.add(tx, Authority{"City council"}); });
        write([&](db::Transaction &tx) {
            tx.execute("insert into person (tenant, id, version, created, changed, name, email, "
                       "role) values (:tenant, :id, 1, '2015', '2015', 'Sam', 's@example.org', "
                       "'officer')",
                       {{"tenant", tx.tenant()}, {"id", std::string{sam}}});
        });
    }

    Operation operation(std::string title) const {
        Operation made;
        made.title = std::move(title);
        made.authority = core::Id::parse(police).value();
        return made;
    }
    /// Something in every field.
    Operation full() const {
        auto made = operation("Night bus patrol");
        made.aim = "Fewer assaults\nafter the last bus";
        made.contact = "kit@example.org";
        made.officers = 12;
        made.budget = core::Money::pence(125050);
        made.first_day = core::Date{2015, 3, 29};
        made.briefing = core::Instant::parse("2015-03-29T07:30:00.000Z");
        made.sort = Sort::campaign;
        return made;
    }
    std::string add(const Operation &made) {
        return write([&](auto &tx) { return keeper.add(tx, made); });
    }
    std::vector<std::string> titles(const Query &query, const Visible &visible = everything()) {
        const auto &what = description<Operation>();
        std::vector<std::string> all;
        for (const auto &record :
             read([&](auto &tx) { return keeper.list(tx, what, query, visible); }).records) {
            all.push_back(db::text_of(record.values[what.index("title")]));
        }
        return all;
    }
    static Visible everything() { return {.all_restricted = true}; }
};

} // namespace wardmote::record::test
