#include <doctest/doctest.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>
#include <utility>

#include "engine/lake/import.hpp"
#include "platform/web/router.hpp"
#include "work/evidence/evidence.hpp"

using namespace wardmote;
namespace fs = std::filesystem;

namespace {

const core::FixedClock february{*core::Instant::parse("2015-02-02T08:10:00Z")};

/// A workspace with robberies of 21 months: 30 a month, then 20 a month; one row has no real date.
struct Site {
    Site()
        : home{(fs::temp_directory_path() / "wardmote-pages-XXXXXX").string()} {
        REQUIRE(mkdtemp(home.data()) != nullptr);
        std::ofstream{home + "/wardmote.toml"} << "partnership = \"Oxford Partnership\"\n"
                                                  "place = \"Oxford\"\nas_at = 2015-02-02\n"
                                                  "footer = \"An example <only>.\"\n";
        import_year("2014-04-10T09:00:00Z", {2013, 4}, 12, 30, "");
        import_year("2015-01-28T09:00:00Z", {2014, 4}, 9, 20, "X-1,2014-12-32,Robbery,,,\n");
        workspace.emplace(home, february);
        router.gate(web::everyone_may());
        evidence::routes(router, *workspace, evidence::plain_shell(*workspace));
    }
    ~Site() {
        std::error_code ignored;
        fs::remove_all(home, ignored);
    }

    void import_year(const char *received, core::Month first, int months, int count,
                     const std::string &more) const {
        const auto path = fmt::format("{}/police-recorded-oxford-{}.csv", home, first.iso());
        std::ofstream file{path};
        file << "reference,recorded,offence_group,offence,ward_code,flags\n";
        for (int month = 0; month < months; ++month) {
            for (int i = 0; i < count; ++i) {
                file << fmt::format("R-{}-{},{}-15,Robbery,Robbery,,\n", (first + month).iso(), i,
                                    (first + month).iso());
            }
        }
        file << more;
        file.close();
        const auto report = lake::import_paths(home + "/evidence", {path},
                                               {.clock = &february,
                                                .received = core::Instant::parse(received),
                                                .catalogues = {WARDMOTE_SOURCE_DIR "/catalogue"}});
        REQUIRE_MESSAGE(report.ok(), lake::summary(report));
    }

    web::Response get(const std::string &target) const {
        web::Request request;
        request.method = "GET";
        return router.answer(std::move(request), target);
    }

    std::string home;
    std::optional<evidence::Workspace> workspace;
    web::Router router;
};

const Site &site() {
    static const Site made;
    return made;
}

bool has(const web::Response &response, std::string_view words) {
    return response.body.find(words) != std::string::npos;
}

} // namespace

// 9 x 20 = 180 against 9 x 30 = 270: down a third.
TEST_CASE("the dashboard says what changed, in words and as a table") {
    const auto page = site().get("/evidence");
    CHECK(page.status == 200);
    CHECK(has(page, "Oxford, April to December 2014 against the same months of 2013."));
    CHECK(has(page, "down 33.3%"));
    CHECK(has(page, "clear fall"));
    CHECK(has(page, "November and December 2014 from the police are provisional."));
    CHECK(has(page, "An example &lt;only&gt;."));
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "style=\""));
}

TEST_CASE("what is shown can be had as CSV and as JSON") {
    const auto csv = site().get("/evidence.csv");
    CHECK(csv.content_type == "text/csv; charset=utf-8");
    CHECK(has(csv, "robbery,Robbery,Police,April to December 2014,180,270,-33.3,clear fall"));
    const auto json = site().get("/evidence.json");
    CHECK(has(json, "\"now\": 180.0"));
}

TEST_CASE("a measure's page goes from its finding down to its files") {
    const auto page = site().get("/evidence/robbery");
    CHECK(page.status == 200);
    CHECK(has(page, "Robbery is heading for about 240 this year, down 33%")); // 180 x 360 / 270
    CHECK(has(page, "From April to December 2014 there were 180 robberies in Oxford, 90 fewer"));
    CHECK(has(page, "Where it comes from"));
    CHECK(has(page, "police-recorded-oxford-2014-04.csv"));
    CHECK(has(site().get("/evidence/robbery/provenance"), "540 rows from 2 files")); // 360 + 180
    CHECK(has(site().get("/evidence/robbery/year-to-date.csv"), "180"));
    CHECK(site().get("/evidence/robbery/year-to-date.svg").content_type == "image/svg+xml");
    CHECK(site().get("/evidence/robbery/nothing.svg").status == 404);
}

TEST_CASE("a page can be asked as known on an earlier day") {
    const auto page = site().get("/evidence/robbery?as-known-on=2014-06-01");
    CHECK(page.status == 200);
    CHECK(has(page, "April 2013 to March 2014"));
    CHECK_FALSE(has(page, "police-recorded-oxford-2014-04.csv"));
}

TEST_CASE("sources account for every row and give back what was set aside") {
    const auto list = site().get("/sources");
    CHECK(has(list, "Offences recorded by the police, to the partnership"));
    const auto from = list.body.find("/sources/", list.body.find("2014-04.csv") - 60);
    const auto id = list.body.substr(from + 9, 16);
    const auto page = site().get("/sources/" + id);
    CHECK(page.status == 200);
    CHECK(has(page, "181 rows in: 180 kept, 1 set aside, 0 repeated."));
    const auto rows = site().get("/sources/" + id + "/quarantine.csv");
    CHECK(has(rows, "2014-12-32"));
    CHECK(site().get("/sources/0000000000000000").status == 404);
}

TEST_CASE("an address that cannot be answered says what is wrong with it") {
    const auto place = site().get("/evidence?place=E99");
    CHECK(place.status == 400);
    CHECK(has(place, "There is no place “E99” here."));
    CHECK(site().get("/evidence?as-at=yesterday").status == 400);
    CHECK(site().get("/evidence?sort=colour").status == 400);
    CHECK(site().get("/evidence/nonsense").status == 404);
    CHECK(has(site().get("/nowhere"), "Page not found"));
    CHECK(site().get("/methods/../secret").status == 400);
}

TEST_CASE("every fixed page answers") {
    CHECK(site().get("/methods/change").status == 200);
    CHECK(site().get("/methods/change.md").status == 303);
    for (const auto *path : {"/methods", "/accessibility", "/evidence/hate-crime"}) {
        CAPTURE(path);
        CHECK(site().get(path).status == 200);
    }
}
