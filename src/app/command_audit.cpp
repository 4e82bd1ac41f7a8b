#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <ostream>
#include <vector>

#include "app/context.hpp"
#include "app/progress.hpp"
#include "app/records.hpp"
#include "engine/core/text.hpp"

namespace wardmote::app {
namespace {

namespace fs = std::filesystem;

struct Audit {
    std::string home;
    RecordsOptions records;
    std::vector<std::string> others;
};

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return core::counted(static_cast<std::int64_t>(count), one, many);
}

std::unique_ptr<RecordsHome> open_for(const Context &context, const Home &home,
                                      const Audit &wanted) {
    return open_records(context, home, wanted.records, {.migrate = false, .must_exist = true});
}

/// Spools set aside because lines of them were changed: see access/seen_log.hpp.
std::vector<std::string> changed_spools(const Home &home) {
    std::vector<std::string> paths;
    if (fs::exists(spool_folder(home))) {
        for (const auto &entry : fs::directory_iterator{spool_folder(home)}) {
            if (entry.path().extension() == ".changed") {
                paths.push_back(entry.path());
            }
        }
    }
    return paths;
}

double entries_in(db::Database &database) {
    return database.read(db::Scope::everyone(), [](db::Transaction &tx) {
        return static_cast<double>(
            tx.first("select (select count(*) from change_log) + (select count(*) from seen_log) "
                     "as n")
                ->integer("n"));
    });
}

int verify(const Context &context, const Audit &wanted) {
    const auto home = find_home(context, wanted.home);
    const auto records = home ? open_for(context, *home, wanted) : nullptr;
    if (!records) {
        return Exit::mistake;
    }
    for (const auto &folder : wanted.others) {
        if (!fs::is_directory(folder)) {
            return context.refuse(fmt::format("There is no folder {}.", folder));
        }
    }
    const double all = entries_in(records->database);
    ProgressLine line{context.terminal};
    const auto result = records->ledger.verify(
        records->database,
        [&](std::uint64_t read) {
            line.show("reading the logs", all > 0 ? static_cast<double>(read) / all : 1);
        },
        wanted.others);
    line.finish();
    for (const auto &finding : result.findings) {
        context.terminal.err << core::capitalised(finding.words) << ".\n";
    }
    const auto spools = changed_spools(*home);
    for (const auto &path : spools) {
        context.terminal.err << fmt::format(
            "Notes of what was seen were changed before the log took them: {}.\n", path);
    }
    const auto findings = result.findings.size() + spools.size();
    context.terminal.out << fmt::format(
        "{} in {} and {} were read: {}\n", counted(result.entries, "entry", "entries"),
        counted(result.chains, "chain", "chains"),
        counted(result.checkpoints, "checkpoint", "checkpoints"),
        findings == 0 ? "nothing was changed or taken away."
                      : counted(findings, "thing is wrong.", "things are wrong."));
    return findings == 0 ? Exit::done : Exit::in_part;
}

int checkpoint(const Context &context, const Audit &wanted) {
    const auto home = find_home(context, wanted.home);
    const auto records = home ? open_for(context, *home, wanted) : nullptr;
    if (!records) {
        return Exit::mistake;
    }
    const auto path = records->ledger.checkpoint(records->database);
    context.terminal.out << fmt::format(
        "{}\nCopy it, its signature ({}.sig) and public-key.pem to a place that those who run this "
        "machine cannot change.\n",
        path, fs::path{path}.stem().string());
    return Exit::done;
}

void add_options(CLI::App &command, Audit &wanted) {
    add_home(command, wanted.home);
    add_records(command, wanted.records);
}

} // namespace

void add_audit(CLI::App &app, Context &context) {
    CLI::App *command =
        app.add_subcommand("audit", "The logs of changes and of what was seen: verify, checkpoint");
    command->require_subcommand(1);

    auto verified = std::make_shared<Audit>();
    CLI::App *verifying = command->add_subcommand(
        "verify", "Read both logs and say what was changed or taken away, and where");
    verifying->footer("Exit code 2: something is wrong; standard error says what.");
    add_options(*verifying, *verified);
    verifying
        ->add_option("--also", verified->others,
                     "The folder audit of another workspace that writes to the same database")
        ->type_name("DIR");
    verifying->callback([verified, &context] {
        context.chosen = [verified, &context] { return verify(context, *verified); };
    });

    auto checked = std::make_shared<Audit>();
    CLI::App *checking = command->add_subcommand(
        "checkpoint", "Sign how far every chain of the logs has come, to be kept elsewhere");
    add_options(*checking, *checked);
    checking->callback([checked, &context] {
        context.chosen = [checked, &context] { return checkpoint(context, *checked); };
    });
}

} // namespace wardmote::app
