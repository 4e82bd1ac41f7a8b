#include "app/example_plan.hpp"

#include <fmt/format.h>
#include <stdexcept>
#include <toml++/toml.h>

#include "app/example_draws.hpp"

namespace wardmote::app {
namespace {

using core::FinancialYear;
using core::Month;

/// One file of the plan; its errors name it.
class PlanFile {
public:
    PlanFile(std::string path, std::uint64_t seed)
        : m_path{std::move(path)}
        , m_seed{seed} {
        try {
            m_root = toml::parse_file(m_path);
        } catch (const toml::parse_error &error) {
            throw std::runtime_error{fmt::format("{}, line {}: {}.", m_path,
                                                 error.source().begin.line, error.description())};
        }
    }

    const toml::table &root() const { return m_root; }

    [[noreturn]] void fail(const toml::node &node, const std::string &reason) const {
        throw std::runtime_error{
            fmt::format("{}, line {}: {}.", m_path, node.source().begin.line, reason)};
    }

    template <typename T>
    T need(const toml::table &table, std::string_view name) const {
        if (const auto value = table[name].value<T>()) {
            return *value;
        }
        fail(table, fmt::format("'{}' is missing, or not of the right kind", name));
    }
    std::string words(const toml::table &table, std::string_view name) const {
        return table[name].value_or(std::string{});
    }
    const toml::table &table(std::string_view name) const {
        if (const auto *found = m_root[name].as_table()) {
            return *found;
        }
        fail(m_root, fmt::format("the table [{}] is missing", name));
    }
    std::vector<const toml::table *> tables(std::string_view name) const {
        std::vector<const toml::table *> found;
        if (const auto *list = m_root[name].as_array()) {
            for (const toml::node &node : *list) {
                found.push_back(node.as_table());
            }
        }
        if (found.empty()) {
            fail(m_root, fmt::format("the tables [[{}]] are missing", name));
        }
        return found;
    }

    MonthCounts counts(const toml::table &table) const;
    std::vector<Share> shares(std::string_view list, std::string_view name,
                              std::string_view share) const {
        std::vector<Share> shares;
        for (const toml::table *each : tables(list)) {
            shares.push_back({need<std::string>(*each, name), need<double>(*each, share),
                              words(*each, "offence")});
        }
        return shares;
    }
    FinancialYear year(const toml::node &node, std::string_view name) const {
        if (const auto read = FinancialYear::parse(name)) {
            return *read;
        }
        fail(node, fmt::format("'{}' is not a financial year such as 2014-15", name));
    }
    Month month(const toml::node &node, const std::string &name) const {
        if (const auto read = Month::parse(name)) {
            return *read;
        }
        fail(node, fmt::format("'{}' is not a month such as 2014-12", name));
    }

private:
    void fill_by_month(MonthCounts &counts, const toml::array &numbers, FinancialYear year) const;
    void fill_by_pattern(MonthCounts &counts, const toml::array &numbers, FinancialYear year,
                         const std::map<Month, int> &pattern) const;

