#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <memory>
#include <ostream>
#include <regex>

#include "app/context.hpp"

namespace wardmote::app {
namespace {

namespace fs = std::filesystem;

struct New {
    std::string home;
    std::string name;
    std::string place;
    std::string area;
};

/// A TOML basic string.
std::string quoted(const std::string &words) {
    std::string text = "\"";
    for (const char letter : words) {
        if (letter == '"' || letter == '\\') {
            text += '\\';
        }
        text += letter;
    }
    return text + '"';
}

std::string settings_text(const New &wanted) {
    const bool partnership = wanted.area.starts_with("E22") || wanted.area.starts_with("W22");
    return fmt::format("partnership = {}\n"
                       "place = {}   # as it stands in a sentence\n"
                       "level = \"{}\"\n"
                       "area = \"{}\"\n",
                       quoted(wanted.name), quoted(wanted.place),
                       partnership ? "partnership" : "district", wanted.area);
}

int make_new(const Context &context, New wanted) {
    static const std::regex codes{"[EW](06|07|08|09|22)[0-9]{6}"};
    if (!std::regex_match(wanted.area, codes)) {
        return context.refuse(fmt::format(
            "{} is not the code of a council or a community safety partnership. Such a code is a "
            "letter and eight digits: E07000178 is Oxford. The Office for National Statistics "
            "lists them.",
            wanted.area));
    }
    for (const std::string *words : {&wanted.name, &wanted.place}) {
        if (std::ranges::any_of(*words, [](unsigned char letter) { return letter < ' '; })) {
            return context.refuse("A name is one line of words, without tabs or line ends.");
        }
    }
    const fs::path folder{wanted.home};
    if (fs::exists(folder) && !(fs::is_directory(folder) && fs::is_empty(folder))) {
        return context.refuse(
            fs::exists(folder / "wardmote.toml")
                ? fmt::format("{} is a workspace already. Name another folder, or use this one.",
                              wanted.home)
                : fmt::format("{} is there already and is not empty. Name a new folder.",
                              wanted.home));
    }
    if (wanted.place.empty()) {
        wanted.place = "the area";
    }
    std::error_code error;
    for (const char *part :
         {"catalogue/measures", "catalogue/sources", "catalogue/reports", "evidence/manifests",
          "records"}) {
        fs::create_directories(folder / part, error);
        if (error) {
            return context.refuse(fmt::format("{} could not be made: {}.", (folder / part).string(),
                                              error.message()));
        }
    }
    std::ofstream settings{folder / "wardmote.toml", std::ios::binary};
    settings << settings_text(wanted);
    settings.close();
    if (!settings) {
        return context.refuse(fmt::format("{}/wardmote.toml could not be written.", wanted.home));
    }
    context.terminal.out << fmt::format(
        "Made {0} for {1} ({2}).\n"
        "Next, bring in boundaries, lookups and the police's files:\n"
        "  wardmote import --home {0} PATH...\n",
        wanted.home, wanted.name, wanted.area);
    return Exit::done;
}

} // namespace

void add_new(CLI::App &app, Context &context) {
    auto wanted = std::make_shared<New>(); // lives as long as the callbacks that CLI11 keeps
    CLI::App *command = app.add_subcommand("new", "Make a workspace for a partnership");
    command->add_option("--home", wanted->home, "The folder to make")->type_name("DIR")->required();
    command->add_option("--name", wanted->name, "The partnership's name, as it heads a report")
        ->type_name("NAME")
        ->required();
    command
        ->add_option("--area", wanted->area,
                     "Code of the council (E07000178) or of the partnership (E22000...)")
        ->type_name("CODE")
        ->required();
    command
        ->add_option("--place", wanted->place,
                     "What the area is called in a sentence, such as Oxford; else \"the area\"")
        ->type_name("WORDS");
    command->callback([wanted, &context] {
        context.chosen = [wanted, &context] { return make_new(context, *wanted); };
    });
}

} // namespace wardmote::app
