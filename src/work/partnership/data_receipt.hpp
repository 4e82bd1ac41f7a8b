/// A receipt of data: one set that an authority must disclose each quarter, as it came.
///
/// The Crime and Disorder (Prescribed Information) Regulations 2007 (SI 2007/1831): the information
/// of each period of three months from 1 July 2007, disclosed by the end of the period after it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/db/database.hpp"
#include "platform/html/content.hpp"
#include "platform/record/description.hpp"

namespace wardmote::partnership {

enum class DataSet {
    incidents,
    crimes,
    fires,
    collisions,
    exclusions,
    council_incidents,
    admissions,
    ambulance_calls,
};
inline constexpr auto data_sets = std::to_array<record::Choice>({
    {"incidents", "Police: incidents of anti-social behaviour, transport and public safety"},
    {"crimes", "Police: crimes by sub-category"},
    {"fires", "Fire and rescue: deliberate fires, violence and fires without an alarm"},
    {"collisions", "Council: road traffic collisions"},
    {"exclusions", "Council: exclusions from school"},
    {"council_incidents", "Council: incidents of anti-social behaviour"},
    {"admissions", "Health: admissions to hospital"},
    {"ambulance_calls", "Health: ambulance calls to crime and disorder"},
});
constexpr std::span<const record::Choice> choices_of(DataSet) {
    return data_sets;
}

struct DataReceipt {
    std::string title;              ///< as the file or the letter is called
    std::optional<core::Id> holder; ///< the organisation that disclosed it
    DataSet data_set = DataSet::crimes;
    core::Date period_from{1, 1, 1}; ///< first day of a quarter
    core::Date received_on{1, 1, 1};
    std::optional<std::int64_t> rows;
    std::string remarks;
};
/// A period begins a quarter of the calendar, and what it holds comes after it.
record::Problems check_data_receipt(const record::Values &values);

/// Receipts of these sets of one quarter that organisations of these kinds (both as stored) gave by
/// a day, and the words of the sets that have none.
struct Received {
    std::vector<html::Link> receipts;
    std::vector<std::string> missing;
};
Received received(db::Transaction &tx, const std::vector<std::string> &sets,
                  const std::vector<std::string> &holders, core::Date period_from, core::Date by);

} // namespace wardmote::partnership

namespace wardmote::record {

template <>
struct Described<partnership::DataReceipt> {
    using T = partnership::DataReceipt;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::title>(
            "title", "What the file or letter is called",
            {.required = true, .searched = true, .hint = "Such as Crimes, Q2 2014-15"}),
        field<&T::data_set>("data_set", "What was received", {.required = true, .filtered = true}),
        field<&T::holder>("holder", "From whom",
                          {.required = true, .refers_to = "organisation", .filtered = true}),
        field<&T::period_from>("period_from", "First day of the quarter",
                               {.required = true,
                                .filtered = true,
                                .hint = "Such as 1 July 2014 for July to September"}),
        field<&T::received_on>("received_on", "Received on", {.required = true, .filtered = true}),
        field<&T::rows>("row_count", "How many rows", {.least = 0, .most = 100'000'000}),
        field<&T::remarks>("remarks", "Remarks",
                           {.max_length = 500, .searched = true, .hint = "Such as what was late"}),
    });
    static constexpr Description is{
        .table = "data_receipt",
        .path = "/data-receipts",
        .one = "receipt of data",
        .many = "receipts of data",
        .title = "title",
        .order = "-period_from",
        .body = "holder",
        .empty_list = "What each authority disclosed of each quarter will be here. Nothing in it "
                      "may say who anybody is.",
        .check = partnership::check_data_receipt,
    };
};

} // namespace wardmote::record
