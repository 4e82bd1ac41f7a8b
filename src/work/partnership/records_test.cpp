#include <doctest/doctest.h>

#include <array>

#include "database_for_test.hpp"
#include "platform/record/schema_check.hpp"
#include "work/partnership/data_receipt.hpp"
#include "work/partnership/document.hpp"
#include "work/partnership/meeting.hpp"
#include "work/partnership/membership.hpp"
#include "work/partnership/minutes.hpp"
#include "work/partnership/recommendation.hpp"
#include "work/partnership/requirement.hpp"
#include "work/partnership/risk.hpp"

namespace wardmote::partnership {

TEST_CASE("what the partnership keeps fits its tables") {
    db::Database database{test::fresh_database()};
    const std::array all{
        &record::description<Membership>(),  &record::description<Document>(),
        &record::description<Meeting>(),     &record::description<AgendaItem>(),
        &record::description<Decision>(),    &record::description<BoardAction>(),
        &record::description<Risk>(),        &record::description<Recommendation>(),
        &record::description<Requirement>(), &record::description<DataReceipt>()};
    CHECK(record::mismatches(database, all) == std::vector<std::string>{});
}

} // namespace wardmote::partnership
