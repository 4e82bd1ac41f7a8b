// What the report to the council of 2 February 2015 says of itself; people are known by their
// posts.
#include "platform/record/keeper.hpp"
#include "work/reports/details.hpp"
#include "work/reports/reports.hpp"

namespace wardmote::reports {

void make_example_details(record::Keeper &keeper, db::Transaction &tx) {
    keeper.add(
        tx, Details{.report = "council",
                    .of = "The councillor who leads, Board Member for Crime and Community Response",
                    .to = "Full Council",
                    .title = "The Oxford Safer Communities Partnership",
                    .purpose = "To inform members of the work of the Oxford Safer Communities "
                               "Partnership.",
                    .approved_by = "Finance: the finance officer\n"
                                   "Legal: the legal officer\n"
                                   "Executive lead member: the councillor who leads",
                    .policy_framework = "The Corporate Plan",
                    .recommendations =
                        "Council is asked to comment on and note the contents of the report.",
                    .contact = "Name: an officer of the council\n"
                               "Job title: Environmental Protection Service Manager\n"
                               "Service area: Environmental Development",
                    .background_papers = "Further information can be found on the partnership’s "
                                         "website: http://www.saferoxford.org.uk/index.html",
                    .edition = "2",
                    .plan_name = "Rolling Plan",
                    .website = "http://www.saferoxford.org.uk/index.html",
                    .role_words = "Probation services have recently been split into two "
                                  "organisations, the National Probation Service and community "
                                  "rehabilitation companies, both of whom are invited onto the "
                                  "partnership."});
}

} // namespace wardmote::reports
