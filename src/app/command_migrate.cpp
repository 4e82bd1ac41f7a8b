#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "app/context.hpp"
#include "app/records.hpp"

namespace wardmote::app {
namespace {

struct Migrate {
    std::string home;
    RecordsOptions records;
};

int migrate(const Context &context, const Migrate &wanted) {
    const auto home = find_home(context, wanted.home);
    if (!home) {
        return Exit::mistake;
    }
    const auto records = open_records(context, *home, wanted.records);
    if (!records) {
        return Exit::mistake;
    }
    context.terminal.out << records->database.address() << " is up to date.\n";
    return Exit::done;
}

} // namespace

void add_migrate(CLI::App &app, Context &context) {
    auto wanted = std::make_shared<Migrate>();
    CLI::App *command = app.add_subcommand(
        "migrate", "Make the database of the records, or bring it up to date with this program");
    command->footer("With SQLite `wardmote serve` does this by itself. On PostgreSQL it needs the "
                    "owner of the database; the program then acts as the role wardmote_service, "
                    "which cannot change the schema or the logs.");
    add_home(*command, wanted->home);
    add_records(*command, wanted->records);
    command->callback([wanted, &context] {
        context.chosen = [wanted, &context] { return migrate(context, *wanted); };
    });
}

} // namespace wardmote::app
