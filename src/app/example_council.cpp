#include <algorithm>
#include <fmt/format.h>

#include "app/example_draws.hpp"
#include "app/example_rows.hpp"
#include "engine/core/text.hpp"

namespace wardmote::app {
namespace {

using core::Month;
using core::Period;

/// One row of the council's: when, what kind, where.
struct Entry {
    core::Date date;
    std::size_t kind = 0;
    std::size_t ward = 0;
    const std::string *team = nullptr;
};

void sort_by_date(std::vector<Entry> &entries) {
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry &a, const Entry &b) { return a.date < b.date; });
}

class Council {
public:
    Council(const ExamplePlan &plan, std::uint64_t seed)
        : m_plan{plan}
        , m_seed{seed} {
        for (const WardPlan &ward : plan.places.wards) {
            m_pull.push_back(ward.pull);
        }
    }

    std::vector<ExampleFile> files() const;

private:
    std::vector<Entry> entries(const MonthCounts &counts, const std::vector<Share> &kinds,
                               Month month) const;
    std::vector<Entry> contacts(Period period) const;
    std::string contacts_text(Period period) const;
    std::string enforcement_text(Period period) const;
    std::string nuisance_text(Period period) const;
    std::vector<ExampleFile> weekend_files() const;
    std::string programme_text() const;

    const std::string &ward(const Entry &entry) const {
        return m_plan.places.wards[entry.ward].code;
    }

    const ExamplePlan &m_plan;
    std::uint64_t m_seed;
    std::vector<double> m_pull;
};

std::vector<Entry> Council::entries(const MonthCounts &counts, const std::vector<Share> &kinds,
                                    Month month) const {
    std::vector<double> weights;
    for (const Share &kind : kinds) {
        weights.push_back(kind.share);
    }
    Draws draws{m_seed, counts.key + "/" + month.iso()};
    std::vector<Entry> entries;
    const auto days = static_cast<std::uint32_t>(month.last_day().day());
    for (int i = 0; i < counts.at(month); ++i) {
        const core::Date day = month.first_day().plus_days(static_cast<int>(draws.below(days)));
        const std::size_t kind = draws.pick(weights);
        entries.push_back({day, kind, draws.pick(m_pull), &counts.group});
    }
    sort_by_date(entries);
    return entries;
}

/// In April to December 2014 the categories have the plan's numbers: a deck of them, shuffled, and
/// dealt out in the order of the months.
std::vector<Entry> Council::contacts(Period period) const {
    const Period fixed{Month{2014, 4}, Month{2014, 12}};
    std::vector<std::size_t> deck;
    for (std::size_t kind = 0; kind < m_plan.council.contacts_about.size(); ++kind) {
        deck.insert(deck.end(), static_cast<std::size_t>(m_plan.council.contacts_about[kind].share),
                    kind);
    }
    Draws{m_seed, "contacts about"}.shuffle(deck);
    std::vector<Entry> all;
    for (const Month month : period.each()) {
        std::vector<Entry> of_month =
            entries(m_plan.council.contacts, m_plan.council.contacts_about, month);
        if (fixed.contains(month)) {
            int at = month == fixed.first()
                         ? 0
                         : m_plan.council.contacts.sum({fixed.first(), month - 1});
            for (Entry &entry : of_month) {
                entry.kind = deck.at(static_cast<std::size_t>(at++));
            }
        }
        all.insert(all.end(), of_month.begin(), of_month.end());
    }
    return all;
}

std::string Council::contacts_text(Period period) const {
    std::string text = "reference,date,category,ward_code\r\n";
    int number = 0;
    for (const Entry &entry : contacts(period)) {
        text += fmt::format("SYNTHETIC-M-{}-{:04},{},{},{}\r\n", Month{entry.date}.iso(), ++number,
                            entry.date.iso(), m_plan.council.contacts_about[entry.kind].name,
                            ward(entry));
    }
    return text;
}

std::string Council::enforcement_text(Period period) const {
    const CouncilPlan &council = m_plan.council;
    std::vector<Entry> all;
    for (const Month month : period.each()) {
        for (const MonthCounts *counts : {&council.enforcement, &council.enforcement_others}) {
            const auto of_month = entries(*counts, council.enforcement_kinds, month);
            all.insert(all.end(), of_month.begin(), of_month.end());
        }
    }
    sort_by_date(all);
    std::string text = "reference,date,action,team,ward_code\r\n";
    int number = 0;
    for (const Entry &entry : all) {
        text += fmt::format("SYNTHETIC-E-{}-{:04},{},{},{},{}\r\n", period.first().iso(), ++number,
                            entry.date.iso(), council.enforcement_kinds[entry.kind].name,
                            *entry.team, ward(entry));
    }
    return text;
}

std::string Council::nuisance_text(Period period) const {
    const CouncilPlan &council = m_plan.council;
    std::string text = "reference,opened,kind,ward_code\r\n";
    int number = 0;
    for (const Month month : period.each()) {
        for (const Entry &entry : entries(council.nuisance, council.nuisance_kinds, month)) {
            text +=
                fmt::format("SYNTHETIC-N-{}-{:04},{},{},{}\r\n", period.first().iso(), ++number,
                            entry.date.iso(), council.nuisance_kinds[entry.kind].name, ward(entry));
        }
    }
    return text;
}

