#include "platform/access/sign_in.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

#include "platform/access/world_for_test.hpp"

using namespace wardmote;
using namespace wardmote::access;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view mail = "ada@oxford.example";

Identity identity(std::string subject, std::string email, bool verified = true) {
    return {.issuer = "https://login.example",
            .subject = std::move(subject),
            .email = std::move(email),
            .email_verified = verified,
            .name = {}};
}

} // namespace

TEST_CASE("a first sign-in leads through password, app and recovery codes") {
    World world;
    const auto next = world.choose(world.made.administrator);
    REQUIRE(next.next == Step::Next::enrol);
    const auto enrolment = world.two.sign_in.enrolment(world.visitor, next.token).value();
    CHECK(enrolment.uri.starts_with("otpauth://totp/"));
    CHECK(enrolment.uri.find(enrolment.secret) != std::string::npos);
    const auto secret = from_base32(enrolment.secret).value();

    const auto wrong = world.one.sign_in.enrol(world.visitor, next.token, "12345");
    CHECK(wrong.next == Step::Next::refused);
    CHECK_FALSE(wrong.start_again);

    const auto done = world.one.sign_in.enrol(world.visitor, next.token,
                                              one_time_code(secret, world.clock.now()));
    REQUIRE(done.next == Step::Next::done);
    CHECK(std::set(done.recovery_codes.begin(), done.recovery_codes.end()).size() == 10);
    CHECK(world.two.sessions.find(done.token, "any.example")->person.name == "Ada Field");
    // The step is used, and its token is no session's.
    CHECK_FALSE(world.one.sign_in.enrolment(world.visitor, next.token));
    CHECK(world.one.sign_in.enrol(world.visitor, next.token, "123456").start_again);
    CHECK_FALSE(world.one.sessions.find(next.token, "any.example"));
}

TEST_CASE("password and one-time code sign in, begun in one process and ended in another") {
    World world;
    const auto ada = world.member(world.made.administrator);
    world.pass(1min);
    const auto next =
        world.one.sign_in.password(world.visitor, " ADA@oxford.example ", good_password);
    REQUIRE(next.next == Step::Next::code);
    CHECK_FALSE(world.one.sessions.find(next.token, "any.example"));
    const auto done = world.two.sign_in.code(world.visitor, next.token,
                                             one_time_code(ada.app, world.clock.now()));
    REQUIRE(done.next == Step::Next::done);
    CHECK(done.recovery_codes.empty());
    CHECK(world.one.sessions.find(done.token, "any.example"));
    CHECK(world.logged("seen_log", "sign-in") == 2);
    // A step leads on once.
    CHECK(world.one.sign_in
              .code(world.visitor, next.token, one_time_code(ada.app, world.clock.now().plus(30s)))
              .start_again);
}

TEST_CASE("no one-time code works twice") {
    World world;
    const auto ada = world.member(world.made.administrator);
    world.pass(1min);
    const auto code = one_time_code(ada.app, world.clock.now());
    const auto first = world.one.sign_in.password(world.visitor, mail, good_password);
    const auto second = world.one.sign_in.password(world.visitor, mail, good_password);
    CHECK(world.one.sign_in.code(world.visitor, first.token, code).next == Step::Next::done);
    CHECK(world.two.sign_in.code(world.visitor, second.token, code).next == Step::Next::refused);
}

TEST_CASE("a recovery code works once, and the person is told") {
    World world;
    const auto ada = world.member(world.made.administrator);
    const auto code = ada.step.recovery_codes.front();
    world.notices.clear();
    const auto first = world.one.sign_in.password(world.visitor, mail, good_password);
    CHECK(world.one.sign_in.code(world.visitor, first.token, code).next == Step::Next::done);
    REQUIRE(world.notices.size() == 1);
    CHECK(world.notices.front().kind == Notice::Kind::recovery_code_used);
    const auto second = world.one.sign_in.password(world.visitor, mail, good_password);
    CHECK(world.two.sign_in.code(world.visitor, second.token, code).next == Step::Next::refused);
    CHECK(world.logged("change_log", "use-recovery-code") == 1);
}

TEST_CASE("the way from password to code is open for ten minutes, to one partnership") {
    World world;
    const auto ada = world.member(world.made.administrator);
    const auto other = world.tenant("The Reading partnership", "reading.example");
    const auto next = world.one.sign_in.password(world.visitor, mail, good_password);
    world.pass(1min);
    auto elsewhere = world.visitor;
    elsewhere.tenant = other.tenant.id;
    CHECK(world.one.sign_in.code(elsewhere, next.token, one_time_code(ada.app, world.clock.now()))
              .start_again);
    CHECK(world.one.sign_in.password(elsewhere, mail, good_password).next == Step::Next::refused);
    world.pass(9min);
    CHECK(
        world.one.sign_in.code(world.visitor, next.token, one_time_code(ada.app, world.clock.now()))
            .start_again);
}

