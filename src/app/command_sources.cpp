#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <ostream>

#include "app/context.hpp"
#include "engine/core/text.hpp"
#include "engine/lake/import.hpp"
#include "engine/lake/query.hpp"

namespace wardmote::app {
namespace {

std::string rows(std::uint64_t count) {
    return core::number(static_cast<std::int64_t>(count));
}

std::string months_in_words(const std::vector<core::Month> &months) {
    std::vector<std::string> names;
    for (const core::Month month : months) {
        names.push_back(month.text());
    }
    return core::joined(names);
}

/// One line for each dataset and owner, with the months that are missing; then the files.
int list(const Context &context, const std::string &given, bool files) {
    const auto home = find_home(context, given);
    if (!home) {
        return Exit::mistake;
    }
    const std::vector<lake::Manifest> all = lake::manifests(home->store());
    if (all.empty()) {
        context.terminal.out << "Nothing has been brought in yet. Next: wardmote import PATH...\n";
        return Exit::done;
    }
    std::ostream &out = context.terminal.out;
    std::map<std::pair<std::string, std::string>, std::uint64_t> kept;
    for (const lake::Manifest &manifest : all) {
        kept[{manifest.dataset, manifest.owner}] += manifest.rows_kept;
    }
    const auto reader = lake::make_reader(home->store());
    for (const lake::Coverage &held : reader->coverage("", context.clock.now())) {
        kept.erase({held.dataset, held.owner});
        out << fmt::format("{} from {}: {} in {}", held.dataset, held.owner,
                           core::counted(static_cast<std::int64_t>(held.rows), "row", "rows"),
                           core::counted(static_cast<std::int64_t>(held.files), "file", "files"));
        if (!held.months.empty()) {
            out << ", " << core::Period{held.months.front(), held.months.back()}.text();
        }
        out << (held.missing.empty() ? "\n" : "; missing: " + months_in_words(held.missing) + "\n");
    }
    for (const auto &[name, count] : kept) { // what stands for no months: boundaries, lookups
        out << fmt::format("{} ({}): {}\n", name.first, name.second,
                           core::counted(static_cast<std::int64_t>(count), "row", "rows"));
    }
    if (files) {
        out << '\n';
        for (const lake::Manifest &manifest : all) {
            out << fmt::format("{}  {}  received {}  rows {} = kept {} + set aside {} + repeats "
                               "{}  {}\n",
                               manifest.id, manifest.file_name,
                               manifest.received.london_date().iso(), rows(manifest.rows_in),
                               rows(manifest.rows_kept), rows(manifest.rows_quarantined),
                               rows(manifest.rows_repeated), manifest.sha256);
        }
    }
    return Exit::done;
}

void add_list(CLI::App &sources, Context &context) {
    auto home = std::make_shared<std::string>();
    auto files = std::make_shared<bool>(false);
    CLI::App *command =
        sources.add_subcommand("list", "What is held: datasets, months, months missing");
    add_home(*command, *home);
    command->add_flag("--files", *files, "Every file too, with its rows and its SHA-256");
    command->callback(
        [=, &context] { context.chosen = [=, &context] { return list(context, *home, *files); }; });
}

void add_map(CLI::App &sources, Context &context) {
    auto file = std::make_shared<std::string>();
    CLI::App *command = sources.add_subcommand(
        "map", "Propose a mapping for a CSV file or spreadsheet that nothing recognises");
    command->footer("Save what it prints as HOME/catalogue/sources/NAME.toml, mend it, and "
                    "import the file.");
    command->add_option("file", *file, "The file")
        ->type_name("FILE")
        ->required()
        ->check(CLI::ExistingFile);
    command->callback([=, &context] {
        context.chosen = [=, &context]() -> int {
            try {
                context.terminal.out << lake::propose_mapping(*file);
            } catch (const std::runtime_error &error) { // it is no table
                return context.refuse(error.what());
            }
            return Exit::done;
        };
    });
}

} // namespace

void add_sources(CLI::App &app, Context &context) {
    CLI::App *command =
        app.add_subcommand("sources", "The files that evidence came from: list, map");
    command->require_subcommand(1);
    add_list(*command, context);
    add_map(*command, context);
}

} // namespace wardmote::app
