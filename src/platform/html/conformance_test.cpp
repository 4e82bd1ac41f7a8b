// Every GOV.UK component held against govuk-frontend's own fixtures: options in, markup out. An
// upgrade of govuk-frontend becomes a list of differences.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "platform/html/fixtures.hpp"

namespace wardmote::html::fixtures {

namespace {

namespace fs = std::filesystem;

/// Components we do not offer, and why.
struct Absent {
    std::string_view component, reason;
};
constexpr std::array absent_components{
    Absent{"accordion", "details does the same without a script"},
    Absent{"character-count", "counts by script; the server says when a text is too long"},
    Absent{"cookie-banner", "there are no cookies to consent to"},
    Absent{"exit-this-page", "for public pages on domestic abuse; none yet"},
    Absent{"feedback", "GOV.UK's own survey"},
    Absent{"header", "has the crown; generic-header is ours"},
    Absent{"language-navigation", "one language so far"},
    Absent{"task-list", "no task of several pages yet"},
};

/// Fixtures that use an option we do not offer. A row that passes after all fails the test, so that
/// the list stays true.
struct NotOffered {
    std::string_view component, fixture, reason;
};
constexpr std::array not_offered{
    NotOffered{"checkboxes", "with falsy values", "a hole in the list of choices"},
    NotOffered{"radios", "with falsy items", "a hole in the list of choices"},
    NotOffered{"file-upload", "enhanced", "drag and drop by script"},
    NotOffered{"file-upload", "enhanced, with error message and hint", "drag and drop by script"},
    NotOffered{"file-upload", "enhanced, multiple files", "drag and drop by script"},
    NotOffered{"file-upload", "enhanced, custom wrapper classes and attributes",
               "drag and drop by script"},
    NotOffered{"file-upload", "translated", "drag and drop by script"},
    NotOffered{"footer", "with empty meta", "an empty list of links"},
    NotOffered{"footer", "with empty meta items", "an empty list of links"},
    NotOffered{"panel", "interruption", "an interruption page"},
    NotOffered{"panel", "interruption with custom classes", "an interruption page"},
    NotOffered{"panel", "interruption, no actions", "an interruption page"},
    NotOffered{"panel", "interruption, no actions items", "an interruption page"},
    NotOffered{"panel", "interruption, button link", "an interruption page"},
    NotOffered{"panel", "interruption, submit action", "an interruption page"},
    NotOffered{"panel", "interruption, with actions classes and attributes",
               "an interruption page"},
    NotOffered{"panel", "interruption-with-content-with-long-line-length", "an interruption page"},
    NotOffered{"panel", "interruption-with-headings-content-and-lists", "an interruption page"},
    NotOffered{"password-input", "with translations", "another language"},
    NotOffered{"service-navigation", "with slotted content", "slots, and the choice of language"},
    NotOffered{"service-navigation", "with `inline` end slot", "slots, and the choice of language"},
    NotOffered{"service-navigation", "with language navigation",
               "slots, and the choice of language"},
    NotOffered{"service-navigation", "with right-aligned language navigation",
               "slots, and the choice of language"},
    NotOffered{"service-navigation", "inverse with language navigation",
               "slots, and the choice of language"},
};

fs::path components_folder() {
    return fs::path{WARDMOTE_SOURCE_DIR} / "node_modules/govuk-frontend/dist/govuk/components";
}

std::vector<Adapter> all_adapters() {
    auto all = word_adapters();
    all.insert(all.end(), form_adapters().begin(), form_adapters().end());
    return all;
}

bool is_listed(std::string_view component, std::string_view fixture) {
    return std::ranges::any_of(not_offered, [&](const NotOffered &row) {
        return row.component == component && row.fixture == fixture;
    });
}

struct Tally {
    int passed = 0;
    int listed = 0;
};

void hold(const Adapter &adapter, const Options &fixture, Tally &tally) {
    const auto name = fixture.at("name").get<std::string>();
    auto expected = normalised(fixture.at("html").get<std::string>());
    if (adapter.without)
        expected = adapter.without(expected);
    const auto drawn = normalised(adapter.draw(fixture.at("options")).str());
    CAPTURE(adapter.component);
    CAPTURE(name);
    if (!is_listed(adapter.component, name)) {
        CHECK(drawn == expected);
        ++tally.passed;
        return;
    }
    CHECK_MESSAGE(drawn != expected, "this fixture passes: take it off the list");
    ++tally.listed;
}

} // namespace

TEST_CASE("our components write what govuk-frontend's fixtures expect") {
    if (!fs::exists(components_folder())) {
        MESSAGE("skipped: node_modules/govuk-frontend is absent; npm ci brings it");
        return;
    }
    Tally tally;
    for (const auto &adapter : all_adapters()) {
        std::ifstream file{components_folder() / adapter.component / "fixtures.json"};
        REQUIRE_MESSAGE(file, adapter.component);
        const auto all = Options::parse(file);
        for (const auto &fixture : all.at("fixtures"))
            hold(adapter, fixture, tally);
    }
    MESSAGE(tally.passed, " fixtures held, ", tally.listed, " use options we do not offer");
    CHECK(tally.listed == static_cast<int>(not_offered.size()));
    CHECK(tally.passed > 500); // the check itself must not fall asleep
}

TEST_CASE("every component of govuk-frontend is offered or listed as absent") {
    if (!fs::exists(components_folder())) {
        MESSAGE("skipped: node_modules/govuk-frontend is absent; npm ci brings it");
        return;
    }
    std::set<std::string> known;
    for (const auto &adapter : all_adapters())
        known.insert(adapter.component);
    for (const auto &row : absent_components)
        CHECK(known.insert(std::string{row.component}).second);
    std::set<std::string> found;
    for (const auto &entry : fs::directory_iterator{components_folder()})
        if (fs::exists(entry.path() / "fixtures.json"))
            found.insert(entry.path().filename().string());
    CHECK(found == known);
}

} // namespace wardmote::html::fixtures
