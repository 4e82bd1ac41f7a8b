#include <filesystem>
#include <fstream>
#include <optional>

#include <doctest/doctest.h>

#include "platform/jobs/job.hpp"
#include "platform/jobs/overview.hpp"
#include "work/evidence/evidence.hpp"
#include "work/reports/council_records.hpp"
#include "work/reports/details.hpp"
#include "work/reports/place_for_test.hpp"
#include "work/reports/reports.hpp"

using namespace wardmote;
using reports::PlaceForTest;
namespace fs = std::filesystem;

namespace {

bool has(const std::string &text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("A report of a workspace is written, counts its records and is shown by the site") {
    PlaceForTest place;
    const auto &workspace = *place.workspace;
    CHECK(reports::report_names(workspace).front() == "board");
    const auto folder = reports::usual_folder(workspace, "council", {2015, 2, 2});
    CHECK(folder == (place.home / "reports" / "council-2015-02-02").string());

    place.fund_posts();
    place.write([&](db::Transaction &tx) {
        place.keeper.add(tx,
                         reports::Details{.report = "council", .of = "<script>alert(1)</script>"});
    });
    const auto written = place.write_report("council", folder);
    CHECK(written.problems.empty());
    CHECK(written.figures == 1); // the posts
    CHECK(written.files.size() == 5);
    for (const auto &file : written.files)
        CHECK(fs::file_size(fs::path{folder} / file) > 0);

    const auto page = place.browser.get("/reports/council-2015-02-02");
    CHECK(page.status == 200);
    CHECK(has(page.body, "Oxford &lt;Partnership&gt;"));
    CHECK(has(page.body, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    CHECK_FALSE(has(page.body, "<script>alert"));
    CHECK(has(page.body, R"(href="/reports/council-2015-02-02/report.pdf")"));
    CHECK(has(place.browser.get("/reports").body, R"(href="/reports/council-2015-02-02")"));
    CHECK(place.browser.get("/reports/council-2015-02-02/report.pdf").content_type ==
          "application/pdf");

    SUBCASE("Nothing else of the folder is given away") {
        std::ofstream{place.home / "reports" / "council-2015-02-02" / "notes.txt"} << "secret";
        for (const auto *target :
             {"/reports/none", "/reports/council-2015-02-02/notes.txt", "/reports/%2e%2e",
              "/reports/%2e%2e/wardmote.toml", "/reports/council-2015-02-02/%2e%2e%2fnotes.txt"})
            CHECK(place.browser.get(target).status >= 400);
    }
}

TEST_CASE("The workspace's own template stands instead of the shipped one") {
    PlaceForTest place;
    place.fund_posts();
    fs::create_directories(place.home / "catalogue" / "reports");
    std::ofstream{place.home / "catalogue" / "reports" / "council.md"}
        << "---\r\nTitle: Our own\r\n---\r\n#. There are {{ posts }} posts and {{ nothing }}.\r\n";
    const auto written = place.write_report("council", (place.home / "out").string());
    REQUIRE(written.problems.size() == 1);
    CHECK(has(written.problems[0].sentence(), "council.md, line 4: there is no “nothing”"));
}

TEST_CASE("A report that there is no template of is refused in a sentence") {
    PlaceForTest place;
    CHECK_THROWS_WITH(reports::write_report("../x", *place.workspace, {}, {}, "nowhere"),
                      "There is no report called “../x”.");
}

TEST_CASE("What a report says of itself is kept on a page, by those who write reports") {
    PlaceForTest place;
    CHECK(has(place.browser.get("/report-details/new").body, "What the plan is called"));
    const auto saved = place.browser.post("/report-details", {{"report", "council"},
                                                              {"addressed_to", "Full Council"},
                                                              {"recommendations", "Note it.\n\n"
                                                                                  "Thank them."}});
    CHECK(saved.status == 303);
    const auto records = place.records("council");
    CHECK(records.texts.at("report.to") == "Full Council");
    CHECK(records.lists.at("report.recommendations").at(1).at("text") == "Thank them.");
    CHECK_FALSE(records.texts.contains("report.of"));
}

TEST_CASE("A report is asked for at a button, written by a job and then there") {
    PlaceForTest place;
    place.fund_posts();
    auto page = place.browser.get("/reports");
    CHECK(has(page.body, "Performance report to the board"));
    CHECK(has(page.body, R"(<option value="PCC/2014")"));
    CHECK(place.browser.post("/reports", {{"report", "../x"}}).status == 404);
    CHECK(place.browser.post("/reports", {{"report", "grant-return"}, {"grant", "none"}}).status ==
          404);
    CHECK(place.browser.post("/reports", {{"report", "grant-return"}, {"grant", "PCC/2014"}})
              .status == 303);
    page = place.browser.get("/reports");
    CHECK(has(page.body, "One report is being written."));

    jobs::Handlers handlers;
    reports::add_jobs(place.site, *place.workspace, nullptr, handlers);
    const auto &write = std::get<jobs::Outside>(handlers.find("report")->run);
    write({.id = "1",
           .tenant = place.made.tenant.id,
           .kind = "report",
           .payload = R"({"report":"grant-return","grant":"PCC/2014","as_at":"2015-02-02"})"});
    CHECK(has(place.browser.get("/reports").body,
              R"(href="/reports/grant-return-pcc-2014-2015-02-02")"));
}

TEST_CASE("A report is read by those who may see what it tells of") {
    PlaceForTest place;
    place.fund_posts();
    const auto folder = reports::usual_folder(*place.workspace, "board", {2015, 2, 2});
    CHECK(place.write_report("board", folder).problems.empty());
    CHECK(place.browser.get("/reports/board-2015-02-02").status == 200);
    const auto councillor = place.write([&](db::Transaction &tx) {
        return place.keeper.add(tx, access::PersonRecord{.name = "A councillor",
                                                         .email = "councillor@oxford.example",
                                                         .role = access::Role::councillor});
    });
    site::Browser browser{place.router};
    site::sign_in(place.site, browser, place.made.tenant, councillor);
    CHECK(browser.get("/reports/board-2015-02-02").status == 404); // it names risks and people
    CHECK(browser.get("/reports/board-2015-02-02/report.pdf").status == 404);
    const auto list = browser.get("/reports");
    CHECK(list.status == 200);
    CHECK_FALSE(has(list.body, "board-2015-02-02"));
    CHECK_FALSE(has(list.body, "Write this report"));
    CHECK(browser.post("/reports", {{"report", "council"}}).status == 403);
}

TEST_CASE("A template of one's own is not told what only the board is") {
    PlaceForTest place;
    place.fund_posts();
    CHECK(place.records("board").tables.contains("money"));
    CHECK_FALSE(place.records("my-own").tables.contains("money"));
    CHECK_FALSE(place.records("council").tables.contains("money"));
    CHECK(place.records("my-own").lists.contains("posts"));
}

TEST_CASE("What the Commissioner's grants say of next year") {
    using core::FinancialYear;
    using core::Money;
    const FinancialYear y14{2014}, y15{2015};
    const std::optional<core::Date> april{core::Date{2016, 4, 1}};
    CHECK(reports::outlook_of({}, {april}, y14).commitment.empty());
    CHECK(reports::outlook_of({{y14, Money::pounds(100)}}, {}, y14).commitment ==
          "The Commissioner has agreed no grant for 2015-16.");
    CHECK(reports::outlook_of({{y14, Money::pounds(100)}, {y15, Money::pounds(80)}}, {}, y14)
              .commitment == "The Commissioner has agreed £80 for 2015-16, less than the £100 of "
                             "2014-15.");
    const auto outlook = reports::outlook_of({{y14, Money::pounds(100)}, {y15, Money::pounds(100)}},
                                             {april, {}}, y14);
    CHECK(outlook.commitment == "The Commissioner has committed to maintaining the 2014-15 funding "
                                "levels in 2015-16.");
    CHECK(outlook.risk == "No grant is agreed after 2015-16: without sustainable funding, one of "
                          "these posts may be at risk from 1 April 2016.");
}

TEST_CASE("A theme in a sentence loses its capital only where it is no name") {
    CHECK(reports::in_sentence("The impact of mental health") == "the impact of mental health");
    CHECK(reports::in_sentence("Current activity") == "current activity");
    CHECK(reports::in_sentence("Oxford’s night-time economy") == "Oxford’s night-time economy");
    CHECK(reports::in_sentence("CCTV") == "CCTV");
    CHECK(reports::in_sentence("").empty());
}
