/// What the records say to one report: words, lists, counts and tables, read in one transaction
/// and kept apart from it.
///
/// Every report has: partnership, chair, website, plan, report.of and the like (details.hpp), lists
/// members.responsible and members.other, meetings.YEAR, themes.YEAR, posts, priorities,
/// actions.GROUP and challenges, each of the first five counted as a figure of the same name.
/// `board` and `grant-return` have more, which not every reader of reports may see:
/// docs/guide/reports.md lists it all. Restricted records do not show, not even as a count.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"
#include "engine/core/figure.hpp"
#include "engine/core/money.hpp"
#include "platform/chart/chart.hpp"
#include "platform/db/database.hpp"
#include "platform/document/document.hpp"

namespace wardmote::partnership {
struct Rules;
}

namespace wardmote::reports {

/// From where the records are looked at.
struct Looking {
    core::Date as_at;   ///< members, posts and meetings are those of this day
    core::Instant read; ///< as known on this moment
    std::string place;  ///< "Oxford"
    const partnership::Rules *rules = nullptr; ///< of the duties that the board is told of
    std::string grant; ///< id or reference of the one a return is of; empty: the first agreed
};

/// Records that are counted or added up, for a figure.
struct Count {
    std::string key;        ///< "meetings.2014"
    std::string_view table; ///< of the records: "meeting"
    std::string_view one, many;
    std::string definition;           ///< "Meetings of the board that took place"
    std::string filter;               ///< "in 2014"
    std::vector<std::string> counted; ///< each record as a reader knows it
};

struct Records {
    std::map<std::string, std::string, std::less<>> texts;
    std::map<std::string, std::vector<document::Item>, std::less<>> lists;
    std::map<std::string, core::Figure, std::less<>> figures;
    std::map<std::string, chart::Table, std::less<>> tables;
    std::optional<core::Date> last_meeting; ///< of the board, on or before the day

    /// Keeps words or a list; leaves out what is empty.
    void say(std::string name, std::string words);
    void list(std::string name, std::vector<document::Item> items);
    /// Keeps the figure of a count. Its provenance names the table, each record, how many there are
    /// and when they were read; its hash is over the names, so that a record more, less or renamed
    /// gives another.
    void count(const Count &count, const Looking &looking);
    /// The same of money: its value is in pence.
    void sum(const Count &of, core::Money amount, const Looking &looking);
    /// Keeps a table that has rows.
    void table(std::string name, chart::Table table);
};

/// The parts of a text between line ends, without space around them; empty ones are left out.
std::vector<std::string> lines_of(std::string_view text);
std::vector<document::Item> items_of(const std::vector<std::string> &words);

/// What a report of this name is told. A template of a name that is not known is told what every
/// report is.
Records read_records(db::Transaction &tx, std::string_view report, const Looking &looking);

} // namespace wardmote::reports
