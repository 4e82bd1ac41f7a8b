#include "engine/stats/linkage_model.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/stats/random.hpp"

namespace wardmote::stats {

namespace {

constexpr int most_rounds = 500;
constexpr double settled = 1e-7;
constexpr int rounds_of_all = 4;

/// Half a pair is added to each level, so that one never seen does not become impossible.
constexpr double half_a_pair = 0.5;

/// Of two different records, that both have the same value.
double chance_agreement(const LinkageColumn &column) {
    double same = 0;
    for (const double count : column.counts)
        same += count * (count - 1);
    const auto n = static_cast<double>(column.present);
    return n > 1 ? same / (n * (n - 1)) : 0;
}

void assume_m(LinkageModel &model) {
    for (auto &levels : model.levels) {
        for (std::size_t l = 0; l < levels.size(); ++l)
            levels[l].m = l == 1 ? 0.95 : 0.05 / static_cast<double>(levels.size() - 1);
    }
}

/// Patterns of the comparisons that a rule leaves free, as rows of levels.
struct Session {
    std::vector<std::size_t> comparisons;
    std::vector<std::vector<int>> patterns;
    std::vector<double> pairs;
};

Session session_of(std::size_t rule, const BlockingRule &keys, const Comparer &comparer,
                   std::span<const PatternCount> counts) {
    Session session;
    for (std::size_t c = 0; c < comparer.size(); ++c) {
        const bool fixed = std::ranges::any_of(
            keys, [&](const BlockingKey &key) { return key.column == comparer.at(c).column; });
        if (!fixed)
            session.comparisons.push_back(c);
    }
    std::map<std::vector<int>, double> rows;
    for (const PatternCount &count : counts) {
        if ((count.rules >> rule & 1U) == 0)
            continue;
        std::vector<int> row;
        for (const std::size_t c : session.comparisons)
            row.push_back(comparer.level_in(count.pattern, c));
        rows[row] += static_cast<double>(count.pairs);
    }
    for (auto &[row, pairs] : rows) {
        session.patterns.push_back(row);
        session.pairs.push_back(pairs);
    }
    return session;
}

/// Expected pairs that belong together, by level; what one session says of m.
struct Expected {
    std::vector<std::vector<double>> by_level;
    double links = 0;
};

Expected expectation(const Session &session, const std::vector<std::vector<LevelEstimate>> &levels,
                     double share) {
    Expected expected;
    for (const auto &one : levels)
        expected.by_level.emplace_back(one.size(), half_a_pair);
    for (std::size_t i = 0; i < session.patterns.size(); ++i) {
        double odds = share / (1 - share);
        for (std::size_t k = 0; k < session.comparisons.size(); ++k) {
            const int level = session.patterns[i][k];
            if (level == value_missing)
                continue;
            const auto &one = levels[session.comparisons[k]][static_cast<std::size_t>(level)];
            odds *= one.m / one.u;
        }
        const double links = session.pairs[i] * odds / (1 + odds);
        expected.links += links;
        for (std::size_t k = 0; k < session.comparisons.size(); ++k) {
            const int level = session.patterns[i][k];
            if (level != value_missing)
                expected.by_level[session.comparisons[k]][static_cast<std::size_t>(level)] += links;
        }
    }
    return expected;
}

double sum(const std::vector<double> &values) {
    double total = 0;
    for (const double value : values)
        total += value;
    return total;
}

/// Runs a session until m settles; what it then expects.
Expected settle(const Session &session, std::vector<std::vector<LevelEstimate>> levels) {
    double pairs = sum(session.pairs);
    double share = 0.1;
    Expected expected;
    for (int round = 0; round < most_rounds; ++round) {
        expected = expectation(session, levels, share);
        share = std::clamp(expected.links / pairs, 1e-9, 1 - 1e-9);
        double moved = 0;
        for (const std::size_t c : session.comparisons) {
            const double total = sum(expected.by_level[c]);
            for (std::size_t l = 0; l < levels[c].size(); ++l) {
                const double m = expected.by_level[c][l] / total;
                moved = std::max(moved, std::fabs(m - levels[c][l].m));
                levels[c][l].m = m;
            }
        }
        if (moved < settled)
            break;
    }
    return expected;
}

void learn_m(LinkageModel &model, const Comparer &comparer, std::span<const PatternCount> counts,
             std::span<const BlockingRule> rules) {
    model.learnt.assign(comparer.size(), false);
    std::vector<std::vector<double>> totals;
    for (const auto &one : model.levels)
        totals.emplace_back(one.size());
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
        const Session session = session_of(rule, rules[rule], comparer, counts);
        if (session.pairs.empty())
            continue;
        const Expected expected = settle(session, model.levels);
        for (const std::size_t c : session.comparisons) {
            model.learnt[c] = true;
            for (std::size_t l = 0; l < totals[c].size(); ++l)
                totals[c][l] += expected.by_level[c][l];
        }
    }
    for (std::size_t c = 0; c < comparer.size(); ++c) {
        for (std::size_t l = 0; model.learnt[c] && l < totals[c].size(); ++l)
            model.levels[c][l].m = totals[c][l] / sum(totals[c]);
    }
}

void learn_prior(LinkageModel &model, const Comparer &comparer,
                 std::span<const PatternCount> counts, double all_pairs) {
    std::vector<double> weights;
    for (const PatternCount &count : counts)
        weights.push_back(std::exp2(pattern_weight(model, comparer, count.pattern)));
    model.prior = all_pairs > 0 ? 1 / all_pairs : 0.5;
    for (int round = 0; round < most_rounds; ++round) {
        const double odds = model.prior / (1 - model.prior);
        double links = 0;
        for (std::size_t i = 0; i < counts.size(); ++i)
            links += static_cast<double>(counts[i].pairs) * (1 - 1 / (1 + odds * weights[i]));
        const double next =
            std::clamp(links / std::max(all_pairs, 1.0), 0.5 / std::max(all_pairs, 1.0), 1 - 1e-9);
        const bool done = std::fabs(next - model.prior) <= settled * model.prior;
        model.prior = next;
        if (done)
            break;
    }
}

} // namespace

