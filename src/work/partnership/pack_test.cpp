#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "platform/document/process.hpp"
#include "work/partnership/pack.hpp"
#include "work/partnership/pack_job.hpp"
#include "work/partnership/paper.hpp"
#include "work/partnership/place_for_test.hpp"

using namespace wardmote;
using namespace wardmote::partnership;

namespace {

/// A PDF of A4 pages, each saying what it is.
std::string pdf(const std::string &name, int pages) {
    const auto folder = test::fresh_folder();
    std::ofstream out{folder + "/page.html"};
    out << "<!DOCTYPE html><title>x</title><style>p{break-after:page}p:last-child{break-after:"
           "auto}</style>";
    for (int page = 1; page <= pages; ++page) {
        out << fmt::format("<p>{} part {}</p>", name, page);
    }
    out.close();
    document::Process made{
        {.words = {"weasyprint", "--quiet", "page.html", "page.pdf"}, .folder = folder}};
    made.wait();
    return folder + "/page.pdf";
}

std::string bytes_of(const std::filesystem::path &file) {
    std::ostringstream all;
    all << std::ifstream{file, std::ios::binary}.rdbuf();
    return all.str();
}

/// The words of one page, read by another program.
std::string words_of(const std::filesystem::path &file, std::int64_t page) {
    const auto number = std::to_string(page);
    document::Process read{
        {.words = {"pdftotext", "-f", number, "-l", number, file.string(), "-"}, .folder = "/"}};
    read.wait();
    return read.output();
}

bool contains(const std::string &text, const std::string &part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a pack has every page numbered, and its index says the numbers that stand there") {
    const WorkFolder folder;
    PackPlan plan{.organisation = "Oxford Partnership",
                  .title = "Board, March 2015",
                  .when = "12 March 2015 at 2pm",
                  .venue = "Town Hall",
                  .theme = "Alcohol & the night",
                  .edition = 1};
    plan.items.push_back({"Burglary",
                          "For decision",
                          {{.position = 2, .title = "Analysis", .file = pdf("Analysis", 3)},
                           {.position = 1, .title = "Café’s answer", .file = pdf("Answer", 2)}}});
    plan.items.push_back(
        {"Other", "", {{.position = 3, .title = "Late", .file = pdf("Late", 1), .late = true}}});
    for (auto &item : plan.items) {
        for (auto &part : item.parts) {
            part.pages = pages_of(part.file);
        }
    }
    const auto made = make_pack(plan, folder.path());
    const auto pack = folder.path() / "pack.pdf";
    CHECK(made.pages == 7); // a cover, then 3, 2 and 1
    CHECK(pages_of(pack) == 7);
    using Pages = std::vector<std::pair<std::int64_t, std::int64_t>>;
    CHECK(made.first_pages == Pages{{2, 2}, {1, 5}, {3, 7}});
    const auto cover = words_of(pack, 1);
    CHECK(contains(cover, "Alcohol & the night"));
    CHECK(contains(cover, "Late (late)"));
    CHECK(contains(words_of(pack, 2), "Analysis part 1"));
    CHECK(contains(words_of(pack, 5), "Answer part 1"));
    for (std::int64_t page = 1; page <= 7; ++page) {
        CHECK(contains(words_of(pack, page), fmt::format("Page {} of 7", page)));
    }
    document::Process check{
        {.words = {"qpdf", "--json=2", "--json-key=outlines", pack.string()}, .folder = "/"}};
    check.wait();
    const auto marks = check.output();
    CHECK(contains(marks, R"("destpageposfrom1": 5)"));
    CHECK(contains(marks, "Café’s answer"));
}

TEST_CASE("late papers are marked and numbered, and make a new edition of the pack") {
    PlaceForTest place;
    const auto meeting = place.write([&](db::Transaction &tx) {
        return place.meeting(tx, "Board, March 2015", "2015-03-12T14:00:00Z");
    });
    const db::Scope scope{place.made.tenant.id, place.manager, {}};
    const auto item = place.write([&](db::Transaction &tx) {
        return place.keeper.add(tx, AgendaItem{.meeting = core::Id::parse(meeting),
                                               .position = 1,
                                               .title = "Burglary",
                                               .kind = ItemKind::decision});
    });
    CHECK_THROWS_AS(make_edition(place.site, scope, meeting), std::runtime_error);
    const auto add = [&](const std::string &title, int pages, bool late) {
        const auto taken = place.attachments.take_in(place.made.tenant.id, title + ".pdf",
                                                     bytes_of(pdf(title, pages)));
        place.write([&](db::Transaction &tx) {
            const auto kept =
                place.attachments.add(tx, std::get<record::TakenIn>(taken), "agenda_item", item);
            add_paper(tx, place.ledger, place.clock,
                      {.item = item, .attachment = kept.id, .title = title, .pages = pages},
                      meeting, late);
        });
    };
    add("Analysis", 2, false);
    CHECK(make_edition(place.site, scope, meeting) == 1);
    CHECK(site::has(place.browser.get("/meetings/" + meeting), "Analysis</a>, page 2"));
    add("Letter", 1, true);
    CHECK(site::has(place.browser.get("/meetings/" + meeting), "Papers have come since"));
    CHECK(make_edition(place.site, scope, meeting) == 2);
    const auto page = place.browser.get("/meetings/" + meeting);
    CHECK(site::has(page, "Letter</a>, page 4"));
    CHECK(site::has(page, "Late: supplement 1"));
    CHECK(site::has(page, "Edition 2 (PDF)"));
    CHECK(place.browser.get("/meetings/" + meeting + "/pack/1").status == 200);
    CHECK(place.browser.get("/meetings/" + meeting + "/pack/3").status == 404);
}

TEST_CASE("papers are due so many clear working days before the board") {
    PlaceForTest place;
    // Thursday 12 March 2015, five clear working days: 5, 6, 9, 10 and 11 March stand between.
    CHECK(papers_due(place.rules.law, {2015, 3, 12}).last_day == core::Date{2015, 3, 4});
}
