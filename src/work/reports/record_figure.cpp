// A figure that counts records, and says which.
#include "work/reports/records.hpp"

#include "engine/core/text.hpp"
#include "engine/lake/bytes.hpp"

#include <fmt/format.h>

namespace wardmote::reports {

namespace {

core::Provenance provenance_of(const Count &count, std::string method, const Looking &looking) {
    core::SourceFile records{.name = fmt::format("records: {}", count.table),
                             .sha256 =
                                 lake::sha256_of(fmt::format("{}", fmt::join(count.counted, "\n"))),
                             .dataset = "records",
                             .publisher = "The partnership",
                             .licence = "The partnership’s own records",
                             .received = looking.read,
                             .rows = count.counted.size(),
                             .kept = count.counted.size()};
    core::Provenance from{.measure = std::string{count.table},
                          .definition = count.definition,
                          .filter = count.filter,
                          .area = looking.place,
                          .period = fmt::format("as at {}", looking.as_at.text()),
                          .comparator = {},
                          .method = std::move(method),
                          .as_known_on = looking.read,
                          .rows = count.counted.size(),
                          .files = {std::move(records)},
                          .notes = {}};
    if (!count.counted.empty()) {
        from.notes.push_back(fmt::format("Counted: {}", fmt::join(count.counted, "; ")));
    }
    return from;
}

std::string spaced(const std::string &words) {
    return words.empty() ? words : " " + words;
}

} // namespace

void Records::count(const Count &count, const Looking &looking) {
    const auto number = static_cast<std::int64_t>(count.counted.size());
    figures.insert_or_assign(count.key,
                             core::Figure{count.key, static_cast<double>(number),
                                          std::string{count.many}, core::in_words(number),
                                          fmt::format("The records hold {}{}.",
                                                      core::counted(number, count.one, count.many),
                                                      spaced(count.filter)),
                                          provenance_of(count, "Count of the records", looking)});
}

void Records::sum(const Count &of, core::Money amount, const Looking &looking) {
    figures.insert_or_assign(
        of.key,
        core::Figure{of.key, static_cast<double>(amount.pence()), "pence", amount.text(),
                     fmt::format("{}{}: {}.", of.definition, spaced(of.filter), amount.text()),
                     provenance_of(of, "Sum of the records", looking)});
}

void Records::table(std::string name, chart::Table table) {
    if (!table.rows.empty()) {
        tables.insert_or_assign(std::move(name), std::move(table));
    }
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        if (const auto line = core::trim(text.substr(0, end)); !line.empty()) {
            lines.emplace_back(line);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::vector<document::Item> items_of(const std::vector<std::string> &words) {
    std::vector<document::Item> items;
    for (const auto &each : words) {
        items.push_back({{"text", each}});
    }
    return items;
}

} // namespace wardmote::reports
