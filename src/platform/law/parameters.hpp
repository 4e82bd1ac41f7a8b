/// The numbers of the law and of local policy: data with dates, read at the date of the event.
///
/// They stand in catalogue/law/*.toml as [[parameter]] tables; a partnership's own in
/// HOME/catalogue/law. A record made under one keeps its id, so what it was decided under can be
/// shown after the law has moved.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/money.hpp"
#include "platform/law/counting.hpp"

namespace wardmote::law {

/// Who sets a parameter.
enum class Layer {
    statute, ///< Acts and regulations
    local    ///< the partnership's own policy; without an area, the choice shipped
};

/// What a value counts. The first six are time limits in days or longer.
enum class Unit {
    days_beginning_with,
    days_following,
    weeks_beginning_with,
    months_beginning_with,
    years_beginning_with,
    working_days,
    hours,
    clear_days,      ///< of notice before an event
    times_a_year,    ///< "four meetings a year"
    months,          ///< the length of a period that comes round
    years,           ///< the length of a period, or an age
    times,           ///< a plain count
    pence,           ///< money
    per_cent,        ///< whole
    day_of_the_year, ///< "03-31"; 29 February is refused
    yes_or_no,       ///< whether a rule is in force
    words            ///< text
};
/// What a file calls a unit, and the least and most that a number of it can be.
struct UnitKind {
    Unit unit;
    std::string_view name;
    std::int64_t least = 1;
    std::int64_t most = 10'000;
};
/// In the order of Unit.
inline constexpr std::array unit_kinds{
    UnitKind{Unit::days_beginning_with, "days beginning with"},
    UnitKind{Unit::days_following, "days following"},
    UnitKind{Unit::weeks_beginning_with, "weeks beginning with"},
    UnitKind{Unit::months_beginning_with, "months beginning with"},
    UnitKind{Unit::years_beginning_with, "years beginning with"},
    UnitKind{Unit::working_days, "working days"},
    UnitKind{Unit::hours, "hours"},
    UnitKind{Unit::clear_days, "clear days"},
    UnitKind{Unit::times_a_year, "times a year", 0},
    UnitKind{Unit::months, "months"},
    UnitKind{Unit::years, "years"},
    UnitKind{Unit::times, "times", 0},
    UnitKind{Unit::pence, "pence", 0, 1'000'000'000'000},
    UnitKind{Unit::per_cent, "per cent", 0, 100},
    UnitKind{Unit::day_of_the_year, "day of the year"},
    UnitKind{Unit::yes_or_no, "yes or no"},
    UnitKind{Unit::words, "words"},
};
constexpr const UnitKind &kind_of(Unit unit) {
    return unit_kinds.at(static_cast<std::size_t>(unit));
}

using Value = std::variant<std::int64_t, bool, std::string>;

/// One row: a rule's value for an area (or the nation) over some days.
struct RuleParameter {
    std::string id;  ///< stays the same while the row stands: "scrutiny.response@2009-04-30"
    std::string key; ///< "scrutiny.response"
    std::string title;
    Layer layer = Layer::statute;
    std::string area; ///< the code of a district such as "E07000178"; empty is the nation
    Value value;
    Unit unit = Unit::times;
    std::optional<std::int64_t> least; ///< of a statutory row: what a local value may not go under
    std::optional<std::int64_t> most;  ///< of a statutory row: what a local value may not go over
    core::Date valid_from;
    std::optional<core::Date> valid_to;   ///< its last day; nothing while no end is known
    std::string source;                   ///< the Act and section, or whose choice it is
    std::optional<core::Date> checked_on; ///< read at its source; nothing: still to be checked
    std::string note;
    std::string place; ///< the file and line it stands in: "partnership.toml, line 12"

    bool in_force(core::Date date) const {
        return valid_from <= date && (!valid_to || date <= *valid_to);
    }
    /// Whether local policy may set this instead: within the bounds of a number that has any, else
    /// only the value itself.
    bool allows(const Value &local) const;
    /// Each throws std::runtime_error naming the row when its value is of another kind.
    std::int64_t number() const;
    bool yes() const;
    const std::string &text() const;
    core::Money money() const;
    core::Date day_in(int year) const; ///< of a day of the year
    std::string in_words() const;      ///< "28 days", "4 times a year", "£100", "31 March", "yes"
};

/// The limit that `parameter` sets, counted from the event; of a period that comes round ("at least
/// once in every 12 months"), the last day for the next. Throws std::runtime_error when its unit is
/// neither.
Deadline due(const RuleParameter &parameter, core::Date event, const BankHolidays &holidays);

class Parameters {
public:
    /// Reads the text of one file. Throws std::runtime_error naming file, line and reason: an
    /// unknown setting, a value that does not fit its unit, rows that overlap, a local value
    /// that statute does not allow.
    static Parameters parse(std::string_view toml, const std::string &file);
    /// Reads every *.toml in the folders but the bank holidays, in order of name; a folder that is
    /// not there holds none.
    static Parameters read(const std::vector<std::filesystem::path> &folders);

    /// The row in force on the date of the event: the area's own before the nation's, and local
    /// policy before the statute that allows it. Nothing when no row covers that day.
    const RuleParameter *find(std::string_view key, core::Date date,
                              std::string_view area = {}) const;
    /// The same for a rule that must be there. Throws std::runtime_error naming key and day.
    const RuleParameter &at(std::string_view key, core::Date date,
                            std::string_view area = {}) const;
    /// The row a record has kept; nothing when it is in the files no more.
    const RuleParameter *by_id(std::string_view id) const;

    /// In order of key, area, layer and first day.
    const std::vector<RuleParameter> &rows() const { return m_rows; }

private:
    void add(std::string_view toml, const std::string &file);
    void sort_and_check();
    void check_allowed(const RuleParameter &local) const;
    const RuleParameter *find(Layer layer, std::string_view key, core::Date date,
                              std::string_view area) const;

    std::vector<RuleParameter> m_rows;
};

} // namespace wardmote::law
