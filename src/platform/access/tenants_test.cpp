#include "platform/access/tenants.hpp"

#include <doctest/doctest.h>

#include "platform/access/world_for_test.hpp"

using namespace wardmote;
using namespace wardmote::access;

namespace {

/// An installation in which nothing has been set up.
struct Empty {
    std::string address = test::fresh_database();
    db::Keys keys = db::Keys::ephemeral();
    core::SystemClock clock;
    Settings settings;
    Process one{address,  keys,
                clock,    test::fresh_folder(),
                settings, [](db::Transaction &, const Notice &) {}};
    FirstRun first_run{one.keeper};
    FirstRun::Details details{.tenant = {.name = "The Oxford partnership",
                                         .place = "Oxford",
                                         .host = {},
                                         .example = false,
                                         .administrator_name = "Ada Field",
                                         .administrator_email = "ada@oxford.example"},
                              .password = std::string{good_password},
                              .again = std::string{good_password}};

    std::vector<std::string> problems(const std::string &token) {
        std::vector<std::string> fields;
        const auto done = first_run.complete(token, details);
        if (const auto *found = std::get_if<record::Problems>(&done)) {
            for (const auto &problem : *found) {
                fields.push_back(problem.field);
            }
        }
        return fields;
    }
};

using Fields = std::vector<std::string>;

} // namespace

TEST_CASE("only the token that is printed at start makes the first administrator, once") {
    Empty empty;
    CHECK(empty.first_run.needed());
    CHECK(empty.first_run.token().size() == 32);
    CHECK(empty.problems("") == Fields{"token"});
    CHECK(empty.problems(std::string(32, '0')) == Fields{"token"});
    CHECK(empty.first_run.needed());

    CHECK(empty.problems(empty.first_run.token()).empty());
    CHECK_FALSE(empty.first_run.needed());
    CHECK(empty.problems(empty.first_run.token()) == Fields{"host"});
    CHECK(all_tenants(empty.one.database).size() == 1);

    const Visitor visitor{.tenant = all_tenants(empty.one.database).front().id,
                          .remote = "192.0.2.7",
                          .device = "Firefox on Windows",
                          .request = {}};
    CHECK(empty.one.sign_in.password(visitor, "ada@oxford.example", good_password).next ==
          Step::Next::enrol);
}

TEST_CASE("setting up says everything that is missing, and makes nothing") {
    Empty empty;
    empty.details = {};
    CHECK(empty.problems(empty.first_run.token()) ==
          Fields{"name", "place", "administrator_name", "administrator_email", "password"});
    CHECK(empty.first_run.needed());
}

TEST_CASE("a tenant is found by its host, and the one without a host answers for all others") {
    World world;
    const auto reading = world.tenant("The Reading partnership", "Reading.example").tenant;
    auto &database = world.one.database;
    CHECK(find_tenant(database, "reading.example")->id == reading.id);
    CHECK(find_tenant(database, "anything.example")->id == world.made.tenant.id);
    CHECK(find_tenant(database, "")->id == world.made.tenant.id);
    CHECK(all_tenants(database).size() == 2);
}

TEST_CASE("two tenants cannot have one host, nor both none") {
    World world;
    world.tenant("The Reading partnership", "reading.example");
    for (const auto &host : {std::optional<std::string>{"READING.example"}, {}}) {
        const auto made = make_tenant(world.one.keeper, {.name = "Another",
                                                         .place = "Reading",
                                                         .host = host,
                                                         .example = false,
                                                         .administrator_name = "A",
                                                         .administrator_email = "a@b.example"});
        REQUIRE(std::holds_alternative<record::Problems>(made));
        CHECK(std::get<record::Problems>(made).front().field == "host");
    }
    CHECK(all_tenants(world.one.database).size() == 2);
}
