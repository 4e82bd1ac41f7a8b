// Fills an example partnership with records for the load test, and checks afterwards that no
// acknowledged write is missing:
//
//     load_records fill HOME DATABASE COUNT        writes the ids to standard output
//     load_records check HOME DATABASE ACKS        ACKS: lines "id version" that were acknowledged
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "app/records.hpp"
#include "platform/access/organisation.hpp"
#include "platform/access/post.hpp"
#include "platform/access/tenants.hpp"
#include "platform/record/keeper.hpp"

namespace {

using namespace wardmote;

constexpr int in_one_transaction = 500;

access::Post post(int number, const std::optional<core::Id> &organisation) {
    static constexpr const char *titles[] = {
        "Community safety manager", "Ward sergeant",   "Youth worker",
        "Licensing officer",        "Housing officer", "Street warden"};
    access::Post made;
    made.title = fmt::format("{} {:05}", titles[number % 6], number);
    made.organisation = organisation;
    made.held_from = core::Date{2014, 4, 1}.plus_days(number % 365);
    made.senior = number % 17 == 0;
    made.full_time_equivalent = 20 + number % 81;
    return made;
}

int fill(record::Keeper &keeper, const std::string &tenant, int count) {
    const db::Scope scope{tenant, {}, "load"};
    auto organisation =
        keeper.database().read(scope, [&](db::Transaction &tx) -> std::optional<core::Id> {
            const auto there = access::organisations_on(keeper, tx, core::Date{2015, 2, 2});
            return there.empty() ? std::nullopt : core::Id::parse(there.front().id);
        });
    if (!organisation) {
        organisation = core::Id::parse(keeper.database().write(scope, [&](db::Transaction &tx) {
            return keeper.add(tx, access::Organisation{.name = "Oxford City Council"});
        }));
    }
    for (int first = 0; first < count; first += in_one_transaction) {
        const auto ids = keeper.database().write(scope, [&](db::Transaction &tx) {
            std::vector<std::string> made;
            for (int i = first; i < std::min(count, first + in_one_transaction); ++i) {
                made.push_back(keeper.add(tx, post(i, organisation)));
            }
            return made;
        });
        for (const auto &id : ids) {
            std::cout << id << '\n';
        }
    }
    return 0;
}

int check(record::Keeper &keeper, const std::string &tenant, const std::string &file) {
    std::map<std::string, std::int64_t> highest;
    std::int64_t acknowledged = 0;
    std::ifstream lines{file};
    for (std::string id, version; lines >> id >> version;) {
        if (id == "bad") { // an answer that was neither expected nor a conflict
            std::cout << "unexpected answer: " << version << std::endl;
            return 1;
        }
        auto &known = highest[id];
        known = std::max(known, static_cast<std::int64_t>(std::stoll(version)));
        ++acknowledged;
    }
    std::int64_t missing = 0;
    std::int64_t written = 0;
    keeper.database().read({tenant, {}, {}}, [&](db::Transaction &tx) {
        for (const auto &[id, version] : highest) {
            const auto found = keeper.get<access::Post>(tx, id);
            missing += found && found->version >= version ? 0 : 1;
        }
        written =
            tx.first(
                  "select cast(sum(version - 1) as bigint) as n from post where tenant = :tenant",
                  {{"tenant", tenant}})
                ->integer("n");
    });
    const auto verified = keeper.ledger().verify(keeper.database());
    std::cout << fmt::format("{} writes acknowledged, {} in the database, {} records behind; logs: "
                             "{} entries, {} findings\n",
                             acknowledged, written, missing, verified.entries,
                             verified.findings.size());
    for (const auto &finding : verified.findings) {
        std::cout << finding.words << '\n';
    }
    // Every acknowledged write made one version, so there are at least as many versions: a lost
    // update would leave fewer.
    return missing == 0 && written >= acknowledged && verified.findings.empty() ? 0 : 1;
}

} // namespace

int main(int count, char **arguments) {
    if (count != 5) {
        std::cerr << "load_records fill|check HOME DATABASE COUNT|ACKS\n";
        return 2;
    }
    const std::string act = arguments[1];
    const core::SystemClock clock;
    app::RecordsHome home{app::Home{arguments[2]}, {.database = arguments[3], .keys = ""}, clock};
    record::Keeper keeper{home.database, home.ledger, home.keys, clock};
    const auto tenants = access::all_tenants(home.database);
    if (tenants.empty()) {
        std::cerr << "the database has no partnership\n";
        return 2;
    }
    return act == "fill" ? fill(keeper, tenants.front().id, std::stoi(arguments[4]))
                         : check(keeper, tenants.front().id, arguments[4]);
}
