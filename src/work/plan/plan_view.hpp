/// The pages of the plan as Html: the list, the board and the timeline. Inside plan/ only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/html/html.hpp"
#include "platform/html/list.hpp"
#include "work/plan/year.hpp"

namespace wardmote::access {
struct Visit;
}

namespace wardmote::plan {

/// What of the year is shown, as the address says it.
struct Shown {
    enum class View { list, board, timeline } view = View::list;
    bool by_priority = false; ///< else by group of activities
    std::vector<std::string> groups, standings, only;
    std::string lead;    ///< a name as led_by() gives it; empty: everybody's
    std::string me;      ///< id of who asks
    bool people = false; ///< names of people may be shown
};

/// "on_track", "at_risk", "off_track", "proposed", "done", "dropped" or "carried_over".
std::string standing_of(const Line &line);
bool is_shown(const Shown &shown, const Line &line);
/// The query of the address that shows this: "?year=2014-15&view=board".
std::string address_of(const Shown &shown, std::string_view year);

html::Html action_link(const Line &line); ///< "1.3 Language School Action Plan"
html::Html standing_tag(const Line &line);
std::string standing_words(const Line &line); ///< of the tag: "At risk"
/// Bar of the time gone with a tick where the owner says it stands, and the same in words.
html::Html progress_bar(const Line &line);

html::Html nothing_fits(); ///< what stands where a filter has left nothing
html::Html facts_row(const Year &year);
html::Html needs_naming(const Year &year, bool people); ///< what is overdue, silent or differs
/// The priorities, whom they serve, whether they are ratified; and what this visit may do with
/// them.
html::Html priorities_section(const access::Visit &visit, const Year &year);
/// The steps that lead to a plan, of which some may be done.
html::Html beginning(const access::Visit &visit, const Year &year);
html::Filter filter_of(const Year &year, const Shown &shown);
html::Html list_view(const Year &year, const Shown &shown);
html::Html board_view(const Year &year, const Shown &shown);
html::Html timeline_view(const Year &year, const Shown &shown, core::Date today);
/// What is shown, as a file.
std::string csv_of(const Year &year, const Shown &shown);

} // namespace wardmote::plan