double LevelEstimate::weight() const {
    return std::log2(m / u);
}

LevelShares level_shares(const LinkageTable &table, const Comparer &comparer,
                         std::size_t random_pairs, std::uint64_t seed, const Watch &watch) {
    LevelShares shares;
    for (std::size_t c = 0; c < comparer.size(); ++c)
        shares.emplace_back(comparer.at(c).levels.size() + 1, half_a_pair);
    constexpr std::size_t batch = 1 << 14;
    const std::size_t batches = table.size() < 2 ? 0 : (random_pairs + batch - 1) / batch;
    std::vector<std::vector<std::uint32_t>> patterns(batches);
    for_each_part(batches, watch, [&](std::size_t part) {
        RandomStream random{seed, part};
        const auto n = static_cast<double>(table.size());
        while (patterns[part].size() < std::min(batch, random_pairs - part * batch)) {
            const auto a = static_cast<std::uint32_t>(random.uniform() * n);
            const auto b = static_cast<std::uint32_t>(random.uniform() * n);
            if (a != b)
                patterns[part].push_back(comparer.pattern(a, b));
        }
    });
    for (const auto &part : patterns) {
        for (const std::uint32_t pattern : part) {
            for (std::size_t c = 0; c < comparer.size(); ++c) {
                const int level = comparer.level_in(pattern, c);
                if (level != value_missing)
                    ++shares[c][static_cast<std::size_t>(level)];
            }
        }
    }
    for (std::size_t c = 0; c < comparer.size(); ++c) {
        const double total = sum(shares[c]);
        for (double &share : shares[c])
            share /= total;
        // Sampling sees few agreements on rare values; their frequencies are known.
        const Comparison &one = comparer.at(c);
        const double agreement = chance_agreement(table.column(one.column));
        if (agreement > 0 && !one.levels.empty() && one.levels[0].kind == LevelKind::exact) {
            const double rest = 1 - shares[c][1];
            for (double &share : shares[c])
                share *= (1 - agreement) / rest;
            shares[c][1] = agreement;
        }
    }
    return shares;
}

LinkageModel learn(const LevelShares &shares, const Comparer &comparer,
                   std::span<const PatternCount> counts, std::span<const BlockingRule> rules,
                   double all_pairs) {
    LinkageModel model;
    for (const auto &one : shares) {
        model.levels.emplace_back();
        for (const double share : one)
            model.levels.back().push_back({0, share});
    }
    assume_m(model);
    for (int round = 0; round < rounds_of_all; ++round) {
        learn_m(model, comparer, counts, rules);
        learn_prior(model, comparer, counts, all_pairs);
        for (std::size_t c = 0; c < shares.size(); ++c) {
            for (std::size_t l = 0; l < shares[c].size(); ++l) {
                LevelEstimate &level = model.levels[c][l];
                // Never less than a half of a pair among all, nor than a hundredth of what was
                // seen.
                const double least = std::max(half_a_pair / std::max(all_pairs, 1.0),
                                              l == 1 ? 0.0 : shares[c][l] / 100);
                level.u = std::max(shares[c][l] - model.prior * level.m, least);
            }
        }
    }
    return model;
}

double pattern_weight(const LinkageModel &model, const Comparer &comparer, std::uint32_t pattern) {
    double weight = 0;
    for (std::size_t c = 0; c < comparer.size(); ++c) {
        const int level = comparer.level_in(pattern, c);
        if (level != value_missing)
            weight += model.levels[c][static_cast<std::size_t>(level)].weight();
    }
    return weight;
}

double probability_of(double weight) {
    return 1 / (1 + std::exp2(-weight));
}

} // namespace wardmote::stats
