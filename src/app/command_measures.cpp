#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <ostream>

#include "app/context.hpp"
#include "app/workspace.hpp"
#include "engine/core/text.hpp"
#include "work/evidence/evidence.hpp"

namespace wardmote::app {
namespace {

int list_measures(const Context &context, const std::string &given, bool keys) {
    const auto home = find_home(context, given);
    const auto workspace = home ? open_workspace(context, *home) : nullptr;
    if (!workspace) {
        return Exit::mistake;
    }
    if (keys) {
        for (const std::string &key : workspace->keys()) {
            context.terminal.out << key << '\n';
        }
        return Exit::done;
    }
    for (const evidence::Measure &measure : workspace->measures()) {
        std::vector<std::string> datasets;
        for (const evidence::Source &source : measure.sources) {
            datasets.push_back(source.dataset);
        }
        context.terminal.out << fmt::format("{}\n    {}. {}\n    From {}; {}\n", measure.key,
                                            measure.title, measure.definition,
                                            core::joined(datasets, " or "), measure.file);
    }
    return Exit::done;
}

} // namespace

void add_measures(CLI::App &app, Context &context) {
    auto home = std::make_shared<std::string>();
    auto keys = std::make_shared<bool>(false);
    CLI::App *command = app.add_subcommand("measures", "List what is counted, and from what");
    add_home(*command, *home);
    command->add_flag("--keys", *keys, "List the key of every figure that can be asked for");
    command->callback([=, &context] {
        context.chosen = [=, &context] { return list_measures(context, *home, *keys); };
    });
}

} // namespace wardmote::app
