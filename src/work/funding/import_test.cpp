// A schedule of grants brought in from spreadsheets: the lines with their months, the payments.
#include <doctest/doctest.h>

#include "engine/lake/sheets.hpp"
#include "platform/access/organisation.hpp"
#include "platform/access/person.hpp"
#include "platform/access/tenants.hpp"
#include "platform/law/parameters.hpp"
#include "platform/site/browser_for_test.hpp"
#include "work/funding/funding.hpp"
#include "work/funding/line.hpp"

namespace wardmote::funding {

namespace {

using site::has;
using site::location;

/// A grant that is being agreed, a project, and a manager at a browser.
struct Desk {
    site::SiteForTest of{{}, {}, [](std::string_view name, std::string_view bytes) {
                             return lake::read_sheets(name, bytes);
                         }};
    law::Parameters parameters = law::Parameters::read({WARDMOTE_SOURCE_DIR "/catalogue/law"});
    access::MadeTenant made;
    site::Browser browser{of.router};

    template <class Work>
    auto write(Work &&work) {
        return of.database.write({made.tenant.id, made.administrator, {}}, work);
    }

    Desk() {
        routes(of.site, parameters);
        made = std::get<access::MadeTenant>(
            access::make_tenant(of.keeper, {.name = "Oxford Safer Communities Partnership",
                                            .place = "Oxford",
                                            .administrator_name = "Ada Field",
                                            .administrator_email = "ada@oxford.example"}));
        const auto manager = write([&](db::Transaction &tx) {
            const auto funder = of.keeper.add(tx, access::Organisation{.name = "Commissioner"});
            of.keeper.add(tx, Grant{.reference = "CSF/15",
                                    .title = "Community safety fund",
                                    .funder = core::Id::parse(funder),
                                    .ends = core::Date{2016, 3, 31}});
            of.keeper.add(tx, Project{.title = "Patrols"});
            return of.keeper.add(tx, access::PersonRecord{.name = "Mary Moss",
                                                          .email = "mary@oxford.example",
                                                          .role = access::Role::manager});
        });
        site::sign_in(of.site, browser, made.tenant, manager);
    }

