#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <ostream>

#include "app/context.hpp"
#include "app/progress.hpp"
#include "app/records.hpp"
#include "engine/core/text.hpp"
#include "platform/db/archive.hpp"

namespace wardmote::app {
namespace {

struct Restore {
    std::string home;
    RecordsOptions records;
    std::string from;
};

int restore(const Context &context, const Restore &wanted) {
    const Home home{wanted.home};
    const auto place = records_of(home, wanted.records);
    if (!std::filesystem::exists(place.keys + "/secret.key")) {
        return context.refuse(fmt::format(
            "There is no secret.key in {}. A backup does not hold it: put the folder of keys that "
            "was kept apart in place first, or name it with --keys.",
            place.keys));
    }
    ProgressLine line{context.terminal};
    try {
        const auto keys = db::Keys::open(place.keys);
        db::Database database{place.database};
        const auto done =
            db::restore(wanted.from, keys, home.folder, database,
                        [&line](std::string_view part, double share) { line.show(part, share); });
        line.finish();
        // An archive has no empty folders, and a store without evidence is one.
        std::filesystem::create_directories(home.folder + "/evidence/manifests");
        context.terminal.out << fmt::format(
            "{} of {} and {} are in place.\n"
            "To see that the logs are whole: wardmote audit verify --home {}\n",
            core::counted(static_cast<std::int64_t>(done.rows), "row", "rows"),
            core::counted(static_cast<std::int64_t>(done.tables), "table", "tables"),
            core::counted(static_cast<std::int64_t>(done.files), "file", "files"), home.folder);
        return Exit::done;
    } catch (const db::Refused &refusal) {
        line.finish();
        return context.refuse(fmt::format("{}.", refusal.what()));
    }
}

} // namespace

void add_restore(CLI::App &app, Context &context) {
    auto wanted = std::make_shared<Restore>();
    CLI::App *command =
        app.add_subcommand("restore", "Put a backup into an empty place, on either engine");
    command->footer("Everything in the file is checked before anything is written. The folder of "
                    "keys must be in place first.");
    command->add_option("--home", wanted->home, "The workspace to make: empty but for its keys")
        ->type_name("DIR")
        ->required();
    add_records(*command, wanted->records);
    command->add_option("--from", wanted->from, "The file that `wardmote backup` wrote")
        ->type_name("FILE")
        ->required();
    command->callback([wanted, &context] {
        context.chosen = [wanted, &context] { return restore(context, *wanted); };
    });
}

} // namespace wardmote::app
