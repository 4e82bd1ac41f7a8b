#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/context.hpp"
#include "app/report.hpp"
#include "app/workspace.hpp"
#include "engine/core/figure.hpp"
#include "engine/core/text.hpp"
#include "work/evidence/evidence.hpp"

namespace wardmote::app {
namespace {

struct FigureWanted {
    std::string home;
    RecordsOptions records;
    std::vector<std::string> keys;
    AskingOptions asking;
    bool csv = false;
    bool json = false;
};

nlohmann::ordered_json as_json(const core::Figure &figure) {
    const core::Provenance &from = figure.provenance();
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (const core::SourceFile &file : from.files) {
        files.push_back({{"name", file.name},
                         {"sha256", file.sha256},
                         {"dataset", file.dataset},
                         {"received", file.received.iso()},
                         {"rows", file.rows},
                         {"kept", file.kept},
                         {"set_aside", file.quarantined},
                         {"repeats", file.repeats}});
    }
    return {{"key", figure.key()},
            {"value", figure.value()},
            {"unit", figure.unit()},
            {"text", figure.text()},
            {"sentence", figure.sentence()},
            {"measure", from.measure},
            {"definition", from.definition},
            {"filter", from.filter},
            {"area", from.area},
            {"period", from.period},
            {"comparator", from.comparator},
            {"method", from.method},
            {"as_known_on", from.as_known_on.iso()},
            {"rows", from.rows},
            {"notes", from.notes},
            {"files", std::move(files)}};
}

void print(std::ostream &out, const core::Figure &figure) {
    const core::Provenance &from = figure.provenance();
    out << fmt::format("{}: {}\n    {}\n", figure.key(), figure.text(), figure.sentence());
    out << fmt::format("    {} from {}, as known on {}.\n",
                       core::counted(static_cast<std::int64_t>(from.rows), "row", "rows"),
                       core::counted(static_cast<std::int64_t>(from.files.size()), "file", "files"),
                       from.as_known_on.text());
    if (!from.method.empty()) {
        out << "    " << from.method << '\n';
    }
    for (const std::string &note : from.notes) {
        out << "    " << note << '\n';
    }
}

int show_figures(const Context &context, const FigureWanted &wanted) {
    const auto home = find_home(context, wanted.home);
    const auto asking = read_asking(context, wanted.asking);
    const auto workspace = home && asking ? open_workspace(context, *home) : nullptr;
    if (!workspace) {
        return Exit::mistake;
    }
    std::vector<core::Figure> figures;
    const auto told = records_for_report(context, *home, wanted.records, *workspace,
                                         {.name = "council", .grant = {}}, *asking);
    if (!told) {
        return Exit::mistake;
    }
    for (const std::string &key : wanted.keys) {
        const auto counted = told->figures.find(key);
        if (counted != told->figures.end()) {
            figures.push_back(counted->second);
        } else if (auto figure = workspace->figure(key, *asking)) {
            figures.push_back(std::move(*figure));
        } else {
            context.refuse(fmt::format("{}: {}", key, workspace->why_not(key, *asking)));
        }
    }
    std::ostream &out = context.terminal.out;
    if (wanted.csv) {
        out << core::figures_csv(figures);
    } else if (wanted.json) {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const core::Figure &figure : figures) {
            list.push_back(as_json(figure));
        }
        out << list.dump(2) << '\n';
    } else {
        for (const core::Figure &figure : figures) {
            print(out, figure);
        }
    }
    if (figures.empty()) {
        return Exit::mistake;
    }
    return figures.size() < wanted.keys.size() ? Exit::in_part : Exit::done;
}

} // namespace

void add_figure(CLI::App &app, Context &context) {
    auto wanted = std::make_shared<FigureWanted>();
    CLI::App *command = app.add_subcommand(
        "figure", "Work out a figure, such as burglary-home.projection, and say where it is from");
    command->footer("`wardmote measures --keys` lists the keys.");
    add_home(*command, wanted->home);
    add_records(*command, wanted->records);
    command->add_option("keys", wanted->keys, "Keys of figures")->type_name("KEY")->required();
    add_asking(*command, wanted->asking);
    command
        ->add_option("--area", wanted->asking.area,
                     "Code of a ward or other area; else the whole place")
        ->type_name("CODE");
    auto *csv = command->add_flag("--csv", wanted->csv, "In the form of a report's figures.csv");
    command->add_flag("--json", wanted->json, "In JSON, with every source file")->excludes(csv);
    command->callback([wanted, &context] {
        context.chosen = [wanted, &context] { return show_figures(context, *wanted); };
    });
}

} // namespace wardmote::app
