/// For tests: a workspace without evidence, a partnership, and its manager who is signed in.
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "database_for_test.hpp"
#include "platform/access/person.hpp"
#include "platform/access/tenants.hpp"
#include "platform/site/browser_for_test.hpp"
#include "work/evidence/evidence.hpp"
#include "work/funding/funding.hpp"
#include "work/reports/reports.hpp"

namespace wardmote::reports {

struct PlaceForTest : site::SiteForTest {
    template <class Work>
    auto write(Work &&work) {
        return database.write({made.tenant.id, made.administrator, {}}, std::forward<Work>(work));
    }

    PlaceForTest()
        : home{test::fresh_folder()}
        , made{std::get<access::MadeTenant>(
              access::make_tenant(keeper, {.name = "Oxford <Partnership>",
                                           .place = "Oxford",
                                           .administrator_name = "Alex Amin",
                                           .administrator_email = "alex@oxford.example"}))} {
        std::filesystem::create_directories(home / "evidence" / "manifests");
        std::ofstream{home / "wardmote.toml"} << "partnership = \"Oxford <Partnership>\"\n"
                                                 "place = \"Oxford\"\n";
        workspace.emplace(home.string(), clock);
        routes(site, *workspace);
        write([&](db::Transaction &tx) {
            manager = keeper.add(tx, access::PersonRecord{.name = "Mary Moss",
                                                          .email = "mary@oxford.example",
                                                          .role = access::Role::manager});
        });
        site::sign_in(site, browser, made.tenant, manager);
    }

    /// The example's three posts that the commissioner pays for.
    void fund_posts() {
        write([&](db::Transaction &tx) { funding::make_example_funding(keeper, tx); });
    }

    Records records(std::string_view report) {
        return database.read({made.tenant.id, {}, {}}, [&](db::Transaction &tx) {
            return read_records(tx, report, looking_of(*workspace, {}));
        });
    }
    Written write_report(std::string_view name, const std::string &folder) {
        return reports::write_report(name, *workspace, records(name), {}, folder);
    }

    std::filesystem::path home;
    access::MadeTenant made;
    std::optional<evidence::Workspace> workspace;
    site::Browser browser{router};
    std::string manager;
};

} // namespace wardmote::reports
