/// For the tests of funding/: a partnership with one grant of two years, three lines and a post.
#pragma once

#include <string>

#include "platform/access/organisation.hpp"
#include "platform/access/world_for_test.hpp"
#include "work/funding/line.hpp"

namespace wardmote::funding {

inline const core::FinancialYear y14{2014}, y15{2015};

struct Money3 {
    access::World world;
    std::string grant, coordinator, patrols, training;

    record::Keeper &keeper() { return world.one.keeper; }
    template <class Work>
    auto write(Work &&work) {
        return world.one.database.write(world.scope(), work);
    }
    static core::Id id(const std::string &text) { return core::Id::parse(text).value(); }

    std::string line(db::Transaction &tx, const std::string &title, int rank,
                     std::optional<core::Id> post, std::optional<core::Id> project) {
        return keeper().add(tx, Line{.grant = id(grant),
                                     .title = title,
                                     .post = post,
                                     .project = project,
                                     .rank = rank});
    }

    Money3() {
        world.clock.move_to(core::Instant::parse("2015-02-02T10:00:00Z").value());
        write([&](db::Transaction &tx) {
            const auto funder = keeper().add(
                tx, access::Organisation{
                        .name = "Police and Crime Commissioner",
                        .kind = access::OrganisationKind::police_and_crime_commissioner});
            grant = keeper().add(tx, Grant{.reference = "CSF/14",
                                           .title = "Community safety fund",
                                           .funder = id(funder),
                                           .agreed_on = core::Date{2014, 3, 20},
                                           .ends = core::Date{2016, 3, 31}});
            const auto post = keeper().add(
                tx, FundedPost{.title = "Coordinator", .starts = core::Date{2013, 4, 1}});
            const auto project = keeper().add(tx, Project{.title = "Patrols"});
            coordinator = line(tx, "Coordinator", 1, id(post), {});
            patrols = line(tx, "Patrols", 2, {}, id(project));
            training = line(tx, "Training", 3, {}, id(project));
        });
    }

    static core::Money pounds(std::int64_t pounds) { return core::Money::pounds(pounds); }
    /// 60,000 in 2014-15: 35,000, 15,000 and 10,000. 50,000 in 2015-16: 35,000 and 15,000.
    GrantMoney plan() const {
        return {.amounts = {{y14, pounds(60'000)}, {y15, pounds(50'000)}},
                .budgets = {{coordinator, {{y14, pounds(35'000)}, {y15, pounds(35'000)}}},
                            {patrols, {{y14, pounds(15'000)}, {y15, pounds(15'000)}}},
                            {training, {{y14, pounds(10'000)}}}}};
    }
    record::Problems set(const GrantMoney &money) {
        return write(
            [&](db::Transaction &tx) { return set_money(tx, world.one.ledger, grant, money); });
    }
    record::Problems agree() {
        return write([&](db::Transaction &tx) {
            return step_grant(keeper(), tx, grant, "agreement", money_role, "");
        });
    }
    core::Money budget(const std::string &line, core::FinancialYear year) {
        return write([&](db::Transaction &tx) {
            for (const auto &each : lines_of(tx, grant)) {
                if (each.id == line && each.budget.contains(year)) {
                    return each.budget.at(year);
                }
            }
            return core::Money{};
        });
    }
};

} // namespace wardmote::funding
