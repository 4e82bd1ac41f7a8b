#include "platform/law/parameters.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::law {

namespace {

auto order(const RuleParameter &row) {
    return std::tie(row.key, row.area, row.layer, row.valid_from);
}

template <class Kind>
const Kind &value_as(const RuleParameter &row, std::string_view kind) {
    const auto *value = std::get_if<Kind>(&row.value);
    if (value == nullptr) {
        throw std::runtime_error{fmt::format("{}: {} is asked for as {}, but its unit is “{}”.",
                                             row.place, row.key, kind, kind_of(row.unit).name)};
    }
    return *value;
}

std::string range_in_words(RuleParameter statute) {
    if (!statute.least && !statute.most) {
        return "leaves no choice";
    }
    const auto bound = [&](std::int64_t value) {
        statute.value = value;
        return statute.in_words();
    };
    if (!statute.most) {
        return fmt::format("allows {} or more", bound(*statute.least));
    }
    if (!statute.least) {
        return fmt::format("allows {} at most", bound(*statute.most));
    }
    return fmt::format("allows {} to {}", bound(*statute.least), bound(*statute.most));
}

// kind_of() finds a unit by its place.
static_assert(std::all_of(unit_kinds.begin(), unit_kinds.end(), [](const UnitKind &kind) {
    return kind_of(kind.unit).name == kind.name;
}));

} // namespace

std::int64_t RuleParameter::number() const {
    return value_as<std::int64_t>(*this, "a number");
}

bool RuleParameter::yes() const {
    return value_as<bool>(*this, "yes or no");
}

const std::string &RuleParameter::text() const {
    return value_as<std::string>(*this, "words");
}

core::Money RuleParameter::money() const {
    if (unit != Unit::pence) {
        throw std::runtime_error{fmt::format("{}: {} is asked for as money, but its unit is “{}”.",
                                             place, key, kind_of(unit).name)};
    }
    return core::Money::pence(number());
}

core::Date RuleParameter::day_in(int year) const {
    if (unit != Unit::day_of_the_year) {
        throw std::runtime_error{
            fmt::format("{}: {} is asked for as a day of the year, but its unit is “{}”.", place,
                        key, kind_of(unit).name)};
    }
    return core::Date::parse(fmt::format("{:04}-{}", year, text())).value();
}

bool RuleParameter::allows(const Value &local) const {
    const auto *wanted = std::get_if<std::int64_t>(&local);
    if (wanted == nullptr || (!least && !most)) {
        return local == value;
    }
    return (!least || *least <= *wanted) && (!most || *wanted <= *most);
}

std::string RuleParameter::in_words() const {
    const auto counted = [&](std::string_view one, std::string_view many) {
        return core::counted(number(), one, many);
    };
    switch (unit) {
    case Unit::days_beginning_with:
    case Unit::days_following:
        return counted("day", "days");
    case Unit::weeks_beginning_with:
        return counted("week", "weeks");
    case Unit::months:
    case Unit::months_beginning_with:
        return counted("month", "months");
    case Unit::years:
    case Unit::years_beginning_with:
        return counted("year", "years");
    case Unit::working_days:
        return counted("working day", "working days");
    case Unit::hours:
        return counted("hour", "hours");
    case Unit::clear_days:
        return counted("clear day", "clear days");
    case Unit::times_a_year:
        return number() == 1 ? "once a year" : counted("time a year", "times a year");
    case Unit::times:
        return core::number(number());
    case Unit::pence:
        return money().text();
    case Unit::per_cent:
        return fmt::format("{}%", number());
    case Unit::day_of_the_year: {
        const auto day = day_in(2015);
        return fmt::format("{} {}", day.day(), core::Month{day}.name());
    }
    case Unit::yes_or_no:
        return yes() ? "yes" : "no";
    case Unit::words:
        return text();
    }
    throw std::logic_error{"a unit without words"};
}

