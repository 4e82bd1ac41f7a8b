// What an assessment may become, and what must be true of it.
#include "platform/access/visible.hpp"
#include "platform/site/lifecycle_pages.hpp"
#include "work/assessment/assessment.hpp"
#include "work/assessment/described.hpp"
#include "work/assessment/steps.hpp"

namespace wardmote::assessment {

namespace {

constexpr auto role_names = std::to_array<law::RoleName>({
    {writer_role, "Whoever writes the assessment"},
    {keeper_role, "Whoever keeps assessments"},
});
constexpr auto states_of_assessment = std::to_array<law::State>({
    {"scoped", "Scoped"},
    {"data_collection", "Data being collected"},
    {"draft", "Draft"},
    {"partner_review", "With the partners"},
    {"priorities_scored", "Priorities scored"},
    {"approved", "Approved"},
    {"published", "Published"},
    {"superseded", "Superseded", true},
});
constexpr auto guards = std::to_array<law::Guard>({
    {"prioritised", "Say what the responsible authorities should prioritise first."},
    {"six_sections", "Fill in all six sections of regulation 7 first."},
    {"consulted", "Link at least one consultation of people who live or work here first."},
    {"practitioners", "Say what practitioners say first."},
    {"minuted", "Name the decision of the board that approves it first."},
});
constexpr law::Roles writers = writer_role | keeper_role;
constexpr law::Step steps[] = {
    {writers, "scoped", "collection", "data_collection", "Begin to collect data"},
    {writers, "data_collection", "drafting", "draft", "Begin the draft"},
    {writers, "draft", "review", "partner_review", "Send it to the partners"},
    {writers, "partner_review", "redrafting", "draft", "Take it back to draft", {}, true},
    {writers,
     "partner_review",
     "scoring",
     "priorities_scored",
     "Record that its priorities are scored",
     {"prioritised"}},
    {writers, "priorities_scored", "redrafting", "draft", "Take it back to draft", {}, true},
    {keeper_role,
     "priorities_scored",
     "approval",
     "approved",
     "Record that the board approves it",
     {"six_sections", "consulted", "practitioners", "minuted"}},
    {keeper_role, "approved", "publication", "published", "Publish it"},
    {keeper_role, "approved", "supersession", "superseded", "Another takes its place", {}, true},
    {keeper_role, "published", "supersession", "superseded", "Another takes its place", {}, true},
};
constexpr law::Lifecycle of_assessment{.name = "Strategic assessment",
                                       .roles = role_names,
                                       .states = states_of_assessment,
                                       .guards = guards,
                                       .steps = steps};
static_assert(law::fault(of_assessment).empty());

std::optional<core::Date> approved_by_board(db::Transaction &tx, const Assessment &is) {
    return is.decision ? partnership::decided_by_board(tx, is.decision->text()) : std::nullopt;
}

bool holds(db::Transaction &tx, const record::Stored &record, std::string_view guard) {
    const auto is = record::typed<Assessment>(record).value;
    if (guard == "prioritised") {
        return !is.priorities.empty();
    }
    if (guard == "six_sections") {
        return std::ranges::none_of(
            sections, [&](const Section &section) { return (is.*section.text).empty(); });
    }
    if (guard == "consulted") {
        return std::ranges::any_of(consultations_of(tx, record.id),
                                   [](const Consulted &one) { return one.own; });
    }
    if (guard == "practitioners") {
        return !is.practitioners.empty();
    }
    return approved_by_board(tx, is).has_value();
}

/// An approval is of the day of its board; what is published takes the place of what was.
void after(record::Keeper &keeper, db::Transaction &tx, const std::string &id,
           const law::Step &step) {
    const auto &what = record::description<Assessment>();
    if (step.verb == "approval") {
        auto kept = keeper.get<Assessment>(tx, id).value();
        kept.value.approved_on = approved_by_board(tx, kept.value);
        keeper.update(tx, what, id, kept.version, record::values_of(kept.value));
    }
    if (step.verb != "publication") {
        return;
    }
    const auto now = keeper.get<Assessment>(tx, id).value();
    for (const auto &other : published_but(tx, id)) {
        auto kept = keeper.get<Assessment>(tx, other).value();
        kept.value.state = State::superseded;
        kept.value.state_note = "“" + now.value.title + "” was published";
        kept.value.state_on = now.value.state_on;
        keeper.update(tx, what, other, kept.version, record::values_of(kept.value));
    }
}

} // namespace

const law::Lifecycle &assessment_lifecycle() {
    return of_assessment;
}

record::Problems check_assessment(const record::Values &values) {
    if (!core::FinancialYear::parse(record::typed<Assessment>(values).year)) {
        return {{"year", "Financial year in which it is prepared must be two years such as "
                         "2014-15"}};
    }
    return {};
}

const site::Steered &steered_assessment() {
    static const site::Steered is{
        .what = &record::description<Assessment>(),
        .lifecycle = &of_assessment,
        .reason = "state_note",
        .on = "state_on",
        .hint = "What is to be done anew, or what takes its place",
        .section = {"Assessment", "/assessments"},
        .roles =
            [](const access::Visit &visit, const record::Stored &record) {
                const auto &what = record::description<Assessment>();
                const auto may = [&](access::Act act, law::Roles role) {
                    return access::may(visit.person, act, what, record) ? role : law::Roles{};
                };
                return may(access::Act::edit, writer_role) | may(access::Act::remove, keeper_role);
            },
        .holds = holds,
        .after = after};
    return is;
}

} // namespace wardmote::assessment
