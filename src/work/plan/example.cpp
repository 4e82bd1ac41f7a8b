// The example partnership's plan of 2014-15, after its report to the council of 2 February 2015,
// paragraphs 10 to 37. What owners said each quarter is made up; the last is the report's own.
#include <array>
#include <map>
#include <stdexcept>

#include "platform/access/post.hpp"
#include "work/plan/action.hpp"
#include "work/plan/example_reports.hpp"
#include "work/plan/plan.hpp"
#include "work/plan/progress.hpp"
#include "work/plan/strategy.hpp"

namespace wardmote::plan {

namespace {

using enum ActivityGroup;

constexpr const char *year = "2014-15";
constexpr const char *city = "Oxford City Council";
constexpr const char *police = "Thames Valley Police";
constexpr const char *commissioner = "Police and Crime Commissioner";

// Posts that lead; the first three are paid for by the Police and Crime Commissioner (¶8).
constexpr const char *human = "Human Exploitation Coordinator";
constexpr const char *violent = "Violent Crime Reduction Coordinator";
constexpr const char *project = "Anti-social Behaviour Prevention Project Coordinator";
constexpr const char *environment = "Environmental Protection Service Manager";
constexpr const char *commander = "Police commander";

// People of the example who are asked each quarter.
constexpr const char *manager = "Community safety manager";
constexpr const char *coordinator = "Exploitation coordinator";
constexpr const char *officer = "Anti-social behaviour officer";
constexpr const char *inspector = "Neighbourhood inspector";

struct Told {
    const char *ref, *title, *about, *added_value;
    int priority; ///< its number
    ActivityGroup group;
    const char *post, *lead;
    const char *partner; ///< another organisation; empty: none
    int percent;         ///< said of the third quarter; 0: not answered
    Rag rag = Rag::on_track;
    const char *finished = ""; ///< what came of it; empty: in progress
    const char *measure = "";
    const char *place = "";
    const char *due = "2015-03-31";
};
const auto told = std::to_array<Told>({
    {"1.1", "Use the powers of the 2014 Act, with Public Spaces Protection Orders",
     "Embed the tools of the Anti-social Behaviour, Crime and Policing Act 2014: the Community "
     "Protection Notice, the Civil Injunction and the Public Spaces Protection Order. Orders are "
     "being prepared for the waterways, the city centre and local communities.",
     "Police and councils hold the powers between them and agree who uses which.", 3,
     whole_community, project, officer, police, 60, Rag::on_track, "", "asb-police", "City centre"},
    {"1.2", "Student Community Wardens and House Champions",
     "Schemes at both universities, with a lead tenant in each house.",
     "Universities, landlords and the council settle problems before anybody must enforce.", 3,
     whole_community, project, officer, "Oxford Brookes University", 80, Rag::on_track, "",
     "contacts"},
    {"1.3", "Language School Student Action Plan",
     "A Student Safety App and police operations against the summer peak in robbery.",
     "Schools reach the students whom police operations alone do not.", 2, whole_community, project,
     officer, police, 75, Rag::on_track, "", "robbery", "City centre"},
    {"1.4", "Test purchases of alcohol for under-18s",
     "Operations at premises suspected of selling alcohol to under-18s.",
     "Police, licensing and trading standards act on the same premises together.", 2,
     whole_community, "Licensing officer", manager, police, 65, Rag::on_track, "", "violence"},
    {"1.5", "Rose Hill CCTV: two cameras over the shops and side streets", "",
     "Council and police share the cost, the pictures and the code of practice.", 2,
     whole_community, violent, coordinator, police, 100, Rag::on_track,
     "Completed in November 2014", "", "Rose Hill", "2014-11-30"},
    {"1.6", "Cleaner, Greener Oxford in Littlemore and the city centre", "",
     "Residents, the council and housing providers clean and then keep clean together.", 3,
     whole_community, environment, manager, "", 100, Rag::on_track, "Both campaigns held",
     "fly-tipping", "Littlemore"},
    {"1.7", "Operation NightSafe, with the support bus in Cornmarket Street",
     "Since 2014 with the St John Ambulance support bus.",
     "Police, licensing, venues and volunteers share one plan for each weekend night.", 2,
     whole_community, commander, inspector, city, 75, Rag::on_track, "", "violence",
     "Cornmarket Street"},
    {"1.8", "Review of the Neighbourhood Action Groups",
     "To ensure access and accountability to the partnership.",
     "The groups belong to all members: none can change them alone.", 3, whole_community, manager,
     manager, police, 60, Rag::on_track, "", "", "", "2014-12-31"},

    {"2.1", "Training on child sexual exploitation, for several agencies",
     "Written by council officers on behalf of the Oxfordshire Safeguarding Children Board.",
     "Agencies that train together know the same signs and whom to call.", 1, supporting_victims,
     human, coordinator, police, 80},
    {"2.2", "Sanctuary scheme: safer homes for people fleeing violence", "",
     "Housing, police and fire service make one home safe in one visit.", 1, supporting_victims,
     "Housing needs manager", manager, "Oxfordshire Fire and Rescue Service", 75, Rag::on_track, "",
     "domestic-abuse"},
    {"2.3", "Training on stalking and harassment", "",
     "Officers of all agencies learn the same assessment of risk.", 1, supporting_victims, violent,
     coordinator, police, 100, Rag::on_track, "Four sessions held"},
    {"2.4", "Domestic Homicide Review: publish it, and share its lessons",
     "Pathways share the lessons across the Thames Valley.",
     "Only all agencies together can see where each might have helped.", 1, supporting_victims,
     manager, manager, police, 90, Rag::on_track, "", "domestic-abuse"},
    {"2.5", "Projects for victims of exploitation and trafficking",
     "A conference, money for youth agencies and training for taxi drivers.",
     "Trades and youth agencies see what no public body does.", 1, supporting_victims, human,
     coordinator, police, 70, Rag::on_track, "", "sexual-offences"},
    {"2.6", "Case plans for sex workers, and a handbook", "",
     "Health, police and council keep one plan for each person, not three.", 1, supporting_victims,
     human, coordinator, police, 65},
    {"2.7", "Independent Trauma Advisor for victims of trafficking",
     "Paid for by the Police and Crime Commissioner; money for the next two years is sought.",
     "One advisor serves victims known to any of the members.", 1, supporting_victims, human,
     coordinator, police, 75, Rag::at_risk},
    {"2.8", "Training on female genital mutilation; the strategy group", "",
     "Health, schools and police act on what only one of them hears.", 1, supporting_victims, human,
     coordinator, "", 80},
    {"2.9", "Training on “honour-based” violence", "Held in Oxford, and offered across the valley.",
     "Areas that are each small share trainers.", 1, supporting_victims, human, coordinator, "",
     100, Rag::on_track, "Held, and offered across the Thames Valley"},

    {"3.1", "Joint operations against drugs and exploitation",
     "Led by Thames Valley Police: the Nelson Public House and Athena Guesthouse.",
     "Licensing, police and support workers enter together.", 1, targeting_offenders, commander,
     inspector, city, 75, Rag::on_track, "", "drugs"},
    {"3.2", "Weekend Operation: two officers, 11pm to 4am, Fridays and Saturdays",
     "Noise, anti-social behaviour, street trading, printed matter, taxis and licensed premises.",
     "Council officers deal on the spot with what police would otherwise be called to.", 2,
     targeting_offenders, environment, manager, police, 75, Rag::on_track, "", "weekend-operation",
     "City centre"},
    {"3.3", "Positive Futures Referral Programme", "",
     "Any member can refer a young person, and all hear how they fare.", 2, targeting_offenders,
     "Positive Futures manager", manager, police, 70},
    {"3.4", "Environmental enforcement by the Community Response Team",
     "Trade waste, litter, fly-tipping and other offences.",
     "Officers and police share powers, witnesses and a radio channel.", 3, targeting_offenders,
     environment, manager, police, 75, Rag::on_track, "", "enforcement"},
    {"3.5", "Community Safety Accreditation renewed",
     "The Chief Constable's powers for council officers.",
     "Accreditation is the police's to give and the council's to use.", 3, targeting_offenders,
     "Community Response Team manager", manager, police, 100, Rag::on_track,
     "By the Chief Constable"},
    {"3.6", "Neighbour nuisance: investigate every case", "",
     "Landlords, police and council see one file of each case.", 3, targeting_offenders,
     "Anti-Social Behaviour Investigation Team manager", officer, police, 75, Rag::on_track, "",
     "nuisance-cases"},
    {"3.7", "Making Changes: 27 weeks, Oxford and Abingdon",
     "A programme for perpetrators of domestic abuse, and one-to-one work.",
     "Courts, probation and councils refer to one programme.", 1, targeting_offenders,
     "Making Changes manager", officer, "", 0, Rag::on_track, "", "making-changes"},
    {"3.8", "Organised crime groups: share information and disrupt", "",
     "What each member knows means little until it is put together.", 2, targeting_offenders,
     commander, inspector, city, 45, Rag::at_risk},
});

core::Date day(const char *iso) {
    return core::Date::parse(iso).value();
}
std::optional<core::Id> id_of(const std::string &text) {
    return core::Id::parse(text);
}

/// Makes it, keeping what has been made by name.
class Maker {
public:
    Maker(record::Keeper &keeper, db::Transaction &tx)
        : m_keeper{keeper}
        , m_tx{tx} {}

