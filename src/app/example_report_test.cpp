// The council report that the example's records give, paragraph by paragraph, and what in it
// follows each record. The workspace holds no evidence here: example_figures_test.cpp has that.

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <tuple>
#include <unistd.h>

#include "app/example_people.hpp"
#include "app/report.hpp"
#include "platform/document/document.hpp"
#include "platform/document/render.hpp"
#include "platform/record/keeper.hpp"
#include "work/evidence/evidence.hpp"
#include "work/funding/line.hpp"
#include "work/partnership/meeting.hpp"
#include "work/partnership/membership.hpp"
#include "work/plan/action.hpp"
#include "work/plan/strategy.hpp"
#include "work/reports/details.hpp"
#include "work/reports/reports.hpp"
#include "work/reports/values.hpp"

using namespace wardmote;
namespace fs = std::filesystem;

namespace {

const core::FixedClock report_day{core::Instant::parse("2015-02-02T08:10:00Z").value()};

struct Folder {
    Folder()
        : path{(fs::temp_directory_path() / "wardmote-example-report-XXXXXX").string()} {
        REQUIRE(mkdtemp(path.data()) != nullptr);
        fs::create_directories(path + "/evidence/manifests");
        fs::copy_file(WARDMOTE_SOURCE_DIR "/catalogue/example/home/wardmote.toml",
                      path + "/wardmote.toml");
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    std::string path;
};

/// The example's records, without its evidence.
class Example {
public:
    Example() { app::make_example_people(m_records, report_day); }

    document::Document report(const std::string &name = "council") {
        const auto told = records(name);
        reports::ReportValues values{m_workspace, told, {}};
        std::ifstream file{WARDMOTE_SOURCE_DIR "/catalogue/reports/" + name + ".md"};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        auto made = document::compile(name, name + ".md", text, values);
        for (const auto &problem : made.problems) {
            FAIL_CHECK(problem.sentence());
        }
        return made;
    }
    reports::Records records(const std::string &name = "council") {
        return app::records_for_report(app::Home{m_folder.path}, m_records, m_workspace,
                                       {.name = name, .grant = {}}, {});
    }

