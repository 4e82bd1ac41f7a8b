/// The home page's parts: the clocks that run, what waits, what changed, the month's figures.
#pragma once

#include <string>
#include <vector>

#include "platform/html/content.hpp"

namespace wardmote::html {

/// Something that must be done by a time.
struct Clock {
    enum class State { overdue, today, later } state = State::later;
    std::string left;      ///< "33 days overdue", "Today by 5pm", "Tomorrow, 4.30pm"
    std::string left_more; ///< under a later clock: "31 hours left"; may be empty
    Link what;
    Content who;  ///< "You, with the Anti-Social Behaviour Investigation Team"
    Content rule; ///< "2014 Act, section 80(3): within 48 hours of service"
    Link act;     ///< its one button: filled when overdue or due today; empty: none
};

/// "Due: 2 overdue, 2 today"; "Due: 3 later" when nothing presses; "Due: nothing" when empty.
std::string due_words(const std::vector<Clock> &clocks);

/// The clocks one holds, in the order given: nearest first, overdue on top.
struct Clocks {
    std::vector<Clock> items;
    Link all;      ///< "All 12 clocks I hold"; may be empty
    Content empty; ///< what stands there when there is none
};
Html clocks(const Clocks &clocks);

struct HomeItem {
    Link what;
    Content after; ///< on the same line, after a colon: "1,389 rows kept, 6 set aside"
    Content below; ///< quiet, on the next line: "Licensing officer, today, 8.52am"
};
/// One short list with a heading that counts it: "Waiting for me: 3".
struct HomeList {
    std::string id; ///< of the heading: "waiting"
    std::string heading;
    std::vector<HomeItem> items;
    Content empty; ///< what stands there when there is none
    Link all;
};
/// Lists side by side on wide screens, below each other on narrow ones.
Html home_lists(const std::vector<HomeList> &lists);

/// Three to five figures, each a <figure class="app-figure"> of heading, picture and caption.
struct HomeFigures {
    std::string heading;
    Link all;
    Content note;
    std::vector<Html> figures;
};
Html home_figures(const HomeFigures &figures);

/// The page's title with a quiet note at its right: the head of home, of lists, of things.
struct PageHead {
    Content title;
    Content note; ///< words, or a button that adds something
};
Html page_head(const PageHead &head);

} // namespace wardmote::html
