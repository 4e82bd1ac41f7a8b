#include "platform/access/accounts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include "platform/access/world_for_test.hpp"

using namespace wardmote;
using namespace wardmote::access;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view mail = "ada@oxford.example";

std::string invite(World &world, const std::string &person) {
    return world.one.database.write(world.scope(), [&](db::Transaction &tx) {
        return std::get<std::string>(world.one.accounts.invite(tx, person));
    });
}

std::string ask_reset(World &world) {
    world.notices.clear();
    world.one.accounts.request_reset(world.visitor, mail);
    REQUIRE(world.notices.size() == 1);
    REQUIRE(world.notices.front().kind == Notice::Kind::reset);
    return world.notices.front().token;
}

std::variant<Step, record::Problem> choose(World &world, const std::string &token,
                                           std::string_view password, std::string_view again = {}) {
    return world.two.accounts.choose_password(world.visitor, token, password,
                                              again.empty() ? password : again);
}

Step::Next after(const std::variant<Step, record::Problem> &chosen) {
    return std::get<Step>(chosen).next;
}

Visit visit(World &world, const Step &step) {
    return world.one.sessions.find(step.token, "any.example").value();
}

} // namespace

TEST_CASE("an invitation lets its bearer choose a password, once, within seven days") {
    World world;
    const auto bea = world.person("Bea Hill", "bea@oxford.example");
    const auto token = invite(world, bea);
    REQUIRE(world.notices.size() == 1);
    CHECK(world.notices.front().kind == Notice::Kind::invitation);
    CHECK(world.notices.front().token == token);
    CHECK(world.notices.front().email == "bea@oxford.example");
    CHECK(world.notices.front().expires == world.clock.now().plus(7 * 24h));

    const auto bearer = world.two.accounts.bearer(world.visitor, token).value();
    CHECK(bearer.invitation);
    CHECK(bearer.name == "Bea Hill");
    CHECK(after(choose(world, token, good_password)) == Step::Next::enrol);
    CHECK_FALSE(world.one.accounts.bearer(world.visitor, token));
    CHECK(after(choose(world, token, other_password)) == Step::Next::refused);

    const auto cal = world.person("Cal Moor", "cal@oxford.example");
    const auto late = invite(world, cal);
    world.pass(7 * 24h);
    CHECK_FALSE(world.one.accounts.bearer(world.visitor, late));
    CHECK(after(choose(world, late, good_password)) == Step::Next::refused);
    CHECK(world.logged("change_log", "invite") == 2);
    CHECK(world.logged("change_log", "set-password") == 1);
}

TEST_CASE("a new invitation ends the one before, and who has a password needs none") {
    World world;
    const auto bea = world.person("Bea Hill", "bea@oxford.example");
    const auto first = invite(world, bea);
    const auto second = invite(world, bea);
    CHECK_FALSE(world.one.accounts.bearer(world.visitor, first));
    CHECK(after(choose(world, second, good_password)) == Step::Next::enrol);
    world.one.database.write(world.scope(), [&](db::Transaction &tx) {
        CHECK(std::holds_alternative<record::Problem>(world.one.accounts.invite(tx, bea)));
        CHECK(std::holds_alternative<record::Problem>(world.one.accounts.invite(tx, "nobody")));
    });
}

TEST_CASE("a password that will not do leaves the link as it was") {
    World world;
    const auto token = invite(world, world.made.administrator);
    const auto problem = [&](std::string_view password, std::string_view again) {
        return std::get<record::Problem>(choose(world, token, password, again)).field;
    };
    CHECK(problem("short", "short") == "password");
    CHECK(problem("ada@oxford.example", "ada@oxford.example") == "password");
    CHECK(problem(good_password, other_password) == "again");
    CHECK(after(choose(world, token, good_password)) == Step::Next::enrol);
}

TEST_CASE("a reset ends sessions and steps, leaves the second factor, and works for an hour") {
    World world;
    const auto ada = world.member(world.made.administrator);
    const auto half_way = world.one.sign_in.password(world.visitor, mail, good_password);
    const auto token = ask_reset(world);
    CHECK(world.notices.front().expires == world.clock.now().plus(1h));
    CHECK(world.one.sessions.find(ada.step.token, "any.example"));

    const auto next = std::get<Step>(choose(world, token, other_password));
    CHECK(next.next == Step::Next::code);
    CHECK_FALSE(world.one.sessions.find(ada.step.token, "any.example"));
    world.pass(1min);
    CHECK(world.one.sign_in
              .code(world.visitor, half_way.token, one_time_code(ada.app, world.clock.now()))
              .start_again);
    CHECK(
        world.one.sign_in.code(world.visitor, next.token, one_time_code(ada.app, world.clock.now()))
            .next == Step::Next::done);
    CHECK(world.one.sign_in.password(world.visitor, mail, good_password).next ==
          Step::Next::refused);
    CHECK(world.notices.back().kind == Notice::Kind::password_changed);

    const auto late = ask_reset(world);
    world.pass(1h);
    CHECK(after(choose(world, late, good_password)) == Step::Next::refused);
}

