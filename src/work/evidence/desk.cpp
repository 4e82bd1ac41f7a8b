#include "work/evidence/desk.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::evidence {

namespace {

/// The measure in the words of the source that serves it.
Measure in_words_of(Measure measure, const Source &source) {
    const auto say = [](std::string &word, const std::string &instead) {
        if (!instead.empty()) {
            word = instead;
        }
    };
    say(measure.title, source.title);
    say(measure.short_title, source.short_title);
    say(measure.in_sentence, source.in_sentence);
    say(measure.one, source.one);
    say(measure.many, source.many);
    say(measure.definition, source.definition);
    if (!source.note.empty()) {
        measure.definition += " " + source.note;
    }
    return measure;
}

} // namespace

Desk::Desk(std::string home, const core::Clock &clock)
    : m_home{std::move(home)}
    , m_clock{clock}
    , m_settings{Settings::read(m_home + "/wardmote.toml")}
    , m_measures{read_measures({catalogue_folder() + "/measures", m_home + "/catalogue/measures"})}
    , m_titles{read_source_titles({catalogue_folder() + "/sources", m_home + "/catalogue/sources"})}
    , m_reader{lake::make_reader(m_home + "/evidence")}
    , m_store{std::make_unique<SeriesStore>(*m_reader)} {}

Desk::Desk(Settings settings, std::vector<Measure> measures, std::unique_ptr<lake::Reader> reader,
           const core::Clock &clock)
    : m_clock{clock}
    , m_settings{std::move(settings)}
    , m_measures{std::move(measures)}
    , m_reader{std::move(reader)}
    , m_store{std::make_unique<SeriesStore>(*m_reader)} {}

const Measure *Desk::measure(std::string_view key) const {
    const auto found = std::find_if(m_measures.begin(), m_measures.end(),
                                    [&](const Measure &one) { return one.key == key; });
    return found == m_measures.end() ? nullptr : &*found;
}

std::string Desk::dataset_title(const std::string &dataset) const {
    if (const auto found = m_titles.find(dataset); found != m_titles.end()) {
        return found->second;
    }
    auto words = dataset;
    std::replace(words.begin(), words.end(), '-', ' ');
    return core::capitalised(words);
}

core::Date Desk::today() const {
    return m_settings.as_at ? *m_settings.as_at : m_clock.now().london_date();
}

template <typename Value, typename Make>
Value Desk::kept(std::map<std::string, Value> &store, const std::string &key, Make make) const {
    {
        auto now = m_reader->generation();
        const std::scoped_lock lock{m_mutex};
        if (now != m_generation || m_analyses.size() + m_parts.size() + m_areas.size() > 6000 ||
            m_drawn.size() > 1000) {
            m_generation = std::move(now);
            m_analyses.clear();
            m_parts.clear();
            m_areas.clear();
            m_drawn.clear();
        }
        if (const auto found = store.find(key); found != store.end()) {
            return found->second;
        }
    }
    Value value = make();
    const std::scoped_lock lock{m_mutex};
    return store.emplace(key, std::move(value)).first->second;
}

std::shared_ptr<const std::vector<lake::Area>> Desk::areas(lake::Level level) const {
    return kept(m_areas, std::string{lake::column_of(level)}, [&] {
        auto list = m_reader->areas(level, m_settings.area);
        if (m_settings.area.empty()) {
            const auto seen = areas_with_rows(level);
            std::erase_if(list, [&](const lake::Area &one) { return !seen.contains(one.code); });
        }
        return std::make_shared<const std::vector<lake::Area>>(std::move(list));
    });
}

/// Where nobody has said what the place is, its parts are those that have something to count.
std::set<std::string> Desk::areas_with_rows(lake::Level level) const {
    std::set<std::string> datasets;
    std::set<std::string> seen;
    for (const auto &measure : m_measures) {
        for (const auto &source : measure.sources) {
            Source all;
            all.dataset = source.dataset;
            if (source.whole_place || !datasets.insert(source.dataset).second) {
                continue;
            }
            const auto known = core::Instant::end_of(today());
            if (const auto counts = m_store->counts(all, {level, "", ""}, known)) {
                seen.insert(counts->table.areas.begin(), counts->table.areas.end());
            }
        }
    }
    return seen;
}

