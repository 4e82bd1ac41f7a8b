/// A partnership in a new database, for the tests of access/.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "database_for_test.hpp"
#include "platform/access/accounts.hpp"
#include "platform/access/one_time_code.hpp"
#include "platform/access/person.hpp"
#include "platform/access/tenants.hpp"
#include "platform/access/visible.hpp"

namespace wardmote::access {

inline constexpr std::string_view good_password = "otter lantern gravel";
inline constexpr std::string_view other_password = "walnut harbour pencil";

/// One process on a database; several can share one.
struct Process {
    Process(const std::string &address, const db::Keys &keys, const core::Clock &clock,
            const std::string &folder, const Settings &settings, Tell tell)
        : database{address}
        , ledger{keys, folder, clock}
        , keeper{database, ledger, keys, clock}
        , sessions{keeper, settings}
        , sign_in{keeper, sessions, settings, tell}
        , accounts{keeper, sessions, sign_in, settings, tell} {}

    db::Database database;
    db::Ledger ledger;
    record::Keeper keeper;
    Sessions sessions;
    SignIn sign_in;
    Accounts accounts;
};

struct World {
    std::string address = test::fresh_database();
    std::string folder = test::fresh_folder();
    db::Keys keys = db::Keys::ephemeral();
    core::FixedClock clock{core::Instant::parse("2026-03-02T09:00:00.000Z").value()};
    Settings settings;
    std::vector<Notice> notices;
    Tell tell = [this](db::Transaction &, const Notice &notice) { notices.push_back(notice); };
    Process one{address, keys, clock, folder, settings, tell};
    Process two{address, keys, clock, folder, settings, tell};

    MadeTenant made = tenant("The Oxford partnership", std::nullopt);
    Visitor visitor{.tenant = made.tenant.id,
                    .remote = "192.0.2.7",
                    .device = "Firefox on Windows",
                    .request = "r1"};

    MadeTenant tenant(const std::string &name, std::optional<std::string> host) {
        return std::get<MadeTenant>(
            make_tenant(one.keeper, {.name = name,
                                     .place = "Oxford",
                                     .host = std::move(host),
                                     .administrator_name = "Ada Field",
                                     .administrator_email = "Ada@oxford.example"}));
    }

    void pass(std::chrono::milliseconds span) { clock.move_to(clock.now().plus(span)); }

    db::Scope scope() const { return {made.tenant.id, made.administrator, "r1"}; }

    std::string person(const std::string &name, const std::string &email,
                       Role role = Role::officer) {
        return one.database.write(scope(), [&](db::Transaction &tx) {
            return one.keeper.add(tx, PersonRecord{.name = name, .email = email, .role = role});
        });
    }

    /// Invites the person, who chooses good_password. What comes next.
    Step choose(const std::string &id) {
        const auto token = one.database.write(scope(), [&](db::Transaction &tx) {
            return std::get<std::string>(one.accounts.invite(tx, id));
        });
        return std::get<Step>(
            one.accounts.choose_password(visitor, token, good_password, good_password));
    }

    /// The secret of the app that a step is to enrol.
    std::string app(const Step &step) {
        return from_base32(one.sign_in.enrolment(visitor, step.token).value().secret).value();
    }

    struct Member {
        std::string id, app;
        Step step;
    };
    /// Invited, with a password and an app, and signed in.
    Member member(const std::string &id) {
        const auto next = choose(id);
        const auto secret = app(next);
        return {id, secret,
                one.sign_in.enrol(visitor, next.token, one_time_code(secret, clock.now()))};
    }

    /// How many entries of a log tell of this act.
    std::int64_t logged(std::string_view log, std::string_view act) {
        return one.database.read(scope(), [&](db::Transaction &tx) {
            return tx
                .first("select count(*) as entries from " + std::string{log} +
                           " where tenant = :tenant and act = :act",
                       {{"tenant", tx.tenant()}, {"act", std::string{act}}})
                ->integer("entries");
        });
    }
};

} // namespace wardmote::access