    std::string m_path;
    std::uint64_t m_seed;
    toml::table m_root;
};

void PlanFile::fill_by_month(MonthCounts &counts, const toml::array &numbers,
                             FinancialYear year) const {
    Month month = year.first_month();
    for (const toml::node &number : numbers) {
        counts.counts[month] = static_cast<int>(number.value_or(std::int64_t{0}));
        ++month;
    }
}

void PlanFile::fill_by_pattern(MonthCounts &counts, const toml::array &numbers, FinancialYear year,
                               const std::map<Month, int> &pattern) const {
    const auto whole = static_cast<int>(numbers[0].value_or(std::int64_t{0}));
    const auto nine = static_cast<int>(numbers[1].value_or(std::int64_t{0}));
    if (nine > whole) {
        fail(numbers, "April to December is more than the whole year");
    }
    Draws draws{m_seed, counts.key + "/" + counts.group + "/" + year.name()};
    std::vector<double> weights;
    for (const auto &[month, count] : pattern) {
        weights.push_back((count + 0.5) * (0.95 + 0.1 * draws.fraction()));
    }
    const std::vector<int> early = share_out(nine, std::span{weights}.first(9));
    const std::vector<int> late = share_out(whole - nine, std::span{weights}.subspan(9));
    for (int i = 0; i < 12; ++i) {
        const auto at = static_cast<std::size_t>(i);
        counts.counts[year.first_month() + i] = i < 9 ? early[at] : late[at - 9];
    }
}

MonthCounts PlanFile::counts(const toml::table &table) const {
    MonthCounts result;
    result.key = table["key"].value_or(words(table, "flag"));
    result.group = table["group"].value_or(words(table, "team"));
    result.offence = words(table, "offence");
    std::vector<std::pair<FinancialYear, const toml::array *>> totals;
    std::map<Month, int> pattern;
    for (const auto &[name, node] : table) {
        const toml::array *numbers = node.as_array();
        if (numbers == nullptr || !FinancialYear::parse(name.str())) {
            continue; // a word about the series, not a year of it
        }
        const FinancialYear fy = year(node, name.str());
        if (numbers->size() == 2) {
            totals.emplace_back(fy, numbers);
            continue;
        }
        if (numbers->size() > 12) {
            fail(node, "a year has no more than twelve months");
        }
        fill_by_month(result, *numbers, fy);
        if (numbers->size() == 12) {
            pattern = result.counts;
            std::erase_if(pattern,
                          [fy](const auto &entry) { return !fy.period().contains(entry.first); });
        }
    }
    if (pattern.empty()) {
        fail(table, "no year has all its twelve months");
    }
    for (const auto &[fy, numbers] : totals) {
        fill_by_pattern(result, *numbers, fy, pattern);
    }
    return result;
}

/// The other groups share, month by month, what the groups with numbers of their own leave.
void share_the_rest(PolicePlan &plan, const std::vector<Share> &others, std::uint64_t seed) {
    const std::size_t named = plan.groups.size();
    for (const Share &other : others) {
        plan.groups.push_back({other.name, other.name, other.offence, {}});
    }
    for (Month month = plan.first; month <= plan.last; ++month) {
        int left = plan.all.at(month);
        for (std::size_t i = 0; i < named; ++i) {
            left -= plan.groups[i].at(month);
        }
        Draws draws{seed, "others/" + month.iso()};
        std::vector<double> weights;
        for (const Share &other : others) {
            weights.push_back(other.share * (0.9 + 0.2 * draws.fraction()));
        }
        const std::vector<int> parts = share_out(left, weights);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            plan.groups[named + i].counts[month] = parts[i];
        }
    }
}

PolicePlan read_police(const std::string &folder, std::uint64_t seed) {
    const PlanFile file{folder + "/police.toml", seed};
    const toml::table &root = file.root();
    PolicePlan plan;
    plan.first = file.year(root, file.need<std::string>(root, "history_from")).first_month();
    plan.last = file.month(root, file.need<std::string>(root, "last_month"));
    for (const toml::table *each : file.tables("recorded")) {
        MonthCounts counts = file.counts(*each);
        if (counts.key == "all-crime") {
            plan.all = std::move(counts);
        } else {
            plan.groups.push_back(std::move(counts));
        }
    }
    share_the_rest(plan, file.shares("other", "group", "share"), seed);
    for (const toml::table *each : file.tables("flag")) {
        FlagCounts flag{file.counts(*each), {}};
        for (const toml::node &group : *each->get_as<toml::array>("groups")) {
            flag.groups.push_back(group.value_or(std::string{}));
        }
        plan.flags.push_back(std::move(flag));
    }
    plan.asb = file.counts(*file.tables("asb").front());
    plan.asb_kinds = file.shares("asb_kind", "kind", "share");
    for (const auto &[group, node] : file.table("annual")) {
        auto &years = plan.annual
                          .emplace_back(std::string{group.str()},
                                        std::vector<std::pair<FinancialYear, int>>{})
                          .second;
        for (const auto &[name, count] : *node.as_table()) {
            years.emplace_back(file.year(count, name.str()), count.value_or(0));
        }
    }
    const toml::table &faults = file.table("faults");
    plan.faults.repeats_of_a_row = file.need<int>(faults, "repeats_of_a_row");
    for (const toml::node &month : *faults.get_as<toml::array>("impossible_dates")) {
        plan.faults.impossible_dates.push_back(file.month(month, month.value_or(std::string{})));
    }
    plan.faults.second_issue = file.month(faults, file.need<std::string>(faults, "second_issue"));
    plan.faults.second_issue_late_rows = file.need<int>(faults, "second_issue_late_rows");
    return plan;
}

CouncilPlan read_council(const std::string &folder, std::uint64_t seed) {
    const PlanFile file{folder + "/council.toml", seed};
    const toml::table &root = file.root();
    CouncilPlan plan;
    plan.first = file.year(root, file.need<std::string>(root, "history_from")).first_month();
    plan.last = file.month(root, file.need<std::string>(root, "last_month"));
    plan.contacts = file.counts(file.table("contacts"));
    plan.contacts_about = file.shares("contacts_about", "category", "number");
    plan.enforcement = file.counts(file.table("enforcement"));
    plan.enforcement_others = file.counts(file.table("enforcement_others"));
    plan.enforcement_kinds = file.shares("enforcement_kind", "kind", "share");
    plan.nuisance = file.counts(file.table("nuisance"));
    plan.nuisance_kinds = file.shares("nuisance_kind", "kind", "share");

    const toml::table &weekend = file.table("weekend_operation");
    plan.weekend_year = file.need<int>(weekend, "year");
    plan.weekend_starts = file.need<std::string>(weekend, "starts");
    plan.weekend_ends = file.need<std::string>(weekend, "ends");
    plan.weekend_officers = file.need<int>(weekend, "officers");
    plan.weekend_events = file.shares("weekend_event", "kind", "usual");

    const toml::table &programme = file.table("making_changes");
    plan.programme_weeks = file.need<int>(programme, "weeks");
    plan.completes_percent = file.need<double>(programme, "completes_percent");
    plan.one_to_one_percent = file.need<double>(programme, "one_to_one_percent");
    for (const toml::table *site : file.tables("making_changes_site")) {
        const auto opened = file.need<toml::date>(*site, "opened");
        plan.sites.push_back({file.need<std::string>(*site, "site"),
                              core::Date{opened.year, opened.month, opened.day},
                              file.need<double>(*site, "usual")});
    }
    return plan;
}

PlacesPlan read_places(const std::string &folder) {
    const PlanFile file{folder + "/wards.toml", 0};
    PlacesPlan plan;
    plan.district = file.need<std::string>(file.root(), "district");
    plan.district_name = file.need<std::string>(file.root(), "district_name");
    for (const toml::node &node : *file.root().get_as<toml::array>("outline")) {
        const toml::array &point = *node.as_array();
        plan.outline.push_back({point[0].value_or(0.0), point[1].value_or(0.0)});
    }
    for (const toml::table *ward : file.tables("ward")) {
        plan.wards.push_back(
            {file.need<std::string>(*ward, "code"),
             file.need<std::string>(*ward, "name"),
             {file.need<double>(*ward, "longitude"), file.need<double>(*ward, "latitude")},
             file.need<int>(*ward, "residents"),
             file.need<int>(*ward, "households"),
             file.need<double>(*ward, "pull"),
             file.need<int>(*ward, "asb_2013"),
             file.need<int>(*ward, "asb_2014")});
    }
    return plan;
}

} // namespace

int MonthCounts::at(core::Month month) const {
    const auto found = counts.find(month);
    return found == counts.end() ? 0 : found->second;
}

int MonthCounts::sum(core::Period period) const {
    int total = 0;
    for (const core::Month month : period.each()) {
        total += at(month);
    }
    return total;
}

ExamplePlan read_plan(const std::string &folder, std::uint64_t seed) {
    return {read_police(folder, seed), read_council(folder, seed), read_places(folder)};
}

} // namespace wardmote::app
