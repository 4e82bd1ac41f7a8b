#include "engine/stats/linkage.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <unordered_map>

#include "engine/stats/union_find.hpp"

namespace wardmote::stats {

namespace {

/// log2(u / frequency) for exact agreement on a value of this frequency, where the comparison asks
/// for it: m / u becomes m / frequency.
double rarity_of(const LinkageTable &table, const Comparison &comparison,
                 const std::vector<LevelEstimate> &levels, int level, std::uint32_t record) {
    if (!comparison.term_frequency || level < 1 ||
        comparison.levels[static_cast<std::size_t>(level) - 1].kind != LevelKind::exact)
        return 0;
    const std::uint32_t value = table.value(record, comparison.column);
    return std::log2(levels[static_cast<std::size_t>(level)].u /
                     table.column(comparison.column).frequency(value));
}

struct Run {
    std::vector<std::uint32_t> patterns; ///< of its pairs, in their order
    std::vector<PatternCount> counts;
};

Run compare_run(const Blocking &blocking, const Comparer &comparer, const PairRun &run) {
    Run compared;
    std::unordered_map<std::uint64_t, std::uint64_t> counts;
    blocking.each(run, [&](std::uint32_t a, std::uint32_t b, std::uint32_t rules) {
        const std::uint32_t pattern = comparer.pattern(a, b);
        compared.patterns.push_back(pattern);
        ++counts[std::uint64_t{pattern} << 16 | rules];
    });
    for (const auto &[key, pairs] : counts)
        compared.counts.push_back({static_cast<std::uint32_t>(key >> 16),
                                   static_cast<std::uint32_t>(key & 0xffff), pairs});
    return compared;
}

std::vector<PatternCount> together(const std::vector<Run> &runs) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> all;
    for (const Run &run : runs) {
        for (const PatternCount &count : run.counts)
            all[{count.pattern, count.rules}] += count.pairs;
    }
    std::vector<PatternCount> counts;
    for (const auto &[key, pairs] : all)
        counts.push_back({key.first, key.second, pairs});
    return counts;
}

/// What a pattern weighs before the rarity of values, and how much that could add at most.
class PatternWeights {
public:
    PatternWeights(const LinkageTable &table, const Comparer &comparer, const LinkageModel &model,
                   std::span<const PatternCount> counts)
        : m_table{table}
        , m_comparer{comparer}
        , m_model{model} {
        const double prior = std::log2(model.prior / (1 - model.prior));
        for (const PatternCount &count : counts)
            m_weights[count.pattern] = prior + pattern_weight(model, comparer, count.pattern);
        for (std::size_t c = 0; c < comparer.size(); ++c) {
            if (comparer.at(c).term_frequency) {
                const auto present = table.column(comparer.at(c).column).present;
                const double rarest = 1 / static_cast<double>(std::max<std::size_t>(present, 1));
                m_most += std::max(0.0, std::log2(model.levels[c][1].u / rarest));
            }
        }
    }

    /// The pair's weight; nothing when it cannot reach `least`.
    std::optional<double> of(std::uint32_t pattern, std::uint32_t a, double least) const {
        double weight = m_weights.at(pattern);
        if (weight + m_most < least)
            return {};
        for (std::size_t c = 0; c < m_comparer.size(); ++c)
            weight += rarity_of(m_table, m_comparer.at(c), m_model.levels[c],
                                m_comparer.level_in(pattern, c), a);
        if (weight < least)
            return {};
        return weight;
    }

private:
    const LinkageTable &m_table;
    const Comparer &m_comparer;
    const LinkageModel &m_model;
    std::unordered_map<std::uint32_t, double> m_weights;
    double m_most = 0;
};

/// The first nine tenths of the progress; the watch may say nothing of it.
Watch part_of(const Watch &watch, double from, double to) {
    Watch part = watch;
    if (watch.progress)
        part.progress = [&watch, from, to](double done) {
            watch.progress(from + done * (to - from));
        };
    return part;
}

} // namespace

Linkage link_records(const LinkageTable &table, const LinkageSettings &settings,
                     const Watch &watch) {
    const Comparer comparer{table, settings.comparisons};
    const Blocking blocking{table, settings.rules};
    const LevelShares shares =
        level_shares(table, comparer, settings.random_pairs, settings.seed, part_of(watch, 0, 0.1));

    std::vector<Run> runs(blocking.runs().size());
    for_each_part(runs.size(), part_of(watch, 0.1, 0.9), [&](std::size_t i) {
        runs[i] = compare_run(blocking, comparer, blocking.runs()[i]);
    });
    const auto counts = together(runs);
    const auto n = static_cast<double>(table.size());
    Linkage found;
    found.model = learn(shares, comparer, counts, settings.rules, n * (n - 1) / 2);
    for (const PatternCount &count : counts)
        found.compared += count.pairs;

    const PatternWeights weights{table, comparer, found.model, counts};
    const double least = std::log2(settings.threshold / (1 - settings.threshold));
    std::vector<std::vector<Link>> links(runs.size());
    for_each_part(runs.size(), part_of(watch, 0.9, 1), [&](std::size_t i) {
        std::size_t next = 0;
        blocking.each(blocking.runs()[i], [&](std::uint32_t a, std::uint32_t b, std::uint32_t) {
            if (const auto weight = weights.of(runs[i].patterns[next++], a, least))
                links[i].push_back(
                    {std::min(a, b), std::max(a, b), *weight, probability_of(*weight)});
        });
    });
    UnionFind sets{table.size()};
    for (const auto &some : links) {
        found.links.insert(found.links.end(), some.begin(), some.end());
        for (const Link &link : some)
            sets.join(link.a, link.b);
    }
    std::ranges::sort(found.links, {}, [](const Link &link) { return std::pair{link.a, link.b}; });
    for (std::uint32_t record = 0; record < table.size(); ++record)
        found.cluster.push_back(sets.root(record));
    return found;
}

std::vector<WaterfallStep> explain(const LinkageTable &table, const LinkageSettings &settings,
                                   const LinkageModel &model, std::uint32_t a, std::uint32_t b) {
    const Comparer comparer{table, settings.comparisons};
    const double prior = std::log2(model.prior / (1 - model.prior));
    std::vector<WaterfallStep> steps{{"before anything is compared", "", prior, 0, prior}};
    for (std::size_t c = 0; c < comparer.size(); ++c) {
        const Comparison &comparison = comparer.at(c);
        const int level = comparer.level(c, a, b);
        WaterfallStep step{table.column(comparison.column).name, "missing", 0, 0, 0};
        if (level != value_missing) {
            const auto at = static_cast<std::size_t>(level);
            step.level = level == 0 ? "different" : in_words(comparison.levels[at - 1]);
            step.weight = model.levels[c][at].weight();
            step.rarity = rarity_of(table, comparison, model.levels[c], level, a);
        }
        step.total = steps.back().total + step.weight + step.rarity;
        steps.push_back(std::move(step));
    }
    return steps;
}

} // namespace wardmote::stats
