/// The whole import of every police file under a folder, timed beside DuckDB's
/// own typed CSV-to-Parquet copy of the same files in the same run.
///
///     import_bench FOLDER [BOUNDARIES...]      exit status 1 when slower
///     than 2.5 times DuckDB or above 1.5 GiB
///
/// DuckDB reads each file by itself, since its reader loses rows when files of
/// both line ends are read together with their names; the row counts of both
/// sides are printed.
#include <fmt/core.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/lake/duckdb.hpp"
#include "engine/lake/import.hpp"

namespace fs = std::filesystem;
namespace lake = wardmote::lake;

namespace {

double seconds_of(const auto &work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double peak_mebibytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

std::vector<std::string> files_of(const std::string &folder) {
    std::vector<std::string> files;
    for (const auto &entry : fs::recursive_directory_iterator{folder}) {
        const std::string name = entry.path().filename().string();
        if ((name.ends_with(".csv.gz") || name.ends_with(".csv")) &&
            name.find(".vintage-") == std::string::npos) {
            files.push_back(entry.path().string());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// One typed copy for each kind of file, as a person with DuckDB alone would
/// write it.
std::int64_t copy_with_duckdb(const std::vector<std::string> &files, const fs::path &out) {
    const lake::Database database{{.threads = 2, .memory_megabytes = 1024}};
    auto connection = database.connect();
    std::int64_t rows = 0;
    for (const char *kind : {"-street", "-outcomes", "-stop-and-search"}) {
        std::vector<std::string> chosen;
        std::copy_if(files.begin(), files.end(), std::back_inserter(chosen),
                     [&](const std::string &file) { return file.find(kind) != std::string::npos; });
        if (chosen.empty()) {
            continue;
        }
        std::string list;
        for (const std::string &file : chosen) {
            list += (list.empty() ? "[" : ", ") + lake::sql_text(file);
        }
        const bool searches = std::string_view{kind} == "-stop-and-search";
        const std::string types = searches ? "{'Date': 'TIMESTAMPTZ', 'Longitude': 'DOUBLE', "
                                             "'Latitude': 'DOUBLE'}"
                                           : "{'Longitude': 'DOUBLE', 'Latitude': 'DOUBLE'}";
        auto result = connection.query(fmt::format(
            "COPY (SELECT * FROM read_csv({}], header=true, types={})) TO {} "
            "(FORMAT parquet, COMPRESSION zstd)",
            list, types, lake::sql_text((out / fmt::format("x{}.parquet", kind)).string())));
        result.next();
        rows += result.integer(0);
    }
    return rows;
}

} // namespace

int main(int count, char **arguments) {
    if (count < 2) {
        fmt::print(stderr, "import_bench FOLDER [BOUNDARIES...]\n");
        return 2;
    }
    const fs::path out =
        fs::temp_directory_path() / fmt::format("wardmote-import-bench-{}", getpid());
    fs::create_directories(out);
    const std::vector<std::string> files = files_of(arguments[1]);
    const std::string store = (out / "evidence").string();
    lake::ImportOptions options;
    options.catalogues = {WARDMOTE_SOURCE_DIR "/catalogue"};
    lake::import_paths(store, {arguments + 2, arguments + count}, options);

    lake::ImportReport report;
    const double cpu_before = cpu_seconds();
    const double ours = seconds_of([&] { report = lake::import_paths(store, files, options); });
    const double ours_cpu = cpu_seconds() - cpu_before;
    const double peak = peak_mebibytes();

    std::int64_t rows = 0;
    const double cpu_between = cpu_seconds();
    const double duckdb = seconds_of([&] { rows = copy_with_duckdb(files, out); });
    const double duckdb_cpu = cpu_seconds() - cpu_between;
    fs::remove_all(out);

    const double ratio = ours / duckdb;
    fmt::print("{} files\n", files.size());
    fmt::print("Wardmote: {:.2f} s ({:.2f} s of CPU), {} rows in, {} kept, peak "
               "{:.0f} MiB\n",
               ours, ours_cpu, report.rows_in, report.rows_kept, peak);
    fmt::print("DuckDB:   {:.2f} s ({:.2f} s of CPU), {} rows\n", duckdb, duckdb_cpu, rows);
    fmt::print("Ratio:    {:.2f} (at most 2.5)\n", ratio);
    for (const auto &file : report.files) {
        if (file.outcome != lake::FileReport::Outcome::imported) {
            fmt::print("{}: {}\n", file.path, file.message);
        }
    }
    return ratio <= 2.5 && peak <= 1536 && report.ok() ? 0 : 1;
}
