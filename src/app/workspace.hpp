/// Opening a workspace for a command, and how a question is put to it on the command line.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/context.hpp"
#include "work/evidence/evidence.hpp"

namespace wardmote::app {

/// Null, and the reason said, when its settings or measures cannot be read: a person wrote those.
std::unique_ptr<evidence::Workspace> open_workspace(const Context &context, const Home &home);

/// The options --as-at, --as-known-on and --area as typed.
struct AskingOptions {
    std::string as_at;
    std::string as_known_on;
    std::string area;
};

void add_asking(CLI::App &command, AskingOptions &options);

/// Nothing, and the reason said, when a date is none.
std::optional<evidence::Asking> read_asking(const Context &context, const AskingOptions &options);

} // namespace wardmote::app