    template <class Work>
    void write(Work &&work) {
        const auto tenant = app::first_tenant(m_records.database).value();
        m_records.database.write({tenant, {}, {}},
                                 [&](db::Transaction &tx) { work(tx, m_keeper); });
    }
    /// Changes the one record of a kind whose field holds these words.
    template <class T, class Change>
    void change(std::string_view field, const std::string &words, Change &&how) {
        write([&](db::Transaction &tx, record::Keeper &keeper) {
            const auto &what = record::description<T>();
            auto found = keeper.list(tx, what, {.page_size = 0}, {.all_restricted = true}).records;
            std::erase_if(found, [&](const record::Stored &stored) {
                return stored.values[what.index(field)] != db::Value{words};
            });
            REQUIRE(found.size() == 1);
            auto [id, version, value] = record::typed<T>(found.front());
            how(value);
            keeper.update(tx, what, id, version, record::values_of(value));
        });
    }

private:
    Folder m_folder;
    app::RecordsHome m_records{app::Home{m_folder.path}, {}, report_day};
    record::Keeper m_keeper{m_records.database, m_records.ledger, m_records.keys, report_day};
    evidence::Workspace m_workspace{m_folder.path, report_day};
};

/// The words of each block of the text, marks filled in, without where figures come from.
std::vector<std::string> blocks(const document::Document &document) {
    const auto whole = document::body(document, document::Medium::word).str();
    std::vector<std::string> words;
    for (std::size_t from = 0; from < whole.size();) {
        const auto end = std::min(whole.find("</p>", from), whole.size());
        std::string plain;
        bool tag = false;
        for (const char c : whole.substr(from, end - from)) {
            tag = c == '<' || (tag && c != '>');
            if (!tag && c != '>') {
                plain += c == '\n' ? ' ' : c;
            }
        }
        words.push_back(plain);
        from = end + 4;
    }
    return words;
}

std::vector<std::string> sentences(const std::string &block) {
    std::vector<std::string> all;
    for (std::size_t from = 0; from < block.size();) {
        const auto end = std::min(block.find(". ", from), block.size());
        all.push_back(block.substr(from, end - from));
        from = end + 2;
    }
    return all;
}

using Told = std::pair<std::string, std::string>; ///< before and after
/// The sentences that differ; every other block is the same byte for byte.
std::vector<Told> differences(const std::vector<std::string> &before,
                              const std::vector<std::string> &after) {
    REQUIRE(before.size() == after.size());
    std::vector<Told> found;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto was = sentences(before[i]);
        const auto is = sentences(after[i]);
        REQUIRE(was.size() == is.size());
        for (std::size_t n = 0; n < was.size(); ++n) {
            if (was[n] != is[n]) {
                found.emplace_back(was[n], is[n]);
            }
        }
    }
    return found;
}

bool has(const std::string &text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("the example's records give what the council report says of the partnership") {
    Example example;
    const auto document = example.report();
    const auto numbered = std::ranges::count_if(
        document.blocks, [](const document::Block &block) { return block.number > 0; });
    CHECK(numbered == 40); // paragraphs 2 to 4 rest on evidence alone, of which there is none here
    CHECK(std::ranges::count_if(document.blocks, [](const document::Block &block) {
              return block.kind == document::Block::Kind::heading && block.level == 2;
          }) == 6);
    const auto all = blocks(document);
    const auto text = std::accumulate(all.begin(), all.end(), std::string{});
    for (const std::string &words : std::vector<std::string>{
             "The Responsible Authorities are Oxford City Council, Oxfordshire County Council, "
             "Thames Valley Police, Oxfordshire Fire and Rescue Service, the Probation Service and "
             "the Clinical Commissioning Group.",
             "include Oxford Brookes University, Oxford University and Oxford University Student "
             "Union.",
             "chaired by Oxford City Council’s Director for Community Services.",
             "the impact of mental health on community safety organisations, the impact of the "
             "Transforming Rehabilitation reform programme on probation services and current "
             "activity on tackling child sexual exploitation.",
             "Human Exploitation Coordinator: coordinating and delivering the partnership’s "
             "approach to child sexual exploitation",
             "The priorities for 2015-16 have yet to be ratified by the partnership.",
             "The Rose Hill CCTV project was completed in November, with two cameras",
             "Improve multi-agency working in response to mental health problems",
             "The Commissioner has committed to maintaining the 2014-15 funding levels in 2015-16. "
             "No grant is agreed after 2015-16: without sustainable funding, these posts may be at "
             "risk from 1 April 2016."}) {
        CHECK_MESSAGE(has(text, words), words);
    }
    CHECK(document.cover.first("To") == "Full Council");
    CHECK(document.cover.all("Recommendations").size() == 1);
    CHECK(document.cover.all("Approved by").size() == 3);
}

TEST_CASE("meetings, themes, posts and actions are counted over the records, which are named") {
    Example example;
    const auto records = example.records();
    for (const auto &[key, table, value] :
         {std::tuple{"meetings.2014", "meeting", 4}, std::tuple{"themes.2014", "meeting", 3},
          std::tuple{"posts", "funded_post", 3}, std::tuple{"actions.whole-community", "action", 8},
          std::tuple{"actions.victims", "action", 9},
          std::tuple{"actions.offenders", "action", 8}}) {
        const auto &figure = records.figures.at(key);
        CHECK_MESSAGE(figure.value() == value, key);
        const auto &from = figure.provenance();
        CHECK(from.measure == table);
        REQUIRE(from.files.size() == 1);
        CHECK(from.files.front().rows == static_cast<std::uint64_t>(value));
        CHECK(from.files.front().sha256.size() == 64);
        CHECK(from.as_known_on == core::Instant::end_of({2015, 2, 2}));
    }
    CHECK(has(records.figures.at("meetings.2014").provenance().notes.front(),
              "Board, March 2014; Board, June 2014; Board, September 2014; Board, December 2014"));
}

TEST_CASE("one record changed changes the sentences that rest on it, and no others") {
    Example example;
    const auto before = blocks(example.report());
    const auto after = [&] { return differences(before, blocks(example.report())); };

    SUBCASE("the title of an action") {
        example.change<plan::Action>("ref", "1.5",
                                     [](auto &action) { action.title = "Cameras for Rose Hill"; });
        const auto found = after();
        REQUIRE(found.size() == 1);
        CHECK(has(found[0].first, "Rose Hill CCTV: two cameras over the shops and side streets"));
        CHECK(has(found[0].second, "Cameras for Rose Hill"));
    }
    SUBCASE("the end of a membership") {
        example.change<partnership::Membership>("in_reports", "the Probation Service",
                                                [](auto &membership) {
                                                    membership.left = core::Date{2015, 2, 1};
                                                });
        const auto found = after();
        REQUIRE(found.size() == 1);
        CHECK(has(found[0].first, "Fire and Rescue Service, the Probation Service and the Cl"));
        CHECK(has(found[0].second, "Fire and Rescue Service and the Clinical"));
    }
    SUBCASE("the duties of a post") {
        example.change<funding::FundedPost>("title", "Violent Crime Reduction Coordinator",
                                            [](auto &post) { post.remit = "preventing knives"; });
        const auto found = after();
        REQUIRE(found.size() == 1);
        CHECK(has(found[0].second, "Violent Crime Reduction Coordinator: preventing knives"));
    }
    SUBCASE("the theme of a meeting") {
        example.change<partnership::Meeting>("title", "Board, September 2014", [](auto &meeting) {
            meeting.theme = "How probation changes";
        });
        const auto found = after();
        REQUIRE(found.size() == 1);
        CHECK(has(found[0].first, "the impact of the Transforming Rehabilitation reform"));
        CHECK(has(found[0].second, "safety organisations, how probation changes and current"));
    }
    SUBCASE("what a priority includes") {
        example.change<plan::Priority>("title", "Violent crime",
                                       [](auto &priority) { priority.includes = "knives"; });
        const auto found = after();
        REQUIRE(found.size() == 1);
        CHECK(has(found[0].second, "Violent crime, including knives"));
    }
    SUBCASE("what the commissioner gives next year") {
        example.change<funding::FundedPost>("title", "Violent Crime Reduction Coordinator",
                                            [](auto &post) { post.at_risk_on.reset(); });
        const auto found = after();
        REQUIRE(found.size() == 1);
        CHECK(has(found[0].second, "two of these posts may be at risk from 1 April 2016"));
    }
    SUBCASE("to whom the report is") {
        example.change<reports::Details>("report", "council",
                                         [](auto &details) { details.to = "The Executive"; });
        CHECK(after().empty()); // it stands on the cover, which is no block
        CHECK(example.report().cover.first("To") == "The Executive");
    }
}

TEST_CASE("priorities are ratified when every one of next year's is, and the report says so") {
    Example example;
    const auto sentence = [&] {
        for (const auto &block : blocks(example.report())) {
            for (const auto &each : sentences(block)) {
                if (each.starts_with("The priorities for 2015-16")) {
                    return each;
                }
            }
        }
        return std::string{};
    };
    CHECK(sentence() == "The priorities for 2015-16 have yet to be ratified by the partnership");
    std::string proposed;
    example.write([&](db::Transaction &tx, record::Keeper &keeper) {
        const auto &what = record::description<plan::Strategy>();
        const auto strategy = keeper.list(tx, what, {}, {.all_restricted = true}).records.front();
        const auto year = keeper.add(
            tx, plan::PlanYear{.strategy = core::Id::parse(strategy.id), .year = "2015-16"});
        proposed = keeper.add(tx, plan::Priority{.plan_year = core::Id::parse(year),
                                                 .title = "Knives",
                                                 .limb_violence = true});
    });
    CHECK(sentence() == "The priorities for 2015-16 have yet to be ratified by the partnership");
    const auto before = blocks(example.report());
    example.change<plan::Priority>("title", "Knives", [](auto &priority) {
        priority.ratified_on = core::Date{2015, 1, 21};
        priority.ratified_minute = "Board, 21 January 2015";
    });
    const auto found = differences(before, blocks(example.report()));
    REQUIRE(found.size() == 1);
    CHECK(found[0].second ==
          "The priorities for 2015-16 were ratified by the partnership on 21 January 2015");
}

TEST_CASE("a meeting that is removed, cancelled or still to come is not counted") {
    Example example;
    example.change<partnership::Meeting>("title", "Board, June 2014", [](auto &meeting) {
        meeting.state = partnership::MeetingState::cancelled;
    });
    const auto records = example.records();
    CHECK(records.figures.at("meetings.2014").value() == 3);
    CHECK(records.figures.at("themes.2014").value() == 2);
    CHECK_FALSE(records.figures.contains("meetings.2015")); // the next is planned for March
    CHECK(records.last_meeting == core::Date{2014, 12, 10});
}

TEST_CASE("the board is told how the plan, the log, the duties and the money stand") {
    Example example;
    const auto document = example.report("board");
    const auto all = blocks(document);
    const auto text = std::accumulate(all.begin(), all.end(), std::string{});
    CHECK(has(text, "The board next meets on 11 March 2015."));
    CHECK(has(text, "Inter-personal abuse: 11 actions")); // 2.1 to 2.9, 3.1 and 3.7
    // Due on 31 December 2014: 31 days of January and 2 of February.
    CHECK(has(text, "1.8 Review of the Neighbourhood Action Groups: 33 days overdue"));
    CHECK(has(text, "3.7 Making Changes: 27 weeks, Oxford and Abingdon: led by"));
    // Nine twelfths of each line, each twelfth in whole pence: 31,500 + 29,999.97 + 27,000 +
    // 22,500 + 9,000.
    CHECK(has(text, "£160,000"));
    CHECK(has(text, "£119,999.97"));
    for (const std::string &caption : std::vector<std::string>{
             "How each action stands", "The action log", "Duties that are open",
             "Grants in 2014-15", "Posts that grants pay for"}) {
        CHECK_MESSAGE(std::ranges::any_of(document.tables,
                                          [&](const chart::Table &table) {
                                              return table.caption.starts_with(caption);
                                          }),
                      caption);
    }
    const auto cliff = example.records("board").tables.at("cliff");
    CHECK(cliff.rows.front() ==
          std::vector<std::string>{"Anti-social Behaviour Prevention Project Coordinator",
                                   "Secured", "Secured", "At risk", "At risk"});
}

TEST_CASE("a return to the commissioner says what was done and spent, line by line") {
    Example example;
    const auto document = example.report("grant-return");
    const auto all = blocks(document);
    const auto text = std::accumulate(all.begin(), all.end(), std::string{});
    CHECK(document.cover.first("To") == "Police and Crime Commissioner for Thames Valley");
    CHECK(has(text, "(reference PCC/2014), for October to December 2014. It stands at: Not begun"));
    CHECK(
        has(text, "2.1 Training on child sexual exploitation, for several agencies: In progress"));
    CHECK(has(text, "£119,999.97"));
    REQUIRE(document.tables.size() == 1);
    CHECK(document.tables.front().rows.front() ==
          std::vector<std::string>{"Human Exploitation Coordinator", "£42,000", "£31,500",
                                   "£42,000"});
    CHECK(document.notes.size() == 3); // budget, spend, outturn: each with where it is from
}
