/// Equipment that the partnership lends: cameras, alarms, kits to mark property with.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>

#include "engine/core/calendar.hpp"
#include "engine/core/money.hpp"
#include "platform/record/description.hpp"

namespace wardmote::loans {

enum class Equipment { camera, alarm, marking_kit };
inline constexpr auto equipment = std::to_array<record::Choice>({
    {"camera", "Camera"},
    {"alarm", "Alarm"},
    {"marking_kit", "Kit to mark property"},
});
constexpr std::span<const record::Choice> choices_of(Equipment) {
    return equipment;
}

struct Loan {
    std::string item;
    Equipment kind = Equipment::camera;
    std::string serial_number;
    std::optional<core::Id> borrower;
    std::string contact;
    std::optional<core::Money> value;
    core::Date lent_on{2015, 2, 2};
    std::optional<core::Date> due_back;
    bool returned = false;
    std::string notes;
};

} // namespace wardmote::loans

template <>
struct wardmote::record::Described<wardmote::loans::Loan> {
    using T = loans::Loan;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::item>("item", "What is lent", {.required = true, .searched = true}),
        field<&T::kind>("kind", "Kind of equipment", {.required = true, .filtered = true}),
        field<&T::serial_number>("serial_number", "Serial number", {.max_length = 40}),
        field<&T::borrower>("borrower", "Who has it", {.refers_to = "organisation"}),
        field<&T::contact>("contact", "E-mail address to reach them",
                           {.email = true, .sensitive = true}),
        field<&T::value>("value", "What it is worth", {.least = 0}),
        field<&T::lent_on>("lent_on", "Lent on", {.required = true}),
        field<&T::due_back>("due_back", "Due back", {.filtered = true}),
        field<&T::returned>("returned", "It is back", {.filtered = true}),
        field<&T::notes>("notes", "Notes", {.paragraph = true}),
    });
    static constexpr Description is{
        .table = "loan",
        .path = "/loans",
        .one = "loan",
        .many = "loans",
        .title = "item",
        .order = "item",
        .body = "borrower",
        .empty_list = "What the partnership lends will be here, with who has it and until when.",
    };
};
