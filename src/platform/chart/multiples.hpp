/// Small multiples: one little chart a place, this year dark over last year grey, each on its own
/// scale from nought with its numbers printed.
#pragma once

#include <string>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/chart/chart.hpp"
#include "platform/chart/series.hpp"

namespace wardmote::chart {

struct Multiple {
    std::string name;
    Values this_year;      ///< a value a month from the input's first month
    Values last_year;      ///< the same months a year before
    bool clear = false;    ///< a clear change: its numbers are bold
    std::string href = {}; ///< the place's own page, in the list form only
};

struct MultiplesInput {
    Words words;
    std::string name_heading = "Ward";
    std::string places = "wards"; ///< counted in the sentence: "19 of 24 wards"
    core::Month first;            ///< of this year
    std::vector<Multiple> items = {};
    bool sorted = true; ///< largest rise first; else in the order given
};

/// As one picture, for reports and files.
Chart small_multiples(const MultiplesInput &input);
/// As a list of little pictures with their words in HTML, for pages.
Html multiples_list(const MultiplesInput &input);
std::string multiples_sentence(const MultiplesInput &input);

} // namespace wardmote::chart
