/// Real open data, for the tests and benchmarks that use it where it is there.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <zlib.h>

namespace wardmote {

/// The folder that WARDMOTE_DATA names, or the one beside the checkout.
inline std::filesystem::path real_data() {
    const char *named = std::getenv("WARDMOTE_DATA");
    return named != nullptr ? std::filesystem::path{named}
                            : std::filesystem::path{WARDMOTE_SOURCE_DIR "/../shared/data"};
}

/// The cells of each line of a CSV file, plain or .gz, that has no quotes; nothing when there is no
/// such file.
inline void each_row(const std::filesystem::path &path, const auto &tell) {
    gzFile file = gzopen(path.c_str(), "rb");
    std::string line;
    char part[65536];
    while (file != nullptr && gzgets(file, part, sizeof part) != nullptr) {
        line += part;
        if (line.back() != '\n')
            continue;
        std::vector<std::string> cells(1);
        for (const char c : line) {
            if (c == ',')
                cells.emplace_back();
            else if (c != '\r' && c != '\n')
                cells.back() += c;
        }
        tell(cells);
        line.clear();
    }
    if (file != nullptr)
        gzclose(file);
}

/// The numbers of one column of such a file, by its name; what is no number reads as 0.
inline std::vector<double> column(const std::filesystem::path &path, const std::string &name) {
    std::vector<double> numbers;
    std::size_t place = 0;
    bool head = true;
    each_row(path, [&](const std::vector<std::string> &cells) {
        if (head) {
            while (cells.at(place) != name)
                ++place;
            head = false;
        } else {
            numbers.push_back(std::strtod(cells.at(place).c_str(), nullptr));
        }
    });
    return numbers;
}

} // namespace wardmote
