// The record type of docs/guide/add-a-record.md is what the guide says it is, and its pages are
// there. Expected values are those that are typed in here.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "guide/loan.hpp"
#include "platform/access/organisation.hpp"
#include "platform/access/person.hpp"
#include "platform/access/tenants.hpp"
#include "platform/record/schema_check.hpp"
#include "platform/site/browser_for_test.hpp"

namespace wardmote::loans {
void routes(site::Site &site);
}

using namespace wardmote;
using site::Browser;
using site::has;

namespace {

const std::string here = WARDMOTE_SOURCE_DIR "/tests/guide/";

std::string content(const std::string &path) {
    std::ifstream file{path};
    REQUIRE(file);
    return {std::istreambuf_iterator<char>{file}, {}};
}

const std::string &migration() {
    static const auto sql = content(here + "9001_loans.sql");
    return sql;
}

/// A partnership with the police as a member, and its manager at a browser.
struct Lender : site::SiteForTest {
    Lender()
        : site::SiteForTest{{}, {.more_migrations = {{9001, "9001_loans", migration()}}}} {
        site.records<access::Organisation>();
        loans::routes(site);
        const auto made = std::get<access::MadeTenant>(
            access::make_tenant(keeper, {.name = "The Oxford partnership",
                                         .place = "Oxford",
                                         .administrator_name = "Ada Field",
                                         .administrator_email = "ada@oxford.example"}));
        const auto manager =
            database.write({made.tenant.id, made.administrator, {}}, [&](db::Transaction &tx) {
                police = keeper.add(tx, access::Organisation{.name = "Thames Valley Police"});
                return keeper.add(tx, access::PersonRecord{.name = "Jane Smithson",
                                                           .email = "jane@oxford.example",
                                                           .role = access::Role::manager});
            });
        site::sign_in(site, browser, made.tenant, manager);
    }

    std::string police;
    Browser browser{router};
};

Browser::Fields a_camera(const std::string &borrower) {
    return {{"item", "Camera 7"},
            {"kind", "camera"},
            {"serial_number", "C-0007"},
            {"borrower", borrower},
            {"contact", "desk@tvp.example"},
            {"value", "249.50"},
            {"lent_on-day", "2"},
            {"lent_on-month", "2"},
            {"lent_on-year", "2015"},
            {"due_back-day", "1"},
            {"due_back-month", "4"},
            {"due_back-year", "2015"},
            {"returned", "no"},
            {"notes", "With its bracket."}};
}

} // namespace

TEST_CASE("the description has ten fields and fits its migration") {
    Lender lender;
    const auto &what = record::description<loans::Loan>();
    CHECK(what.fields.size() == 10);
    const record::Description *all[] = {&what};
    CHECK(record::mismatches(lender.database, all) == std::vector<std::string>{});
}

TEST_CASE("one line of routes gives list, form, page, history and downloads") {
    Lender lender;
    auto &browser = lender.browser;
    CHECK(has(browser.get("/loans"), "What the partnership lends will be here"));
    CHECK(has(browser.get("/loans/new"), "Thames Valley Police"));

    const auto saved = browser.post("/loans", a_camera(lender.police));
    REQUIRE(saved.status == 303);
    const auto page = site::location(saved);
    const auto shown = browser.get(page);
    for (const auto *words : {"Camera 7", "C-0007", "Thames Valley Police", "£249.50",
                              "2 February 2015", "1 April 2015", "With its bracket."}) {
        CAPTURE(words);
        CHECK(has(shown, words));
    }
    CHECK(has(browser.get("/loans?kind=camera"), "1 loan"));
    CHECK(has(browser.get("/loans?kind=alarm"), "No loans fit"));
    CHECK(has(browser.get("/search?q=camera"), "1 result"));
    CHECK(has(browser.get(page + "/history"), "Added this loan"));
    CHECK(has(browser.get(page + "/seen"), "Jane Smithson"));

    const auto csv = browser.get("/loans.csv?column=item&column=value&column=due_back");
    CHECK(csv.status == 200);
    CAPTURE(csv.body);
    CHECK(has(csv, "item,value,due_back\r\nCamera 7,249.50,2015-04-01"));
    CHECK(has(browser.get("/loans.json"), "Camera 7"));
}

TEST_CASE("a mistake is said, and what was typed is kept") {
    Lender lender;
    auto typed = a_camera(lender.police);
    typed.front().second = "";
    lender.browser.get("/loans/new");
    const auto answer = lender.browser.post("/loans", typed);
    CHECK(answer.status == 422);
    CHECK(has(answer, "There is a problem"));
    CHECK(has(answer, R"(href="#item")"));
    CHECK(has(answer, "C-0007"));
}

TEST_CASE("two who change the same record are shown each other's change") {
    Lender lender;
    auto &browser = lender.browser;
    browser.get("/loans/new");
    const auto page = site::location(browser.post("/loans", a_camera(lender.police)));
    browser.get(page + "/edit");
    CHECK(browser.post(page, {{"version", "1"}, {"notes", "Without its bracket."}}).status == 303);
    const auto clash = browser.post(page, {{"version", "1"}, {"notes", "With a new bracket."}});
    CHECK(clash.status == 409);
    CHECK(has(clash, "Without its bracket."));
    CHECK(has(clash, "With a new bracket."));
}

TEST_CASE("the guide quotes these files, and quotes them as they are") {
    const auto guide = content(WARDMOTE_SOURCE_DIR "/docs/guide/add-a-record.md");
    const std::regex quotation{"`(tests/guide/[a-z0-9_.]+)`:\n\n```[a-z]+\n([^`]*)```"};
    std::size_t quoted = 0;
    for (std::sregex_iterator it{guide.begin(), guide.end(), quotation}, end; it != end; ++it) {
        CAPTURE((*it)[1].str());
        CHECK((*it)[2].str() == content(WARDMOTE_SOURCE_DIR "/" + (*it)[1].str()));
        ++quoted;
    }
    CHECK(quoted == 4); // all but this file
}
