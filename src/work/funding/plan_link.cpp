#include "work/funding/plan_link.hpp"

#include <algorithm>

#include "engine/core/text.hpp"
#include "work/plan/plan.hpp"

namespace wardmote::funding {

namespace {

LinkedAction linked(const plan::ActionSummary &action, const std::string &line) {
    auto how = core::capitalised(action.state) + ", due " + action.due.text();
    std::ranges::replace(how, '_', ' ');
    return {action.id, action.ref, action.title, std::move(how), line};
}

/// The organisation's post that a funded post is; empty: none.
std::string post_of(db::Transaction &tx, const std::string &funded_post) {
    const auto row = tx.first("select post from funded_post where tenant = :tenant and id = :id",
                              {{"tenant", tx.tenant()}, {"id", funded_post}});
    return row ? row->text("post") : std::string{};
}

std::string title_of(db::Transaction &tx, const std::string &project) {
    const auto row = tx.first("select title from project where tenant = :tenant and id = :id",
                              {{"tenant", tx.tenant()}, {"id", project}});
    return row ? row->text("title") : std::string{};
}

} // namespace

std::vector<LinkedAction> actions_of_lines(db::Transaction &tx, const std::vector<LineMoney> &lines,
                                           core::FinancialYear year) {
    std::vector<LinkedAction> found;
    const auto actions = plan::actions_of_year(tx, year.name());
    for (const auto &line : lines) {
        const auto post = line.post.empty() ? std::string{} : post_of(tx, line.post);
        const auto project = line.project.empty() ? std::string{} : title_of(tx, line.project);
        for (const auto &action : actions) {
            const bool by_post = !post.empty() && action.post == post;
            const bool by_project =
                !project.empty() && core::lower(action.funding) == core::lower(project);
            if (by_post || by_project) {
                found.push_back(linked(action, line.id));
            }
        }
    }
    return found;
}

std::vector<LinkedAction> open_actions_of_line(db::Transaction &tx, const std::string &line,
                                               const std::string &post,
                                               const std::string &project) {
    std::vector<LinkedAction> found;
    if (const auto held = post.empty() ? std::string{} : post_of(tx, post); !held.empty()) {
        for (const auto &action : plan::actions_of_post(tx, held)) {
            found.push_back(linked(action, line));
        }
    }
    if (!project.empty()) {
        for (const auto &action : plan::actions_funded_by(tx, title_of(tx, project))) {
            found.push_back(linked(action, line));
        }
    }
    return found;
}

} // namespace wardmote::funding
