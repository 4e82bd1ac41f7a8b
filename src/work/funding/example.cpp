// The money of the example partnership. Its posts, and that the commissioner keeps the levels of
// 2014-15 in 2015-16 and needs large reductions from 2016 to 2018, are those of the report to the
// council of February 2015 (paragraphs 8, 27 and 43). Every sum is synthetic.
#include <array>

#include "platform/access/organisation.hpp"
#include "platform/access/post.hpp"
#include "platform/record/keeper.hpp"
#include "work/funding/funding.hpp"
#include "work/funding/monitoring_return.hpp"

namespace wardmote::funding {

namespace {

const core::FinancialYear years[] = {core::FinancialYear{2014}, core::FinancialYear{2015},
                                     core::FinancialYear{2016}, core::FinancialYear{2017}};
constexpr const char *synthetic = "Synthetic: the sums of this example are made up.";

struct Work {
    const char *title;
    const char *about;
    std::int64_t pounds; ///< a year; synthetic
    bool post;
};
/// In the order in which the example keeps them.
constexpr auto works = std::to_array<Work>({
    {"Human Exploitation Coordinator",
     "coordinating and delivering the partnership’s approach to child sexual exploitation, human "
     "trafficking, sex working and other forms of exploitation",
     42'000, true},
    {"Violent Crime Reduction Coordinator",
     "coordinating and delivering the partnership’s approach to CCTV, serious youth violence, the "
     "management of high-risk offenders and the Prevent agenda, which addresses all forms of "
     "extremism",
     40'000, true},
    {"Anti-social Behaviour Prevention Project Coordinator",
     "coordinating and delivering problem-solving projects to tackle anti-social behaviour, "
     "including the student house champion scheme, situational crime reduction programmes, Public "
     "Spaces Protection Orders and the Language School Forum",
     36'000, true},
    {"Independent Trauma Advisor service",
     "For victims of trafficking and exploitation, seeking support for the next two years", 30'000,
     false},
    {"Sanctuary scheme", "Security of homes for people fleeing violence", 12'000, false},
});

core::Id id_of(const std::string &text) {
    return core::Id::parse(text).value();
}

core::Id organisation(record::Keeper &keeper, db::Transaction &tx, const std::string &name,
                      access::OrganisationKind kind) {
    const auto row = tx.first("select id from organisation where tenant = :tenant "
                              "and name = :name and removed is null",
                              {{"tenant", tx.tenant()}, {"name", name}});
    return id_of(row ? row->text("id")
                     : keeper.add(tx, access::Organisation{.name = name, .kind = kind}));
}

/// The post of this title in the council, made when the plan has not made it.
core::Id post(record::Keeper &keeper, db::Transaction &tx, const core::Id &council,
              const std::string &title) {
    const auto row = tx.first("select id from post where tenant = :tenant and "
                              "lower(title) = lower(:title) and removed is null",
                              {{"tenant", tx.tenant()}, {"title", title}});
    return id_of(row ? row->text("id")
                     : keeper.add(tx, access::Post{.title = title,
                                                   .organisation = council,
                                                   .full_time_equivalent = 100}));
}

struct Paid {
    std::optional<core::Id> post, project;
};

Paid pay_for(record::Keeper &keeper, db::Transaction &tx, const core::Id &council,
             const Work &work) {
    if (work.post) {
        const auto held = post(keeper, tx, council, work.title);
        return {.post = id_of(keeper.add(tx, FundedPost{.title = work.title,
                                                        .post = held,
                                                        .remit = work.about,
                                                        .starts = core::Date{2013, 4, 1},
                                                        .notice_weeks = 12,
                                                        .at_risk_on = core::Date{2016, 4, 1}})),
                .project = {}};
    }
    return {.post = {},
            .project = id_of(keeper.add(tx, Project{.title = work.title, .about = work.about}))};
}

/// One agreement for two years, with a line for each work. Gives the ids of its lines.
std::vector<std::string> agreement(record::Keeper &keeper, db::Transaction &tx, const Grant &grant,
                                   const std::vector<Paid> &paid, std::size_t first_year,
                                   std::string &id) {
    id = keeper.add(tx, grant);
    GrantMoney money;
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < works.size(); ++i) {
        lines.push_back(keeper.add(tx, Line{.grant = id_of(id),
                                            .title = works[i].title,
                                            .post = paid[i].post,
                                            .project = paid[i].project,
                                            .rank = static_cast<int>(i) + 1}));
        for (const auto year : {years[first_year], years[first_year + 1]}) {
            const auto amount = core::Money::pounds(works[i].pounds);
            money.budgets[lines.back()][year] = amount;
            money.amounts[year] = money.amounts[year] + amount;
        }
    }
    set_money(tx, keeper.ledger(), id, money);
    return lines;
}

/// Spend to December 2014, forecast to March 2015: an even twelfth of the year, in pence.
void months(record::Keeper &keeper, db::Transaction &tx, const std::string &line,
            std::int64_t pounds) {
    const auto twelfth = core::Money::pence(pounds * 100 / 12);
    Months all;
    for (const auto month : years[0].period().each()) {
        const bool spent = month <= core::Month{2014, 12};
        all.emplace(month, MonthMoney{.forecast = twelfth,
                                      .actual = spent ? std::optional{twelfth} : std::nullopt,
                                      .committed = {}});
    }
    set_months(tx, keeper.ledger(), line, all);
}

} // namespace

void make_example_funding(record::Keeper &keeper, db::Transaction &tx) {
    using access::OrganisationKind;
    const auto council =
        organisation(keeper, tx, "Oxford City Council", OrganisationKind::district_council);
    const auto commissioner =
        organisation(keeper, tx, "Police and Crime Commissioner for Thames Valley",
                     OrganisationKind::police_and_crime_commissioner);
    std::vector<Paid> paid;
    for (const auto &work : works) {
        paid.push_back(pay_for(keeper, tx, council, work));
    }
    std::string agreed;
    const auto lines = agreement(
        keeper, tx,
        {.reference = "PCC/2014",
         .title = "Community Safety Fund 2014-16",
         .funder = commissioner,
         .agreed_on = core::Date{2014, 4, 1},
         .ends = core::Date{2016, 3, 31},
         .purposes = "To support the delivery of the Rolling Plan",
         .conditions = std::string{synthetic} +
                       " The commissioner keeps the funding levels of 2014-15 in 2015-16.",
         .underspend = Underspend::returned},
        paid, 0, agreed);
    step_grant(keeper, tx, agreed, "agreement", money_role, "");
    for (std::size_t i = 0; i < works.size(); ++i) {
        months(keeper, tx, lines[i], works[i].pounds);
    }
    std::string expected;
    agreement(keeper, tx,
              {.reference = "PCC/2016",
               .title = "Community Safety Fund 2016-18, not agreed",
               .funder = commissioner,
               .ends = core::Date{2018, 3, 31},
               .purposes = "To support the delivery of the Rolling Plan",
               .conditions = std::string{synthetic} +
                             " Significant budget reductions are required between 2016 and 2018."},
              paid, 2, expected);
    const auto half = core::Money::pounds(80'000); // of 160,000 a year
    keeper.add(tx, Payment{.grant = id_of(agreed),
                           .name = "First half of 2014-15",
                           .due = core::Date{2014, 6, 30},
                           .amount = half,
                           .received_on = core::Date{2014, 6, 27},
                           .received = half});
    keeper.add(tx, Payment{.grant = id_of(agreed),
                           .name = "Second half of 2014-15",
                           .due = core::Date{2014, 12, 31},
                           .amount = half});
    keeper.add(tx, Condition{.grant = id_of(agreed),
                             .words = "Money is spent only on the purposes agreed, and moved "
                                      "between lines only with written consent"});
    keeper.add(tx, Match{.grant = id_of(agreed),
                         .name = "Office, equipment and management of the posts",
                         .giver = council,
                         .kind = MatchKind::in_kind,
                         .year = "2014-15",
                         .amount = core::Money::pounds(18'000)});
}

} // namespace wardmote::funding
