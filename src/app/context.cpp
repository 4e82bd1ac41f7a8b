#include "app/context.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <ostream>

#include "engine/core/calendar.hpp"
#include "work/evidence/evidence.hpp"

namespace wardmote::app {

namespace fs = std::filesystem;

int Context::refuse(std::string_view sentence) const {
    terminal.err << sentence << '\n';
    return Exit::mistake;
}

std::vector<std::string> Home::catalogues() const {
    return {evidence::catalogue_folder(), folder + "/catalogue"};
}

std::optional<Home> find_home(const Context &context, const std::string &given) {
    std::string folder = given;
    if (folder.empty()) {
        const char *named = std::getenv("WARDMOTE_HOME");
        folder = named != nullptr && *named != '\0' ? named : ".";
    }
    while (folder.size() > 1 && folder.back() == '/') {
        folder.pop_back();
    }
    if (fs::exists(folder + "/wardmote.toml")) {
        return Home{folder};
    }
    if (folder == ".") {
        context.refuse("Which workspace? Say --home DIR, or run this in the folder of one.");
    } else {
        context.refuse(fmt::format("{} is not a workspace: it has no wardmote.toml. To make one: "
                                   "wardmote new --home {} --name \"...\" --area CODE",
                                   folder, folder));
    }
    return {};
}

void add_home(CLI::App &command, std::string &home) {
    command
        .add_option("--home", home,
                    "The workspace: a folder made by `wardmote new`. Else $WARDMOTE_HOME, else "
                    "the folder you are in")
        ->type_name("DIR");
}

std::optional<core::Instant> parse_moment(std::string_view text) {
    if (const auto date = core::Date::parse(text)) {
        return core::Instant::end_of(*date);
    }
    return core::Instant::parse(text);
}

} // namespace wardmote::app
