#include <doctest/doctest.h>

#include <array>

#include "database_for_test.hpp"
#include "platform/record/schema_check.hpp"
#include "work/plan/action.hpp"
#include "work/plan/progress.hpp"
#include "work/plan/strategy.hpp"

namespace wardmote::plan {

TEST_CASE("what the plan keeps fits its tables") {
    db::Database database{test::fresh_database()};
    const std::array all{&record::description<Strategy>(), &record::description<PlanYear>(),
                         &record::description<Priority>(), &record::description<Action>(),
                         &record::description<Progress>()};
    for (const auto &sentence : record::mismatches(database, all)) {
        FAIL_CHECK(sentence);
    }
}

} // namespace wardmote::plan
