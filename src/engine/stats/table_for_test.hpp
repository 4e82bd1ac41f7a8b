/// Tables of expected values: the blocks of tests/stats/*.test and how a test answers them.
#pragma once

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace wardmote::stats {

using Fields = std::map<std::string, std::vector<std::string>>;
using Numbers = std::vector<double>;
using Answers = std::map<std::string, Numbers>;

/// One question: a function's name, what it is given, and what must come out.
struct Block {
    std::string function;
    int line = 0;
    Fields input;
    Fields expected;

    const std::vector<std::string> &words(const std::string &name) const { return input.at(name); }
    Numbers numbers(const std::string &name) const;
    double number(const std::string &name) const { return numbers(name).at(0); }
};

inline double to_number(const std::string &word) {
    return word == "inf" ? INFINITY : std::stod(word);
}

inline Numbers to_numbers(const std::vector<std::string> &words) {
    Numbers numbers;
    for (const std::string &word : words) {
        if (word != "none")
            numbers.push_back(to_number(word));
    }
    return numbers;
}

inline Numbers Block::numbers(const std::string &name) const {
    return to_numbers(input.at(name));
}

inline std::vector<Block> blocks_of(const std::filesystem::path &path) {
    std::vector<Block> blocks;
    std::ifstream file{path};
    std::string line;
    bool answers = false;
    bool inside = false;
    for (int number = 1; std::getline(file, line); ++number) {
        const auto colon = line.find(": ");
        if (line.empty() || line[0] == '#') {
            inside = false;
        } else if (line == "->") {
            answers = true;
        } else if (inside && colon != line.npos) {
            std::istringstream rest{line.substr(colon + 2)};
            const std::string name = line.substr(4, colon - 4);
            auto &words = (answers ? blocks.back().expected : blocks.back().input)[name];
            for (std::string word; rest >> word;)
                words.push_back(word);
        } else {
            blocks.push_back({line, number, {}, {}});
            inside = true;
            answers = false;
        }
    }
    return blocks;
}

/// By the name of a block: works out its answers.
using Functions = std::map<std::string, std::function<Answers(const Block &)>>;
/// Of spatial statistics.
Functions spatial_functions();

} // namespace wardmote::stats
