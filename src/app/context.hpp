/// What every command is given: where it may write, what time it is, and which command was chosen.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/clock.hpp"

namespace CLI {
class App;
}

namespace wardmote::app {

/// How a command ends; docs/guide/commands.md tells people.
enum Exit : int {
    done = 0,
    mistake = 1, ///< a person can put it right: a sentence on standard error says how
    in_part = 2, ///< done, but rows or files were set aside, or something found wanting
    broken = 70, ///< our machinery failed; the line on standard error has an id
};

/// The two streams of a command, and whether a person is watching the second.
struct Terminal {
    std::ostream &out;
    std::ostream &err;
    bool interactive = false;
};

struct Context {
    Terminal terminal;
    const core::Clock &clock;
    std::function<int()> chosen; ///< set when the command line has been read

    /// Says the sentence on standard error; gives Exit::mistake.
    int refuse(std::string_view sentence) const;
};

/// A workspace folder, as named on the command line.
struct Home {
    std::string folder;

    std::string store() const { return folder + "/evidence"; }
    /// The shipped catalogue, then the workspace's own.
    std::vector<std::string> catalogues() const;
};

/// `given`, else $WARDMOTE_HOME, else the folder we are in. Nothing, and the reason said, when that
/// is no workspace.
std::optional<Home> find_home(const Context &context, const std::string &given);

/// The option --home of most commands.
void add_home(CLI::App &command, std::string &home);

/// "2015-02-02", or a moment such as "2015-02-02T08:10:00Z"; a date alone is the end of its day.
std::optional<core::Instant> parse_moment(std::string_view text);

// Each adds one command; commands.cpp calls them all.
void add_new(CLI::App &app, Context &context);
void add_import(CLI::App &app, Context &context);
void add_sources(CLI::App &app, Context &context);
void add_verify(CLI::App &app, Context &context);
void add_measures(CLI::App &app, Context &context);
void add_figure(CLI::App &app, Context &context);
void add_query(CLI::App &app, Context &context);
void add_report(CLI::App &app, Context &context);
void add_serve(CLI::App &app, Context &context);
void add_demo(CLI::App &app, Context &context);
void add_tenant(CLI::App &app, Context &context);
void add_migrate(CLI::App &app, Context &context);
void add_audit(CLI::App &app, Context &context);
void add_backup(CLI::App &app, Context &context);
void add_restore(CLI::App &app, Context &context);

} // namespace wardmote::app