    void make();

private:
    /// The id of an organisation or a person; empty when there is none of that name.
    std::string named(const char *table, const std::string &name);
    std::string post(const std::string &title, const std::string &organisation);
    void make_priorities(const std::string &plan_year);
    void make_action(const Told &is);
    void say_quarters(const Told &is, const std::string &action, const std::string &lead);

    record::Keeper &m_keeper;
    db::Transaction &m_tx;
    std::map<std::string, std::string> m_posts;
    std::vector<std::string> m_priorities;
};

std::string Maker::named(const char *table, const std::string &name) {
    const auto row = m_tx.first(std::string{"select id from "} + table +
                                    " where tenant = :tenant and name = :name and removed is null",
                                {{"tenant", m_tx.tenant()}, {"name", name}});
    return row ? row->text("id") : std::string{};
}

std::string Maker::post(const std::string &title, const std::string &organisation) {
    auto &id = m_posts[title];
    if (id.empty()) {
        const auto there = m_tx.first("select id from post where tenant = :tenant "
                                      "and title = :title and removed is null",
                                      {{"tenant", m_tx.tenant()}, {"title", title}});
        id = there ? there->text("id")
                   : m_keeper.add(
                         m_tx, access::Post{.title = title, .organisation = id_of(organisation)});
    }
    return id;
}

void Maker::make_priorities(const std::string &plan_year) {
    const auto add = [&](Priority priority) {
        priority.plan_year = id_of(plan_year);
        priority.number = static_cast<int>(m_priorities.size()) + 1;
        priority.ratified_on = day("2014-03-12");
        priority.ratified_minute = "Board, 12 March 2014";
        m_priorities.push_back(m_keeper.add(m_tx, priority));
    };
    add({.title = "Inter-personal abuse",
         .includes = "domestic and sexual abuse, and human exploitation, including trafficking, "
                     "sex working and child sexual exploitation",
         .limb_crime = true,
         .limb_reoffending = true,
         .limb_violence = true});
    add({.title = "Violent crime",
         .includes = "alcohol-related disorder, serious youth violence, hate crime and robbery",
         .limb_crime = true,
         .limb_substances = true,
         .limb_violence = true});
    add({.title = "Anti-social behaviour",
         .includes = "neighbourhood nuisance, environmental concerns, drug misuse and rough "
                     "sleeping",
         .limb_crime = true,
         .limb_substances = true});
    add({.title = "Priority theft offences",
         .includes = "burglary of people’s homes, theft from cars and metal theft",
         .limb_crime = true,
         .limb_reoffending = true});
}

void Maker::say_quarters(const Told &is, const std::string &action, const std::string &lead) {
    struct Asked {
        const char *quarter, *on;
        int of_three;
    };
    for (const auto &[quarter, on, of_three] : {Asked{"2014-15 Q1", "2014-07-01T07:30:00Z", 1},
                                                Asked{"2014-15 Q2", "2014-10-01T07:30:00Z", 2},
                                                Asked{"2014-15 Q3", "2015-01-02T07:30:00Z", 3}}) {
        const auto asked = core::Instant::parse(on).value();
        Progress said{.action = id_of(action), .quarter = quarter, .person = id_of(lead)};
        said.asked = asked;
        if (of_three == 3 && is.percent == 0) {
            said.reminded = asked.plus(std::chrono::days{7});
        } else {
            const int last = is.percent == 0 ? 75 : is.percent;
            said.answered = asked.plus(std::chrono::days{3});
            said.percent = last * of_three / 3;
            said.rag = of_three == 3 ? is.rag : Rag::on_track;
            said.done = of_three < 3             ? "Under way as planned."
                        : is.finished[0] != '\0' ? std::string{is.finished} + "."
                                                 : "Under way; nothing new to report.";
        }
        m_keeper.add(m_tx, said);
    }
}

void Maker::make_action(const Told &is) {
    const bool by_police = is.post == commander;
    const auto organisation = named("organisation", by_police ? police : city);
    const auto lead = named("person", is.lead);
    if (organisation.empty()) {
        throw std::runtime_error("The example's plan needs its organisations first.");
    }
    const bool paid_for = is.post == human || is.post == violent || is.post == project;
    const bool finished = is.finished[0] != '\0';
    const Action action{.ref = is.ref,
                        .title = is.title,
                        .about = is.about,
                        .priority = id_of(m_priorities[static_cast<std::size_t>(is.priority - 1)]),
                        .activity_group = is.group,
                        .added_value = is.added_value,
                        .lead_organisation = id_of(organisation),
                        .lead = id_of(lead),
                        .post = id_of(post(is.post, organisation)),
                        .starts = day("2014-04-01"),
                        .due = day(is.due),
                        .funding = paid_for ? commissioner : "",
                        .state = finished ? ActionState::done : ActionState::in_progress,
                        .state_reason = is.finished,
                        .state_on = day(finished ? "2014-12-31" : "2014-04-01"),
                        .in_reports = std::string{in_reports(is.ref).words},
                        .report_figures = std::string{in_reports(is.ref).figures}};
    const auto id = m_keeper.add(m_tx, action);
    Links links;
    if (const auto partner = named("organisation", is.partner); !partner.empty()) {
        links.partners.push_back(partner);
    }
    for (const auto &[words, into] :
         {std::pair{is.measure, &links.measures}, {is.place, &links.places}}) {
        if (words[0] != '\0') {
            into->emplace_back(words);
        }
    }
    set_links(m_tx, m_keeper.ledger(), id, links);
    say_quarters(is, id, lead);
}

void Maker::make() {
    const auto strategy =
        m_keeper.add(m_tx, Strategy{.title = "Oxford Safer Communities Rolling Plan",
                                    .first_year = year,
                                    .aims = "Act only where working in partnership adds value.",
                                    .state = StrategyState::in_force,
                                    .state_note = "Board, 12 March 2014"});
    make_priorities(m_keeper.add(
        m_tx, PlanYear{.strategy = id_of(strategy),
                       .year = year,
                       .summary = "The tools and powers of the Anti-social Behaviour, Crime and "
                                  "Policing Act 2014 are new this year.",
                       .refreshed_on = day("2014-03-12"),
                       .challenges = std::string{challenges_of_example()},
                       .objectives = "The Police and Crime Commissioner pays for three posts of "
                                     "the plan, and is told each quarter what they achieve.",
                       .engagement = "Surveys, and the Neighbourhood Action Groups, whose access "
                                     "and accountability to the partnership are under review.",
                       .local_help = "House Champions, Student Community Wardens and residents who "
                                     "keep streets clean help to carry it out."}));
    for (const auto &each : told) {
        make_action(each);
    }
}

} // namespace

void make_example_plan(record::Keeper &keeper, db::Transaction &tx) {
    Maker{keeper, tx}.make();
}

} // namespace wardmote::plan
