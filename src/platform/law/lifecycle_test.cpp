#include "platform/law/lifecycle.hpp"

#include <bit>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

using namespace wardmote::law;

namespace {

// The strategic assessment and the partnership plan, as a partnership keeps them.
constexpr Roles analyst = 1U << 0;
constexpr Roles coordinator = 1U << 1;
constexpr Roles chair = 1U << 2;

constexpr RoleName roles[]{{analyst, "analyst"}, {coordinator, "coordinator"}, {chair, "chair"}};

constexpr State assessment_states[]{
    {"scoped", "Scoped"},        {"collecting", "Collecting data"},  {"draft", "Draft"},
    {"review", "With partners"}, {"scored", "Priorities scored"},    {"approved", "Approved"},
    {"published", "Published"},  {"superseded", "Superseded", true},
};

constexpr Guard assessment_guards[]{
    {"six-sections", "Fill in all six sections first."},
    {"consultation", "Link at least one consultation first."},
    {"practitioners", "Write what practitioners see first."},
    {"minute", "Name the minute of the board first."},
};

constexpr Step assessment_steps[]{
    {analyst | coordinator, "scoped", "collect", "collecting", "Start collecting data"},
    {analyst, "collecting", "draft", "draft", "Start the draft"},
    {analyst | coordinator, "draft", "send", "review", "Send to partners"},
    {coordinator, "review", "return", "draft", "Return to draft", {}, true},
    {coordinator, "review", "score", "scored", "Record the scores"},
    {chair,
     "scored",
     "approve",
     "approved",
     "Approve the assessment",
     {"six-sections", "consultation", "practitioners", "minute"}},
    {coordinator, "approved", "publish", "published", "Publish", {}, false, "assessment.each-year"},
    {coordinator, "published", "supersede", "superseded", "Put the next in its place"},
};

constexpr Lifecycle assessment{"Strategic assessment", roles, assessment_states, assessment_guards,
                               assessment_steps};
static_assert(fault(assessment).empty());

constexpr State plan_states[]{
    {"draft", "Draft"},       {"consulted", "Consulted on"},  {"ratified", "Ratified"},
    {"in_force", "In force"}, {"refresh_due", "Refresh due"}, {"closed", "Closed", true},
};

constexpr Step plan_steps[]{
    {coordinator, "draft", "consult", "consulted", "Record the consultation"},
    {chair, "consulted", "ratify", "ratified", "Ratify the plan"},
    {coordinator,
     "ratified",
     "start",
     "in_force",
     "Bring into force",
     {},
     false,
     "plan.revised-by"},
    {coordinator | analyst, "in_force", "refresh", "refresh_due", "Start the yearly refresh"},
    {chair, "refresh_due", "ratify", "in_force", "Ratify the refresh"},
    {chair, "in_force", "close", "closed", "Close the plan", {}, true},
};

constexpr Lifecycle plan{"Partnership plan", roles, plan_states, {}, plan_steps};
static_assert(fault(plan).empty());

const Holds all_hold = [](std::string_view) { return true; };

/// The fault of the assessment's table with these states or steps instead.
constexpr std::string_view fault_with(std::span<const State> states, std::span<const Step> steps) {
    return fault({"Thing", roles, states, {}, steps});
}

} // namespace

