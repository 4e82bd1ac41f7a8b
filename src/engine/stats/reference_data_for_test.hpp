/// Where tests and speed programs find the reference data, and how they read it.
#pragma once

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <zlib.h>

namespace wardmote::stats {

/// A file under the folder that WARDMOTE_DATA names, or under the one beside the checkout.
inline std::filesystem::path reference_data(const std::filesystem::path &file) {
    const char *named = std::getenv("WARDMOTE_DATA");
    return (named != nullptr ? std::filesystem::path{named}
                             : std::filesystem::path{WARDMOTE_SOURCE_DIR "/../shared/data"}) /
           "reference" / file;
}

using CsvRows = std::vector<std::vector<std::string>>;

/// The rows of a comma-separated file, gzipped or not, without quoting; nothing when not there.
inline std::optional<CsvRows> read_csv(const std::filesystem::path &path) {
    gzFile file = gzopen(path.c_str(), "rb");
    if (file == nullptr)
        return std::nullopt;
    CsvRows rows;
    char line[65536];
    while (gzgets(file, line, sizeof line) != nullptr) {
        auto &row = rows.emplace_back(1);
        for (const char *at = line; *at != '\0' && *at != '\n' && *at != '\r'; ++at) {
            if (*at == ',')
                row.emplace_back();
            else
                row.back() += *at;
        }
    }
    gzclose(file);
    return rows;
}

/// A number, or NaN for an empty field.
inline double number_in(const std::string &field) {
    return field.empty() || field == "NA" ? std::nan("") : std::stod(field);
}

/// A wide file of monthly series: two columns of names, then a column a month.
struct WideSeries {
    std::vector<double> counts = {}; ///< row-major
    std::size_t months = 0;
};

inline std::optional<WideSeries> read_wide_series(const std::filesystem::path &path) {
    const auto rows = read_csv(path);
    if (!rows || rows->size() < 2)
        return std::nullopt;
    WideSeries wide{{}, rows->front().size() - 2};
    for (std::size_t i = 1; i < rows->size(); ++i)
        for (std::size_t month = 0; month < wide.months; ++month)
            wide.counts.push_back(number_in((*rows)[i].at(month + 2)));
    return wide;
}

} // namespace wardmote::stats
