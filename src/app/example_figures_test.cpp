#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <unistd.h>

#include "app/example.hpp"
#include "app/example_people.hpp"
#include "app/report.hpp"
#include "engine/core/figure.hpp"
#include "engine/core/text.hpp"
#include "work/evidence/evidence.hpp"
#include "work/reports/values.hpp"

using namespace wardmote;
namespace fs = std::filesystem;

namespace {

const std::string catalogue = WARDMOTE_SOURCE_DIR "/catalogue";
const core::FixedClock report_day{core::Instant::parse("2015-02-02T08:10:00Z").value()};

/// A folder that goes with the test.
struct Folder {
    Folder()
        : path{(fs::temp_directory_path() / "wardmote-example-XXXXXX").string()} {
        REQUIRE(mkdtemp(path.data()) != nullptr);
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    std::string path;
};

/// The example, made once for all these tests.
const evidence::Workspace &example() {
    static const Folder folder;
    static const app::ExampleMade made =
        app::make_example(folder.path, catalogue, 2, [](const std::string &) {});
    static const evidence::Workspace workspace{folder.path, report_day};
    REQUIRE(made.refused.empty());
    return workspace;
}

core::Figure figure(const std::string &key) {
    const auto found = example().figure(key);
    REQUIRE_MESSAGE(found, key << ": " << example().why_not(key));
    return *found;
}

double value(const std::string &key) {
    return figure(key).value();
}

/// What a reader sees of every figure there is: value, words and sentence, by key.
std::map<std::string, std::string> all_figures(const evidence::Workspace &workspace) {
    std::map<std::string, std::string> shown;
    for (const std::string &key : workspace.keys()) {
        if (const auto found = workspace.figure(key)) {
            shown[key] = std::to_string(found->value()) + "|" + found->text() + "|" +
                         found->sentence() + "|" + std::to_string(found->provenance().rows);
        }
    }
    return shown;
}

} // namespace

// The table of figures that the council report of 2 February 2015 states, paragraph by paragraph.

TEST_CASE("paragraph 1: all crime is down 9.5%, to the lowest on record") {
    CHECK(value("all-crime.lowest-on-record") == 1);
    evidence::Asking at_the_december_meeting;
    at_the_december_meeting.last = core::Month{2014, 11};
    const auto change = example().figure("all-crime.change", at_the_december_meeting);
    REQUIRE(change);
    CHECK(change->value() == doctest::Approx(-9.5).epsilon(0.01)); // 8,022 / 8,864 - 1 = -9.4991 %
    CHECK(change->sentence().find("8,864") != std::string::npos);
    CHECK(change->sentence().find("8,022") != std::string::npos);
}

TEST_CASE("paragraph 2: burglary of homes is heading for about 320, from 421") {
    CHECK(value("burglary-home.last-year") == 421);
    CHECK(value("burglary-home.projection") == doctest::Approx(320).epsilon(0.01));
    CHECK(value("burglary-home.projection-change") == doctest::Approx(-24).epsilon(0.02));
    CHECK(value("burglary-home.1994-95") == 2712);
    CHECK(value("burglary-home.1995-96") == 2604);
    CHECK(value("burglary-home.1996-97") == 2531);
}

TEST_CASE("paragraph 2: robbery is down 24% and cycle theft nearly 4%") {
    CHECK(value("robbery.change") == doctest::Approx(-24).epsilon(0.02)); // 95 / 125 - 1
    const double cycles = value("bicycle-theft.change");                  // 1,370 / 1,424 - 1
    CHECK(cycles <= -3.5);
    CHECK(cycles >= -4.0);
    CHECK(example().verdict("bicycle-theft.change") == "no clear change");
}

TEST_CASE("paragraph 3: anti-social behaviour falls, but rises in five wards that are named") {
    CHECK(value("asb-police.change") == doctest::Approx(-6.8).epsilon(0.01)); // 4,298 / 4,612 - 1
    CHECK(value("asb-police.wards-rising") == 5);
    const auto wards = example().listing("asb-police.wards-rising");
    REQUIRE(wards);
    CHECK(wards->items == std::vector<std::string>{"Northfield Brook", "Barton and Sandhills",
                                                   "Littlemore", "Wolvercote", "St Mary’s"});
}

TEST_CASE("paragraph 3: contacts were 3,500 and will exceed 5,000, litter first") {
    CHECK(value("contacts.last-year") == 3500);
    CHECK(value("contacts.projection") > 5000);
    CHECK(value("contacts.projection-change") > 42.9 - 0.05); // 5,000 / 3,500 - 1
    const auto about = example().listing("contacts.top-categories");
    REQUIRE(about);
    REQUIRE(about->items.size() >= 5);
    std::vector<std::string> lead;
    for (std::size_t i = 0; i < 5; ++i) {
        lead.push_back(core::lower(about->items[i]));
    }
    CHECK(lead == std::vector<std::string>{"litter", "fly-tipping", "fly-posting", "trade waste",
                                           "domestic waste"});
}

TEST_CASE("paragraph 4: violence rose most in April, and the rise shrinks all year") {
    CHECK(value("violence.april-change") == doctest::Approx(40.8).epsilon(0.01)); // 214 / 152 - 1
    CHECK(value("violence.change") == doctest::Approx(11.0).epsilon(0.01)); // 1,699 / 1,531 - 1
    double before = 1000;
    for (core::Month last{2014, 4}; last <= core::Month(2014, 12); ++last) {
        evidence::Asking asking;
        asking.last = last;
        const auto rise = example().figure("violence.change", asking);
        REQUIRE(rise);
        CHECK(rise->value() < before);
        before = rise->value();
    }
}

TEST_CASE("paragraph 4: sexual offences more than doubled, from 24 to 56, 21 of them non-recent") {
    CHECK(value("sexual-offences.last") == 24);
    CHECK(value("sexual-offences.this") == 56);
    CHECK(value("sexual-offences.non-recent") == 21);
    const core::Figure change = figure("sexual-offences.change");
    CHECK(change.value() == doctest::Approx(133.3).epsilon(0.001)); // 56 / 24 - 1
    CHECK((change.text() + change.sentence()).find("more than doubled") != std::string::npos);
}

TEST_CASE("paragraphs 31 to 36: what the council and its partners did") {
    CHECK(value("enforcement.this") == 1137);
    CHECK(value("nuisance-cases.2014") == 684); // 169 from January to March, 515 after
    CHECK(value("weekend-operation.shifts") == 104);
    CHECK(value("weekend-operation.events") > 104);
    CHECK(value("making-changes.referrals") > value("making-changes.completed"));
    CHECK(value("making-changes.completed") > 0);
}

TEST_CASE("evidence and records together give the 43 paragraphs of the council report") {
    app::RecordsHome records{app::Home{example().home()}, {}, report_day};
    app::make_example_people(records, report_day);
    const auto told = app::records_for_report(app::Home{example().home()}, records, example(),
                                              {.name = "council", .grant = {}}, {});
    reports::ReportValues values{example(), told, {}};
    std::ifstream file{catalogue + "/reports/council.md"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    const auto document = document::compile("council", "council.md", text, values);
    CHECK(document.problems.empty());
    CHECK(std::ranges::count_if(document.blocks, [](const document::Block &block) {
              return block.number > 0;
          }) == 43);
    for (const auto *key : {"enforcement.this", "nuisance-cases.2014", "weekend-operation.shifts",
                            "making-changes.completed", "actions.victims", "posts"}) {
        CHECK_MESSAGE(std::ranges::any_of(
                          document.notes,
                          [&](const document::Note &note) { return note.figure.key() == key; }),
                      key);
    }
}

TEST_CASE(
    "every figure of the example says which files it comes from, and that they are synthetic") {
    for (const char *key : {"all-crime.change", "contacts.projection", "nuisance-cases.2014"}) {
        const core::Figure found = figure(key);
        for (const core::SourceFile &file : found.provenance().files) {
            CHECK(file.sha256.size() == 64);
            CHECK(file.name.find("synthetic") != std::string::npos);
        }
    }
}

TEST_CASE("one row changed changes the figures that rest on it, and no others") {
    const auto as_it_was = all_figures(example());
    REQUIRE(as_it_was.size() > 50);

    // One bicycle theft of December 2014 was a robbery after all.
    const Folder folder;
    fs::copy(example().home() + "/wardmote.toml", folder.path + "/wardmote.toml");
    std::vector<app::ExampleFile> files = app::example_files(catalogue);
    for (app::ExampleFile &file : files) {
        if (file.name == "police-recorded-synthetic-example-2014-12.csv") {
            const std::string from = ",Bicycle theft,";
            const auto at = file.text.find(from);
            REQUIRE(at != std::string::npos);
            file.text.replace(at, from.size(), ",Robbery,");
        }
    }
    app::write_sources(folder.path, files);
    CHECK(app::import_sources(folder.path, {catalogue}, 2).refused.empty());
    const evidence::Workspace changed{folder.path, report_day};
    const auto as_it_is = all_figures(changed);

    REQUIRE(as_it_is.size() == as_it_was.size());
    for (const auto &[key, shown] : as_it_was) {
        const bool rests_on_it = key.starts_with("robbery.") || key.starts_with("bicycle-theft.") ||
                                 key == "all-crime.top-categories"; // which names both
        if (!rests_on_it) {
            CHECK_MESSAGE(as_it_is.at(key) == shown, key);
        }
    }
    for (const char *key :
         {"robbery.this", "robbery.change", "bicycle-theft.this", "bicycle-theft.change",
          "robbery.projection", "all-crime.top-categories"}) {
        CHECK_MESSAGE(as_it_is.at(key) != as_it_was.at(key), key);
    }
    CHECK(changed.figure("robbery.this")->value() == value("robbery.this") + 1);
    CHECK(changed.figure("bicycle-theft.this")->value() == value("bicycle-theft.this") - 1);
    // What does not look at December stands too.
    for (const char *key : {"robbery.last-year", "bicycle-theft.last-year"}) {
        CHECK_MESSAGE(as_it_is.at(key) == as_it_was.at(key), key);
    }
}

TEST_CASE("the example made twice is the same, figure by figure and file by file") {
    const Folder folder;
    app::make_example(folder.path, catalogue, 1, [](const std::string &) {});
    const evidence::Workspace again{folder.path, report_day};
    CHECK(all_figures(again) == all_figures(example()));
    CHECK(again.reader().manifests(report_day.now()).size() ==
          example().reader().manifests(report_day.now()).size());
}
