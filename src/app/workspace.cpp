#include "app/workspace.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace wardmote::app {

std::unique_ptr<evidence::Workspace> open_workspace(const Context &context, const Home &home) {
    try {
        return std::make_unique<evidence::Workspace>(home.folder, context.clock);
    } catch (const std::runtime_error &error) {
        context.refuse(error.what());
        return nullptr;
    }
}

void add_asking(CLI::App &command, AskingOptions &options) {
    command
        .add_option("--as-at", options.as_at,
                    "Answer as on this day: it chooses the last month counted")
        ->type_name("DATE");
    command
        .add_option("--as-known-on", options.as_known_on,
                    "Leave out files received after this day, or moment in UTC")
        ->type_name("DATE");
}

std::optional<evidence::Asking> read_asking(const Context &context, const AskingOptions &options) {
    evidence::Asking asking;
    if (!options.as_at.empty()) {
        asking.as_at = core::Date::parse(options.as_at);
        if (!asking.as_at) {
            context.refuse(
                fmt::format("--as-at {} is not a day. Write it as 2015-02-02.", options.as_at));
            return {};
        }
    }
    if (!options.as_known_on.empty()) {
        asking.as_known_on = parse_moment(options.as_known_on);
        if (!asking.as_known_on) {
            context.refuse(fmt::format("--as-known-on {} is not a day. Write it as 2015-02-02, or "
                                       "with a time, 2015-02-02T08:10:00Z.",
                                       options.as_known_on));
            return {};
        }
    }
    asking.area = options.area;
    return asking;
}

} // namespace wardmote::app
