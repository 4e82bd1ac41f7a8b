#include "app/commands.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <ostream>

#include "engine/core/id.hpp"

namespace wardmote::app {
namespace {

constexpr auto about =
    "Wardmote, the working system of a community safety partnership: it brings in the evidence, "
    "shows what is changing and where, and writes the reports.";

constexpr auto exit_codes =
    "Exit codes: 0 done; 1 something to put right, said on standard error; 2 done in part, rows "
    "or files were set aside; 70 the program failed.\n"
    "First steps: `wardmote demo`, then docs/guide/first-hour.md.";

bool is_command(const CLI::App &app, const std::string &name) {
    return !app.get_subcommands([&name](const CLI::App *each) { return each->get_name() == name; })
                .empty();
}

int parse_and_run(CLI::App &app, std::vector<std::string> arguments, Context &context) {
    if (arguments.empty()) {
        return context.refuse("Which command? `wardmote --help` lists them.");
    }
    const std::string &first = arguments.front();
    if (!first.starts_with('-') && !is_command(app, first)) {
        return context.refuse(
            fmt::format("There is no command {}. `wardmote --help` lists them.", first));
    }
    std::reverse(arguments.begin(), arguments.end()); // CLI11 takes them from the back
    try {
        app.parse(std::move(arguments));
    } catch (const CLI::Success &success) { // --help or --version
        return app.exit(success, context.terminal.out, context.terminal.err);
    } catch (const CLI::ParseError &error) {
        const auto chosen = app.get_subcommands();
        const std::string command =
            chosen.empty() ? "wardmote" : "wardmote " + chosen.front()->get_name();
        return context.refuse(fmt::format("{}. See {} --help", error.what(), command));
    }
    return context.chosen();
}

} // namespace

int run(std::vector<std::string> arguments, const Terminal &terminal, const core::Clock &clock) {
    Context context{terminal, clock, {}};
    try {
        CLI::App app{about, "wardmote"};
        app.footer(exit_codes);
        app.set_version_flag("--version", "wardmote " WARDMOTE_VERSION);
        app.require_subcommand(1);
        add_demo(app, context);
        add_new(app, context);
        add_import(app, context);
        add_sources(app, context);
        add_verify(app, context);
        add_measures(app, context);
        add_figure(app, context);
        add_query(app, context);
        add_report(app, context);
        add_serve(app, context);
        add_tenant(app, context);
        add_migrate(app, context);
        add_audit(app, context);
        add_backup(app, context);
        add_restore(app, context);
        return parse_and_run(app, std::move(arguments), context);
    } catch (const std::exception &error) {
        // The id lets a person who reports it and a line of a log be put together.
        terminal.err << fmt::format("Wardmote cannot go on: {} (failure {})\n", error.what(),
                                    core::Id::make(clock).text());
        return Exit::broken;
    }
}

} // namespace wardmote::app
