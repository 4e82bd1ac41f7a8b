/// The parts of an action's page as Html. Inside plan/ only.
#pragma once

#include <string>
#include <string_view>

#include "platform/html/html.hpp"
#include "platform/record/keeper.hpp"
#include "work/plan/action.hpp"
#include "work/plan/year.hpp"

namespace wardmote::evidence {
class Workspace;
}

namespace wardmote::plan {

/// What is known of the action on the page.
struct ActionShown {
    Line line;
    Action action;
    Links links;
    std::string partners;                          ///< their names, as a list in a sentence
    const evidence::Workspace *evidence = nullptr; ///< null: nothing to measure it by
    bool people = false;                           ///< names of people may be shown
};

html::Html action_facts(const ActionShown &is);
/// A chart of each measure that the action is to move.
html::Html measures_of_success(const ActionShown &is);
html::Html about_action(const ActionShown &is);
/// What its owner said quarter by quarter, latest first.
html::Html quarters(db::Transaction &tx, record::Keeper &keeper, std::string_view action,
                    bool people);

} // namespace wardmote::plan
