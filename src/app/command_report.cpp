#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <ostream>

#include "app/context.hpp"
#include "app/workspace.hpp"
#include "engine/core/text.hpp"
#include "work/evidence/evidence.hpp"
#include "work/reports/reports.hpp"

namespace wardmote::app {
namespace {

struct ReportWanted {
    std::string home;
    std::string name;
    AskingOptions asking;
    std::string out;
};

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
        wanted.out.empty() ? reports::usual_folder(*workspace, wanted.name, day) : wanted.out;
    return write_and_say(context, *workspace, wanted.name, *asking, folder);
}

} // namespace

int write_and_say(const Context &context, const evidence::Workspace &workspace,
                  const std::string &name, const evidence::Asking &asking,
                  const std::string &folder) {
    const reports::Written written = reports::write_report(name, workspace, asking, folder);
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
    command->add_option("name", wanted->name, "Which report: council")
        ->type_name("NAME")
        ->required();
    add_asking(*command, wanted->asking);
    command
        ->add_option("--out", wanted->out,
                     "The folder to write; else HOME/reports/NAME-DATE. It is replaced as a whole")
        ->type_name("DIR");
    command->callback([wanted, &context] {
        context.chosen = [wanted, &context] { return write(context, *wanted); };
    });
}

} // namespace wardmote::app
