/// Reads the plain files of SaTScan: areas with coordinates, cases, populations.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/stats/scan.hpp"

namespace wardmote {

struct SatscanAreas {
    std::vector<std::string> names;
    std::map<std::string, std::size_t> numbers;
    std::vector<double> x, y;
    bool degrees = false;

    stats::ScanPlaces places() const { return {x, y, degrees}; }
};

/// The words of every line that has any.
inline std::vector<std::vector<std::string>> words_of_lines(const std::filesystem::path &path) {
    std::ifstream file{path};
    if (!file)
        throw std::runtime_error("There is no " + path.string());
    std::vector<std::vector<std::string>> lines;
    for (std::string line; std::getline(file, line);) {
        std::istringstream in{line};
        std::vector<std::string> words;
        for (std::string word; in >> word;)
            words.push_back(word);
        if (!words.empty())
            lines.push_back(std::move(words));
    }
    return lines;
}

/// "area x y", or "area latitude longitude".
inline SatscanAreas satscan_areas(const std::filesystem::path &geo, bool degrees) {
    SatscanAreas areas;
    areas.degrees = degrees;
    for (const auto &words : words_of_lines(geo)) {
        areas.numbers.emplace(words.at(0), areas.names.size());
        areas.names.push_back(words.at(0));
        areas.x.push_back(std::stod(words.at(degrees ? 2 : 1)));
        areas.y.push_back(std::stod(words.at(degrees ? 1 : 2)));
    }
    return areas;
}

/// "area count".
inline std::vector<std::int64_t> satscan_cases(const std::filesystem::path &cas,
                                               const SatscanAreas &areas) {
    std::vector<std::int64_t> cases(areas.names.size());
    for (const auto &words : words_of_lines(cas))
        cases[areas.numbers.at(words.at(0))] += std::stoll(words.at(1));
    return cases;
}

/// "area count year/month": area-major, `months` of them from `first`, "2021/03".
inline std::vector<std::int64_t> satscan_monthly_cases(const std::filesystem::path &cas,
                                                       const SatscanAreas &areas,
                                                       const std::string &first,
                                                       std::size_t months) {
    const auto month_of = [](const std::string &text) {
        return std::stoul(text.substr(0, 4)) * 12 + std::stoul(text.substr(5));
    };
    std::vector<std::int64_t> cases(areas.names.size() * months);
    for (const auto &words : words_of_lines(cas)) {
        const std::size_t month = month_of(words.at(2)) - month_of(first);
        if (month >= months)
            throw std::runtime_error("A case lies outside the months: " + words.at(2));
        cases[areas.numbers.at(words.at(0)) * months + month] += std::stoll(words.at(1));
    }
    return cases;
}

/// "area year population".
inline std::vector<double> satscan_population(const std::filesystem::path &pop,
                                              const SatscanAreas &areas) {
    std::vector<double> population(areas.names.size());
    for (const auto &words : words_of_lines(pop))
        population[areas.numbers.at(words.at(0))] += std::stod(words.at(2));
    return population;
}

} // namespace wardmote
