// An existing plan brought in from a spreadsheet, as a manager does it, without a script.
#include <doctest/doctest.h>

#include "platform/jobs/worker.hpp"
#include "platform/site/administration.hpp"
#include "platform/site/import_store.hpp"
#include "work/plan/example_for_test.hpp"

namespace wardmote::plan {

using site::has;
using site::location;

namespace {

constexpr std::string_view headings =
    "Ref,Action,Priority,Who it is for,Lead agency,Lead officer,Start date,Deadline,Cost,"
    "Why partnership\n";
/// Two new actions, one that is here with another budget, one without added value, one with no day.
const std::string file =
    "Oxford Safer Communities Partnership,,,,,,,,,\n"
    "\"Rolling plan 2014-15, as agreed\",,,,,,,,,\n,,,,,,,,,\n" +
    std::string{headings} +
    "4.1,Bike marking,Priority theft offences,Whole community,Oxford City Council,J. Bloggs,"
    "1 April 2014,31/03/2015,\"£1,250\",Colleges and police reach the same students\n"
    "4.2,Safer lock scheme,Priority theft offences,whole community,TVP,,"
    "01/04/2014,42094,,Police and locksmiths share one list\n"
    "1.3,Language School Student Action Plan,Violent crime,Whole community,Oxford City Council,,"
    "1 April 2014,31 March 2015,£900,\n"
    "4.3,Empty the bins,Priority theft offences,Whole community,Oxford City Council,,"
    "1 April 2014,31 March 2015,,\n"
    "4.4,Count the bins,Priority theft offences,Whole community,Oxford City Council,,"
    "1 April 2014,soon,,Partners count together\n";

/// The manager's browser, with the example's plan.
struct Desk {
    Example example;
    site::Browser browser = example.browser(example.manager);
    std::string import; ///< the address of the file being brought in

