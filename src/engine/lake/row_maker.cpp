#include "engine/lake/row_maker.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <unordered_set>

#include "engine/core/text.hpp"
#include "engine/lake/date_form.hpp"
#include "engine/lake/findings.hpp"

namespace wardmote::lake {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// Why a row is set aside.
struct Refusal {
    std::string field;
    std::string reason;
};

std::string_view trimmed(std::string_view text) {
    // Most fields need no trimming: look before calling.
    if (!text.empty() && (static_cast<unsigned char>(text.front()) <= ' ' ||
                          static_cast<unsigned char>(text.back()) <= ' ')) {
        return core::trim(text);
    }
    return text;
}

/// A finite decimal number, commas between thousands allowed: "1,234.5".
std::optional<double> number_of(std::string_view text) {
    std::string without;
    if (text.find(',') != std::string_view::npos) {
        std::copy_if(text.begin(), text.end(), std::back_inserter(without),
                     [](char c) { return c != ','; });
        text = without;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

} // namespace

struct RowMaker::State {
    const Mapping &mapping;
    const SourceTable &table;
    RowSource &rows;
    QuarantineWriter &quarantine;
    RowPlacer placer;
    FindingCounts findings;
    std::vector<Column> columns;
    std::vector<DateForm> date_forms;
    std::string_view force; ///< whose file it is, when a lookup knows the force

    // Where in a source row each thing is.
    std::array<std::size_t, 16> place{};
    enum Place : std::size_t {
        month,
        date,
        year,
        category,
        detail,
        count,
        longitude,
        latitude,
        location,
        lsoa,
        ward,
        district,
        reference,
        outcome,
        flags,
        totals
    };
    std::vector<std::size_t> extra_places;
    std::vector<std::size_t> value_places;
    std::vector<std::size_t> sum_places;
    std::vector<std::pair<std::size_t, std::string>> required;

    Tally account;
    std::unordered_set<std::uint64_t> references;
    std::unordered_set<std::string> rows_seen; ///< two hashes of each row that names a reference

    // The row being given out; `values` are the counts of a wide row still to come.
    Row row;
    core::Month row_month{2000, 1};
    std::optional<core::Date> row_date;
    int row_months = 1;
    NamedPlace where;
    const Placement *placement = nullptr;
    std::string_view row_category;
    std::int64_t row_count = 1;
    struct WideValue {
        std::size_t index;
        std::int64_t count;
    };
    std::vector<WideValue> wide;
    std::size_t wide_given = 0;

    // The last month and date read: files are nearly in order.
    std::string last_month_text;
    std::optional<core::Month> last_month;
    std::optional<core::Month> counted_month;
    std::uint64_t *counter = nullptr;

    State(const SourceTable &source, RowSource &source_rows, const AreaBook &area_book,
          QuarantineWriter &writer)
        : mapping{*source.mapping}
        , table{source}
        , rows{source_rows}
        , quarantine{writer}
        , placer{area_book} {
        find_columns();
        for (const std::string &form : mapping.date_forms) {
            date_forms.emplace_back(form);
        }
        if (date_forms.empty()) {
            date_forms = usual_date_forms();
        }
        if (area_book.knows_force(table.owner)) {
            force = table.owner;
        }
        columns.assign(canonical_columns().begin(), canonical_columns().end());
        for (const auto &[name, header] : mapping.extra) {
            columns.push_back({name, ColumnType::text});
        }
    }

    std::size_t find(std::string_view header) const {
        const std::string wanted = core::lower(header);
        for (std::size_t i = 0; i < table.header.size(); ++i) {
            if (core::lower(core::trim(table.header[i])) == wanted) {
                return i;
            }
        }
        return nowhere;
    }

    void find_columns() {
        static constexpr std::array<const char *, 15> names{
            "month",    "date", "year", "category", "detail",    "count",   "longitude", "latitude",
            "location", "lsoa", "ward", "district", "reference", "outcome", "flags"};
        place.fill(nowhere);
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (const auto at = mapping.columns.find(names[i]); at != mapping.columns.end()) {
                place[i] = find(at->second);
            }
        }
        if (!mapping.totals_column.empty()) {
            place[totals] = find(mapping.totals_column);
        }
        for (const auto &[name, header] : mapping.extra) {
            extra_places.push_back(find(header));
        }
        for (const ValueColumn &value : mapping.values) {
            value_places.push_back(find(value.column));
        }
        for (const SumCheck &sum : mapping.sums) {
            sum_places.push_back(find(sum.total));
        }
        for (const std::string &name : mapping.required) {
            const std::string &header = mapping.columns.at(name);
            required.emplace_back(find(header), header);
        }
    }

    /// Blank, empty, missing and the mapping's own marks for it are one thing.
    std::string_view at(std::size_t column) const {
        if (column == nowhere) {
            return {};
        }
        const std::string_view text = trimmed(row.fields[column]);
        for (const std::string &mark : mapping.missing) {
            if (text == mark) {
                return {};
            }
        }
        return text;
    }
    std::string_view get(Place what) const { return at(place[what]); }
    const std::string &header_of(Place what) const { return table.header[place[what]]; }

    bool next();
    bool is_repeat();
    std::optional<Refusal> check();
    std::optional<Refusal> check_time();
    std::optional<Refusal> check_point();
    std::optional<Refusal> check_values();
    std::optional<Refusal> check_sums();
    void keep();
    void write(ChunkWriter &chunk, std::size_t to);
};

RowMaker::RowMaker(const SourceTable &table, RowSource &rows, const AreaBook &areas,
                   QuarantineWriter &quarantine)
    : m_state{std::make_unique<State>(table, rows, areas, quarantine)} {}
RowMaker::~RowMaker() = default;

const std::vector<Column> &RowMaker::columns() const {
    return m_state->columns;
}
std::uint64_t RowMaker::rows_so_far() const {
    return m_state->account.rows_in;
}

std::size_t RowMaker::fill(ChunkWriter &chunk, std::size_t first) {
    std::size_t to = first;
    for (; to < chunk.capacity() && m_state->next(); ++to) {
        m_state->write(chunk, to);
        ++m_state->account.data_rows;
    }
    return to;
}

Tally RowMaker::tally() const {
    Tally tally = m_state->account;
    const auto &months = tally.rows_by_month;
    if (!months.empty()) {
        const auto last = core::Month::from_index(months.rbegin()->first);
        tally.covers = core::Period{core::Month::from_index(months.begin()->first),
                                    last + (m_state->row_months - 1)};
    }
    if (const auto &named = m_state->table.named_period) {
        tally.covers = tally.covers ? core::Period{std::min(named->first(), tally.covers->first()),
                                                   std::max(named->last(), tally.covers->last())}
                                    : *named;
    }
    tally.findings = m_state->findings.list();
    return tally;
}

/// Moves to the next row to give out; what is passed over on the way is counted and kept elsewhere.
bool RowMaker::State::next() {
    if (++wide_given < wide.size()) {
        return true;
    }
    while (rows.next(row)) {
        ++account.rows_in;
        if (!row.problem.empty()) {
            ++account.rows_quarantined;
            quarantine.add(row, "", fmt::format("{}.", core::capitalised(row.problem)));
            continue;
        }
        if (row.fields.size() == table.header.size() && place[totals] != nowhere &&
            row.fields[place[totals]].substr(0, mapping.totals_prefix.size()) ==
                mapping.totals_prefix) {
            ++account.rows_repeated;
            findings.add(Found::totals);
            continue;
        }
        wide.clear();
        wide_given = 0;
        if (const auto refusal = check()) {
            ++account.rows_quarantined;
            quarantine.add(row, refusal->field, refusal->reason);
            continue;
        }
        if (is_repeat()) {
            ++account.rows_repeated;
            continue;
        }
        keep();
        if (mapping.values.empty() || !wide.empty()) {
            return true;
        }
        findings.add(Found::nothing_available);
    }
    return false;
}

bool RowMaker::State::is_repeat() {
    const std::string_view reference_text = get(reference);
    if (reference_text.empty() || (!mapping.same_row_repeats && !mapping.reference_once)) {
        return false;
    }
    const std::uint64_t hash = std::hash<std::string_view>{}(reference_text);
    const bool known = !references.insert(hash).second;
    if (mapping.same_row_repeats) {
        // A second hash, of the row: two rows are taken for one only if both 64-bit hashes agree.
        const std::uint64_t pair[2]{hash, std::hash<std::string_view>{}(row.raw)};
        const bool same =
            !rows_seen.emplace(reinterpret_cast<const char *>(pair), sizeof pair).second;
        if (known && same && !row.raw.empty()) {
            findings.add(Found::same_row);
            return true;
        }
    }
    if (known && mapping.reference_once) {
        findings.add(Found::same_reference);
    }
    return false;
}

std::optional<Refusal> RowMaker::State::check() {
    if (row.fields.size() != table.header.size()) {
        return Refusal{"", fmt::format("The row has {} fields where the header has {}.",
                                       row.fields.size(), table.header.size())};
    }
    for (const auto &[column, header] : required) {
        if (at(column).empty()) {
            return Refusal{header, fmt::format("{} is blank.", header)};
        }
    }
    if (auto refusal = check_time()) {
        return refusal;
    }
    if (auto refusal = check_point()) {
        return refusal;
    }
    row_count = 1;
    if (place[count] != nowhere) {
        const auto value = number_of(get(count));
        if (!value || *value < 0 || *value != std::floor(*value) || *value > 1e15) {
            return Refusal{header_of(count), fmt::format("{} is \"{}\", not a whole number from 0.",
                                                         header_of(count), get(count))};
        }
        row_count = static_cast<std::int64_t>(*value);
    }
    return check_values();
}

std::optional<Refusal> RowMaker::State::check_time() {
    row_date.reset();
    row_months = 1;
    std::optional<core::Month> found;
    if (const std::string_view text = get(year); !text.empty()) {
        const auto financial = core::FinancialYear::parse(text);
        if (!financial) {
            return Refusal{header_of(year), fmt::format("{} is \"{}\", not a financial year such "
                                                        "as 2014-15.",
                                                        header_of(year), text)};
        }
        found = financial->first_month();
        row_months = 12;
    }
    if (const std::string_view text = get(date); !text.empty()) {
        for (const DateForm &form : date_forms) {
            if ((row_date = form.read(text))) {
                break;
            }
        }
        if (!row_date) {
            return Refusal{header_of(date),
                           fmt::format("{} is \"{}\", not a date such as {}.", header_of(date),
                                       text, date_forms.front().example())};
        }
        found = core::Month{*row_date};
    }
    if (const std::string_view text = get(month); !text.empty()) {
        if (text != last_month_text) {
            last_month = core::Month::parse(text);
            last_month_text = text;
        }
        if (!last_month) {
            return Refusal{header_of(month), fmt::format("{} is \"{}\", not a month such as "
                                                         "2014-12.",
                                                         header_of(month), text)};
        }
        found = last_month;
    }
    const auto &named = table.named_period;
    if (!found && place[date] == nowhere && place[month] == nowhere && place[year] == nowhere) {
        found = mapping.month ? mapping.month : named ? std::optional{named->first()} : found;
    }
    if (!found) {
        return Refusal{"", "The row has no date or month."};
    }
    if (mapping.single_month && named && !named->contains(*found)) {
        const Place what = place[month] != nowhere ? month : date;
        return Refusal{header_of(what),
                       fmt::format("The row is of {}, but the file's name says {}.", found->text(),
                                   named->text())};
    }
    row_month = *found;
    return std::nullopt;
}

std::optional<Refusal> RowMaker::State::check_point() {
    const std::string_view east = get(longitude);
    const std::string_view north = get(latitude);
    where = {std::nullopt, std::nullopt, get(lsoa), get(ward), get(district)};
    if (east.empty() != north.empty()) {
        const Place blank = east.empty() ? longitude : latitude;
        return Refusal{header_of(blank), fmt::format("{} is blank, though the other coordinate is "
                                                     "given.",
                                                     header_of(blank))};
    }
    if (!east.empty()) {
        where.longitude = number_of(east);
        where.latitude = number_of(north);
        if (!where.longitude || std::abs(*where.longitude) > 180) {
            return Refusal{header_of(longitude),
                           fmt::format("{} is \"{}\", not a longitude in degrees.",
                                       header_of(longitude), east)};
        }
        if (!where.latitude || std::abs(*where.latitude) > 90) {
            return Refusal{header_of(latitude),
                           fmt::format("{} is \"{}\", not a latitude in degrees.",
                                       header_of(latitude), north)};
        }
    }
    return std::nullopt;
}

std::optional<Refusal> RowMaker::State::check_values() {
    for (std::size_t i = 0; i < value_places.size(); ++i) {
        const std::string_view text = at(value_places[i]);
        if (text.empty()) {
            continue;
        }
        const auto value = number_of(text);
        if (!value || *value < 0 || *value > 1e15) {
            return Refusal{
                mapping.values[i].column,
                fmt::format("{} is \"{}\", not a number from 0.", mapping.values[i].column, text)};
        }
        wide.push_back({i, std::llround(*value)});
    }
    return mapping.sums.empty() ? std::nullopt : check_sums();
}

std::optional<Refusal> RowMaker::State::check_sums() {
    for (std::size_t i = 0; i < mapping.sums.size(); ++i) {
        const SumCheck &sum = mapping.sums[i];
        const auto total = number_of(at(sum_places[i]));
        double parts = 0;
        bool whole = total.has_value();
        for (std::size_t k = 0; k < mapping.values.size(); ++k) {
            if (mapping.values[k].category == sum.category) {
                const auto part = number_of(at(value_places[k]));
                whole = whole && part.has_value();
                parts += part.value_or(0);
            }
        }
        // With a part not available there is nothing to add up.
        if (!whole || std::abs(parts - *total) <= sum.within) {
            continue;
        }
        if (sum.quarantine) {
            return Refusal{sum.total,
                           fmt::format("The {} columns add up to {:g}, but {} is {:g}: a "
                                       "difference of {:g}.",
                                       sum.category, parts, sum.total, *total, parts - *total)};
        }
        findings.add(Found::sum_differs);
    }
    return std::nullopt;
}

void RowMaker::State::keep() {
    ++account.rows_kept;
    if (counted_month != row_month) {
        counted_month = row_month;
        counter = &account.rows_by_month[row_month.index()];
    }
    ++*counter;

    row_category = get(category);
    if (!mapping.categories.empty()) {
        if (const auto known = mapping.categories.find(row_category);
            known != mapping.categories.end()) {
            row_category = known->second;
        }
    }
    const auto &known = mapping.known_categories;
    if (!known.empty() && std::find(known.begin(), known.end(), row_category) == known.end()) {
        findings.add_category(row_category);
    }

    placement = &placer.place(where);
    if (mapping.expects_points && !where.longitude) {
        findings.add(Found::no_coordinates);
    }
    if (mapping.expects_lsoa && where.lsoa.empty()) {
        findings.add(Found::lsoa_blank);
    }
    placer.note(findings, where, *placement, force);
}

void RowMaker::State::write(ChunkWriter &chunk, std::size_t to) {
    const auto put = [&](std::size_t column, std::string_view text) {
        if (!text.empty()) {
            chunk.text(column, to, text);
        }
    };
    chunk.date(c_month, to,
               static_cast<std::int32_t>(row_month.first_day().days().time_since_epoch().count()));
    if (row_date) {
        chunk.date(c_date, to,
                   static_cast<std::int32_t>(row_date->days().time_since_epoch().count()));
    }
    if (wide.empty()) {
        put(c_category, row_category);
        put(c_detail, get(detail));
        chunk.integer(c_count, to, row_count);
    } else {
        const ValueColumn &value = mapping.values[wide[wide_given].index];
        put(c_category, value.category);
        put(c_detail, value.detail);
        chunk.integer(c_count, to, wide[wide_given].count);
    }
    chunk.integer(c_period_months, to, row_months);
    if (where.longitude) {
        chunk.real(c_longitude, to, *where.longitude);
        chunk.real(c_latitude, to, *where.latitude);
    }
    put(c_location, get(location));
    put(c_lsoa_named, where.lsoa);
    put(c_ward_named, where.ward);
    put(c_district_named, where.district);
    placer.write(chunk, to, where, *placement);
    put(c_reference, get(reference));
    put(c_outcome, get(outcome));
    put(c_flags, get(flags));
    chunk.stable_text(c_owner, to, table.owner);
    chunk.integer(c_line, to, static_cast<std::int64_t>(row.line));
    for (std::size_t i = 0; i < extra_places.size(); ++i) {
        put(canonical_count + i, at(extra_places[i]));
    }
}

} // namespace wardmote::lake
