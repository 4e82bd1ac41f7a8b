/// Asking owners how their actions stand: a letter each, with a link that opens one form. Inside
/// plan/ only.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "platform/site/site.hpp"
#include "work/plan/progress.hpp"

namespace wardmote::plan {

/// How long a link can be used.
inline constexpr std::chrono::days link_lasts{14};

/// Somebody who was asked, and the path that opens their form: "/answer/TOKEN".
struct Asked {
    Unanswered what;
    std::string path;
};
/// Gives each a new link, the one before it being no longer good, and queues their letters.
std::vector<Asked> write_to(const site::Site &site, db::Transaction &tx,
                            const std::vector<Unanswered> &all, bool again);

} // namespace wardmote::plan