TEST_CASE("no answer tells whether there is an account") {
    World world;
    world.member(world.made.administrator);
    world.person("Invited, no password yet", "new@oxford.example");
    const auto known = world.one.sign_in.password(world.visitor, mail, other_password);
    const auto unknown =
        world.one.sign_in.password(world.visitor, "nobody@oxford.example", other_password);
    const auto invited =
        world.one.sign_in.password(world.visitor, "new@oxford.example", other_password);
    CHECK(known.next == Step::Next::refused);
    CHECK(known.problem == unknown.problem);
    CHECK(known.problem == invited.problem);
    CHECK(known.problem == "The e-mail address or the password is not right");
    CHECK(world.logged("seen_log", "sign-in-failed") == 3);
    // Nor how long it takes: both hash once, and an Argon2id hash is nearly all of it.
    const auto time = [&](std::string_view email) {
        const auto start = std::chrono::steady_clock::now();
        world.one.sign_in.password(world.visitor, email, other_password);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    const auto with = std::min({time(mail), time(mail)});
    const auto without =
        std::min({time("somebody@oxford.example"), time("somebody@oxford.example")});
    CHECK(without > with / 3);
    CHECK(without < with * 3);
}

TEST_CASE("five failures bring waits that double, ten a lock of a quarter of an hour") {
    World world;
    world.member(world.made.administrator);
    world.notices.clear();
    auto &one = world.one.sign_in;
    auto &two = world.two.sign_in;
    const auto right = [&](SignIn &in) {
        return in.password(world.visitor, mail, good_password).next == Step::Next::code;
    };
    const auto wrong = [&](SignIn &in) { return in.password(world.visitor, mail, "x").problem; };
    for (int i = 0; i < 5; ++i) { // the processes count together
        CHECK(wrong(i % 2 == 0 ? one : two) == "The e-mail address or the password is not right");
    }
    // 2, 4, 8, 16 and 32 seconds; even the right password must wait.
    for (const auto wait : {2s, 4s, 8s, 16s, 32s}) {
        CHECK_FALSE(right(two));
        world.pass(wait - 1s);
        CHECK_FALSE(right(one));
        world.pass(1s);
        wrong(one);
    }
    REQUIRE(world.notices.size() == 1);
    CHECK(world.notices.front().kind == Notice::Kind::locked);
    CHECK(world.notices.front().email == "Ada@oxford.example");
    CHECK(world.notices.front().expires == world.clock.now().plus(15min));
    CHECK(wrong(two) ==
          "There have been too many attempts to sign in. Wait 15 minutes, then try again");
    CHECK(world.logged("change_log", "lock") == 1);
    world.pass(14min + 59s);
    CHECK_FALSE(right(two));
    world.pass(1s);
    CHECK(right(two));
    // And all is forgotten.
    CHECK(wrong(one) == "The e-mail address or the password is not right");
    CHECK(right(two));
}

TEST_CASE("guesses made at once, in two processes, are all counted") {
    World world;
    world.member(world.made.administrator);
    std::array<Step, 12> ends;
    {
        std::vector<std::jthread> guessers;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            guessers.emplace_back([&, i] {
                auto &process = i % 2 == 0 ? world.one : world.two;
                ends[i] = process.sign_in.password(world.visitor, mail, "x");
            });
        }
    }
    const auto judged = std::ranges::count_if(ends, [](const Step &step) {
        return step.problem == "The e-mail address or the password is not right";
    });
    CHECK(judged == 5);
}

TEST_CASE("an address that does not exist is locked like one that does") {
    World world;
    const auto problem = [&](std::string_view email) {
        return world.one.sign_in.password(world.visitor, email, "x").problem;
    };
    for (int i = 0; i < 5; ++i) {
        CHECK(problem("nobody@oxford.example") == problem(mail));
    }
    CHECK(problem("nobody@oxford.example") == problem(mail));
    CHECK(problem(mail) ==
          "There have been too many attempts to sign in. Wait 2 seconds, then try again");
}

TEST_CASE("one address that tries many accounts is slowed down as well") {
    World world;
    world.settings.address = {.free = 3, .first = 60s, .lock = 6};
    for (int i = 0; i < 3; ++i) {
        const auto email = "p" + std::to_string(i) + "@oxford.example";
        CHECK(world.one.sign_in.password(world.visitor, email, "x").problem ==
              "The e-mail address or the password is not right");
    }
    CHECK(world.two.sign_in.password(world.visitor, "p9@oxford.example", "x")
              .problem.starts_with("There have been too many attempts"));
    auto elsewhere = world.visitor;
    elsewhere.remote = "198.51.100.3";
    CHECK(world.two.sign_in.password(elsewhere, "p9@oxford.example", "x").problem ==
          "The e-mail address or the password is not right");
}

