/// The example's source files: the rows that the plan's counts ask for, drawn by a seed and written
/// as the police, the council and the partnership would send them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/example_plan.hpp"
#include "engine/core/calendar.hpp"

namespace wardmote::app {

/// A file as it was sent. Its name and its references say that it is synthetic.
struct ExampleFile {
    std::string name;
    core::Date received;
    std::string text;
};

/// Offences, incidents of anti-social behaviour and yearly counts.
std::vector<ExampleFile> police_files(const ExamplePlan &plan, std::uint64_t seed);
/// Contacts, enforcement, nuisance cases, the Weekend Operation and Making Changes.
std::vector<ExampleFile> council_files(const ExamplePlan &plan, std::uint64_t seed);
/// Ward boundaries (GeoJSON, schematic) and residents and households by ward.
std::vector<ExampleFile> place_files(const ExamplePlan &plan);

/// The months of one file, and when it came: whole years first, as sent when the sharing began,
/// then runs of `months_each` months about four weeks after the last of them.
struct Delivery {
    core::Period period;
    core::Date received;
};
std::vector<Delivery> deliveries(core::Month first, core::Month last, int months_each);

/// "police-recorded-synthetic-example-2014-12.csv"
std::string example_file_name(const std::string &dataset, core::Period period,
                              const std::string &after = "");

} // namespace wardmote::app
