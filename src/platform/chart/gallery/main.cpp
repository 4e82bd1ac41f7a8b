// Writes one page with every kind of chart, to be looked at: chart_gallery [STYLE.css] > page.html
#include <cmath>
#include <fstream>
#include <iostream>
#include <sstream>

#include <fmt/format.h>

#include "platform/chart/bars.hpp"
#include "platform/chart/cells.hpp"
#include "platform/chart/change.hpp"
#include "platform/chart/choropleth.hpp"
#include "platform/chart/control.hpp"
#include "platform/chart/intervals.hpp"
#include "platform/chart/line.hpp"
#include "platform/chart/multiples.hpp"

using namespace wardmote;
using namespace wardmote::chart;

namespace {

const core::Month april_2014{2014, 4};

Words burglary(const std::string &id, const std::string &subtitle) {
    return {id,
            "",
            subtitle,
            "Police. November and December are provisional.",
            "Burglary of people’s homes",
            "burglary",
            "burglaries",
            0};
}

const Values burglaries_2013{32, 36, 34, 38, 34, 35, 37, 36, 30, 35, 33, 41};
const Values burglaries_2014{27, 25, 27, 28, 28, 25, 26, 27, 24};

Chart heading_for() {
    return cumulative({burglary("cumulative", "Recorded by the police in Oxford, added up from "
                                              "April of each year."),
                       core::FinancialYear{2014}.period(), burglaries_2014, burglaries_2013,
                       Projection{320, {303, 337}, {294, 346}}});
}

Chart rising_year() {
    Words words = burglary("rising", "A year that rises, with no projection.");
    words.subject = "Contacts to the partnership";
    words.one = "contact";
    words.many = "contacts";
    return cumulative({words, core::FinancialYear{2014}.period(),
                       Values{410, 422, 431, 402, 415, 433, 427},
                       Values{270, 280, 292, 301, 288, 290, 287, 295, 302, 290, 295, 310}});
}

Values wave(std::size_t count, double mean, double swing, double drift) {
    Values values;
    for (std::size_t i = 0; i < count; ++i) {
        const double t = static_cast<double>(i);
        values.push_back(
            std::round(mean + swing * std::sin(t * 0.9) + drift * t + 3 * std::cos(t * 2.3)));
    }
    return values;
}

Chart one_line() {
    LineInput input{burglary("one-line", "Burglaries a month, Oxford, with a missing month."),
                    {{2013, 1}},
                    {{"", wave(24, 36, 6, -0.4)}}};
    input.lines[0].values[16] = std::nullopt;
    input.lines[0].values[18] = std::nullopt;
    return line(input);
}

Chart many_lines() {
    LineInput input{burglary("many-lines", "Four districts by month, with a break and a band."),
                    {{2012, 1}},
                    {{"Oxford", wave(36, 60, 8, 0.1), LineStyle::now},
                     {"South Oxfordshire and the Vale", wave(36, 55, 7, 0.2), LineStyle::before},
                     {"Cherwell", wave(36, 57, 6, 0.2), LineStyle::third},
                     {"West Oxfordshire", wave(33, 30, 3, 0), LineStyle::fourth}},
                    {{15, "Counting rules changed"}}};
    for (const auto &value : input.lines[0].values)
        input.lines[0].band.push_back(Interval{*value - 9, *value + 9});
    return line(input);
}

Chart yearly_line() {
    Words words = burglary("yearly", "All crime a year, 1994-95 to 2013-14.");
    words.subject = "All crime";
    words.one = "crime";
    words.many = "crimes";
    Values values;
    for (int i = 0; i < 20; ++i)
        values.push_back(21'000 - 520.0 * i + 900 * std::sin(i));
    return line({words, {{1994, 4}, Step::financial_years}, {{"All crime", values}}});
}

Chart controlled() {
    ControlInput input{burglary("control",
                                "Burglaries a month, January 2013 to December 2014. Pale "
                                "band: usual variation. Large dots: signals."),
                       {{2013, 1}},
                       {38, 36, 44, 32, 36, 34, 38, 34, 35, 37, 36, 30,
                        35, 33, 41, 27, 25, 27, 28, 28, 25, 26, 27, 24},
                       {{0, 23, 35.8, 25, 47, core::CalendarYear{2013}.period()}},
                       {{15, 23, SignalKind::run_below}}};
    return control(input);
}

Chart controlled_in_two() {
    ControlInput input{burglary("control-2", "A series with two sets of limits and a break."),
                       {{2012, 1}},
                       wave(36, 20, 3, 0),
                       {{0, 17, 20, 10, 30, core::CalendarYear{2012}.period()},
                        {18, 35, 28, 26, 30.5, core::Period{{2013, 7}, {2014, 6}}}},
                       {{4, 4, SignalKind::above_limit}, {30, 35, SignalKind::below_limit}},
                       {{18, "Sheds counted as homes"}}};
    for (std::size_t i = 18; i < 36; ++i)
        input.values[i] = *input.values[i] + 8;
    return control(input);
}

Chart changes(ChangeShown shown, const std::string &id) {
    Words words = burglary(id, "Violence from April to each month end of 2014, against the same "
                               "months of 2013.");
    words.subject = "Violence";
    words.one = "offence";
    words.many = "offences";
    return monthly_change({words,
                           april_2014,
                           {214, 190, 195, 188, 176, 180, 190, 178, 188},
                           {152, 160, 172, 180, 165, 172, 182, 170, 178},
                           shown});
}

Chart falling(ChangeShown shown, const std::string &id) {
    return monthly_change({burglary(id, "Burglaries, year to date against the year before."),
                           april_2014, burglaries_2014,
                           Values{burglaries_2013.begin(), burglaries_2013.begin() + 9}, shown});
}

Chart yearly_bars() {
    BarsInput input{burglary("bars", "Burglaries of people’s homes a year, Oxford, 1994-95 to "
                                     "2014-15. Last bar: projection")};
    const std::vector<double> counts{2712, 2604, 2531, 2230, 2110, 1960, 1880, 1910, 1960, 1740,
                                     1480, 1290, 1120, 1010, 890,  800,  720,  650,  560,  421};
    for (std::size_t i = 0; i < counts.size(); ++i)
        input.bars.push_back({core::FinancialYear{1994 + static_cast<int>(i)}.name(), counts[i],
                              i < 3 ? BarStyle::highlighted : BarStyle::plain});
    input.bars[0].label = "over 2,500 a year in the mid-1990s";
    input.bars.push_back(
        {"2014-15", 320, BarStyle::projected, "about 320 this year, 421 last", Interval{303, 337}});
    input.breaks = {{4, "Counting rules 1998"}, {8, "Counting rules 2002"}};
    return bars(input);
}

Chart few_bars() {
    BarsInput input{burglary("few-bars", "Few bars, one missing."),
                    "Year",
                    {{"2010-11", 650},
                     {"2011-12", std::nullopt},
                     {"2012-13", 560},
                     {"2013-14", 421},
                     {"2014-15", 320, BarStyle::projected, "", Interval{303, 337}}}};
    return bars(input);
}

const std::vector<std::string> ward_names{"Northfield Brook",
                                          "Barton and Sandhills",
                                          "Littlemore",
                                          "Wolvercote",
                                          "St Mary’s",
                                          "Blackbird Leys",
                                          "St Clement’s",
                                          "Churchill",
                                          "Cowley",
                                          "Quarry and Risinghurst",
                                          "Rose Hill and Iffley",
                                          "Headington",
                                          "Cowley Marsh",
                                          "Marston",
                                          "Lye Valley",
                                          "Headington Hill and Northway",
                                          "Hinksey Park",
                                          "Summertown",
                                          "Holywell",
                                          "Jericho and Osney",
                                          "Iffley Fields",
                                          "St Margaret’s",
                                          "North",
                                          "Carfax"};
const std::vector<double> wards_2013{278, 236, 229, 73,  178, 316, 241, 212, 170, 110, 259, 119,
                                     185, 107, 174, 130, 126, 69,  294, 210, 116, 70,  94,  616};
const std::vector<double> wards_2014{336, 251, 243, 76,  184, 304, 221, 191, 153, 99, 233, 107,
                                     166, 96,  156, 116, 112, 61,  257, 183, 101, 60, 79,  513};

Words nuisance(const std::string &id, const std::string &subtitle) {
    return {id, "", subtitle, "Police.", "Anti-social behaviour", "incident", "incidents", 0};
}

Chart ward_intervals() {
    IntervalInput input;
    input.words = nuisance("intervals", "Change by ward, April to December 2014 on the same months "
                                        "of 2013, with 95% intervals. Filled: a clear change. "
                                        "Bold: rose");
    input.before_heading = "Apr to Dec 2013";
    input.now_heading = "Apr to Dec 2014";
    input.period = "April to December 2014";
    input.before_period = "the same months of 2013";
    for (std::size_t i = 0; i < ward_names.size(); ++i) {
        const double ratio = wards_2014[i] / wards_2013[i];
        const double half = 1.96 * std::sqrt(1 / wards_2014[i] + 1 / wards_2013[i]);
        const Interval interval{ratio * std::exp(-half), ratio * std::exp(half)};
        input.rows.push_back({ward_names[i], wards_2013[i], wards_2014[i], ratio, interval,
                              interval.low > 1 || interval.high < 1});
    }
    return intervals(input);
}

Chart wild_intervals() {
    IntervalInput input;
    input.words = nuisance("intervals-2", "Rows with no base, no upper limit and very wide ones.");
    input.rows = {{"None before", 0, 12, std::nullopt, {3, INFINITY}, false},
                  {"Twenty times", 2, 40, 20, {6, 90}, true},
                  {"Gone", 30, 0, 0, {0, 0.2}, true},
                  {"Doubled", 24, 56, 2.33, {1.4, 3.9}, true}};
    return intervals(input);
}

MultiplesInput ward_lines() {
    MultiplesInput input{nuisance("multiples", "Incidents a month, April to December. Dark: 2014. "
                                               "Grey: 2013. Each ward on its own scale from "
                                               "nought. Largest rise first."),
                         "Ward", "wards", april_2014};
    for (std::size_t i = 0; i < ward_names.size(); ++i) {
        Multiple item{ward_names[i], {}, {}, i == 0 || i == 23};
        for (int month = 0; month < 9; ++month) {
            const double t = static_cast<double>(i) + month;
            item.this_year.push_back(std::round(wards_2014[i] / 9 * (1 + 0.15 * std::sin(t))));
            item.last_year.push_back(std::round(wards_2013[i] / 9 * (1 + 0.12 * std::cos(t * 2))));
        }
        input.items.push_back(item);
    }
    return input;
}

Chart ward_map() {
    ChoroplethInput input{nuisance("map", "Recorded by the police, by ward, April to December "
                                          "2014, for every 1,000 residents."),
                          "Ward", "Incidents for every 1,000 residents"};
    input.words.decimals = 1;
    for (std::size_t i = 0; i < ward_names.size(); ++i) {
        // Hexagons in rows of six, some of them small: the shapes are made up.
        const double across = 1000 + 40.0 * static_cast<double>(i % 3);
        const double x = static_cast<double>(i % 6) * 1800 + (i / 6 % 2 == 0 ? 0 : 900);
        const double y = -static_cast<double>(i / 6) * 1560;
        MapArea area;
        area.shape.name = ward_names[i];
        geo::Ring ring;
        for (int corner = 0; corner < 6; ++corner) {
            const double angle = (30 + 60.0 * corner) * M_PI / 180;
            const double far = i == 9 ? across * 0.3 : 1039;
            ring.push_back({x + far * std::cos(angle), y + far * std::sin(angle)});
        }
        area.shape.rings.push_back(ring);
        area.chosen = i == 8;
        if (i != 13)
            area.value = wards_2014[i] / 6.4;
        input.areas.push_back(area);
    }
    return choropleth(input);
}

Chart empty_line() {
    return line({burglary("empty", "Nothing yet."), {{2014, 4}}, {}});
}

Chart nought_line() {
    return line({burglary("noughts", "All nought, and one value."),
                 {{2014, 4}},
                 {{"Burglary", Values(9, 0.0)}, {"Robbery", {7}, LineStyle::before}}});
}

Chart huge_line() {
    Words words = burglary("huge", "Very large values, and <names> & \"quotes\" that need care.");
    words.subject = "Vehicle <count> & \"more\"";
    return line({words,
                 {{2010, 1}, Step::calendar_years},
                 {{"A & B <c>", {12'345'678, 23'456'789, 9'876'543}}}});
}

Html cells() {
    const auto row = [](std::string_view name, double ratio, Interval interval, bool clear,
                        std::vector<std::size_t> signals) {
        return html::format(
            R"(<tr><th scope="row">{}</th><td class="app-tall">{}</td><td>{}</td></tr>)", name,
            interval_cell(ratio, interval, clear),
            sparkline({wave(24, 36, 6, -0.4), Interval{28, 44}, std::move(signals)}));
    };
    return html::format(
        R"(<h2>In a table</h2><table class="app-table">)"
        R"(<thead><tr><th>Measure</th><th>95% interval{}</th>)"
        R"(<th>24 months</th></tr></thead><tbody>{}{}{}{}</tbody></table>)",
        interval_scale(), row("Sexual offences", 2.8, {1.45, 5}, true, {20, 21, 22, 23}),
        row("Burglary", 0.76, {0.64, 0.9}, true, {}),
        row("Hate crime", 1.083, {0.82, 1.43}, false, {5}), row("Gone", 0.1, {0, 0.3}, true, {}));
}

} // namespace

int main(int argc, char **argv) {
    std::string style = stylesheet();
    if (argc > 1) {
        std::ostringstream read;
        read << std::ifstream{argv[1]}.rdbuf();
        style = read.str();
    }
    const bool open = argc > 2;
    std::string page =
        fmt::format("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                    "<meta name=\"viewport\" content=\"width=device-width\">"
                    "<title>Charts</title><style>{}</style></head>"
                    "<body class=\"govuk-template__body\"><main class=\"govuk-width-container\">",
                    style);
    const std::vector<Chart> charts{heading_for(),
                                    rising_year(),
                                    one_line(),
                                    many_lines(),
                                    yearly_line(),
                                    controlled(),
                                    controlled_in_two(),
                                    changes(ChangeShown::counts, "counts"),
                                    changes(ChangeShown::percent_bars, "percent-bars"),
                                    changes(ChangeShown::percent_line, "percent-line"),
                                    falling(ChangeShown::percent_bars, "falling-bars"),
                                    falling(ChangeShown::percent_line, "falling-line"),
                                    yearly_bars(),
                                    few_bars(),
                                    ward_intervals(),
                                    wild_intervals(),
                                    small_multiples(ward_lines()),
                                    ward_map(),
                                    empty_line(),
                                    nought_line(),
                                    huge_line()};
    int number = 0;
    for (const Chart &chart : charts) {
        FigureOptions options;
        options.number = ++number;
        options.table_open = open;
        options.csv_href = chart.id + ".csv";
        page += figure(chart, options).str();
    }
    page += cells().str() + multiples_list(ward_lines()).str() + "</main></body></html>\n";
    std::cout << page;
    if (argc > 3) {
        for (const Chart &chart : charts)
            std::ofstream{std::string{argv[3]} + "/" + chart.id + ".svg"} << svg(chart);
    }
}
