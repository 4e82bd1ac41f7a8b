#include "engine/lake/import.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "engine/lake/importer.hpp"

namespace wardmote::lake {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// Counts what has been done and tells whoever wants to know, not too often.
class Teller {
public:
    Teller(const ImportOptions &options, const std::vector<Input> &inputs)
        : m_options{options} {
        m_progress.files_total = inputs.size();
        for (const Input &input : inputs) {
            m_progress.bytes_total += input.disk_bytes;
        }
    }

    void advance(std::uint64_t rows) {
        const std::lock_guard lock{m_mutex};
        m_progress.rows += rows;
        tell(false);
    }
    void begin(const Input &input) {
        const std::lock_guard lock{m_mutex};
        m_progress.file = input.display;
        tell(false);
    }
    void done(const Input &input) {
        const std::lock_guard lock{m_mutex};
        ++m_progress.files_done;
        m_progress.bytes += input.disk_bytes;
        m_progress.file = input.display;
        tell(m_progress.files_done == m_progress.files_total);
    }
    double seconds() const {
        return std::chrono::duration<double>(SteadyClock::now() - m_start).count();
    }

private:
    void tell(bool always) {
        const double now = seconds();
        if (!m_options.progress || (!always && now - m_told < 0.1)) {
            return;
        }
        m_told = now;
        m_progress.seconds = now;
        m_progress.rows_per_second = now > 0 ? static_cast<double>(m_progress.rows) / now : 0;
        m_progress.seconds_left.reset();
        if (m_progress.bytes > 0) {
            m_progress.seconds_left =
                now * static_cast<double>(m_progress.bytes_total - m_progress.bytes) /
                static_cast<double>(m_progress.bytes);
        }
        m_options.progress(m_progress);
    }

    const ImportOptions &m_options;
    SteadyClock::time_point m_start = SteadyClock::now();
    std::mutex m_mutex;
    double m_told = -1;
    Progress m_progress;
};

bool is_area_file(const Input &input) {
    return input.kind == Input::Kind::boundaries || input.kind == Input::Kind::lookup;
}

FileReport refused(const Input &input, const std::string &message) {
    FileReport report;
    report.path = input.display;
    report.outcome = FileReport::Outcome::refused;
    report.message = message;
    return report;
}

std::vector<FileReport> import_one(const Importing &import, const Input &input, std::size_t place) {
    if (!input.problem.empty()) {
        return {refused(input, input.problem)};
    }
    if (input.kind == Input::Kind::other) {
        FileReport report;
        report.path = input.display;
        report.outcome = FileReport::Outcome::skipped;
        report.message =
            fmt::format("{}: is no table, spreadsheet or boundary file.", input.display);
        return {report};
    }
    try {
        if (is_area_file(input)) {
            return {import_areas(import, input, place)};
        }
        return import_table(import, input, place);
    } catch (const std::runtime_error &error) {
        return {refused(input, sentence_of(error, import.store))};
    }
}

/// Each worker takes the next file; reports keep the order of the files.
void import_in_parallel(const Importing &import, const std::vector<Input> &inputs, Teller &teller,
                        std::vector<std::vector<FileReport>> &reports) {
    std::atomic<std::size_t> next{0};
    std::mutex failure_mutex;
    std::exception_ptr failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < inputs.size(); i = next++) {
            if (is_area_file(inputs[i])) {
                continue;
            }
            try {
                teller.begin(inputs[i]);
                reports[i] = import_one(import, inputs[i], i);
                teller.done(inputs[i]);
            } catch (...) {
                const std::lock_guard lock{failure_mutex};
                failure = std::current_exception();
                next = inputs.size();
            }
        }
    };
    std::vector<std::thread> workers;
    for (int i = 1; i < import.options->threads; ++i) {
        workers.emplace_back(work);
    }
    work();
    for (std::thread &worker : workers) {
        worker.join();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

void add_up(ImportReport &report) {
    for (const FileReport &file : report.files) {
        if (file.outcome == FileReport::Outcome::imported && file.manifest) {
            report.rows_in += file.manifest->rows_in;
            report.rows_kept += file.manifest->rows_kept;
            report.rows_quarantined += file.manifest->rows_quarantined;
            report.rows_repeated += file.manifest->rows_repeated;
        }
    }
}

} // namespace

bool ImportReport::ok() const {
    return std::none_of(files.begin(), files.end(), [](const FileReport &file) {
        return file.outcome == FileReport::Outcome::refused;
    });
}

std::string manifest_id(const std::string &sha256, const std::string &dataset,
                        const std::string &owner, const std::string &month) {
    return sha256_of(sha256 + "\n" + dataset + "\n" + owner + "\n" + month).substr(0, 16);
}

Manifest blank_manifest(const Importing &import, const Input &input, std::size_t place) {
    Manifest manifest;
    manifest.file_name = input.name;
    manifest.archive =
        input.member ? input.path.substr(input.path.find_last_of('/') + 1) : std::string{};
    manifest.importer = import.options->importer;
    manifest.received = import.received;
    // A millisecond a file: of two files for one month, the later given is the later imported,
    // whoever was faster.
    manifest.imported = import.started.plus(std::chrono::milliseconds{place});
    return manifest;
}

std::string sentence_of(const std::exception &error, const std::string &store) {
    const std::string what = error.what();
    if (what.find("No space left on device") != std::string::npos) {
        return write_sentence(store, ENOSPC);
    }
    if (what.find("Permission denied") != std::string::npos &&
        what.find(store) != std::string::npos) {
        return write_sentence(store, EACCES);
    }
    return what;
}

ImportReport import_paths(const std::string &store, const std::vector<std::string> &paths,
                          const ImportOptions &options) {
    const core::SystemClock system_clock;
    const core::Clock &clock = options.clock != nullptr ? *options.clock : system_clock;
    const core::Instant now = clock.now();
    const std::vector<Input> inputs = find_inputs(paths);
    Teller teller{options, inputs};
    const Staging staging{store};
    sweep(store);
    const Database database{{.threads = options.threads}};

    Importing import{.store = store,
                     .options = &options,
                     .received = options.received.value_or(now),
                     .started = now,
                     .mappings = load_mappings(options.catalogues),
                     .known_names = {},
                     .staging = &staging,
                     .database = &database,
                     .areas = nullptr,
                     .advance = [&](std::uint64_t rows, std::uint64_t) { teller.advance(rows); }};
    for (const Manifest &manifest : manifests(store)) {
        import.known_names.insert(manifest.file_name);
    }

    std::vector<std::vector<FileReport>> reports(inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (is_area_file(inputs[i])) {
            teller.begin(inputs[i]);
            reports[i] = import_one(import, inputs[i], i);
            teller.done(inputs[i]);
        }
    }
    ImportReport report;
    const AreaBook areas{store};
    import.areas = &areas;
    report.placed_again = place_again(import);
    import_in_parallel(import, inputs, teller, reports);

    for (const bool of_areas : {true, false}) {
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (is_area_file(inputs[i]) == of_areas) {
                std::move(reports[i].begin(), reports[i].end(), std::back_inserter(report.files));
            }
        }
    }
    add_up(report);
    report.seconds = teller.seconds();
    return report;
}

} // namespace wardmote::lake
