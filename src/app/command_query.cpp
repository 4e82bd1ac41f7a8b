#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <ostream>

#include "app/context.hpp"
#include "engine/core/text.hpp"
#include "engine/lake/query.hpp"

namespace wardmote::app {
namespace {

struct Query {
    std::string home;
    std::string dataset;
    std::vector<std::string> where;
    std::string from, to;
    std::string level = "partnership";
    std::string split_by;
    std::string owner;
    std::string as_known_on;
};

std::optional<lake::Level> level_named(std::string_view name) {
    for (const auto level : {lake::Level::partnership, lake::Level::district, lake::Level::ward,
                             lake::Level::lsoa21, lake::Level::lsoa11}) {
        if (lake::column_of(level) == name) {
            return level;
        }
    }
    return {};
}

/// "category=Burglary" or "category!=Burglary"; several of one column are alternatives.
bool add_condition(std::vector<lake::Condition> &conditions, const std::string &text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
        return false;
    }
    const bool negated = text[equals - 1] == '!';
    const std::string column = text.substr(0, equals - (negated ? 1 : 0));
    for (lake::Condition &each : conditions) {
        if (each.column == column && each.negated == negated) {
            each.values.push_back(text.substr(equals + 1));
            return true;
        }
    }
    conditions.push_back({column, {text.substr(equals + 1)}, negated});
    return true;
}

void print(std::ostream &out, const lake::CountTable &table) {
    std::vector<std::string> line{"area", "value"};
    for (const core::Month month : table.period.each()) {
        line.push_back(month.iso());
    }
    out << core::csv_line(line);
    for (std::size_t row = 0; row < table.counts.size(); ++row) {
        line = {table.areas[row], table.splits[row]};
        for (std::size_t month = 0; month < table.counts[row].size(); ++month) {
            line.push_back(table.present[month] ? std::to_string(table.counts[row][month]) : "");
        }
        out << core::csv_line(line);
    }
}

int ask(const Context &context, const Query &wanted) {
    const auto home = find_home(context, wanted.home);
    if (!home) {
        return Exit::mistake;
    }
    const auto first = core::Month::parse(wanted.from);
    const auto last = core::Month::parse(wanted.to.empty() ? wanted.from : wanted.to);
    if (!first || !last || *last < *first) {
        return context.refuse("Months are written 2022-02, and --to is not before --from.");
    }
    const auto level = level_named(wanted.level);
    if (!level) {
        return context.refuse(fmt::format("There is no level {}. The levels are partnership, "
                                          "district, ward, lsoa21 and lsoa11.",
                                          wanted.level));
    }
    const auto known = wanted.as_known_on.empty() ? std::optional{context.clock.now()}
                                                  : parse_moment(wanted.as_known_on);
    if (!known) {
        return context.refuse(fmt::format("--as-known-on {} is not a day. Write it as 2015-02-02.",
                                          wanted.as_known_on));
    }
    lake::CountQuery query{.dataset = wanted.dataset,
                           .where = {},
                           .period = {*first, *last},
                           .as_known_on = *known,
                           .level = *level,
                           .within_level = {},
                           .within_code = {},
                           .split_by = wanted.split_by,
                           .owner = wanted.owner};
    for (const std::string &condition : wanted.where) {
        if (!add_condition(query.where, condition)) {
            return context.refuse(fmt::format(
                "--where {} is not a condition. Write column=value or column!=value.", condition));
        }
    }
    lake::CountTable table{.period = query.period,
                           .areas = {},
                           .splits = {},
                           .counts = {},
                           .present = {},
                           .files = {}};
    try {
        table = lake::make_reader(home->store())->count(query);
    } catch (const std::invalid_argument &error) { // a column that the dataset does not have
        return context.refuse(error.what());
    }
    if (table.files.empty()) {
        return context.refuse(fmt::format("No file of {} speaks of {} as known on {}. `wardmote "
                                          "sources` lists what there is.",
                                          wanted.dataset, query.period.text(), known->text()));
    }
    print(context.terminal.out, table);
    return Exit::done;
}

} // namespace

void add_query(CLI::App &app, Context &context) {
    auto wanted = std::make_shared<Query>();
    CLI::App *command = app.add_subcommand(
        "query", "Count rows of the evidence by month and area, as CSV on standard output");
    command->footer("Example: wardmote query police-street --from 2022-02 --where "
                    "category=Burglary --split-by outcome --as-known-on 2022-04-30\n"
                    "A month without a file is left blank: it is not nought.");
    add_home(*command, wanted->home);
    command->add_option("dataset", wanted->dataset, "Such as police-street")
        ->type_name("DATASET")
        ->required();
    command->add_option("--from", wanted->from, "First month")->type_name("MONTH")->required();
    command->add_option("--to", wanted->to, "Last month; else the first alone")->type_name("MONTH");
    command
        ->add_option("--where", wanted->where,
                     "column=value or column!=value; may be given more than once")
        ->type_name("CONDITION");
    command->add_option("--level", wanted->level, "Areas to count apart")
        ->type_name("LEVEL")
        ->capture_default_str();
    command->add_option("--split-by", wanted->split_by, "A column to count apart by")
        ->type_name("COLUMN");
    command->add_option("--owner", wanted->owner, "Whose files only, such as northumbria")
        ->type_name("OWNER");
    command->add_option("--as-known-on", wanted->as_known_on, "Leave out files received later")
        ->type_name("DATE");
    command->callback([wanted, &context] {
        context.chosen = [wanted, &context] { return ask(context, *wanted); };
    });
}

} // namespace wardmote::app
