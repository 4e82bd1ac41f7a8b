#include "platform/chart/wording.hpp"

#include <cmath>

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::chart {

std::string said(double value, const Words &words) {
    return core::number(value, words.decimals);
}

std::string said(std::optional<double> value, const Words &words) {
    return value ? said(*value, words) : std::string{missing};
}

std::string there_were(double value, const Words &words) {
    const std::string number = said(value, words);
    const bool single = number == "1";
    return fmt::format("there {} {} {}", single ? "was" : "were", number,
                       single ? words.one : words.many);
}

std::string difference(double now, double before, const Words &words) {
    const std::string size = said(std::fabs(now - before), words);
    if (size.find_first_not_of("0.") == size.npos)
        return "as many";
    return fmt::format("{} {}", size, now < before ? "fewer" : "more");
}

std::optional<double> percent_change(double now, double before) {
    if (before < least_base_of_percentage)
        return std::nullopt;
    return (now / before - 1) * 100;
}

std::string change_words(double now, double before, bool round) {
    const auto percent = percent_change(now, before);
    if (!percent)
        return "";
    return core::change_in_words(*percent, round || std::fabs(*percent) >= 100 ? 0 : 1);
}

std::string signed_percent(double ratio) {
    const std::string size = core::number(std::fabs(ratio - 1) * 100, 0);
    if (size == "0")
        return "0%";
    return fmt::format("{}{}%", ratio < 1 ? "−" : "+", size);
}

std::string year_name(core::Period year) {
    if (year.months() == 12 && year.first().month() == 4)
        return core::FinancialYear::containing(year.first()).name();
    if (year.months() == 12 && year.first().month() == 1)
        return core::CalendarYear::containing(year.first()).name();
    return year.text();
}

std::string step_name(Step step, bool plural) {
    const std::string one = step == Step::months     ? "month"
                            : step == Step::quarters ? "quarter"
                                                     : "year";
    return plural ? one + 's' : one;
}

std::string missing_words(const Axis &axis, const Values &values) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i])
            names.push_back(axis.name(i));
    }
    if (names.empty())
        return "";
    if (names.size() > 4)
        return fmt::format(" {} of the {} {} shown are missing.", names.size(), values.size(),
                           step_name(axis.step, true));
    return fmt::format(" {} {} missing.", core::joined(names), names.size() == 1 ? "is" : "are");
}

std::string how_many(std::int64_t count) {
    return count == 0 ? "none" : core::in_words(count);
}

std::string places_counted(std::int64_t count, std::string_view places) {
    if (count == 1 && places.ends_with('s'))
        places.remove_suffix(1);
    return fmt::format("{} {}", count == 0 ? "no" : core::in_words(count), places);
}

std::optional<std::size_t> last_present(const Values &values) {
    for (std::size_t i = values.size(); i > 0; --i) {
        if (values[i - 1])
            return i - 1;
    }
    return std::nullopt;
}

std::string or_computed(const std::string &given, std::string computed) {
    return given.empty() ? std::move(computed) : given;
}

Chart started(const Words &words, std::string headline, std::string sentence) {
    Chart chart;
    chart.id = words.id;
    chart.headline = or_computed(words.headline, std::move(headline));
    chart.subtitle = words.subtitle;
    chart.sentence = std::move(sentence);
    chart.source = words.source;
    return chart;
}

} // namespace wardmote::chart
