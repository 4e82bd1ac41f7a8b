// What a funder is told of one quarter.
#include "work/funding/funding.hpp"
#include "work/reports/inner_records.hpp"

#include <fmt/format.h>

namespace wardmote::reports {

namespace {

void add_sums(Records &records, const funding::ReturnSummary &told, const Looking &looking) {
    chart::Table table{fmt::format("Spend against each line, {}, from {}",
                                   told.quarter.year().to_date(told.quarter.period().last()).text(),
                                   told.source),
                       {{"Line"},
                        {"Budget of the year", true},
                        {"Spend to date", true},
                        {"Forecast for the year", true}},
                       {}};
    Count of{.key = {},
             .table = "grant_line",
             .one = "line",
             .many = "lines",
             .definition = {},
             .filter = fmt::format("of {}, {}", told.reference, told.quarter.name()),
             .counted = {}};
    for (const auto &line : told.lines) {
        table.rows.push_back(
            {line.title, line.budget.text(), line.spent.text(), line.outturn.text()});
        of.counted.push_back(line.title);
    }
    records.table("return.lines", std::move(table));
    if (told.lines.empty()) {
        return;
    }
    of.counted.pop_back(); // the last is of all of them
    const auto &all = told.lines.back();
    for (const auto &[key, definition, amount] :
         {std::tuple{"return.budget", "Budget of the year", all.budget},
          {"return.spent", "Spend to date", all.spent},
          {"return.outturn", "Forecast for the year", all.outturn}}) {
        of.key = key;
        of.definition = definition;
        records.sum(of, amount, looking);
    }
}

} // namespace

void add_grant_return(Records &records, db::Transaction &tx, const Looking &looking) {
    const auto told = funding::return_of(tx, looking.grant, looking.as_at);
    if (!told) {
        return;
    }
    records.say("grant.title", told->title);
    records.say("grant.reference", told->reference);
    records.say("grant.funder", told->funder);
    records.say("return.quarter", told->quarter.name());
    records.say("return.period", told->quarter.period().text());
    records.say("return.state", told->state);
    records.say("return.due", told->due ? told->due->text() : std::string{});
    records.list("return.narrative", items_of(lines_of(told->narrative)));
    records.list("return.outcomes", items_of(lines_of(told->outcomes)));
    records.list("return.underspend", items_of(lines_of(told->underspend)));
    records.list("return.case_study", items_of(lines_of(told->case_study)));
    std::vector<std::string> outputs;
    for (const auto &output : told->outputs) {
        outputs.push_back(fmt::format("{}: {}.", output.action, output.how));
    }
    records.list("return.outputs", items_of(outputs));
    add_sums(records, *told, looking);
}

} // namespace wardmote::reports
