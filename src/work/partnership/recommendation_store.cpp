#include "work/partnership/recommendation.hpp"

namespace wardmote::partnership {

record::Problems check_recommendation(const record::Values &values) {
    const auto recommendation = record::typed<Recommendation>(values);
    record::Problems problems;
    if ((recommendation.response == Answer::awaited) == recommendation.responded_on.has_value()) {
        problems.push_back(
            {"responded_on", "An answer has both its day and whether it was accepted"});
    }
    if (recommendation.responded_on && *recommendation.responded_on < recommendation.sent_on) {
        problems.push_back({"responded_on", "Answered on must be the day it was sent or later"});
    }
    if (recommendation.action_done_on && recommendation.evidence.empty()) {
        problems.push_back({"evidence", "Say what shows that it was done"});
    }
    return problems;
}

} // namespace wardmote::partnership