    web::Response send(std::string_view name, std::string_view bytes) {
        browser.get("/actions/imports");
        auto answer = browser.send_file("/actions/imports", "file", name, bytes);
        if (answer.status == 303) {
            const auto columns = location(answer);
            import = columns.substr(0, columns.rfind('/'));
        }
        return answer;
    }
    /// The names of the page that columns show, chosen as they were guessed.
    site::Browser::Fields guessed() {
        const auto page = browser.get(import + "/columns").body;
        site::Browser::Fields fields;
        for (std::size_t at = page.find("<select class=\"govuk-select\" id=\"column-");
             at != page.npos; at = page.find("<select class=\"govuk-select\" id=\"column-", at)) {
            const auto end = page.find("</select>", at);
            const auto select = page.substr(at, end - at);
            const auto chosen = select.find("\" selected");
            const auto from = select.rfind('"', chosen - 1) + 1;
            fields.emplace_back("column-" + std::to_string(fields.size()),
                                chosen == select.npos ? std::string{}
                                                      : select.substr(from, chosen - from));
            at = end;
        }
        return fields;
    }
    /// Answers what the file leaves open: whose TVP is, and that nobody here is J. Bloggs.
    void answer_gaps() {
        const auto gaps = browser.get(import + "/gaps");
        REQUIRE(gaps.status == 200);
        CHECK(has(gaps, "Organisation that leads: “TVP”"));
        CHECK(has(gaps, "Person who leads: “J. Bloggs”"));
        const auto police = example.read([&](db::Transaction &tx) {
            return tx
                .first("select id from organisation where tenant = :tenant "
                       "and name = 'Thames Valley Police'",
                       {{"tenant", tx.tenant()}})
                ->text("id");
        });
        CHECK(browser.post(import + "/gaps", {{"name-0", "-"}, {"name-1", police}}).status == 303);
    }
    std::int64_t count(const std::string &sql) {
        return example.read([&](db::Transaction &tx) {
            return tx.first(sql, {{"tenant", tx.tenant()}})->integer("n");
        });
    }
    std::int64_t actions() {
        return count("select count(*) as n from action where tenant = :tenant and removed is null");
    }
    std::optional<std::int64_t> budget(std::string_view ref) {
        const auto kept = example.read([&](db::Transaction &tx) {
            return example.site.keeper.get<Action>(tx, example.action(ref));
        });
        return kept->value.budget ? std::optional{kept->value.budget->pence()} : std::nullopt;
    }
};

} // namespace

TEST_CASE("an existing plan comes in: guessed, answered, looked at, brought in, undone") {
    Desk desk;
    auto &browser = desk.browser;
    CHECK(has(browser.get("/actions"), "Bring in a spreadsheet"));
    REQUIRE(desk.send("plan.csv", file).status == 303);
    const auto columns = browser.get(desk.import + "/columns");
    CHECK(has(columns, "5 rows below the headings in row 4"));
    CHECK(has(columns, "Column H: 31/03/2015; 42094; 31 March 2015"));
    const site::Browser::Fields fields{{"column-0", "ref"},
                                       {"column-1", "title"},
                                       {"column-2", "priority"},
                                       {"column-3", "activity_group"},
                                       {"column-4", "lead_organisation"},
                                       {"column-5", "lead"},
                                       {"column-6", "starts"},
                                       {"column-7", "due"},
                                       {"column-8", "budget"},
                                       {"column-9", "added_value"}};
    CHECK(desk.guessed() == fields);
    CHECK(location(browser.post(desk.import + "/columns", fields)) == desk.import + "/gaps");
    desk.answer_gaps();

    const auto before = desk.actions();
    const auto preview = browser.get(desk.import + "/preview");
    CHECK(has(preview, "2 actions will be new, 1 action will be changed and 2 rows cannot be "
                       "brought in."));
    CHECK(has(preview, "Nothing has been written yet."));
    CHECK(has(preview, "Budget: £900, was nothing"));
    CHECK(has(preview, "business as usual")); // the sentence of the plan's form
    CHECK(has(preview, "Due, column H, “soon”: Due must be a date, such as 2 February 2015"));
    CHECK(has(browser.get(desk.import + "/preview?only=refused"), "Count the bins"));
    CHECK_FALSE(has(browser.get(desk.import + "/preview?only=refused"), "Bike marking"));
    CHECK(desk.actions() == before);
    const auto csv = browser.get(desk.import + "/refused.csv");
    CHECK(has(csv, "4.3,Empty the bins"));
    CHECK_FALSE(has(csv, "4.1"));

    const auto done = browser.post(desk.import + "/run", {});
    REQUIRE(done.status == 303);
    CHECK(desk.actions() == before + 2);
    CHECK(desk.budget("4.1") == 125000);
    CHECK(desk.budget("1.3") == 90000);
    const auto page = browser.get(location(done));
    CHECK(has(page, "2 actions made, 1 changed, 2 rows refused."));
    CHECK(has(page, "Safer lock scheme"));
    CHECK(has(browser.get(desk.import + "/refused.csv"), "Empty the bins"));
    CHECK(browser.post(desk.import + "/run", {}).status == 404); // once
    CHECK(has(browser.get("/actions/imports"), "2 made, 1 changed, 2 refused"));
    CHECK(has(browser.get("/actions/" + desk.example.action("4.2")), "Thames Valley Police"));

    // Somebody changes one of those made: undoing leaves it.
    desk.example.write([&](db::Transaction &tx) {
        auto &keeper = desk.example.site.keeper;
        auto kept = keeper.get<Action>(tx, desk.example.action("4.2")).value();
        kept.value.resources = "Two officers";
        keeper.update(tx, record::description<Action>(), kept.id, kept.version,
                      record::values_of(kept.value));
    });
    CHECK(has(browser.get(desk.import + "/undoing"), "2 actions that it made: removed."));
    CHECK(browser.post(desk.import + "/undoing", {}).status == 303);
    const auto undone = browser.get(desk.import);
    CHECK(has(undone, "Undone by Community safety manager"));
    CHECK(has(undone, "Removed again"));
    CHECK(has(undone, "Put back as it was"));
    CHECK(has(undone, "Changed by Systems administrator, 2 February 2015 at 10am: left as it is"));
    CHECK(desk.actions() == before + 1);
    CHECK(desk.budget("1.3") == std::nullopt);
    CHECK(desk.budget("4.2") == std::nullopt); // it never had one, and is still there
    CHECK(browser.post(desk.import + "/undoing", {}).status == 404);
    CHECK(desk.count("select count(*) as n from change_log where tenant = :tenant "
                     "and act in ('import', 'undo-import')") == 2);
    CHECK(desk.example.site.ledger.verify(desk.example.site.database).findings.empty());
}

TEST_CASE("what was chosen for a file is chosen again for the next with its headings") {
    Desk desk;
    REQUIRE(desk.send("plan.csv", file).status == 303);
    auto fields = desk.guessed();
    fields[8].second = ""; // the cost stays out
    desk.browser.post(desk.import + "/columns", fields);
    desk.answer_gaps();
    REQUIRE(desk.browser.post(desk.import + "/run", {}).status == 303);

    const std::string next = std::string{headings} +
                             "4.9,Property marking,Priority theft offences,Whole community,TVP,"
                             "J. Bloggs,1 April 2014,31 March 2015,£5,Marked once for all\n";
    REQUIRE(desk.send("next year.csv", next).status == 303);
    CHECK(desk.guessed() == fields);
    const auto preview = desk.browser.get(desk.import + "/preview");
    CHECK(has(preview, "1 action will be new."));
    REQUIRE(desk.browser.post(desk.import + "/run", {}).status == 303);
    CHECK(desk.budget("4.9") == std::nullopt);
}

TEST_CASE("a file of Windows with semicolons and a byte above ASCII reads as it was written") {
    Desk desk;
    REQUIRE(desk.send("plan.csv", "My plan\r\nRef;Action;Cost\r\n9.1;Caf\xE9 watch;\x80 5\r\n")
                .status == 303);
    CHECK(has(desk.browser.get(desk.import + "/columns"), "Café watch"));
    CHECK(has(desk.browser.get(desk.import + "/columns"), "€ 5"));
}

TEST_CASE("what no column says is said once for all, and what is wrong is told beside it") {
    Desk desk;
    REQUIRE(desk.send("plan.csv", "\xEF\xBB\xBF"
                                  "Ref,Action,Why partnership\n9.1,Pub watch,Both\n"
                                  "9.2,Shop watch,All\n")
                .status == 303);
    auto &browser = desk.browser;
    browser.post(desk.import + "/columns", desk.guessed());
    CHECK(has(browser.get(desk.import + "/gaps"), "No column of the file says this"));
    const auto wrong =
        browser.post(desk.import + "/gaps",
                     {{"starts-day", "31"}, {"starts-month", "2"}, {"starts-year", "2015"}});
    CHECK(wrong.status == 422);
    CHECK(has(wrong, "Starts must be a real date"));
    CHECK(has(wrong, R"(value="31")"));
    const auto [priority, organisation] = desk.example.read([](db::Transaction &tx) {
        const auto id = [&](const std::string &table) {
            return tx
                .first("select id from " + table + " where tenant = :tenant order by id",
                       {{"tenant", tx.tenant()}})
                ->text("id");
        };
        return std::pair{id("priority"), id("organisation")};
    });
    const site::Browser::Fields once{{"priority", priority},
                                     {"activity_group", "whole_community"},
                                     {"lead_organisation", organisation},
                                     {"starts-day", "1"},
                                     {"starts-month", "April"},
                                     {"starts-year", "2014"},
                                     {"due-day", "31"},
                                     {"due-month", "3"},
                                     {"due-year", "2015"}};
    REQUIRE(browser.post(desk.import + "/gaps", once).status == 303);
    CHECK(has(browser.get(desk.import + "/preview"), "2 actions will be new."));
    const auto before = desk.actions();
    REQUIRE(browser.post(desk.import + "/run", {}).status == 303);
    CHECK(desk.actions() == before + 2);
}

TEST_CASE("more than 500 rows are brought in by a job, once, in the name of who sent them") {
    Desk desk;
    std::string many{headings};
    for (int i = 0; i < 501; ++i) {
        many += "8." + std::to_string(i) + ",Action " + std::to_string(i) +
                ",Anti-social behaviour,Whole community,Oxford City Council,,1 April 2014,"
                "31 March 2015,,Members do it together\n";
    }
    REQUIRE(desk.send("many.csv", many).status == 303);
    desk.browser.post(desk.import + "/columns", desk.guessed());
    const auto before = desk.actions();
    REQUIRE(desk.browser.post(desk.import + "/run", {}).status == 303);
    CHECK(has(desk.browser.get(desk.import), "many.csv is being brought in"));
    CHECK(desk.actions() == before);
    CHECK(desk.browser.post(desk.import + "/run", {}).status == 404);

    auto &place = desk.example.site;
    jobs::Handlers handlers;
    site::add_import_job(place.site, handlers);
    jobs::Worker worker{place.database, place.queue, place.clock, handlers};
    CHECK(worker.run_due() == 1);
    CHECK(worker.run_due() == 0);
    CHECK(desk.actions() == before + 501);
    CHECK(has(desk.browser.get(desk.import), "501 actions made, 0 changed, 0 rows refused."));
    CHECK(desk.count("select count(*) as n from change_log where tenant = :tenant "
                     "and act = 'create' and kind = 'action' and person = '" +
                     desk.example.manager + "'") == 501);
    REQUIRE(desk.browser.post(desk.import + "/undoing", {}).status == 303);
    CHECK(desk.actions() == before);
}

TEST_CASE("a file that nobody brought in is forgotten after a week") {
    Desk desk;
    REQUIRE(desk.send("plan.csv", file).status == 303);
    auto &place = desk.example.site;
    const core::FixedClock sixth{*core::Instant::parse("2015-02-08T10:00:00Z")};
    site::forget_drafts(place.database, sixth);
    CHECK(desk.browser.get(desk.import + "/columns").status == 200);
    const core::FixedClock eighth{*core::Instant::parse("2015-02-09T10:01:00Z")};
    site::forget_drafts(place.database, eighth);
    CHECK(desk.browser.get(desk.import + "/columns").status == 404);
}

TEST_CASE("files that cannot be read, and columns that cannot be, are refused with a sentence") {
    Desk desk;
    auto &browser = desk.browser;
    CHECK(has(desk.send("", ""), "Choose a file"));
    CHECK(has(desk.send("plan.csv", " \n\n"), "The file has no rows"));
    CHECK(has(desk.send("plan.xls", "\xD0\xCF\x11\xE0 and more"), "of an Excel before 2007"));
    CHECK(has(desk.send("plan.xlsx", "PK\x03\x04 no archive"), "neither an XLSX nor an ODS"));
    CHECK(has(desk.send("photo.png", std::string{"\x89PNG\0\0", 6}), "not a spreadsheet"));
    const auto large = desk.send("plan.csv", std::string(5'000'001, 'a'));
    CHECK(large.status == 422);
    CHECK(has(large, "no larger than 5 MB"));

    REQUIRE(desk.send("plan.csv", "Ref,Action\n9.1,Pub watch\n").status == 303);
    const auto twice =
        browser.post(desk.import + "/columns", {{"column-0", "title"}, {"column-1", "title"}});
    CHECK(twice.status == 422);
    CHECK(has(twice, "Ref and Action cannot both be: What will be done"));
    const auto nameless = browser.post(desk.import + "/columns", {{"column-0", "about"}});
    CHECK(nameless.status == 422);
    CHECK(has(nameless, "Say which column is: What will be done"));
}

TEST_CASE(
    "a file that is being brought in is known to nobody else, and only who may add may send") {
    Desk desk;
    REQUIRE(desk.send("plan.csv", file).status == 303);
    auto other = desk.example.browser(desk.example.coordinator);
    for (const auto *part : {"", "/columns", "/gaps", "/preview", "/refused.csv"}) {
        CHECK_MESSAGE(other.get(desk.import + part).status == 404, part);
    }
    CHECK_FALSE(has(other.get("/actions/imports"), "plan.csv"));
    CHECK(other.post(desk.import + "/run", {}).status == 404);
    CHECK(other.post(desk.import + "/discarding", {}).status == 404);
    auto officer = desk.example.browser(desk.example.officer);
    CHECK(officer.get("/actions/imports").status == 403);
    CHECK(officer.send_file("/actions/imports", "file", "plan.csv", file).status == 403);

    CHECK(desk.browser.post_without_token(desk.import + "/run", {}).status == 403);
    CHECK(desk.browser.post(desk.import + "/discarding", {}).status == 303);
    CHECK(desk.browser.get(desk.import).status == 404);
}

} // namespace wardmote::plan
