#include "platform/access/permission.hpp"

#include <doctest/doctest.h>

#include <array>
#include <fstream>
#include <iterator>

using namespace wardmote::access;

namespace {

Person somebody(Role role, std::string organisation = "ours") {
    return {.id = "p1",
            .tenant = "t1",
            .name = "Jo",
            .email = "jo@oxford.example",
            .role = role,
            .organisation = std::move(organisation)};
}

constexpr auto changing = std::to_array<Act>(
    {Act::create, Act::edit, Act::remove, Act::restore, Act::attach, Act::administer});

} // namespace

TEST_CASE("what no row grants is refused") {
    CHECK_FALSE(may(somebody(Role::administrator), Act::view, "no such kind", {}));
    CHECK_FALSE(may(somebody(Role::councillor), Act::edit, "organisation", {}));
    CHECK_FALSE(may_somewhere(somebody(Role::councillor), Act::view, "log"));
}

TEST_CASE("an auditor reads every kind and changes none") {
    const auto auditor = somebody(Role::auditor);
    for (const auto &grant : grants()) {
        if (grant.kind != "job" && grant.kind != "session") {
            CHECK(may_somewhere(auditor, Act::view, grant.kind));
        }
        for (const auto act : changing) {
            CHECK_FALSE(may_somewhere(auditor, act, grant.kind));
        }
    }
    CHECK(may(auditor, Act::view, "job", {}));
    CHECK(may(auditor, Act::view, "session", {}));
}

TEST_CASE("only an administrator lets people in") {
    for (const auto role : all_roles()) {
        CHECK(may_somewhere(somebody(role), Act::create, "person") ==
              (role == Role::administrator));
        CHECK(may_somewhere(somebody(role), Act::administer, "person") ==
              (role == Role::administrator));
    }
}

TEST_CASE("a partner's officer changes what is their own organisation's") {
    const auto partner = somebody(Role::partner_officer);
    CHECK(may(partner, Act::edit, "post", {.body = "ours", .owner = {}, .state = {}}));
    CHECK_FALSE(may(partner, Act::edit, "post", {.body = "theirs", .owner = {}, .state = {}}));
    CHECK(may(partner, Act::view, "person", {.body = "ours", .owner = {}, .state = {}}));
    CHECK_FALSE(may(partner, Act::view, "person", {.body = "theirs", .owner = {}, .state = {}}));
    CHECK(reach(Role::partner_officer, Act::edit, "post") == Whose::own_body);
    CHECK(reach(Role::partner_officer, Act::view, "post") == Whose::any);
}

TEST_CASE("a partner's officer without an organisation owns nothing, not even what has none") {
    const auto partner = somebody(Role::partner_officer, "");
    CHECK_FALSE(may(partner, Act::edit, "post", {}));
    CHECK_FALSE(may_somewhere(partner, Act::edit, "post"));
}

TEST_CASE("what was removed can be restored and looked back at, and not changed") {
    const Subject removed{.body = {}, .owner = {}, .state = "removed"};
    const auto manager = somebody(Role::manager);
    CHECK(may(manager, Act::restore, "organisation", removed));
    CHECK(may(manager, Act::view, "organisation", removed));
    CHECK(may(manager, Act::history, "organisation", removed));
    CHECK_FALSE(may(manager, Act::edit, "organisation", removed));
    CHECK_FALSE(may(manager, Act::download, "organisation", removed));
    // Those who could do neither do not see it.
    CHECK_FALSE(may(somebody(Role::councillor), Act::view, "organisation", removed));
    CHECK(may(somebody(Role::auditor), Act::view, "organisation", removed));
}

TEST_CASE("a role is stored by name, and every one has its words") {
    for (const auto role : all_roles()) {
        CHECK(parse_role(stored_name(role)) == role);
        CHECK_FALSE(words(role).empty());
        CHECK(explanation(role).ends_with("."));
    }
    CHECK(stored_name(Role::partner_officer) == "partner_officer");
    CHECK(words(Role::board_member) == "Board member");
    CHECK(stored_name(Role::auditor) == "auditor");
    CHECK_FALSE(parse_role("root").has_value());
    CHECK(words(Act::seen) == "See who looked");
}

TEST_CASE("the page of permissions is what the table says") {
    std::ifstream file{WARDMOTE_SOURCE_DIR "/docs/operations/permissions.md"};
    const std::string page{std::istreambuf_iterator<char>{file}, {}};
    CHECK_MESSAGE(page == permissions_markdown(),
                  "docs/operations/permissions.md is not what permissions_markdown() gives:\n"
                      << permissions_markdown());
}
