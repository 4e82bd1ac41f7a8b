#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <ostream>

#include "app/context.hpp"
#include "engine/core/text.hpp"
#include "engine/lake/compare.hpp"
#include "engine/lake/import.hpp"
#include "engine/lake/quality.hpp"
#include "engine/lake/query.hpp"

namespace wardmote::app {
namespace {

std::string rows(std::uint64_t count) {
    return core::number(static_cast<std::int64_t>(count));
}

/// The file of that id or, when only one has it, that name. Null, and the reason said, else.
const lake::Manifest *file_named(const Context &context, const std::vector<lake::Manifest> &all,
                                 const std::string &wanted) {
    const lake::Manifest *found = nullptr;
    for (const lake::Manifest &manifest : all) {
        if (manifest.id == wanted) {
            return &manifest;
        }
        if (manifest.file_name == wanted) {
            if (found != nullptr) {
                context.refuse(
                    fmt::format("Several files are named {}: say which by its id.", wanted));
                return nullptr;
            }
            found = &manifest;
        }
    }
    if (found == nullptr) {
        context.refuse(fmt::format("There is no file {}. `wardmote sources list --files` shows the "
                                   "ids and names of all.",
                                   wanted));
    }
    return found;
}

void print(std::ostream &out, const lake::Comparison &found) {
    out << fmt::format("{}\n  before: {}, received {}\n  after: {}, received {}\n",
                       found.sentence(), found.before.file_name,
                       found.before.received.london_date().text(), found.after.file_name,
                       found.after.received.london_date().text());
    for (const lake::ColumnChange &column : found.columns) {
        out << fmt::format("  {}: {} changed\n", column.column, rows(column.rows));
        for (const lake::ValueChange &change : column.most) {
            const auto shown = [](const std::string &value) {
                return value.empty() ? std::string{"(blank)"} : value;
            };
            out << fmt::format("    {:>7}  {} -> {}\n", rows(change.rows), shown(change.before),
                               shown(change.after));
        }
    }
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
        out << (held.missing.empty() ? "\n"
                                     : "; missing: " + core::months_in_words(held.missing) + "\n");
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

/// Every month sent more than once, its last two issues held against each other; or two files.
int compare(const Context &context, const std::string &given, const std::vector<std::string> &ids,
            const std::string &dataset) {
    const auto home = find_home(context, given);
    if (!home) {
        return Exit::mistake;
    }
    std::vector<lake::Comparison> found;
    if (ids.empty()) {
        found = lake::compare_revisions(home->store(), dataset);
    } else {
        const std::vector<lake::Manifest> all = lake::manifests(home->store());
        const lake::Manifest *before = file_named(context, all, ids.front());
        const lake::Manifest *after = file_named(context, all, ids.back());
        if (before == nullptr || after == nullptr) {
            return Exit::mistake;
        }
        const auto months = before->covers && after->covers
                                ? before->covers->overlap(*after->covers)
                                : std::nullopt;
        if (!months || before->dataset != after->dataset) {
            return context.refuse(fmt::format("{} and {} do not speak of one month of one dataset.",
                                              before->file_name, after->file_name));
        }
        for (const core::Month month : months->each()) {
            found.push_back(lake::compare_files(home->store(), before->id, after->id, month));
        }
    }
    for (const lake::Comparison &each : found) {
        print(context.terminal.out, each);
    }
    if (found.empty()) {
        context.terminal.out << "No month has been sent more than once.\n";
    }
    return Exit::done;
}

int show_quality(const Context &context, const std::string &given, const std::string &dataset) {
    const auto home = find_home(context, given);
    if (!home) {
        return Exit::mistake;
    }
    for (const auto &report : lake::quality(home->store(), dataset, context.clock.now())) {
        std::uint64_t count = 0;
        for (const lake::MonthQuality &month : report.months) {
            count += month.rows;
        }
        context.terminal.out << fmt::format("{} from {}: {} rows\n", report.dataset, report.owner,
                                            rows(count));
        for (const lake::QualityFinding &finding : report.findings) {
            context.terminal.out << "  " << finding.sentence << '\n';
        }
        if (report.findings.empty()) {
            context.terminal.out << "  Nothing stands out.\n";
        }
    }
    return Exit::done;
}

void add_compare(CLI::App &sources, Context &context) {
    auto home = std::make_shared<std::string>();
    auto dataset = std::make_shared<std::string>();
    auto ids = std::make_shared<std::vector<std::string>>();
    CLI::App *command = sources.add_subcommand(
        "compare", "What a revision changed: the last two issues of every month sent again");
    command->footer(
        "Or two files, by the ids or names that `wardmote sources list --files` shows.");
    add_home(*command, *home);
    command->add_option("files", *ids, "Two files: the earlier, then the later")
        ->type_name("A B")
        ->expected(0, 2);
    command->add_option("--dataset", *dataset, "Of this dataset only")->type_name("DATASET");
    command->callback([=, &context] {
        context.chosen = [=, &context]() -> int {
            if (ids->size() == 1) {
                return context.refuse("Name two files, or none for every month sent again.");
            }
            return compare(context, *home, *ids, *dataset);
        };
    });
}

void add_quality(CLI::App &sources, Context &context) {
    auto home = std::make_shared<std::string>();
    auto dataset = std::make_shared<std::string>();
    CLI::App *command = sources.add_subcommand(
        "quality", "What stands out: months missing or small, categories that come and go, places");
    add_home(*command, *home);
    command->add_option("dataset", *dataset, "Of this dataset only")->type_name("DATASET");
    command->callback([=, &context] {
        context.chosen = [=, &context] { return show_quality(context, *home, *dataset); };
    });
}

} // namespace

void add_sources(CLI::App &app, Context &context) {
    CLI::App *command = app.add_subcommand(
        "sources", "The files that evidence came from: list, map, compare, quality");
    command->require_subcommand(1);
    add_list(*command, context);
    add_map(*command, context);
    add_compare(*command, context);
    add_quality(*command, context);
}

} // namespace wardmote::app
