#include "app/example.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>

#include "engine/core/text.hpp"
#include "work/evidence/evidence.hpp"

namespace wardmote::app {
namespace {

namespace fs = std::filesystem;

/// When the example's files were brought in: always the same, so that it is the same byte for byte.
const auto brought_in = core::Instant::parse("2015-02-02T08:10:00.000Z").value();

constexpr auto readme =
    "The files in these folders are SYNTHETIC. They were drawn by a seeded generator from\n"
    "catalogue/example, so that the example partnership has evidence to show. No offence,\n"
    "incident, contact or case in them happened; ward shapes are schematic.\n"
    "Each folder is named after the day its files were received.\n";

void write_file(const fs::path &path, const std::string &text) {
    fs::create_directories(path.parent_path());
    std::ofstream file{path, std::ios::binary};
    file << text;
    file.close();
    if (!file) {
        throw std::runtime_error{fmt::format("{} could not be written.", path.string())};
    }
}

} // namespace

std::vector<ExampleFile> example_files(const std::string &catalogue, std::uint64_t seed) {
    const ExamplePlan plan = read_plan(catalogue + "/example", seed);
    std::vector<ExampleFile> files = place_files(plan);
    for (auto &&more : {police_files(plan, seed), council_files(plan, seed)}) {
        files.insert(files.end(), more.begin(), more.end());
    }
    return files;
}

void write_sources(const std::string &home, const std::vector<ExampleFile> &files) {
    const fs::path sources = fs::path{home} / "sources";
    write_file(sources / "README.txt", readme);
    for (const ExampleFile &file : files) {
        write_file(sources / file.received.iso() / file.name, file.text);
    }
}

ExampleMade import_sources(const std::string &home, const std::vector<std::string> &catalogues,
                           int threads) {
    std::vector<std::pair<core::Date, std::string>> days;
    for (const auto &entry : fs::directory_iterator{fs::path{home} / "sources"}) {
        if (const auto day = core::Date::parse(entry.path().filename().string())) {
            days.emplace_back(*day, entry.path().string());
        }
    }
    std::sort(days.begin(), days.end());

    const core::FixedClock clock{brought_in};
    ExampleMade made;
    for (const auto &[day, folder] : days) {
        lake::ImportOptions options;
        options.clock = &clock;
        options.received = core::Instant::start_of(day).plus(std::chrono::hours{9});
        options.threads = threads;
        options.catalogues = catalogues;
        const lake::ImportReport report = lake::import_paths(home + "/evidence", {folder}, options);
        made.files += report.files.size();
        made.rows_in += report.rows_in;
        made.rows_kept += report.rows_kept;
        made.rows_quarantined += report.rows_quarantined;
        made.rows_repeated += report.rows_repeated;
        for (const lake::FileReport &file : report.files) {
            if (file.outcome == lake::FileReport::Outcome::refused) {
                made.refused.push_back(fmt::format("{}: {}", file.path, file.message));
            }
        }
    }
    return made;
}

bool may_hold_example(const std::string &home) {
    if (!fs::exists(home) || (fs::is_directory(home) && fs::is_empty(home))) {
        return true;
    }
    const fs::path settings = fs::path{home} / "wardmote.toml";
    return fs::exists(settings) && evidence::Settings::read(settings.string()).example;
}

ExampleMade make_example(const std::string &home, const std::string &catalogue, int threads,
                         const std::function<void(const std::string &)> &say) {
    const fs::path folder{home};
    const fs::path ready_made = fs::path{catalogue} / "example" / "home";
    fs::create_directories(folder);
    // First of all, so that an example stopped half-way is known as one and can be made again.
    fs::copy_file(ready_made / "wardmote.toml", folder / "wardmote.toml",
                  fs::copy_options::overwrite_existing);
    for (const char *part :
         {"sources", "evidence", "records", "reports", "keys", "audit", "spool", "attachments"}) {
        fs::remove_all(folder / part);
    }
    fs::create_directories(folder / "catalogue");

    const std::vector<ExampleFile> files = example_files(catalogue);
    say(fmt::format("Writing {} synthetic source files to {}",
                    core::number(static_cast<std::int64_t>(files.size())),
                    (folder / "sources").string()));
    write_sources(home, files);
    say("Bringing them in");
    return import_sources(home, {catalogue, (folder / "catalogue").string()}, threads);
}

} // namespace wardmote::app