TEST_CASE("wrong codes lock too, and the right password does not forgive them") {
    World world;
    const auto ada = world.member(world.made.administrator);
    world.pass(1min);
    const auto guess = [&] {
        const auto next = world.one.sign_in.password(world.visitor, mail, good_password);
        return world.one.sign_in.code(world.visitor, next.token, "0").problem;
    };
    for (int i = 0; i < 5; ++i) {
        CHECK(guess().starts_with("The code is not right"));
    }
    CHECK(guess() == "There have been too many wrong codes. Wait 2 seconds, then try again");
    world.pass(2s);
    const auto next = world.one.sign_in.password(world.visitor, mail, good_password);
    CHECK(
        world.two.sign_in.code(world.visitor, next.token, one_time_code(ada.app, world.clock.now()))
            .next == Step::Next::done);
}

TEST_CASE("nobody signs in before their first day, after their last, or when removed") {
    World world;
    const auto bea = world.person("Bea Hill", "bea@oxford.example");
    world.member(bea);
    const auto signs_in = [&] {
        return world.one.sign_in.password(world.visitor, "bea@oxford.example", good_password)
                   .next == Step::Next::code;
    };
    const auto change = [&](std::optional<core::Date> from, std::optional<core::Date> to,
                            std::int64_t version) {
        world.one.database.write(world.scope(), [&](db::Transaction &tx) {
            world.one.keeper.update(tx, record::description<PersonRecord>(), bea, version,
                                    record::values_of(PersonRecord{.name = "Bea Hill",
                                                                   .email = "bea@oxford.example",
                                                                   .role = Role::officer,
                                                                   .active_from = from,
                                                                   .active_to = to}));
        });
    };
    CHECK(signs_in());
    change(core::Date{2026, 3, 3}, std::nullopt, 1);
    CHECK_FALSE(signs_in());
    change(std::nullopt, core::Date{2026, 3, 1}, 2);
    CHECK_FALSE(signs_in());
    change(core::Date{2026, 3, 2}, core::Date{2026, 3, 2}, 3);
    CHECK(signs_in());
    world.one.database.write(world.scope(), [&](db::Transaction &tx) {
        world.one.keeper.remove(tx, record::description<PersonRecord>(), bea);
    });
    CHECK_FALSE(signs_in());
}

TEST_CASE("an account elsewhere is matched by a verified address once, and then by itself") {
    World world;
    auto &sign_in = world.one.sign_in;
    const auto comes = [&](const Identity &who) {
        return sign_in.external(world.visitor, who).next == Step::Next::done;
    };
    CHECK_FALSE(comes(identity("s1", "Ada@oxford.example", false)));
    CHECK_FALSE(comes(identity("s1", "nobody@oxford.example")));
    CHECK(comes(identity("s1", "ADA@oxford.example")));
    // From now on the subject says who it is, whatever their address has become.
    CHECK(comes(identity("s1", "new.name@oxford.example", false)));
    // Somebody else who is given the old address there is not let in as Ada.
    CHECK_FALSE(comes(identity("s2", "ada@oxford.example")));
    CHECK(world.logged("change_log", "link-account") == 1);
    CHECK(world.logged("seen_log", "sign-in") == 2);

    const auto other = world.tenant("The Reading partnership", "reading.example");
    auto elsewhere = world.visitor;
    elsewhere.tenant = other.tenant.id;
    CHECK(sign_in.external(elsewhere, identity("s1", "", false)).next == Step::Next::refused);
}

TEST_CASE("what ties a provider's answer to the question is given back once, in any process") {
    World world;
    const auto attempt = OpenIdAttempt::make();
    const auto token = world.one.sign_in.leave_for_provider(world.visitor, attempt);
    const auto back = world.two.sign_in.back_from_provider(world.visitor, token);
    REQUIRE(back);
    CHECK(back->state == attempt.state);
    CHECK(back->nonce == attempt.nonce);
    CHECK(back->code_verifier == attempt.code_verifier);
    CHECK_FALSE(world.one.sign_in.back_from_provider(world.visitor, token));
    const auto late = world.one.sign_in.leave_for_provider(world.visitor, attempt);
    world.pass(10min);
    CHECK_FALSE(world.one.sign_in.back_from_provider(world.visitor, late));
}
