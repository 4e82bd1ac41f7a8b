/// For tests: a site with the example partnership's plan.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "engine/lake/sheets.hpp"
#include "platform/access/organisation.hpp"
#include "platform/access/person.hpp"
#include "platform/access/tenants.hpp"
#include "platform/site/browser_for_test.hpp"
#include "work/plan/action.hpp"
#include "work/plan/plan.hpp"
#include "work/plan/progress.hpp"
#include "work/plan/strategy.hpp"

namespace wardmote::plan {

struct Example {
    site::SiteForTest site;
    access::MadeTenant made;
    std::string manager, coordinator, officer, councillor;

    template <class Work>
    auto write(Work &&work) {
        return site.database.write({made.tenant.id, made.administrator, "test"}, work);
    }
    template <class Work>
    auto read(Work &&work) {
        return site.database.read({made.tenant.id, made.administrator, "test"}, work);
    }

    explicit Example(site::Settings settings = {})
        : site{std::move(settings), {}, [](std::string_view name, std::string_view bytes) {
                   return lake::read_sheets(name, bytes);
               }} {
        made = std::get<access::MadeTenant>(
            access::make_tenant(site.keeper, {.name = "Oxford Safer Communities Partnership",
                                              .place = "Oxford",
                                              .administrator_name = "Systems administrator",
                                              .administrator_email = "admin@oxford.example"}));
        write([&](db::Transaction &tx) {
            for (const auto *name : {"Oxford City Council", "Thames Valley Police"}) {
                site.keeper.add(tx, access::Organisation{.name = name});
            }
            manager = person(tx, "Community safety manager", access::Role::manager);
            coordinator = person(tx, "Exploitation coordinator", access::Role::coordinator);
            officer = person(tx, "Anti-social behaviour officer", access::Role::officer);
            person(tx, "Neighbourhood inspector", access::Role::partner_officer);
            councillor = person(tx, "Councillor", access::Role::councillor);
            make_example_plan(site.keeper, tx);
        });
        site.site.records<access::Organisation>(); // a form can refer only to kinds that are there
        routes(site.site, nullptr);
    }

    std::string person(db::Transaction &tx, const std::string &name, access::Role role) {
        return site.keeper.add(
            tx, access::PersonRecord{.name = name,
                                     .email = std::to_string(++m_people) + "@oxford.example",
                                     .role = role});
    }
    /// The id of an action of 2014-15.
    std::string action(std::string_view ref) {
        return read([&](db::Transaction &tx) {
            for (const auto &one : actions_of_year(tx, "2014-15")) {
                if (one.ref == ref) {
                    return one.id;
                }
            }
            return std::string{};
        });
    }
    site::Browser browser(const std::string &who) {
        site::Browser browser{site.router};
        site::sign_in(site.site, browser, made.tenant, who);
        return browser;
    }

private:
    int m_people = 0;
};

} // namespace wardmote::plan