TEST_CASE("the compiler finds what is wrong with a table") {
    static constexpr State two[]{{"a", "A"}, {"b", "B", true}};
    static constexpr State twice[]{{"a", "A"}, {"a", "B", true}};
    static constexpr State open_end[]{{"a", "A"}, {"b", "B"}};
    static constexpr State island[]{{"a", "A"}, {"b", "B", true}, {"c", "C", true}};
    static constexpr Step good[]{{chair, "a", "go", "b", "Go"}};
    static constexpr Step nowhere[]{{chair, "a", "go", "z", "Go"}};
    static constexpr Step from_nowhere[]{{chair, "z", "go", "b", "Go"}};
    static constexpr Step same[]{{chair, "a", "go", "b", "Go"}, {chair, "a", "go", "b", "Go"}};
    static constexpr Step overlapping[]{{chair | analyst, "a", "go", "b", "Go"},
                                        {chair, "a", "go", "a", "Stay"}};
    static constexpr Step apart[]{{analyst, "a", "go", "b", "Go"}, {chair, "a", "go", "a", "Stay"}};
    static constexpr Step back[]{{chair, "a", "go", "b", "Go"}, {chair, "b", "back", "a", "Back"}};
    static constexpr Step nobody[]{{0, "a", "go", "b", "Go"}};
    static constexpr Step stranger[]{{1U << 9, "a", "go", "b", "Go"}};
    static constexpr Step guarded[]{{chair, "a", "go", "b", "Go", {"unheard-of"}}};
    static_assert(fault_with(two, good).empty());
    static_assert(fault_with(two, apart).empty());
    static_assert(fault_with(twice, good) == "A state is named twice.");
    static_assert(fault_with(two, nowhere) == "A step goes to a state that is not in the table.");
    static_assert(fault_with(two, from_nowhere) ==
                  "A step comes from a state that is not in the table.");
    static_assert(fault_with(two, same) == "A verb means two things to one role in one state.");
    static_assert(fault_with(two, overlapping) ==
                  "A verb means two things to one role in one state.");
    static_assert(fault_with(island, good) == "A state cannot be reached from the first.");
    constexpr std::string_view dead_end =
        "A state is a dead end and not marked final, or final and left by a step.";
    static_assert(fault_with(open_end, good) == dead_end);
    static_assert(fault_with(two, back) == dead_end);
    constexpr std::string_view no_role =
        "A step is open to nobody, or to a role that is not in the table.";
    static_assert(fault_with(two, nobody) == no_role);
    static_assert(fault_with(two, stranger) == no_role);
    static_assert(fault_with(two, guarded) == "A step asks for a guard that is not in the table.");
    static_assert(fault({"Thing", roles, two, assessment_guards, good}) ==
                  "A guard is asked for by no step.");
    static_assert(fault_with({}, {}) == "A lifecycle has 1 to 64 states.");
    CHECK(fault(assessment) == "");
}

TEST_CASE("the buttons are those of the state and the person, with what still stands in the way") {
    const auto missing_minute = [](std::string_view guard) { return guard != "minute"; };
    const auto of_chair = choices(assessment, "scored", chair, missing_minute);
    REQUIRE(of_chair.size() == 1);
    CHECK(of_chair[0].step->button == "Approve the assessment");
    CHECK(of_chair[0].missing == std::vector<std::string>{"Name the minute of the board first."});
    CHECK(choices(assessment, "scored", chair, all_hold)[0].missing.empty());
    CHECK(choices(assessment, "scored", analyst, all_hold).empty());
    const auto both = choices(assessment, "review", coordinator | analyst, all_hold);
    REQUIRE(both.size() == 2);
    CHECK(both[0].step->verb == "return");
    CHECK(both[1].step->verb == "score");
    CHECK(choices(assessment, "superseded", analyst | coordinator | chair, all_hold).empty());
}

TEST_CASE("where two rows give one verb to someone of two roles, the upper one counts") {
    static constexpr State states[]{{"a", "A"}, {"b", "B", true}, {"c", "C", true}};
    static constexpr Step steps[]{{analyst, "a", "end", "b", "End"},
                                  {chair, "a", "end", "c", "End it"}};
    constexpr Lifecycle thing{"Thing", roles, states, {}, steps};
    static_assert(fault(thing).empty());
    CHECK(choices(thing, "a", analyst | chair, all_hold).size() == 1);
    CHECK(decide(thing, "a", "end", analyst | chair, all_hold).step->to == "b");
    CHECK(decide(thing, "a", "end", chair, all_hold).step->to == "c");
}