    /// Sends a file, takes its columns as they are guessed and brings it in; gives its address.
    std::string bring_in(const std::string &list, const std::string &csv,
                         const site::Browser::Fields &columns) {
        browser.get(list + "/imports");
        const auto sent = browser.send_file(list + "/imports", "file", "money.csv", csv);
        REQUIRE(sent.status == 303);
        const auto at = location(sent);
        const auto import = at.substr(0, at.rfind('/'));
        REQUIRE(browser.post(import + "/columns", columns).status == 303);
        preview = browser.get(import + "/preview").body;
        REQUIRE(browser.post(import + "/run", {}).status == 303);
        return import;
    }
    MonthMoney month(unsigned number) {
        return write([&](db::Transaction &tx) {
            const auto line = tx.first("select id from grant_line where tenant = :tenant",
                                       {{"tenant", tx.tenant()}});
            const core::Month month{2015, number};
            const auto months = months_of(tx, line->text("id"), core::Period{month});
            return months.contains(month) ? months.at(month) : MonthMoney{};
        });
    }
    std::string preview;
};

constexpr auto pounds = core::Money::pounds;

} // namespace

TEST_CASE("lines come in with their months, and undoing puts the months back") {
    Desk desk;
    const site::Browser::Fields columns{
        {"column-0", "grant_agreement"},  {"column-1", "title"},
        {"column-2", "project"},          {"column-3", "rank"},
        {"column-4", "forecast-2015-04"}, {"column-5", "forecast-2015-05"},
        {"column-6", "actual-2015-04"}};
    const std::string headings =
        "Grant,Budget line,Project,Order,Apr 2015,May-15,Actual April 2015\n";
    desk.browser.get("/grant-lines/imports");
    const auto sent =
        desk.browser.send_file("/grant-lines/imports", "file", "money.csv",
                               headings + "Community safety fund,Night patrols,Patrols,1,£1,1,1\n");
    const auto page = desk.browser.get(location(sent));
    for (const auto *chosen : {"forecast-2015-04\" selected", "forecast-2015-05\" selected",
                               "actual-2015-04\" selected"}) {
        CHECK_MESSAGE(has(page, chosen), chosen);
    }

    desk.bring_in("/grant-lines",
                  headings + "Community safety fund,Night patrols,Patrols,1,\"£1,000\",1100,900\n",
                  columns);
    CHECK(desk.preview.find("1 line will be new.") != std::string::npos);
    CHECK(desk.preview.find("Forecast, April 2015: £1,000") != std::string::npos);
    CHECK(desk.month(4) == MonthMoney{.forecast = pounds(1000), .actual = pounds(900)});
    CHECK(desk.month(5) == MonthMoney{.forecast = pounds(1100)});

    const auto import = desk.bring_in(
        "/grant-lines", headings + "Community safety fund,Night patrols,,,,1200,\n", columns);
    CHECK(desk.preview.find("Forecast, May 2015: £1,200, was £1,100") != std::string::npos);
    CHECK(desk.month(5) == MonthMoney{.forecast = pounds(1200)});
    CHECK(desk.month(4) == MonthMoney{.forecast = pounds(1000), .actual = pounds(900)});
    REQUIRE(desk.browser.post(import + "/undoing", {}).status == 303);
    CHECK(has(desk.browser.get(import), "Put back as it was"));
    CHECK(desk.month(5) == MonthMoney{.forecast = pounds(1100)});
}

TEST_CASE("a month that somebody changed since is left as it is, and below nought is refused") {
    Desk desk;
    const site::Browser::Fields columns{{"column-0", "grant_agreement"},
                                        {"column-1", "title"},
                                        {"column-2", "project"},
                                        {"column-3", "rank"},
                                        {"column-4", "forecast-2015-04"}};
    const auto import = desk.bring_in("/grant-lines",
                                      "Grant,Line,Project,Order,April 2015\n"
                                      "Community safety fund,Night patrols,Patrols,1,1000\n"
                                      "Community safety fund,Day patrols,Patrols,2,-5\n",
                                      columns);
    CHECK(desk.preview.find("Forecast, April 2015 must be £0 or more") != std::string::npos);
    desk.write([&](db::Transaction &tx) {
        const auto line =
            tx.first("select id from grant_line where tenant = :tenant", {{"tenant", tx.tenant()}});
        set_months(tx, desk.of.ledger, line->text("id"),
                   {{core::Month{2015, 4}, {.forecast = pounds(5)}}});
    });
    REQUIRE(desk.browser.post(import + "/undoing", {}).status == 303);
    CHECK(has(desk.browser.get(import), "Left as it is"));
    CHECK(desk.month(4) == MonthMoney{.forecast = pounds(5)});
}

TEST_CASE("the payments of a grant come in by its name") {
    Desk desk;
    desk.bring_in("/grant-payments",
                  "Grant,Payment,Due date,Amount\n"
                  "Community safety fund,First half,1 April 2015,\"£30,000\"\n"
                  "Community safety fund,Second half,01/10/2015,30000.00\n",
                  {{"column-0", "grant_agreement"},
                   {"column-1", "name"},
                   {"column-2", "due"},
                   {"column-3", "amount"}});
    CHECK(desk.preview.find("2 payments of grants will be new.") != std::string::npos);
    const auto sum = desk.write([](db::Transaction &tx) {
        return tx
            .first("select cast(sum(amount) as bigint) as pence from grant_payment "
                   "where tenant = :tenant",
                   {{"tenant", tx.tenant()}})
            ->integer("pence");
    });
    CHECK(sum == 6'000'000);
}

} // namespace wardmote::funding
