#include "app/records.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

#include "app/site_settings.hpp"

namespace wardmote::app {
namespace {

/// New keys only for a database that nothing was sealed or logged in.
db::Keys open_keys(db::Database &database, const std::string &folder, bool must_exist) {
    if (!std::filesystem::exists(folder + "/secret.key")) {
        const bool in_use = database.read(db::Scope::everyone(), [](db::Transaction &tx) {
            return tx.first("select id from tenant limit 1").has_value();
        });
        if (must_exist || in_use) {
            throw std::runtime_error(fmt::format(
                "There is no secret.key in {}, without which what is sealed cannot be read and the "
                "logs cannot be verified. Put back the copy that was kept apart, or name its "
                "folder with --keys",
                folder));
        }
    }
    return db::Keys::open(folder);
}

} // namespace

void add_records(CLI::App &command, RecordsOptions &options) {
    command
        .add_option("--database", options.database,
                    "sqlite:FILE or postgresql://USER@HOST/NAME. Else what the settings say, or "
                    "records/records.sqlite of the workspace")
        ->type_name("ADDRESS");
    command
        .add_option(
            "--keys", options.keys,
            "The folder of secret.key. Else what the settings say, or keys in the workspace")
        ->type_name("DIR");
}

RecordsOptions records_of(const Home &home, RecordsOptions options) {
    const auto settings = read_records_place(home);
    const auto fill = [](std::string &option, const std::string &setting, std::string otherwise) {
        if (option.empty()) {
            option = setting.empty() ? std::move(otherwise) : setting;
        }
    };
    fill(options.database, settings.database, "sqlite:" + home.folder + "/records/records.sqlite");
    fill(options.keys, settings.keys, home.folder + "/keys");
    return options;
}

std::optional<std::string> first_tenant(db::Database &database) {
    return database.read(db::Scope::everyone(), [](db::Transaction &tx) {
        const auto row = tx.first("select id from tenant order by created, id limit 1");
        return row ? std::optional{row->text("id")} : std::nullopt;
    });
}

RecordsHome::RecordsHome(const Home &home, const RecordsOptions &options, const core::Clock &clock,
                         const db::Options &how)
    : database{records_of(home, options).database, how}
    , keys{open_keys(database, records_of(home, options).keys, how.must_exist)}
    , ledger{keys, audit_folder(home), clock} {}

std::unique_ptr<RecordsHome> open_records(const Context &context, const Home &home,
                                          const RecordsOptions &options, const db::Options &how) {
    try {
        return std::make_unique<RecordsHome>(home, options, context.clock, how);
    } catch (const std::runtime_error &error) {
        context.refuse(error.what());
        return nullptr;
    }
}

} // namespace wardmote::app
