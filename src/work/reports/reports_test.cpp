#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include <doctest/doctest.h>
#include <fmt/core.h>
#include <unistd.h>

#include "platform/web/router.hpp"
#include "work/evidence/evidence.hpp"
#include "work/reports/reports.hpp"

using namespace wardmote;
namespace fs = std::filesystem;

namespace {

/// A workspace without evidence, gone again after the test.
struct Place {
    Place() {
        fs::create_directories(home / "records");
        fs::create_directories(home / "evidence" / "manifests");
        std::ofstream{home / "wardmote.toml"} << "partnership = \"Oxford <Partnership>\"\n"
                                                 "place = \"Oxford\"\n";
        std::ofstream{home / "records" / "council.toml"}
            << "chair = \"<script>alert(1)</script>\"\n[[posts]]\ntitle = \"Coordinator\"\n";
        workspace.emplace(home.string(), clock);
    }
    ~Place() {
        workspace.reset();
        fs::remove_all(home);
    }

    web::Response get(const std::string &target) {
        web::Router router;
        router.gate(web::everyone_may());
        reports::routes(router, *workspace, evidence::plain_shell(*workspace));
        web::Request request;
        request.method = "GET";
        return router.answer(std::move(request), target);
    }

    fs::path home = fs::temp_directory_path() / fmt::format("wardmote-reports-{}", getpid());
    core::FixedClock clock{core::Instant::start_of({2015, 2, 2})};
    std::optional<evidence::Workspace> workspace;
};

bool has(const std::string &text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("A report of a workspace is written, counts its records and is shown by the site") {
    Place place;
    const auto &workspace = *place.workspace;
    CHECK(reports::report_names(workspace) == std::vector<std::string>{"council"});
    const auto folder = reports::usual_folder(workspace, "council", {2015, 2, 2});
    CHECK(folder == (place.home / "reports" / "council-2015-02-02").string());

    const auto written = reports::write_report("council", workspace, {}, folder);
    CHECK(written.problems.empty());
    CHECK(written.figures == 1); // the posts
    CHECK(written.files.size() == 5);
    for (const auto &file : written.files)
        CHECK(fs::file_size(fs::path{folder} / file) > 0);

    const auto page = place.get("/reports/council-2015-02-02");
    CHECK(page.status == 200);
    CHECK(has(page.body, "Oxford &lt;Partnership&gt;"));
    CHECK(has(page.body, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    CHECK_FALSE(has(page.body, "<script>alert"));
    CHECK(has(page.body, R"(href="/reports/council-2015-02-02/report.pdf")"));
    CHECK(has(place.get("/reports").body, R"(href="/reports/council-2015-02-02")"));
    CHECK(place.get("/reports/council-2015-02-02/report.pdf").content_type == "application/pdf");

    SUBCASE("Nothing else of the folder is given away") {
        std::ofstream{place.home / "reports" / "council-2015-02-02" / "notes.txt"} << "secret";
        for (const auto *target :
             {"/reports/none", "/reports/council-2015-02-02/notes.txt", "/reports/%2e%2e",
              "/reports/%2e%2e/wardmote.toml", "/reports/council-2015-02-02/%2e%2e%2fnotes.txt"})
            CHECK(place.get(target).status >= 400);
    }
}

TEST_CASE("The workspace's own template stands instead of the shipped one") {
    Place place;
    fs::create_directories(place.home / "catalogue" / "reports");
    std::ofstream{place.home / "catalogue" / "reports" / "council.md"}
        << "---\r\nTitle: Our own\r\n---\r\n#. There are {{ posts }} posts and {{ nothing }}.\r\n";
    const auto written =
        reports::write_report("council", *place.workspace, {}, (place.home / "out").string());
    REQUIRE(written.problems.size() == 1);
    CHECK(has(written.problems[0].sentence(), "council.md, line 4: there is no “nothing”"));
}

TEST_CASE("A report that there is no template of is refused in a sentence") {
    Place place;
    CHECK_THROWS_WITH(reports::write_report("../x", *place.workspace, {}, "nowhere"),
                      "There is no report called “../x”.");
}
