#include <algorithm>
#include <fmt/format.h>
#include <numeric>

#include "app/example_draws.hpp"
#include "app/example_rows.hpp"
#include "engine/core/text.hpp"

namespace wardmote::app {
namespace {

using core::Month;
using core::Period;

struct Offence {
    core::Date date;
    const MonthCounts *group = nullptr;
    std::size_t ward = 0;
    std::string flags;
};

core::Date any_day(Month month, Draws &draws) {
    const auto days = static_cast<std::uint32_t>(month.last_day().day());
    return month.first_day().plus_days(static_cast<int>(draws.below(days)));
}

class Police {
public:
    Police(const ExamplePlan &plan, std::uint64_t seed)
        : m_plan{plan}
        , m_seed{seed} {
        for (const WardPlan &ward : plan.places.wards) {
            m_pull.push_back(ward.pull);
            m_residents.push_back(ward.residents);
        }
        deal_wards({Month{2013, 4}, Month{2013, 12}}, &WardPlan::asb_before);
        deal_wards({Month{2014, 4}, Month{2014, 12}}, &WardPlan::asb_now);
    }

    std::vector<ExampleFile> files();

private:
    void deal_wards(Period period, int WardPlan::*number);
    std::vector<Offence> offences(Month month) const;
    void flag(std::vector<Offence> &offences, const FlagCounts &flag, Month month) const;
    std::vector<std::string> offence_lines(Month month) const;
    std::string faults(Month month, const std::vector<std::string> &lines) const;
    std::string asb_lines(Month month) const;
    std::string annual() const;