TEST_CASE("what may not be done is refused with a sentence that says why") {
    const auto refusal = [](std::string_view state, std::string_view verb, Roles who,
                            const Holds &holds = all_hold, std::string_view reason = {}) {
        return decide(assessment, state, verb, who, holds, reason).refusal;
    };
    CHECK(refusal("scored", "approve", analyst) == "Only these may do this now: chair.");
    CHECK(refusal("draft", "send", chair) == "Only these may do this now: analyst or coordinator.");
    CHECK(refusal("draft", "approve", chair) ==
          "“Approve the assessment” cannot be done while this is “Draft”: only when it is "
          "“Priorities scored”.");
    CHECK(refusal("draft", "burn", chair) == "There is no such step.");
    CHECK(refusal("ashes", "approve", chair) ==
          "“Approve the assessment” cannot be done while this is “ashes”: only when it is "
          "“Priorities scored”.");
    CHECK(refusal("scored", "approve", chair, [](std::string_view guard) {
              return guard == "minute" || guard == "consultation";
          }) == "Fill in all six sections first. Write what practitioners see first.");
    CHECK(refusal("review", "return", coordinator) == "Give a reason.");
    CHECK(refusal("review", "return", coordinator, all_hold, "  ") == "Give a reason.");
    const auto yes =
        decide(assessment, "review", "return", coordinator, all_hold, "Section 3 is thin");
    REQUIRE(yes);
    CHECK(yes.step->to == "draft");
    CHECK(yes.refusal.empty());
    CHECK(decide(assessment, "approved", "publish", coordinator, all_hold).step->clock ==
          "assessment.each-year");
    CHECK(decide(plan, "draft", "ratify", chair, all_hold).refusal ==
          "“Ratify the plan” cannot be done while this is “Draft”: only when it is “Consulted on” "
          "or “Refresh due”.");
}

TEST_CASE("the states ahead and the dead ends are those a reader of the table finds") {
    CHECK(reachable(assessment, "scoped").size() == 8);
    CHECK(reachable(assessment, "approved") ==
          std::vector<std::string_view>{"approved", "published", "superseded"});
    CHECK(reachable(plan, "in_force") ==
          std::vector<std::string_view>{"in_force", "refresh_due", "closed"});
    CHECK(reachable(plan, "ashes").empty());
    CHECK(dead_ends(assessment) == std::vector<std::string_view>{"superseded"});
    CHECK(dead_ends(plan) == std::vector<std::string_view>{"closed"});
}

TEST_CASE("the generated cases try every verb by every role in every state, and the rules agree") {
    for (const auto &[lifecycle, verbs] : {std::pair{assessment, 8U}, std::pair{plan, 5U}}) {
        const auto all = cases(lifecycle);
        CHECK(all.size() == lifecycle.states.size() * verbs * lifecycle.roles.size());
        std::size_t allowed = 0;
        for (const auto &each : all) {
            const auto answer =
                decide(lifecycle, each.state, each.verb, each.role.bit, all_hold, "because");
            CHECK(answer.step == each.expected);
            CHECK(answer.refusal.empty() == (each.expected != nullptr));
            allowed += each.expected != nullptr ? 1 : 0;
        }
        std::size_t by_hand = 0; // a row for each role it is open to
        for (const auto &step : lifecycle.steps) {
            by_hand += static_cast<std::size_t>(std::popcount(step.roles));
        }
        CHECK(allowed == by_hand);
    }
}

TEST_CASE("the table documents itself") {
    CHECK(markdown(plan) ==
          "| Partnership plan is | button | who | what must be true | then it is |\n"
          "|---|---|---|---|---|\n"
          "| Draft | Record the consultation | coordinator |  | Consulted on |\n"
          "| Consulted on | Ratify the plan | chair |  | Ratified |\n"
          "| Ratified | Bring into force | coordinator |  | In force; time starts for "
          "`plan.revised-by` |\n"
          "| In force | Start the yearly refresh | analyst, coordinator |  | Refresh due |\n"
          "| Refresh due | Ratify the refresh | chair |  | In force |\n"
          "| In force | Close the plan | chair | A reason is given. | Closed |\n");
    CHECK(markdown(assessment).find("Fill in all six sections first. Link at least one") !=
          std::string::npos);
}