Deadline due(const RuleParameter &parameter, core::Date event, const BankHolidays &holidays) {
    const auto count = [&] { return static_cast<int>(parameter.number()); };
    switch (parameter.unit) {
    case Unit::days_beginning_with:
        return within_days(count(), Start::beginning_with, event);
    case Unit::days_following:
        return within_days(count(), Start::following, event);
    case Unit::weeks_beginning_with:
        return within_weeks(count(), Start::beginning_with, event);
    case Unit::months_beginning_with:
        return within_months(count(), Start::beginning_with, event);
    case Unit::years_beginning_with:
        return within_years(count(), Start::beginning_with, event);
    case Unit::working_days:
        return working_days(count(), event, holidays);
    case Unit::months: // a period of them that follows the event must hold the next
        return within_months(count(), Start::following, event);
    case Unit::years:
        return within_years(count(), Start::following, event);
    default:
        throw std::runtime_error{fmt::format("{}: {} is asked for as a time limit, but its unit "
                                             "is “{}”.",
                                             parameter.place, parameter.key,
                                             kind_of(parameter.unit).name)};
    }
}

const RuleParameter *Parameters::find(Layer layer, std::string_view key, core::Date date,
                                      std::string_view area) const {
    const auto first = std::lower_bound(
        m_rows.begin(), m_rows.end(), key,
        [](const RuleParameter &row, std::string_view wanted) { return row.key < wanted; });
    for (auto row = first; row != m_rows.end() && row->key == key; ++row) {
        if (row->layer == layer && row->area == area && row->in_force(date)) {
            return &*row;
        }
    }
    return nullptr;
}

const RuleParameter *Parameters::find(std::string_view key, core::Date date,
                                      std::string_view area) const {
    for (const auto place : {area, std::string_view{}}) {
        for (const auto layer : {Layer::local, Layer::statute}) {
            if (const auto *row = find(layer, key, date, place)) {
                return row;
            }
        }
    }
    return nullptr;
}

const RuleParameter &Parameters::at(std::string_view key, core::Date date,
                                    std::string_view area) const {
    const auto *row = find(key, date, area);
    if (row == nullptr) {
        throw std::runtime_error{
            fmt::format("The law's files hold no “{}” for {}.", key, date.text())};
    }
    return *row;
}

const RuleParameter *Parameters::by_id(std::string_view id) const {
    const auto row = std::find_if(m_rows.begin(), m_rows.end(),
                                  [&](const RuleParameter &each) { return each.id == id; });
    return row == m_rows.end() ? nullptr : &*row;
}

void Parameters::sort_and_check() {
    std::sort(m_rows.begin(), m_rows.end(),
              [](const auto &one, const auto &other) { return order(one) < order(other); });
    for (std::size_t at = 1; at < m_rows.size(); ++at) {
        const auto &before = m_rows[at - 1];
        const auto &row = m_rows[at];
        const bool alike =
            row.key == before.key && row.area == before.area && row.layer == before.layer;
        if (alike && before.in_force(row.valid_from)) {
            throw std::runtime_error{
                fmt::format("{}: {} is set from {} on, but {} sets it for that day already.",
                            row.place, row.key, row.valid_from.text(), before.place)};
        }
    }
    for (const auto &row : m_rows) {
        if (row.layer == Layer::local) {
            check_allowed(row);
        }
    }
}

/// Statute may change while a local value stands, so it is held to each day on which it could.
void Parameters::check_allowed(const RuleParameter &local) const {
    std::vector<core::Date> changes{local.valid_from};
    for (const auto &row : m_rows) {
        if (row.key == local.key && row.layer == Layer::statute) {
            changes.push_back(row.valid_from);
            if (row.valid_to) {
                changes.push_back(row.valid_to->plus_days(1));
            }
        }
    }
    for (const auto date : changes) {
        if (!local.in_force(date)) {
            continue;
        }
        const auto *statute = find(Layer::statute, local.key, date, local.area);
        if (statute == nullptr) {
            statute = find(Layer::statute, local.key, date, {});
        }
        if (statute == nullptr) {
            continue;
        }
        if (statute->unit != local.unit) {
            throw std::runtime_error{fmt::format(
                "{}: {} is counted in “{}” here and in “{}” by statute ({}).", local.place,
                local.key, kind_of(local.unit).name, kind_of(statute->unit).name, statute->place)};
        }
        if (!statute->allows(local.value)) {
            throw std::runtime_error{fmt::format("{}: {} cannot be {} on {}: {} {}.", local.place,
                                                 local.key, local.in_words(), date.text(),
                                                 statute->source, range_in_words(*statute))};
        }
    }
}

} // namespace wardmote::law
