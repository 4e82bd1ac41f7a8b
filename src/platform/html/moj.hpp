/// Six components of the Ministry of Justice: alert, filter, identity bar, sub navigation, add
/// another, timeline.
///
/// They ship no fixtures, so parts_test.cpp holds them against the markup its documentation gives.
#pragma once

#include <string>
#include <vector>

#include "platform/html/content.hpp"

namespace wardmote::html {

/// A message about the page: official, meets WCAG 2.2 AA.
struct Alert {
    enum class Kind { information, success, warning, error } kind = Kind::information;
    std::string label; ///< read out after the kind: "how sound the data are"
    Content text;
    bool shows_heading = false; ///< the label is also shown, as a heading above the text
    int heading_level = 2;
};
Html alert(const Alert &alert);

struct FilterTag {
    std::string text;
    std::string remove_href;
};
struct FilterGroup {
    std::string heading;
    std::vector<FilterTag> tags;
};
/// A GET form that narrows a list: what is applied as removable tags, then the fields. Closed on a
/// phone, open on a desk, without a script.
struct Filter {
    std::string action;
    std::string label = "Filter";
    std::vector<FilterGroup> applied;
    std::string clear_href;
    Html fields;
    std::string button = "Apply filters";
};
Html filter(const Filter &filter);

/// The head of a thing: reference, state, marking, clocks. Goes into Page::before_main.
struct IdentityBar {
    std::string label; ///< of the region: "Action 1.3"
    std::vector<Content> items;
};
Html identity_bar(const IdentityBar &bar);

struct SubNavigationItem {
    std::string text;
    std::string href;
    bool current = false;
};
struct SubNavigation {
    std::string label; ///< "Parts of this action"
    std::vector<SubNavigationItem> items;
};
Html sub_navigation(const SubNavigation &navigation);

/// The same few fields several times over, with buttons to add and to remove one. Each button posts
/// the whole form again under its name: `add` with the name of the list, `remove` with
/// "name.index".
struct AddAnother {
    std::string name;          ///< of the list: "members"
    std::string item;          ///< "Member": legends are "Member 1", "Member 2"
    std::vector<Html> items;   ///< the fields of each
    std::string button;        ///< "Add another member"
    bool may_be_empty = false; ///< otherwise the last one left cannot be removed
};
Html add_another(const AddAnother &list);

struct TimelineItem {
    Content title;
    std::string byline;   ///< "Community safety manager"
    std::string datetime; ///< "2015-01-30T08:10:00Z"
    std::string date;     ///< "30 January 2015 at 8.10am"
    Content description;
};
struct Timeline {
    std::vector<TimelineItem> items;
    int heading_level = 2;
};
Html timeline(const Timeline &timeline);

} // namespace wardmote::html