/// A file a quarter, with a row for every shift and one for each kind of event it dealt with.
std::vector<ExampleFile> Council::weekend_files() const {
    constexpr unsigned friday = 5;
    constexpr unsigned saturday = 6;
    const CouncilPlan &council = m_plan.council;
    std::vector<ExampleFile> files;
    const core::CalendarYear year{council.weekend_year};
    for (Month first = year.first_month(); first <= year.last_month(); first = first + 3) {
        const Period quarter{first, first + 2};
        std::string text = "shift,starts,ends,officers,event,count\r\n";
        for (core::Date day = first.first_day(); day <= quarter.last().last_day();
             day = day.plus_days(1)) {
            if (day.weekday() != friday && day.weekday() != saturday) {
                continue;
            }
            const std::string start = fmt::format("{},{},{},{}", day.iso(), council.weekend_starts,
                                                  council.weekend_ends, council.weekend_officers);
            text += start + ",Shift,1\r\n";
            Draws draws{m_seed, "weekend/" + day.iso()};
            for (const Share &event : council.weekend_events) {
                if (const int count = draws.count(event.share); count > 0) {
                    text += fmt::format("{},{},{}\r\n", start, event.name, count);
                }
            }
        }
        files.push_back({example_file_name("weekend-operation", quarter),
                         deliveries(quarter.last(), quarter.last(), 1).front().received,
                         std::move(text)});
    }
    return files;
}

/// Every referral since each site opened, with its outcome as at the end of the evidence.
std::string Council::programme_text() const {
    const CouncilPlan &council = m_plan.council;
    const core::Date end = council.last.last_day();
    std::vector<std::pair<core::Date, std::string>> rows;
    for (const CouncilPlan::Site &site : council.sites) {
        for (Month month{site.opened}; month <= council.last; ++month) {
            Draws draws{m_seed, "programme/" + site.name + "/" + month.iso()};
            const int referrals = draws.count(site.usual);
            for (int i = 0; i < referrals; ++i) {
                const auto days = static_cast<std::uint32_t>(month.last_day().day());
                const core::Date referred = std::max(
                    site.opened, month.first_day().plus_days(static_cast<int>(draws.below(days))));
                const double fate = draws.fraction() * 100;
                const core::Date finishes = referred.plus_days(
                    14 + static_cast<int>(draws.below(42)) + council.programme_weeks * 7);
                std::string outcome = ",";
                if (fate < council.completes_percent) {
                    outcome = finishes <= end ? "completed," + finishes.iso() : ",";
                } else if (fate < council.completes_percent + council.one_to_one_percent) {
                    outcome = "one-to-one work,";
                } else if (referred.plus_days(90) <= end) {
                    outcome = "left,";
                }
                rows.emplace_back(referred, fmt::format("{},{}", site.name, outcome));
            }
        }
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    std::string text = "reference,referred,site,outcome,completed\r\n";
    int number = 0;
    for (const auto &[referred, rest] : rows) {
        text += fmt::format("SYNTHETIC-P-{:04},{},{}\r\n", ++number, referred.iso(), rest);
    }
    return text;
}

std::vector<ExampleFile> Council::files() const {
    const CouncilPlan &council = m_plan.council;
    std::vector<ExampleFile> files;
    for (const Delivery &each : deliveries(council.first, council.last, 1)) {
        files.push_back({example_file_name("contacts", each.period), each.received,
                         contacts_text(each.period)});
    }
    for (const Delivery &each : deliveries(council.first, council.last, 3)) {
        files.push_back({example_file_name("enforcement", each.period), each.received,
                         enforcement_text(each.period)});
        files.push_back({example_file_name("nuisance-cases", each.period), each.received,
                         nuisance_text(each.period)});
    }
    for (ExampleFile &file : weekend_files()) {
        files.push_back(std::move(file));
    }
    const Period programme{Month{council.sites.front().opened}, council.last};
    files.push_back({example_file_name("making-changes", programme),
                     deliveries(council.last, council.last, 1).front().received, programme_text()});
    return files;
}

} // namespace

std::vector<Delivery> deliveries(core::Month first, core::Month last, int months_each) {
    const Month sharing_began{2013, 4};
    constexpr unsigned saturday = 6;
    std::vector<Delivery> all;
    const core::Date history_came{2013, 4, 15};
    while (first < sharing_began && first <= last) {
        const auto year = core::FinancialYear::containing(first);
        all.push_back({{first, std::min(year.last_month(), last)}, history_came});
        first = year.last_month() + 1;
    }
    for (; first <= last; first = first + months_each) {
        const Period period{first, std::min(first + (months_each - 1), last)};
        core::Date received = period.last().last_day().plus_days(28);
        while (received.weekday() == 0 || received.weekday() == saturday) {
            received = received.plus_days(1);
        }
        all.push_back({period, received});
    }
    return all;
}

std::string example_file_name(const std::string &dataset, core::Period period,
                              const std::string &after) {
    const std::string months = period.months() == 1
                                   ? period.first().iso()
                                   : period.first().iso() + "-to-" + period.last().iso();
    return fmt::format("{}-synthetic-example-{}{}.csv", dataset, months, after);
}

std::vector<ExampleFile> council_files(const ExamplePlan &plan, std::uint64_t seed) {
    return Council{plan, seed}.files();
}

} // namespace wardmote::app
