#include "platform/chart/series.hpp"

#include <cassert>

namespace wardmote::chart {

Values values(std::span<const double> counts, const std::vector<bool> &present) {
    assert(counts.size() == present.size());
    Values result(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (present[i])
            result[i] = counts[i];
    }
    return result;
}

Values values(std::span<const double> counts) {
    return {counts.begin(), counts.end()};
}

core::Month Axis::month(std::size_t index) const {
    const int months = step == Step::months ? 1 : step == Step::quarters ? 3 : 12;
    return first + static_cast<int>(index) * months;
}

std::string Axis::short_name(std::size_t index) const {
    return step == Step::months ? month(index).short_text() : name(index);
}

std::string Axis::name(std::size_t index) const {
    const core::Month at = month(index);
    switch (step) {
    case Step::quarters:
        return core::Quarter::containing(at).name();
    case Step::calendar_years:
        return core::CalendarYear::containing(at).name();
    case Step::financial_years:
        return core::FinancialYear::containing(at).name();
    case Step::months:
        break;
    }
    return at.text();
}

} // namespace wardmote::chart
