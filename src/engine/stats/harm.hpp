/// Harm-weighted counts: how much harm, not how many offences.
///
/// Weights (Cambridge Crime Harm Index, ONS Crime Severity Score, a partnership's own) are data
/// with a version; none is built in.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wardmote::stats {

struct HarmWeight {
    std::string offence = {}; ///< key of the offence or category
    double weight = 0;        ///< such as days in prison for one offence
    /// Offences that come to light by police work alone (possession, going equipped): left out
    /// where the index says so.
    bool police_detected = false;
};

struct HarmWeights {
    std::string name = {};    ///< "Cambridge Crime Harm Index"
    std::string version = {}; ///< "2026"
    std::string unit = {};    ///< "days"
    bool leaves_out_police_detected = false;
    bool proxy = false; ///< broad categories stand in for offences: must be said
    std::vector<HarmWeight> weights = {};
};

struct OffenceCount {
    std::string offence = {};
    double count = 0;
};

struct HarmLine {
    std::string offence = {};
    double count = 0;
    double weight = 0;
    double harm = 0;
    double share = 0; ///< of the total, 0 to 1
};

struct Harm {
    double total = 0;
    double weighted_count = 0;                 ///< offences that carried a weight
    std::optional<double> mean = {};           ///< harm an offence
    std::vector<HarmLine> lines = {};          ///< most harm first, ties by offence; one an offence
    std::vector<OffenceCount> left_out = {};   ///< police-detected, left out by the index's rule
    std::vector<OffenceCount> unweighted = {}; ///< no weight known: not in the total, must be said
    std::string name = {};
    std::string version = {};
    std::string unit = {};
    bool proxy = false;
};

/// Sum of count times weight. Counts of one offence are added up. A negative or not finite count
/// or weight, or an offence weighted twice, throws std::invalid_argument naming it.
Harm harm(std::span<const OffenceCount> counts, const HarmWeights &weights);
/// Harm per `per` people; nothing when the population is not above nought.
std::optional<double> harm_rate(const Harm &harm, double population, double per = 1000);

} // namespace wardmote::stats
