/// Charts of a measure, by name: "<measure>.year-to-date" and the like.
#pragma once

#include <optional>
#include <string_view>

#include "platform/chart/chart.hpp"
#include "platform/chart/control.hpp"
#include "platform/chart/multiples.hpp"
#include "work/evidence/desk.hpp"

namespace wardmote::evidence {

/// Nothing when the name is unknown or there is too little to draw.
std::optional<chart::Chart> make_chart(const Desk &desk, std::string_view name,
                                       const Asking &asking);
/// The wards of the place, largest rise first; nothing when rows do not name wards.
/// `href_before` and a ward's code make each a link.
std::optional<chart::MultiplesInput> ward_multiples(const Desk &desk, const Measure &measure,
                                                    const Standpoint &at,
                                                    const std::string &href_before);
/// Runs and single months that the control chart flags.
std::vector<chart::Signal> signals_of(const stats::ControlChart &control);

} // namespace wardmote::evidence
