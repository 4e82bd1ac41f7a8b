// The tracker of duties with every folder's records: how the example partnership stands, and that
// each duty falls open when its proof is taken away.
#include <map>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "app/example_people.hpp"
#include "app/site.hpp"
#include "database_for_test.hpp"
#include "platform/access/tenants.hpp"

using namespace wardmote;
using State = partnership::DutyStanding::State;

namespace {

const core::Date today{2015, 2, 2};

/// What the example does not keep, by the keys of the catalogue: its report to the council tells of
/// none of it.
const std::set<std::string> open_in_example{
    "arrangements",
    "information-protocol",
    "liaison",
    "county-agreement",
    "county-agreement-to-commissioner",
    "plan-c",
    "plan-e", // nothing is planned against its fourth priority, theft
    "consultation-others",
    "public-meeting",
    "senior-people",
    "meeting-notice",
    "meeting-account",
    "plan-to-commissioner",
    "plan-summary",
    "data-police",
    "data-fire",
    "data-council",
    "data-health",
    "scrutiny",
    "landlord-policy",
};
/// In force only after 2 February 2015.
const std::set<std::string> not_yet{"serious-violence-assessment", "serious-violence-strategy",
                                    "prevent", "channel", "slavery-notification"};

struct Example {
    std::string folder = test::fresh_folder();
    app::Home home{folder};
    core::FixedClock clock{core::Instant::parse("2015-02-02T10:00:00Z").value()};
    app::RecordsHome records{home, {.database = test::fresh_database()}, clock};
    partnership::Rules rules = app::rules_of(home);
    std::string tenant;

    Example() {
        app::make_example_people(records, clock);
        tenant = access::all_tenants(records.database).front().id;
    }
    template <class Work>
    void write(Work &&work) {
        records.database.write({tenant, {}, {}}, work);
    }
    partnership::DutyStanding standing(db::Transaction &tx, const partnership::Duty &duty) {
        return partnership::standing_of(duty, rules.evidences, tx, today);
    }
};

/// "/plan-years/ID": the table whose records have pages there; empty: no record's page.
std::string table_at(const std::string &href) {
    static const std::map<std::string, std::string> tables{
        {"assessments", "assessment"},
        {"agenda-items", "agenda_item"},
        {"consultations", "consultation"},
        {"plan-years", "plan_year"},
        {"posts", "post"},
        {"priorities", "priority"},
        {"strategies", "strategy"},
    };
    const auto end = href.find('/', 1);
    const auto found = tables.find(href.substr(1, end - 1));
    return end == std::string::npos || found == tables.end() ? "" : found->second;
}

struct Undone {}; ///< thrown so that a transaction leaves nothing

} // namespace

TEST_CASE("every duty of the catalogue is told from records, for the example as it was in 2015") {
    Example example;
    example.write([&](db::Transaction &tx) {
        for (const auto &duty : example.rules.duties) {
            CAPTURE(duty.key);
            const auto state = example.standing(tx, duty).state;
            CHECK(state != State::unknown);
            CHECK((state == State::not_owed) == not_yet.contains(duty.key));
            CHECK((state == State::met) ==
                  (!open_in_example.contains(duty.key) && !not_yet.contains(duty.key)));
        }
    });
}

TEST_CASE("a duty that is met falls open when the records that prove it are removed") {
    Example example;
    std::set<std::string> tried;
    for (const auto &duty : example.rules.duties) {
        CAPTURE(duty.key);
        const auto take_away = [&] {
            example.write([&](db::Transaction &tx) {
                const auto standing = example.standing(tx, duty);
                if (standing.state != State::met) {
                    return;
                }
                for (const auto &proof : standing.found.proof) {
                    if (const auto table = table_at(proof.href); !table.empty()) {
                        tried.insert(duty.key);
                        CHECK(tx.execute("update " + table +
                                             " set removed = '2015-02-02' "
                                             "where tenant = :tenant and id = :id",
                                         {{"tenant", tx.tenant()},
                                          {"id", proof.href.substr(proof.href.rfind('/') + 1)}}) ==
                              1);
                    }
                }
                if (tried.contains(duty.key)) {
                    CHECK(example.standing(tx, duty).state != State::met);
                }
                throw Undone{};
            });
        };
        try {
            take_away();
        } catch (const Undone &) { // the next duty finds the example whole
        }
    }
    // The others are tried where their records are kept: members, resources, what scrutiny asks.
    CHECK(tried.size() == 18);
}
