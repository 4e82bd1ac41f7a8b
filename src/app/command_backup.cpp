#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <ostream>

#include "app/context.hpp"
#include "app/progress.hpp"
#include "app/records.hpp"
#include "engine/core/text.hpp"
#include "platform/access/seen_log.hpp"
#include "platform/db/archive.hpp"

namespace wardmote::app {
namespace {

struct Backup {
    std::string home;
    RecordsOptions records;
    std::string to;
};

int backup(const Context &context, const Backup &wanted) {
    const auto home = find_home(context, wanted.home);
    const auto records =
        home ? open_records(context, *home, wanted.records, {.migrate = false, .must_exist = true})
             : nullptr;
    if (!records) {
        return Exit::mistake;
    }
    // What a process that died had noted belongs in it too.
    access::SeenLog{records->database, records->ledger, context.clock, spool_folder(*home)}.close();
    ProgressLine line{context.terminal};
    try {
        const auto done =
            db::backup(records->database, records->keys, home->folder, wanted.to, context.clock,
                       [&line](std::string_view part, double share) { line.show(part, share); });
        line.finish();
        context.terminal.out << fmt::format(
            "{}: {} of {} and {}, {} bytes, read again and found whole.\n"
            "The secret key is not in it. Keep a copy of {} in another place: without it the "
            "backup cannot be restored.\n",
            wanted.to, core::counted(static_cast<std::int64_t>(done.rows), "row", "rows"),
            core::counted(static_cast<std::int64_t>(done.tables), "table", "tables"),
            core::counted(static_cast<std::int64_t>(done.files), "file", "files"),
            core::number(static_cast<std::int64_t>(done.bytes)),
            records_of(*home, wanted.records).keys);
        return Exit::done;
    } catch (const db::Refused &refusal) {
        line.finish();
        return context.refuse(fmt::format("{}.", refusal.what()));
    }
}

} // namespace

void add_backup(CLI::App &app, Context &context) {
    auto wanted = std::make_shared<Backup>();
    CLI::App *command =
        app.add_subcommand("backup", "Write the whole workspace to one file, while it is in use");
    command->footer("The file fits both engines: what was SQLite can be restored to PostgreSQL "
                    "and the other way round. It does not hold the secret key.");
    add_home(*command, wanted->home);
    add_records(*command, wanted->records);
    command->add_option("--to", wanted->to, "The file to write; it must not be there")
        ->type_name("FILE")
        ->required();
    command->callback([wanted, &context] {
        context.chosen = [wanted, &context] { return backup(context, *wanted); };
    });
}

} // namespace wardmote::app