lake::Level Desk::part_level() const {
    const bool wide = m_settings.area.empty() || m_settings.level == lake::Level::partnership;
    return wide && !areas(lake::Level::district)->empty() ? lake::Level::district
                                                          : lake::Level::ward;
}

std::string Desk::part_noun() const {
    return part_level() == lake::Level::ward ? "ward" : "district";
}

std::optional<Standpoint> Desk::standpoint(const Asking &asking) const {
    const auto as_at = asking.as_at ? *asking.as_at : today();
    // Pinned to a day, the workspace knows what it knew that day; else what it knows today.
    const auto known = asking.as_known_on ? *asking.as_known_on : core::Instant::end_of(today());
    Standpoint at{as_at,
                  known,
                  {m_settings.area, m_settings.place, m_settings.level, {}, {}, {}, {}},
                  true,
                  asking.last};
    if (asking.area.empty() || asking.area == m_settings.area) {
        return at;
    }
    for (const auto level : {lake::Level::ward, lake::Level::district}) {
        for (const auto &area : *areas(level)) {
            if (area.code == asking.area) {
                at.area = area;
                at.whole = false;
                return at;
            }
        }
    }
    return {};
}

Scope Desk::scope_of(lake::Level level) const {
    if (m_settings.area.empty()) {
        return {level, "", ""};
    }
    return {level, std::string{lake::column_of(m_settings.level)}, m_settings.area};
}

Scope Desk::scope_of(const Standpoint &at) const {
    if (at.whole) {
        return scope_of(m_settings.area.empty() ? lake::Level::partnership : m_settings.level);
    }
    return scope_of(at.area.level);
}

std::optional<Served> Desk::serve(const Measure &measure, const Standpoint &at) const {
    const bool small = !at.whole && at.area.level != lake::Level::district;
    for (const auto &source : measure.sources) {
        if ((source.whole_place && !at.whole) || (measure.district_only && small)) {
            continue;
        }
        if (auto counts = m_store->counts(source, scope_of(at), at.as_known_on)) {
            return Served{in_words_of(measure, source), &source, std::move(counts)};
        }
    }
    return {};
}

std::shared_ptr<const Analysis> Desk::analyse(const Measure &measure, const Standpoint &at,
                                              Basis basis) const {
    const auto key =
        fmt::format("{}|{}|{}|{}|{}|{}{}", measure.key, at.area.code, at.whole ? "whole" : "part",
                    at.as_at.iso(), at.last ? at.last->iso() : "", static_cast<int>(basis.span),
                    static_cast<int>(basis.against)) +
        at.as_known_on.iso();
    return kept(m_analyses, key, [&]() -> std::shared_ptr<const Analysis> {
        auto served = serve(measure, at);
        if (!served) {
            return nullptr;
        }
        return work_out(std::move(*served), at, basis);
    });
}

