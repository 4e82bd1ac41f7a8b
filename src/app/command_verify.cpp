#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <ostream>

#include "app/context.hpp"
#include "engine/core/text.hpp"
#include "engine/lake/import.hpp"

namespace wardmote::app {
namespace {

int verify(const Context &context, const std::string &given) {
    const auto home = find_home(context, given);
    if (!home) {
        return Exit::mistake;
    }
    const lake::Verification found = lake::verify(home->store());
    for (const std::string &problem : found.problems) {
        context.terminal.err << problem << '\n';
    }
    for (const std::string &note : found.notes) {
        context.terminal.out << note << '\n';
    }
    context.terminal.out << fmt::format(
        "{} with {} were read again: {}\n",
        core::counted(static_cast<std::int64_t>(found.manifests), "file", "files"),
        core::counted(static_cast<std::int64_t>(found.rows), "row", "rows"),
        found.ok() ? "all are as they were written."
                   : core::counted(static_cast<std::int64_t>(found.problems.size()),
                                   "problem was found.", "problems were found."));
    return found.ok() ? Exit::done : Exit::in_part;
}

} // namespace

void add_verify(CLI::App &app, Context &context) {
    auto home = std::make_shared<std::string>();
    CLI::App *command = app.add_subcommand(
        "verify", "Read every file of the evidence again and compare it with its manifest");
    add_home(*command, *home);
    command->callback(
        [home, &context] { context.chosen = [home, &context] { return verify(context, *home); }; });
}

} // namespace wardmote::app
