#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <ostream>

#include "app/context.hpp"
#include "app/report.hpp"
#include "app/workspace.hpp"
#include "engine/core/text.hpp"
#include "work/evidence/evidence.hpp"
#include "work/partnership/rules.hpp"
#include "work/reports/reports.hpp"

namespace wardmote::app {
namespace {

struct ReportWanted {
    std::string home;
    RecordsOptions records;
    std::string name;
    AskingOptions asking;
    std::string grant;
    std::string out;
};

/// Whether there are records to open, without making any.
bool has_records(const Home &home, const RecordsOptions &options) {
    constexpr std::string_view sqlite = "sqlite:";
    const std::string address = records_of(home, options).database;
    return !address.starts_with(sqlite) || std::filesystem::exists(address.substr(sqlite.size()));
}

int write(const Context &context, const ReportWanted &wanted) {
    const auto home = find_home(context, wanted.home);
    const auto asking = read_asking(context, wanted.asking);
    const auto workspace = home && asking ? open_workspace(context, *home) : nullptr;
    if (!workspace) {
        return Exit::mistake;
    }
    const std::vector<std::string> names = reports::report_names(*workspace);
    if (std::ranges::find(names, wanted.name) == names.end()) {
        return context.refuse(fmt::format("There is no report {}. There {}: {}.", wanted.name,
                                          names.size() == 1 ? "is" : "are", core::joined(names)));
    }
    const core::Date day = asking->as_at.value_or(workspace->today());
    const std::string folder =
        wanted.out.empty() ? reports::usual_folder(*workspace, wanted.name, day, wanted.grant)
                           : wanted.out;
    const auto told = records_for_report(context, *home, wanted.records, *workspace,
                                         {.name = wanted.name, .grant = wanted.grant}, *asking);
    return told ? write_and_say(context, *workspace, *told, wanted.name, *asking, folder)
                : Exit::mistake;
}

} // namespace

reports::Records records_for_report(const Home &home, RecordsHome &records,
                                    const evidence::Workspace &workspace, const ReportOf &report,
                                    const evidence::Asking &asking) {
    const auto tenant = first_tenant(records.database);
    if (!tenant) {
        return {};
    }
    const auto rules = partnership::Rules::read(home.catalogues());
    auto looking = reports::looking_of(workspace, asking);
    looking.rules = &rules;
    looking.grant = report.grant;
    return records.database.read({*tenant, {}, {}}, [&](db::Transaction &tx) {
        return reports::read_records(tx, report.name, looking);
    });
}

std::optional<reports::Records> records_for_report(const Context &context, const Home &home,
                                                   const RecordsOptions &options,
                                                   const evidence::Workspace &workspace,
                                                   const ReportOf &report,
                                                   const evidence::Asking &asking) {
    if (!has_records(home, options)) {
        return reports::Records{};
    }
    const auto records = open_records(context, home, options, {.must_exist = true});
    return records ? std::optional{records_for_report(home, *records, workspace, report, asking)}
                   : std::nullopt;
}

int write_and_say(const Context &context, const evidence::Workspace &workspace,
                  const reports::Records &records, const std::string &name,
                  const evidence::Asking &asking, const std::string &folder) {
    const reports::Written written =
        reports::write_report(name, workspace, records, asking, folder);
    for (const document::Problem &problem : written.problems) {
        context.terminal.err << problem.sentence() << '\n';
    }
    context.terminal.out << fmt::format(
        "Wrote {} to {}: {}, each with its source, and {}.\n", core::joined(written.files),
        written.folder,
        core::counted(static_cast<std::int64_t>(written.figures), "figure", "figures"),
        core::counted(static_cast<std::int64_t>(written.charts), "chart", "charts"));
    return written.problems.empty() ? Exit::done : Exit::in_part;
}

void add_report(CLI::App &app, Context &context) {
    auto wanted = std::make_shared<ReportWanted>();
    CLI::App *command = app.add_subcommand(
        "report", "Write a report: HTML, PDF, Word, its figures (CSV) and where they come from");
    add_home(*command, wanted->home);
    command
        ->add_option("name", wanted->name,
                     "Which report: council, board, grant-return, or one of your own")
        ->type_name("NAME")
        ->required();
    add_asking(*command, wanted->asking);
    add_records(*command, wanted->records);
    command
        ->add_option("--grant", wanted->grant,
                     "Reference of the grant that grant-return is of; else the first agreed")
        ->type_name("REFERENCE");
    command
        ->add_option("--out", wanted->out,
                     "The folder to write; else HOME/reports/NAME-DATE. It is replaced as a whole")
        ->type_name("DIR");
    command->callback([wanted, &context] {
        context.chosen = [wanted, &context] { return write(context, *wanted); };
    });
}

} // namespace wardmote::app
