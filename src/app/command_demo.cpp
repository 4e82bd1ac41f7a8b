#include <CLI/CLI.hpp>
#include <chrono>
#include <fmt/format.h>
#include <memory>
#include <ostream>

#include "app/context.hpp"
#include "app/example.hpp"
#include "app/example_people.hpp"
#include "app/report.hpp"
#include "app/site.hpp"
#include "app/workspace.hpp"
#include "engine/core/text.hpp"
#include "platform/access/tenants.hpp"

namespace wardmote::app {
namespace {

struct Demo {
    std::string home = "wardmote-demo";
    bool serve = true;
    SiteOptions site;
};

int write_council_report(const Context &context, const Home &home, RecordsHome &records) {
    const auto workspace = open_workspace(context, home);
    if (!workspace) {
        return Exit::mistake;
    }
    evidence::Asking asking;
    asking.as_at = workspace->today();
    const auto told =
        records_for_report(home, records, *workspace, {.name = "council", .grant = {}}, asking);
    return write_and_say(context, *workspace, told, "council", asking,
                         reports::usual_folder(*workspace, "council", workspace->today()));
}

int demo(const Context &context, const Demo &wanted) {
    if (!may_hold_example(wanted.home)) {
        return context.refuse(fmt::format("{} holds something that is not an example. Name another "
                                          "folder with --home.",
                                          wanted.home));
    }
    const auto began = std::chrono::steady_clock::now();
    std::ostream &out = context.terminal.out;
    const ExampleMade made =
        make_example(wanted.home, evidence::catalogue_folder(), 2,
                     [&out](const std::string &words) { out << words << '\n'
                                                            << std::flush; });
    for (const std::string &sentence : made.refused) {
        context.terminal.err << sentence << '\n';
    }
    const auto rows = [](std::uint64_t count) {
        return core::number(static_cast<std::int64_t>(count));
    };
    out << fmt::format("Rows in {} = kept {} + set aside {} + repeats {}.\n", rows(made.rows_in),
                       rows(made.rows_kept), rows(made.rows_quarantined), rows(made.rows_repeated));
    const auto records = open_records(context, Home{wanted.home}, wanted.site.records);
    if (!records) {
        return Exit::mistake;
    }
    if (!access::all_tenants(records->database).empty()) {
        return context.refuse("That database holds a partnership already, which stays as it is. "
                              "Name an empty one with --database.");
    }
    make_example_people(*records, context.clock);
    const int wrote = write_council_report(context, Home{wanted.home}, *records);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    out << fmt::format("The example is in {}, made in {:.1f} seconds. All that happened in it is "
                       "synthetic.\n",
                       wanted.home, took.count());
    if (wanted.serve && wrote != Exit::mistake) {
        return serve_home(context, Home{wanted.home}, wanted.site);
    }
    return !made.refused.empty() ? Exit::in_part : wrote;
}

} // namespace

void add_demo(CLI::App &app, Context &context) {
    auto wanted = std::make_shared<Demo>();
    CLI::App *command = app.add_subcommand(
        "demo", "Make the example partnership, write its council report, and show it to browsers");
    command
        ->add_option("--home", wanted->home,
                     "The folder to make; an example already there is made anew")
        ->type_name("DIR")
        ->capture_default_str();
    command->add_flag("!--no-serve", wanted->serve, "Make it and stop, without serving it");
    add_site(*command, wanted->site);
    command->callback([wanted, &context] {
        context.chosen = [wanted, &context] { return demo(context, *wanted); };
    });
}

} // namespace wardmote::app