std::shared_ptr<const Parts> Desk::parts(const Measure &measure, const Standpoint &at) const {
    const auto level = part_level();
    const auto key =
        fmt::format("{}|{}|{}|{}|{}", measure.key, lake::column_of(level), at.as_at.iso(),
                    at.last ? at.last->iso() : "", at.as_known_on.iso());
    return kept(m_parts, key, [&]() -> std::shared_ptr<const Parts> {
        auto whole = at;
        whole.whole = true;
        const auto analysis = analyse(measure, whole);
        const bool hidden = measure.district_only && level != lake::Level::district;
        if (!analysis || analysis->served.source->whole_place || hidden) {
            return nullptr;
        }
        const auto counts =
            m_store->counts(*analysis->served.source, scope_of(level), at.as_known_on);
        const auto list = areas(level);
        if (!counts || list->empty()) {
            return nullptr;
        }
        Parts found{.parts = {}, .now = analysis->pair.now, .before = analysis->pair.before};
        // One factor for all parts: of one part's few months it is too rough to go by.
        std::vector<double> factors;
        for (const auto &area : *list) {
            const auto series = counts->series(area.code, breaks_of(measure));
            if (const auto factor = stats::estimate_dispersion(series, analysis->last)) {
                factors.push_back(*factor);
            }
        }
        std::sort(factors.begin(), factors.end());
        stats::ChangeOptions options;
        options.dispersion = factors.empty() ? 1.0 : factors[factors.size() / 2];
        double placed = 0;
        for (const auto &area : *list) {
            const auto series = stats::slice(counts->series(area.code, breaks_of(measure)),
                                             {counts->table.period.first(), analysis->last});
            PartChange part{area,
                            stats::compare_periods(series, found.now, found.before,
                                                   stats::MissingRule::leave_out_of_both),
                            {},
                            {},
                            {}};
            part.change = stats::compare_counts(part.pair, options);
            for (const auto month : found.now.each()) {
                part.this_year.push_back(series.at(month));
                part.last_year.push_back(series.at(month - 12));
            }
            placed += part.pair.now_sum;
            found.rising += part.pair.now_sum > part.pair.before_sum ? 1U : 0U;
            found.falling += part.pair.now_sum < part.pair.before_sum ? 1U : 0U;
            found.clear_rises += part.change.verdict == stats::Verdict::rise ? 1U : 0U;
            found.clear_falls += part.change.verdict == stats::Verdict::fall ? 1U : 0U;
            found.parts.push_back(std::move(part));
        }
        found.unplaced = analysis->pair.now_sum - placed;
        std::stable_sort(found.parts.begin(), found.parts.end(),
                         [](const PartChange &left, const PartChange &right) {
                             return left.change.percent.value_or(-1000) >
                                    right.change.percent.value_or(-1000);
                         });
        return std::make_shared<const Parts>(std::move(found));
    });
}

std::shared_ptr<const chart::Chart>
Desk::drawn(const std::string &key,
            const std::function<std::shared_ptr<const chart::Chart>()> &make) const {
    return kept(m_drawn, key, make);
}

std::vector<YearCount> Desk::years(const Measure &measure, const Standpoint &at) const {
    std::map<int, YearCount> years;
    for (const auto &source : measure.annual) {
        if (source.whole_place && !at.whole) {
            continue;
        }
        const auto table = m_store->annual(source, scope_of(at), at.as_known_on);
        if (!table) {
            continue;
        }
        for (std::size_t i = 0; i < table->years.size(); ++i) {
            double sum = 0;
            for (std::size_t row = 0; row < table->areas.size(); ++row) {
                if (at.whole || table->areas[row] == at.area.code) {
                    sum += static_cast<double>(table->counts[row][i]);
                }
            }
            // A year of which the file holds no row of this measure is not a year of none.
            if (table->present[i] && sum > 0) {
                const auto start = table->years[i].start_year();
                years.insert_or_assign(start, YearCount{table->years[i], sum, false});
            }
        }
        break;
    }
    if (const auto analysis = analyse(measure, at)) {
        for (const auto &total :
             stats::yearly_totals(analysis->series, stats::YearKind::financial)) {
            const core::FinancialYear year{total.year.first().year()};
            if (total.total) {
                years.insert_or_assign(year.start_year(), YearCount{year, *total.total, true});
            }
        }
    }
    std::vector<YearCount> list;
    for (const auto &[start, year] : years) {
        list.push_back(year);
    }
    return list;
}

std::vector<lake::Manifest> Desk::annual_files(const Measure &measure, const Standpoint &at) const {
    for (const auto &source : measure.annual) {
        if (const auto table = m_store->annual(source, scope_of(at), at.as_known_on)) {
            return table->files;
        }
    }
    return {};
}

} // namespace wardmote::evidence
