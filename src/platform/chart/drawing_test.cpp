// What must hold of any drawing, tried on many made-up inputs.
#include <cmath>
#include <random>

#include <doctest/doctest.h>

#include "platform/chart/bars.hpp"
#include "platform/chart/change.hpp"
#include "platform/chart/control.hpp"
#include "platform/chart/drawn_test.hpp"
#include "platform/chart/intervals.hpp"
#include "platform/chart/line.hpp"
#include "platform/chart/multiples.hpp"

using namespace wardmote;
using namespace wardmote::chart;

namespace {

class Dice {
public:
    explicit Dice(unsigned seed)
        : m_random{seed} {}
    int upto(int most) { return std::uniform_int_distribution{0, most}(m_random); }
    double level() {
        return std::floor(std::pow(10.0, std::uniform_real_distribution{0.0, 6.0}(m_random)));
    }
    Values values(std::size_t count, double level) {
        Values values;
        for (std::size_t i = 0; i < count; ++i) {
            if (upto(9) == 0)
                values.emplace_back(std::nullopt);
            else
                values.emplace_back(std::floor(level * upto(100) / 60));
        }
        return values;
    }
    chart::Words words() {
        return {"id", "", "Sub", "Source", "Subject", "thing", "things", upto(4) == 0 ? 1 : 0};
    }
    std::string name() {
        constexpr const char *names[] = {"Oxford", "South Oxfordshire and the Vale", "A & B <c>",
                                         "Headington Hill and Northway", "Cherwell"};
        return names[upto(4)];
    }

private:
    std::mt19937 m_random;
};

/// No two words on one another, none outside the picture, none under 12 px, sound markup.
void check(const Chart &chart) {
    for (const Html &drawing : {chart.wide, chart.narrow}) {
        REQUIRE(testing::fault(drawing.str()) == "");
        REQUIRE(drawing.str().find("nan") == std::string::npos);
        REQUIRE(drawing.str().find("inf") == std::string::npos);
        const double width = std::stod(testing::attribute(drawing.str(), "width"));
        const double height = std::stod(testing::attribute(drawing.str(), "height"));
        const auto words = testing::words_on(drawing);
        for (std::size_t i = 0; i < words.size(); ++i) {
            CAPTURE(drawing.str());
            CAPTURE(words[i].text);
            REQUIRE(words[i].room.left >= -1);
            REQUIRE(words[i].room.right <= width + 1);
            REQUIRE(words[i].room.top >= -1);
            REQUIRE(words[i].room.bottom <= height + 3);
            for (std::size_t j = 0; j < i; ++j) {
                CAPTURE(words[j].text);
                // Letters seldom fill their whole box: a px of overlap does not touch.
                const Room &room = words[i].room;
                const Room inner{room.left + 1, room.top + 1.5, room.right - 1, room.bottom - 1.5};
                REQUIRE_FALSE(inner.overlaps(words[j].room));
            }
        }
        for (const auto &row : chart.table.rows)
            REQUIRE(row.size() == chart.table.columns.size());
    }
}

} // namespace

TEST_CASE("labels of lines never overlap") {
    Dice dice{11};
    for (int i = 0; i < 300; ++i) {
        LineInput input{dice.words(), {{2010, 1 + static_cast<unsigned>(dice.upto(11))}}, {}};
        input.axis.step = static_cast<Step>(dice.upto(3));
        const double level = dice.level();
        const auto count = static_cast<std::size_t>(1 + dice.upto(60));
        for (int j = dice.upto(3); j >= 0; --j)
            input.lines.push_back(
                {dice.name(), dice.values(count, level), static_cast<LineStyle>(j)});
        if (dice.upto(2) == 0 && count > 2)
            input.breaks = {{1 + static_cast<std::size_t>(dice.upto(static_cast<int>(count) - 2)),
                             "Counting rules changed"}};
        check(line(input));
    }
}

TEST_CASE("labels of years adding up never overlap") {
    Dice dice{12};
    for (int i = 0; i < 400; ++i) {
        const double level = dice.level();
        CumulativeInput input{dice.words(), core::FinancialYear{2014}.period(),
                              dice.values(static_cast<std::size_t>(dice.upto(12)), level),
                              dice.values(12, level)};
        if (dice.upto(2) > 0) {
            double sum = 0;
            for (const auto &value : input.this_year)
                sum += value.value_or(0);
            const double end = std::floor(sum * (1 + dice.upto(10) / 10.0));
            input.projection = Projection{
                end, {std::floor(end * 0.95), end + 5}, {std::floor(end * 0.9), end + 9}};
        }
        check(cumulative(input));
    }
}

TEST_CASE("labels of control charts and of monthly changes never overlap") {
    Dice dice{13};
    for (int i = 0; i < 300; ++i) {
        const double level = dice.level();
        const auto count = static_cast<std::size_t>(1 + dice.upto(47));
        ControlInput input{dice.words(), {{2012, 3}}, dice.values(count, level)};
        const double spread = level * dice.upto(10) / 20;
        input.limits = {{0, count - 1, level, std::max(0.0, level - spread), level + spread,
                         core::Period{{2012, 3}, {2013, 1}}}};
        input.signals = {{count / 2, count - 1, SignalKind::run_above}};
        check(control(input));
        const auto months = static_cast<std::size_t>(1 + dice.upto(11));
        check(monthly_change({dice.words(),
                              {2014, 4},
                              dice.values(months, level),
                              dice.values(months, level),
                              static_cast<ChangeShown>(dice.upto(2))}));
    }
}

TEST_CASE("labels of bars, intervals and small multiples never overlap") {
    Dice dice{14};
    for (int i = 0; i < 300; ++i) {
        const double level = dice.level();
        BarsInput input{dice.words()};
        const auto values = dice.values(static_cast<std::size_t>(dice.upto(24)), level);
        for (std::size_t j = 0; j < values.size(); ++j)
            input.bars.push_back({core::FinancialYear{1994 + static_cast<int>(j)}.name(), values[j],
                                  dice.upto(6) == 0 ? BarStyle::highlighted : BarStyle::plain});
        if (!input.bars.empty() && input.bars.back().value) {
            input.bars.back().style = BarStyle::projected;
            input.bars.back().interval =
                Interval{*input.bars.back().value * 0.9, *input.bars.back().value * 1.1};
        }
        check(bars(input));

        IntervalInput rows;
        rows.words = dice.words();
        MultiplesInput places{dice.words(), "Ward", "wards", {2014, 4}};
        for (int j = dice.upto(12); j >= 0; --j) {
            const double ratio = (1 + dice.upto(60)) / 20.0;
            rows.rows.push_back({dice.name(),
                                 level,
                                 std::floor(level * ratio),
                                 ratio,
                                 {ratio * 0.7, ratio * 1.4},
                                 dice.upto(1) == 0});
            places.items.push_back({dice.name(), dice.values(9, level), dice.values(9, level)});
        }
        check(intervals(rows));
        check(small_multiples(places));
    }
}
