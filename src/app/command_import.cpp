#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/context.hpp"
#include "app/progress.hpp"
#include "engine/core/text.hpp"
#include "engine/lake/import.hpp"

namespace wardmote::app {
namespace {

using lake::FileReport;

struct Import {
    std::string home;
    std::vector<std::string> paths;
    std::string received;
    bool json = false;
    int threads = 2;
};

std::string_view word(FileReport::Outcome outcome) {
    switch (outcome) {
    case FileReport::Outcome::imported:
        return "imported";
    case FileReport::Outcome::already_there:
        return "already there";
    case FileReport::Outcome::skipped:
        return "skipped";
    case FileReport::Outcome::refused:
        return "refused";
    }
    return "";
}

nlohmann::ordered_json as_json(const lake::ImportReport &report) {
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (const FileReport &file : report.files) {
        nlohmann::ordered_json entry{{"path", file.path}, {"outcome", word(file.outcome)}};
        if (!file.message.empty()) {
            entry["message"] = file.message;
        }
        if (file.manifest) {
            entry["manifest"] = nlohmann::ordered_json::parse(file.manifest->to_json());
        }
        files.push_back(std::move(entry));
    }
    return {{"rows_in", report.rows_in},
            {"rows_kept", report.rows_kept},
            {"rows_set_aside", report.rows_quarantined},
            {"rows_repeated", report.rows_repeated},
            {"placed_again", report.placed_again},
            {"seconds", report.seconds},
            {"files", std::move(files)}};
}

std::string rows(std::uint64_t count) {
    return core::number(static_cast<std::int64_t>(count));
}

std::string balance(const lake::ImportReport &report) {
    return fmt::format("Rows in {} = kept {} + set aside {} + repeats {}.", rows(report.rows_in),
                       rows(report.rows_kept), rows(report.rows_quarantined),
                       rows(report.rows_repeated));
}

int exit_of(const lake::ImportReport &report) {
    std::size_t refused = 0;
    for (const FileReport &file : report.files) {
        refused += file.outcome == FileReport::Outcome::refused ? 1 : 0;
    }
    if (refused > 0 && refused == report.files.size()) {
        return Exit::mistake;
    }
    return refused > 0 || report.rows_quarantined > 0 ? Exit::in_part : Exit::done;
}

int import(const Context &context, const Import &wanted) {
    const auto home = find_home(context, wanted.home);
    if (!home) {
        return Exit::mistake;
    }
    lake::ImportOptions options;
    options.clock = &context.clock;
    options.threads = wanted.threads;
    options.catalogues = home->catalogues();
    if (!wanted.received.empty()) {
        options.received = parse_moment(wanted.received);
        if (!options.received) {
            return context.refuse(fmt::format("--received {} is not a day. Write it as 2015-01-30.",
                                              wanted.received));
        }
    }
    ProgressLine line{context.terminal};
    options.progress = [&line](const lake::Progress &progress) { line.show(progress); };
    const lake::ImportReport report = lake::import_paths(home->store(), wanted.paths, options);
    line.finish();

    if (wanted.json) {
        context.terminal.out << as_json(report).dump(2) << '\n';
    } else {
        context.terminal.out << lake::summary(report);
        context.terminal.out << balance(report) << '\n';
    }
    for (const FileReport &file : report.files) {
        if (file.outcome == FileReport::Outcome::refused) {
            context.terminal.err << file.path << ": " << file.message << '\n';
        }
    }
    return exit_of(report);
}

} // namespace

void add_import(CLI::App &app, Context &context) {
    auto wanted = std::make_shared<Import>();
    CLI::App *command = app.add_subcommand(
        "import", "Bring in files: police data, boundaries, lookups, populations, any mapped CSV");
    command->footer("Files and folders, .gz and .zip too. Each row is kept, set aside with its "
                    "reason, or known as a repeat; "
                    "the last line adds them up. The same file twice does nothing. Exit code 2: "
                    "some rows or files were set aside.");
    add_home(*command, wanted->home);
    command->add_option("paths", wanted->paths, "Files and folders, searched through")
        ->type_name("PATH")
        ->required();
    command
        ->add_option("--received", wanted->received,
                     "The day the partnership had them, when that was not today")
        ->type_name("DATE");
    command->add_option("--threads", wanted->threads, "How many to work with")
        ->type_name("N")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->add_flag("--json", wanted->json, "Say what was done in JSON");
    command->callback([wanted, &context] {
        context.chosen = [wanted, &context] { return import(context, *wanted); };
    });
}

} // namespace wardmote::app
