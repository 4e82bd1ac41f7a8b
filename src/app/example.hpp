/// The example partnership: a whole workspace made from the plan in catalogue/example and a seed.
///
/// Its source files are written to HOME/sources, each under the day it was received, and brought in
/// by the same import as everyone's. What happened in it is synthetic, and every file says so.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/example_rows.hpp"
#include "engine/lake/import.hpp"

namespace wardmote::app {

inline constexpr std::uint64_t example_seed = 20150202;

struct ExampleMade {
    std::size_t files = 0;
    std::uint64_t rows_in = 0, rows_kept = 0, rows_quarantined = 0, rows_repeated = 0;
    std::vector<std::string> refused; ///< sentences; none unless something is broken
};

/// Every source file of the example. Throws std::runtime_error when the plan cannot be read.
std::vector<ExampleFile> example_files(const std::string &catalogue,
                                       std::uint64_t seed = example_seed);

/// Writes the files to HOME/sources/<day received>/.
void write_sources(const std::string &home, const std::vector<ExampleFile> &files);

/// Brings in HOME/sources/<day received>/ in the order of the days.
ExampleMade import_sources(const std::string &home, const std::vector<std::string> &catalogues,
                           int threads);

/// Makes HOME: sources, evidence, settings and records. What an earlier example left there is
/// replaced. `say` is told what is being done.
ExampleMade make_example(const std::string &home, const std::string &catalogue, int threads,
                         const std::function<void(const std::string &)> &say);

/// Whether HOME may be made into the example: it is not there, or empty, or an example already.
bool may_hold_example(const std::string &home);

} // namespace wardmote::app
