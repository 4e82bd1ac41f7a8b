#include "work/partnership/risk.hpp"

namespace wardmote::partnership {

record::Problems check_risk(const record::Values &values) {
    const auto risk = record::typed<Risk>(values);
    if (risk.likelihood_after * risk.impact_after > risk.likelihood * risk.impact) {
        return {{"likelihood_after", "With what is done, the risk must be no higher than before"}};
    }
    return {};
}

std::string_view level(std::int64_t score) {
    constexpr std::int64_t high = 15;
    constexpr std::int64_t medium = 8;
    return score >= high ? "High" : score >= medium ? "Medium" : "Low";
}

} // namespace wardmote::partnership
