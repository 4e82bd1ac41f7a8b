/// What agreement and disagreement say about two records being of one person (Fellegi and Sunter
/// 1969), and how that is learnt without examples.
///
/// m is the probability of a level among pairs that belong together, u among those that do not; a
/// level's weight is log2(m / u). u comes from random pairs and, for exact agreement, from the
/// frequencies of the values, less what the links among them make up. m comes from expectation
/// maximisation over the pairs of each blocking rule in turn, for the columns that the rule does
/// not fix (as Splink does).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/stats/blocking.hpp"
#include "engine/stats/linkage_comparison.hpp"
#include "engine/stats/watch.hpp"

namespace wardmote::stats {

struct LevelEstimate {
    double m = 0, u = 0;
    double weight() const; ///< log2(m / u)
};

struct LinkageModel {
    /// By comparison and level; level 0 is "different".
    std::vector<std::vector<LevelEstimate>> levels;
    /// Whether a comparison's m was learnt; else every blocking rule fixes its column and m is 0.95
    /// for exact agreement, the rest shared out.
    std::vector<bool> learnt;
    double prior = 0; ///< that two records taken at random belong together
};

/// How many compared pairs have a pattern of levels and agree on these blocking rules.
struct PatternCount {
    std::uint32_t pattern = 0;
    std::uint32_t rules = 0;
    std::uint64_t pairs = 0;
};

/// Shares of the levels among all pairs, by comparison and level: from `random_pairs` pairs that
/// depend on the seed alone and, for exact agreement, from the frequencies of the values.
using LevelShares = std::vector<std::vector<double>>;
LevelShares level_shares(const LinkageTable &table, const Comparer &comparer,
                         std::size_t random_pairs, std::uint64_t seed, const Watch &watch);

/// Learns m, u and the prior: u is what is left of the shares when the links have been taken out,
/// m and the prior (links expected among the compared pairs over `all_pairs`) depend on u in turn;
/// a few rounds settle them.
LinkageModel learn(const LevelShares &shares, const Comparer &comparer,
                   std::span<const PatternCount> counts, std::span<const BlockingRule> rules,
                   double all_pairs);

/// Sum of the weights of a pattern's levels, without the prior.
double pattern_weight(const LinkageModel &model, const Comparer &comparer, std::uint32_t pattern);
/// Of a weight that includes the prior's: 2^w / (1 + 2^w).
double probability_of(double weight);

} // namespace wardmote::stats
