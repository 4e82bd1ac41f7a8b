#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include "work/evidence/evidence.hpp"

using namespace wardmote;
using namespace wardmote::evidence;
namespace fs = std::filesystem;

namespace {

struct Folder {
    Folder()
        : path{(fs::temp_directory_path() / "wardmote-measures-XXXXXX").string()} {
        REQUIRE(mkdtemp(path.data()) != nullptr);
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    void write(const std::string &name, const std::string &text) const {
        std::ofstream{path + "/" + name} << text;
    }
    std::string path;
};

const std::string good = R"([[measure]]
key = "noise"
title = "Noise"
in_sentence = "complaints of noise"
one = "complaint"
many = "complaints"
publisher = "Council"
definition = "Complaints of noise."
sources = [{ dataset = "noise", where = { category = ["Noise"] }, words = "all complaints" }]
)";

std::string fault_of(const std::string &text) {
    const Folder folder;
    folder.write("noise.toml", text);
    try {
        read_measures({folder.path});
    } catch (const std::runtime_error &error) {
        return error.what();
    }
    return {};
}

bool says(const std::string &fault, std::string_view words) {
    INFO(fault);
    return fault.find(words) != std::string::npos;
}

} // namespace

TEST_CASE("every measure of the shipped catalogue can be read") {
    const auto measures = read_measures({WARDMOTE_SOURCE_DIR "/catalogue/measures"});
    CHECK(measures.size() >= 25);
    for (const auto *key :
         {"all-crime", "burglary-home", "robbery", "bicycle-theft", "violence", "sexual-offences",
          "asb-police", "contacts", "enforcement", "nuisance-cases", "fly-tipping"}) {
        CAPTURE(key);
        CHECK(std::any_of(measures.begin(), measures.end(),
                          [&](const Measure &one) { return one.key == key; }));
    }
}

TEST_CASE("every crime type of the street-level files is counted by a measure") {
    const auto measures = read_measures({WARDMOTE_SOURCE_DIR "/catalogue/measures"});
    for (const std::string type :
         {"Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson",
          "Drugs", "Other crime", "Other theft", "Possession of weapons", "Public order", "Robbery",
          "Shoplifting", "Theft from the person", "Vehicle crime",
          "Violence and sexual offences"}) {
        CAPTURE(type);
        bool counted = false;
        for (const auto &measure : measures) {
            for (const auto &source : measure.sources) {
                for (const auto &condition : source.where) {
                    counted = counted || (source.dataset == "police-street" && !condition.negated &&
                                          condition.column == "category" &&
                                          condition.values == std::vector{type});
                }
            }
        }
        CHECK(counted);
    }
}

TEST_CASE("a measure needs no more than a title, words and a source") {
    const Folder folder;
    folder.write("noise.toml", good);
    const auto measures = read_measures({folder.path});
    REQUIRE(measures.size() == 1);
    const auto &noise = measures.front();
    CHECK(noise.version == 1);
    CHECK(noise.short_title == "Noise");
    CHECK(noise.polarity == Measure::Polarity::neither);
    REQUIRE(noise.sources.size() == 1);
    CHECK(noise.sources.front().where.front().column == "category");
    CHECK(noise.sources.front().where.front().values == std::vector<std::string>{"Noise"});
}

TEST_CASE("a fault of a measure names file, line and reason") {
    CHECK(says(fault_of(good + "polarity = \"better\"\n"), "noise.toml, line 10: “polarity”"));
    CHECK(says(fault_of(good + "colour = \"red\"\n"), "line 10: “colour” is not a setting"));
    CHECK(says(fault_of("[[measure]]\nkey = \"noise\"\n"), "line 1: “title” is missing"));
    CHECK(says(fault_of("[[measure]\n"), "noise.toml, line 1"));
    CHECK(says(fault_of(good + good), "line 10: The measure “noise” stands twice"));
    CHECK(says(fault_of(good + "breaks = [{ month = \"spring\", note = \"x\" }]\n"),
               "“month” must be a month such as"));
    CHECK(says(fault_of("[[measure]]\nkey = \"No Ise\"\n"), "“key” may hold small letters"));
}

TEST_CASE("a partnership's own measure stands instead of the shipped one of its key") {
    const Folder shipped;
    const Folder own;
    shipped.write("noise.toml", good);
    auto changed = good;
    changed.replace(changed.find("Complaints of noise."), 20, "Noise at night only.");
    own.write("anything.toml", changed);
    const auto measures = read_measures({shipped.path, own.path});
    REQUIRE(measures.size() == 1);
    CHECK(measures.front().definition == "Noise at night only.");
}

TEST_CASE("settings are read, and a missing file gives the defaults") {
    const Folder folder;
    CHECK(Settings::read(folder.path + "/wardmote.toml").priorities.empty());
    folder.write("wardmote.toml", "partnership = \"A\"\nplace = \"Oxford\"\nlevel = \"district\"\n"
                                  "area = \"E07000178\"\nas_at = 2015-02-02\n"
                                  "[[priorities]]\nkey = \"theft\"\ntitle = \"Theft\"\n");
    const auto settings = Settings::read(folder.path + "/wardmote.toml");
    CHECK(settings.place == "Oxford");
    CHECK(settings.as_at == core::Date{2015, 2, 2});
    REQUIRE(settings.priorities.size() == 1);
    folder.write("wardmote.toml", "level = \"county\"\n");
    CHECK_THROWS_WITH_AS(Settings::read(folder.path + "/wardmote.toml"),
                         doctest::Contains("line 1: “level” must be"), std::runtime_error);
}
