/// Record linkage: which records are of one person or place, how sure that is, and why.
///
///     LinkageTable people{names.size()};
///     const auto surname = people.add_text("Surname", names);
///     ...
///     const Linkage found = link_records(people, {.comparisons = {compare_name(surname), ...},
///                                                 .rules = {{{surname}, {birth}}, ...}});
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/stats/linkage_model.hpp"

namespace wardmote::stats {

struct LinkageSettings {
    std::vector<Comparison> comparisons;
    /// Two records that agree on no rule are never compared. Let each column be left free by one.
    std::vector<BlockingRule> rules;
    double threshold = 0.95; ///< least probability of a link
    std::size_t random_pairs = 1'000'000;
    std::uint64_t seed = 0;
};

struct Link {
    std::uint32_t a = 0, b = 0; ///< a < b
    double weight = 0;          ///< log2 of the odds, prior included
    double probability = 0;
};

struct Linkage {
    LinkageModel model;
    std::vector<Link> links; ///< by a, then b
    /// For each record the smallest record it is joined to by links, directly or through others.
    std::vector<std::uint32_t> cluster;
    std::uint64_t compared = 0; ///< pairs
};

/// The same on any number of threads. Fewer than two records, or no rule: no links. Throws
/// std::invalid_argument for levels or keys that do not suit, Stopped when the watch says so.
/// Memory: 4 bytes a compared pair, and for each record 16 bytes a rule and 4 a comparison.
Linkage link_records(const LinkageTable &table, const LinkageSettings &settings,
                     const Watch &watch = {});

/// One column's part in a pair's weight.
struct WaterfallStep {
    std::string column; ///< "before anything is compared" for the prior
    std::string level;  ///< "exact", "different", "missing"
    double weight = 0;  ///< log2(m / u) of the level
    double rarity = 0;  ///< added for a value rarer, taken off for one more common, than most
    double total = 0;   ///< after this step
};

/// How a pair's weight comes about, from the prior down; the last step's total is the weight.
std::vector<WaterfallStep> explain(const LinkageTable &table, const LinkageSettings &settings,
                                   const LinkageModel &model, std::uint32_t a, std::uint32_t b);

} // namespace wardmote::stats