TEST_CASE("asking for a reset says nothing and sends nothing when there is no account") {
    World world;
    world.one.accounts.request_reset(world.visitor, "nobody@oxford.example");
    CHECK(world.notices.empty());
}

TEST_CASE("nobody's mailbox is filled with resets") {
    World world;
    for (int i = 0; i < 10; ++i) {
        world.one.accounts.request_reset(world.visitor, mail);
    }
    CHECK(world.notices.size() == 3);
    world.pass(5min);
    world.two.accounts.request_reset(world.visitor, mail);
    CHECK(world.notices.size() == 4);
}

TEST_CASE("a reset lifts the lock on the password; an administrator lifts every lock") {
    World world;
    const auto ada = world.member(world.made.administrator);
    const auto lock = [&] {
        world.settings.account.lock = world.settings.account.free = 1;
        world.one.sign_in.password(world.visitor, mail, "x");
    };
    const auto state = [&] {
        return world.one.database.read(world.scope(), [&](db::Transaction &tx) {
            return world.one.accounts.state(tx, ada.id);
        });
    };
    CHECK(state().password);
    CHECK(state().second_factor);
    CHECK(state().recovery_codes == 10);
    CHECK_FALSE(state().locked_until);
    lock();
    CHECK(state().locked_until == world.clock.now().plus(15min));
    CHECK(after(choose(world, ask_reset(world), other_password)) == Step::Next::code);
    CHECK_FALSE(state().locked_until);
    lock();
    world.one.database.write(world.scope(),
                             [&](db::Transaction &tx) { world.one.accounts.unlock(tx, ada.id); });
    CHECK_FALSE(state().locked_until);
    CHECK(world.logged("change_log", "unlock") == 1);
}

TEST_CASE("an administrator can take the second factor away: the person is told and enrols anew") {
    World world;
    const auto bea = world.member(world.person("Bea Hill", "bea@oxford.example"));
    world.notices.clear();
    world.one.database.write(world.scope(), [&](db::Transaction &tx) {
        world.one.accounts.remove_second_factor(tx, bea.id);
    });
    REQUIRE(world.notices.size() == 1);
    CHECK(world.notices.front().kind == Notice::Kind::second_factor_removed);
    CHECK_FALSE(world.one.sessions.find(bea.step.token, "any.example"));
    const auto next =
        world.one.sign_in.password(world.visitor, "bea@oxford.example", good_password);
    CHECK(next.next == Step::Next::enrol);
    CHECK(world.app(next) != bea.app);
    CHECK(world.logged("change_log", "remove-second-factor") == 1);
}

TEST_CASE("a person changes their own password and stays signed in here only") {
    World world;
    const auto ada = world.member(world.made.administrator);
    world.pass(1min);
    const auto next = world.one.sign_in.password(world.visitor, mail, good_password);
    const auto elsewhere = world.one.sign_in.code(world.visitor, next.token,
                                                  one_time_code(ada.app, world.clock.now()));
    const auto here = visit(world, ada.step);
    auto &accounts = world.one.accounts;
    CHECK(accounts.change_password(here, "x", other_password, other_password)->field == "current");
    CHECK(accounts.change_password(here, good_password, "short", "short")->field == "password");
    CHECK_FALSE(accounts.change_password(here, good_password, other_password, other_password));
    CHECK(world.two.sessions.find(ada.step.token, "any.example"));
    CHECK_FALSE(world.two.sessions.find(elsewhere.token, "any.example"));
    CHECK(world.one.sign_in.password(world.visitor, mail, other_password).next == Step::Next::code);
}

TEST_CASE("new recovery codes end the old ones") {
    World world;
    const auto ada = world.member(world.made.administrator);
    const auto here = visit(world, ada.step);
    CHECK(std::holds_alternative<record::Problem>(
        world.one.accounts.renew_recovery_codes(here, "x")));
    const auto codes = std::get<std::vector<std::string>>(
        world.one.accounts.renew_recovery_codes(here, good_password));
    CHECK(codes.size() == 10);
    const auto next = world.one.sign_in.password(world.visitor, mail, good_password);
    CHECK(world.one.sign_in.code(world.visitor, next.token, ada.step.recovery_codes.front()).next ==
          Step::Next::refused);
    CHECK(world.one.sign_in.code(world.visitor, next.token, codes.front()).next ==
          Step::Next::done);
}

TEST_CASE("of two who use one link at once, in two processes, one chooses the password") {
    World world;
    const auto token = invite(world, world.made.administrator);
    std::array<Step::Next, 2> ends{};
    {
        std::jthread first{[&] {
            ends[0] = std::get<Step>(world.one.accounts.choose_password(
                                         world.visitor, token, good_password, good_password))
                          .next;
        }};
        std::jthread second{[&] {
            ends[1] = std::get<Step>(world.two.accounts.choose_password(
                                         world.visitor, token, other_password, other_password))
                          .next;
        }};
    }
    CHECK(std::ranges::count(ends, Step::Next::enrol) == 1);
    CHECK(std::ranges::count(ends, Step::Next::refused) == 1);
}
