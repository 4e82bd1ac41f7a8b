#include "work/plan/example_reports.hpp"

#include <algorithm>
#include <array>

namespace wardmote::plan {

namespace {

constexpr auto told = std::to_array<InReports>({
    {"1.1",
     "Embedding the new tools and powers available to local authorities and the police under the "
     "Anti-social Behaviour, Crime and Policing Act 2014. Tools include the Community Protection "
     "Notice, the Civil Injunction and the Public Spaces Protection Order (PSPO). Work is under "
     "way on a number of PSPOs to tackle anti-social behaviour on the waterways, within the city "
     "centre and in local communities."},
    {"1.2",
     "The Student Community Warden schemes at both Oxford Brookes University and the University "
     "of Oxford continue. They are tied into the House Champions scheme, which aims to resolve "
     "anti-social behaviour and waste problems through early intervention with a lead tenant."},
    {"1.3",
     "The Language School Student Action Plan continued in 2014 with a new Student Safety App and "
     "police operations to target seasonal spikes in robbery, protect students and combat "
     "anti-social behaviour."},
    {"1.4",
     "A number of test purchasing operations took place on premises suspected of selling alcohol "
     "to under-18s."},
    {"1.5",
     "The Rose Hill CCTV project was completed in November, with two cameras covering the Rose "
     "Hill shops and side streets."},
    {"1.6",
     "The Cleaner, Greener Oxford neighbourhood campaigns took place in Littlemore and the city "
     "centre."},
    {"1.7",
     "Operation NightSafe continues to work on violent crime in the evening economy, supporting "
     "business and customers. A new addition to the operation in 2014 was the St John Ambulance "
     "support bus in Cornmarket Street."},
    {"1.8",
     "Review of the Neighbourhood Action Group mechanism, to ensure access and accountability to "
     "the partnership."},
    {"2.1",
     "Delivery of the multi-agency training on child sexual exploitation, written by Oxford City "
     "Council officers on behalf of the Oxfordshire Safeguarding Children Board."},
    {"2.2",
     "Continuation of the sanctuary scheme programme, to improve the security of properties for "
     "people fleeing violence."},
    {"2.3", "Multi-agency training on stalking and harassment."},
    {"2.4",
     "Completion and publication of the Domestic Homicide Review, and pathways to share the "
     "lessons of Domestic Homicide Reviews across the Thames Valley region to prevent further "
     "homicides."},
    {"2.5",
     "A number of projects to support victims of child sexual exploitation and trafficking, "
     "including a conference, financial support to youth agencies and training for taxi drivers."},
    {"2.6",
     "Case management plans for sex workers to reduce their vulnerability, and a sex workers "
     "handbook for professionals."},
    {"2.7",
     "An Independent Trauma Advisor service to victims of trafficking and exploitation, funded by "
     "the Police and Crime Commissioner. The project is seeking financial support for the next "
     "two years."},
    {"2.8",
     "Delivery of training on female genital mutilation, and representation on the FGM strategy "
     "group."},
    {"2.9",
     "A training session on “honour-based” violence, delivered within Oxford, and support to "
     "other local authorities in the Thames Valley."},
    {"3.1", "Joint operations led by Thames Valley Police on the Nelson Public House and Athena "
            "Guesthouse, targeting drug and human exploitation."},
    {"3.2",
     "The Weekend Operation out-of-hours service has been running throughout 2014. Two council "
     "officers patrol the city from 11pm to 4am every Friday and Saturday night, dealing with "
     "noise complaints, anti-social behaviour, street trading, distribution of free printed "
     "matter, and concerns about taxis and licensed premises.",
     "weekend-operation.shifts\nweekend-operation.events"},
    {"3.3", "Continued delivery of the Positive Futures Referral Programme across the city."},
    {"3.4",
     "Environmental enforcement by the Community Response Team has tackled trade waste, litter, "
     "fly-tipping and other offences.",
     "enforcement.this"},
    {"3.5",
     "The Community Response Team has been re-accredited with the Community Safety Accreditation "
     "Scheme powers by the Chief Constable."},
    {"3.6",
     "The Anti-Social Behaviour Investigation Team investigated cases of neighbour nuisance.",
     "nuisance-cases.2014"},
    {"3.7",
     "Making Changes has provided a 27-week domestic abuse perpetrator programme in Oxford since "
     "September 2012. A second programme was opened in Abingdon in January 2014. One-to-one work "
     "is provided for those not suited to group work.",
     "making-changes.referrals\nmaking-changes.completed"},
    {"3.8",
     "Work is under way to develop further the information sharing about, and disruption of, "
     "organised crime groups within the city."},
});

constexpr std::string_view challenges =
    "Develop our approach to organised crime groups.\n"
    "Develop our understanding of the models of exploitation most prevalent in the city.\n"
    "Continue with our joint response to child sexual exploitation and abuse through "
    "strengthening our links with the Oxfordshire Safeguarding Children Board.\n"
    "Deliver our Prevent action plan, to tackle all forms of domestic and international "
    "extremism.\n"
    "Improve multi-agency working in response to mental health problems that have an impact on "
    "community safety.";

} // namespace

InReports in_reports(std::string_view ref) {
    const auto found = std::ranges::find(told, ref, &InReports::ref);
    return found == told.end() ? InReports{} : *found;
}

std::string_view challenges_of_example() {
    return challenges;
}

} // namespace wardmote::plan
