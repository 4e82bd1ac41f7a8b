/// The command line: `wardmote COMMAND ...`.
#pragma once

#include <string>
#include <vector>

#include "app/context.hpp"

namespace wardmote::app {

/// Runs one command line, without the program's own name. Gives the exit code; never throws.
int run(std::vector<std::string> arguments, const Terminal &terminal, const core::Clock &clock);

} // namespace wardmote::app
