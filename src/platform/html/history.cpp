#include "platform/html/history.hpp"

#include "platform/html/moj.hpp"
#include "platform/html/table.hpp"

namespace wardmote::html {

namespace {

Content or_nothing(const Content &value) {
    if (!value.empty())
        return value;
    return Html{R"(<span class="app-quiet">nothing</span>)"};
}

DataColumn column(const std::string &words) {
    DataColumn one;
    one.heading = words;
    one.label = words;
    one.classes = "app-value";
    return one;
}

} // namespace

Html differences(const Differences &differences) {
    if (differences.fields.empty())
        return Html{R"(<p class="govuk-body">No field was changed.</p>)"};
    DataTable table;
    table.caption = differences.caption;
    table.columns = {column("Field"), column("Before"), column("After")};
    table.classes = "app-differences";
    for (const auto &[field, before, after] : differences.fields)
        table.rows.push_back(
            {.cells = {field, or_nothing(before), or_nothing(after)}, .chosen = false});
    return data_table(table);
}

Html conflicts(const Conflicts &conflicts) {
    if (conflicts.fields.empty())
        return {};
    DataTable table;
    table.caption = "What was changed at the same time";
    table.columns = {column("Field"), column("When you opened it"),
                     column("Saved by " + conflicts.who), column("Typed by you")};
    table.classes = "app-differences";
    for (const auto &[field, was, theirs, yours] : conflicts.fields)
        table.rows.push_back(
            {.cells = {field, or_nothing(was), or_nothing(theirs), or_nothing(yours)},
             .chosen = false});
    const auto told = alert(
        {.kind = Alert::Kind::warning,
         .label = "changed by someone else",
         .text = format("{} saved this {}, after you opened it. Nothing of yours is lost: compare "
                        "the two, choose below what to keep, and save again.",
                        conflicts.who, conflicts.when),
         .shows_heading = false});
    return told + data_table(table);
}

} // namespace wardmote::html
