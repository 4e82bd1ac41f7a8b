// The example partnership's assessment, after its report to the council of 2 February 2015,
// paragraphs 1 to 4, 10 and 11.
#include "platform/record/keeper.hpp"
#include "work/assessment/assessment.hpp"
#include "work/assessment/described.hpp"

namespace wardmote::assessment {

namespace {

/// The decision of the latest board that took place, which approves it; nothing: none has.
std::optional<core::Id> approval(db::Transaction &tx) {
    const auto row = tx.first(
        "select d.id from decision d join meeting m on m.tenant = d.tenant and m.id = d.meeting "
        "where d.tenant = :tenant and d.removed is null and m.kind = 'board' "
        "and m.state in ('held', 'minuted') order by m.starts desc, d.number desc",
        {{"tenant", tx.tenant()}});
    return row ? core::Id::parse(row->text("id")) : std::nullopt;
}

} // namespace

void make_example_assessment(record::Keeper &keeper, db::Transaction &tx) {
    const auto decision = approval(tx);
    const auto on = decision ? partnership::decided_by_board(tx, decision->text()) : std::nullopt;
    const auto id = keeper.add(
        tx,
        Assessment{
            .title = "Strategic Intelligence Assessment 2014",
            .year = "2014-15",
            .scope = "Crime, anti-social behaviour and substance misuse in Oxford.",
            .levels = "Crime is at an all-time low. The council’s address for community safety "
                      "had 3,500 contacts in 2013-14.",
            .changes = "Recorded crime is down 9.5% on the same period of the year before. "
                       "Burglary of people’s homes and robbery are each down 24%, cycle theft "
                       "nearly 4%. Sexual offences rose from 24 to 56. More than 5,000 contacts "
                       "are projected for 2014-15.",
            .reasons = "More sexual offences: an increasing number of historic cases, and "
                       "increased confidence in reporting. More contacts: the address was "
                       "promoted, and environmental concerns are reported to the council.",
            .priorities = "Inter-personal abuse; violent crime; anti-social behaviour; priority "
                          "theft offences.",
            .public_priorities = "Surveys, and what people report: litter, fly-tipping, "
                                 "fly-posting and the management of waste.",
            .last_plan = "Progress against the plan was reviewed quarterly at meetings of the "
                         "partnership.",
            .practitioners = "Some offences are under-reported and appear neither in data nor "
                             "in consultation; those on the front line know of them.",
            .decision = decision,
            .state = on ? State::approved : State::priorities_scored,
            .state_on = on,
            .approved_on = on});
    keeper.add(tx, Consultation{.title = "Community survey 2014",
                                .kind = ConsultationKind::survey,
                                .held_on = core::Date{2014, 10, 31},
                                .assessment = core::Id::parse(id),
                                .groups_asked = "Residents, students and traders",
                                .affected_asked = true});
}

} // namespace wardmote::assessment