    const ExamplePlan &m_plan;
    std::uint64_t m_seed;
    std::vector<double> m_pull, m_residents;
    std::map<Month, std::vector<std::size_t>> m_asb_wards;
};

/// Wards that must have a given number of incidents over a period: a deck of them, shuffled, and
/// dealt out to the months.
void Police::deal_wards(Period period, int WardPlan::*number) {
    std::vector<std::size_t> deck;
    for (std::size_t ward = 0; ward < m_plan.places.wards.size(); ++ward) {
        deck.insert(deck.end(), static_cast<std::size_t>(m_plan.places.wards[ward].*number), ward);
    }
    Draws{m_seed, "asb wards " + period.iso()}.shuffle(deck);
    auto next = deck.begin();
    for (const Month month : period.each()) {
        const auto wanted =
            std::min<std::ptrdiff_t>(m_plan.police.asb.at(month), deck.end() - next);
        m_asb_wards[month].assign(next, next + wanted);
        next += wanted;
    }
}

std::vector<Offence> Police::offences(Month month) const {
    std::vector<Offence> offences;
    for (const MonthCounts &group : m_plan.police.groups) {
        Draws draws{m_seed, group.key + "/" + month.iso()};
        const auto &weights = group.key == "burglary-home" ? m_residents : m_pull;
        for (int i = 0; i < group.at(month); ++i) {
            const core::Date day = any_day(month, draws);
            offences.push_back({day, &group, draws.pick(weights), {}});
        }
    }
    for (const FlagCounts &each : m_plan.police.flags) {
        flag(offences, each, month);
    }
    std::stable_sort(offences.begin(), offences.end(),
                     [](const Offence &a, const Offence &b) { return a.date < b.date; });
    return offences;
}

void Police::flag(std::vector<Offence> &offences, const FlagCounts &flag, Month month) const {
    std::vector<std::size_t> able;
    for (std::size_t i = 0; i < offences.size(); ++i) {
        if (std::ranges::find(flag.groups, offences[i].group->group) != flag.groups.end()) {
            able.push_back(i);
        }
    }
    Draws{m_seed, flag.counts.key + "/" + month.iso()}.shuffle(able);
    const auto wanted = static_cast<std::size_t>(flag.counts.at(month));
    for (std::size_t i = 0; i < std::min(wanted, able.size()); ++i) {
        std::string &flags = offences[able[i]].flags;
        flags += (flags.empty() ? "" : " ") + flag.counts.key;
    }
}

std::vector<std::string> Police::offence_lines(Month month) const {
    std::vector<std::string> lines;
    for (const Offence &offence : offences(month)) {
        lines.push_back(fmt::format("SYNTHETIC-{}-{:04},{},{},{},{},{}\r\n", month.iso(),
                                    lines.size() + 1, offence.date.iso(), offence.group->group,
                                    core::csv_field(offence.group->offence),
                                    m_plan.places.wards[offence.ward].code, offence.flags));
    }
    return lines;
}

/// What real files have too much of: rows sent twice over, and a day that no calendar has.
std::string Police::faults(Month month, const std::vector<std::string> &lines) const {
    const Faults &plan = m_plan.police.faults;
    std::string text;
    Draws draws{m_seed, "faults/" + month.iso()};
    for (int i = 0; i < plan.repeats_of_a_row && !lines.empty(); ++i) {
        text += lines[draws.below(static_cast<std::uint32_t>(lines.size()))];
    }
    if (std::ranges::find(plan.impossible_dates, month) != plan.impossible_dates.end()) {
        text += fmt::format("SYNTHETIC-{}-9999,{}-32,Other theft,Other theft,{},\r\n", month.iso(),
                            month.iso(), m_plan.places.wards.front().code);
    }
    return text;
}

std::string Police::asb_lines(Month month) const {
    std::vector<double> usual;
    for (const WardPlan &ward : m_plan.places.wards) {
        usual.push_back(ward.asb_before);
    }
    std::vector<double> kinds;
    for (const Share &kind : m_plan.police.asb_kinds) {
        kinds.push_back(kind.share);
    }
    Draws draws{m_seed, "asb/" + month.iso()};
    const auto dealt = m_asb_wards.find(month);
    struct Incident {
        core::Date date;
        std::size_t kind, ward;
    };
    std::vector<Incident> incidents;
    for (int i = 0; i < m_plan.police.asb.at(month); ++i) {
        const core::Date day = any_day(month, draws);
        const std::size_t kind = draws.pick(kinds);
        const bool fixed =
            dealt != m_asb_wards.end() && static_cast<std::size_t>(i) < dealt->second.size();
        incidents.push_back(
            {day, kind, fixed ? dealt->second[static_cast<std::size_t>(i)] : draws.pick(usual)});
    }
    std::stable_sort(incidents.begin(), incidents.end(),
                     [](const Incident &a, const Incident &b) { return a.date < b.date; });
    std::string text;
    int number = 0;
    for (const Incident &incident : incidents) {
        text += fmt::format("SYNTHETIC-ASB-{}-{:04},{},{},{}\r\n", month.iso(), ++number,
                            incident.date.iso(), m_plan.police.asb_kinds[incident.kind].name,
                            m_plan.places.wards[incident.ward].code);
    }
    return text;
}

/// The years before the months begin as the plan has them, the later ones as the months add up.
std::string Police::annual() const {
    std::string text = "year,offence_group,count\r\n";
    const PolicePlan &police = m_plan.police;
    const auto first = core::FinancialYear::containing(police.first);
    for (const auto &[group, years] : police.annual) {
        for (const auto &[year, count] : years) {
            text += fmt::format("{},{},{}\r\n", year.name(), group, count);
        }
        const MonthCounts *counts = &police.all;
        for (const MonthCounts &each : police.groups) {
            counts = each.group == group ? &each : counts;
        }
        for (auto year = first; year.last_month() < Month(2013, 4); year = year + 1) {
            text += fmt::format("{},{},{}\r\n", year.name(), group, counts->sum(year.period()));
        }
    }
    return text;
}

std::vector<ExampleFile> Police::files() {
    std::vector<ExampleFile> files;
    const PolicePlan &police = m_plan.police;
    constexpr auto header = "reference,recorded,offence_group,offence,ward_code,flags\r\n";
    for (const Delivery &delivery : deliveries(police.first, police.last, 1)) {
        const bool history = delivery.period.months() > 1;
        std::string offences = header;
        std::string incidents = "reference,date,kind,ward_code\r\n";
        for (const Month month : delivery.period.each()) {
            std::vector<std::string> lines = offence_lines(month);
            if (police.faults.second_issue == month) {
                const auto late = static_cast<std::ptrdiff_t>(police.faults.second_issue_late_rows);
                files.push_back(
                    {example_file_name("police-recorded", delivery.period, ".second-issue"),
                     delivery.received.plus_days(6),
                     std::accumulate(lines.begin(), lines.end(), std::string{header})});
                lines.erase(lines.end() - late, lines.end());
            }
            offences = std::accumulate(lines.begin(), lines.end(), std::move(offences));
            offences += history ? "" : faults(month, lines);
            incidents += asb_lines(month);
        }
        files.push_back({example_file_name("police-recorded", delivery.period), delivery.received,
                         std::move(offences)});
        files.push_back({example_file_name("asb-incidents", delivery.period), delivery.received,
                         std::move(incidents)});
    }
    files.push_back({"police-recorded-annual-synthetic-example.csv",
                     deliveries(police.first, police.last, 1).front().received, annual()});
    return files;
}

} // namespace

std::vector<ExampleFile> police_files(const ExamplePlan &plan, std::uint64_t seed) {
    return Police{plan, seed}.files();
}

} // namespace wardmote::app
