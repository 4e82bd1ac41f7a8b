/// How tests and speed programs read the series of the reference data.
#pragma once

#include "real_data.hpp"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wardmote::stats {

inline std::filesystem::path reference_data(const std::filesystem::path &file) {
    return real_data() / "reference" / file;
}

using CsvRows = std::vector<std::vector<std::string>>;

/// The rows of a comma-separated file, gzipped or not, without quoting; nothing when not there.
inline std::optional<CsvRows> read_csv(const std::filesystem::path &path) {
    if (!std::filesystem::exists(path))
        return std::nullopt;
    CsvRows rows;
    each_row(path, [&](const std::vector<std::string> &cells) { rows.push_back(cells); });
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
