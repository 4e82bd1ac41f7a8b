/// The strategic assessment of each year: six sections that the regulations ask for, what people
/// and practitioners said, and its way from its scope to its publication.
///
/// Crime and Disorder (Formulation and Implementation of Strategy) Regulations 2007 (SI 2007/1830),
/// regulations 5 to 7 and 12.
#pragma once

#include "work/partnership/partnership.hpp"

namespace wardmote::record {
class Keeper;
}
namespace wardmote::site {
class Site;
}

namespace wardmote::assessment {

/// Adds /assessments, /consultations and what belongs to them. The site must outlive its router.
void routes(site::Site &site);

/// What assessments and consultations prove of the duties of the law, by the names that the
/// catalogue gives them: "assessment_levels".
partnership::Evidences duty_evidence();

/// Makes the assessment of 2014 of the example partnership as far as its report to the council of
/// February 2015 tells it, for the transaction's tenant, whose meetings are there already. The day
/// of its survey is made up.
void make_example_assessment(record::Keeper &keeper, db::Transaction &tx);

} // namespace wardmote::assessment
