/// Reads the query of a page of evidence: place, period, dates, order.
#pragma once

#include "platform/web/router.hpp"
#include "work/evidence/views.hpp"

namespace wardmote::evidence {

/// What cannot be read is named in PageQuery::problem, in a sentence that says what is wanted.
PageQuery read_query(const Desk &desk, const web::Request &request);

} // namespace wardmote::evidence
