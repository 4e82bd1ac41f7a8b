/// How an assessment moves, and what is read of it and its consultations. Inside assessment/ only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/site/lifecycle_pages.hpp"

namespace wardmote::assessment {

const site::Steered &steered_assessment();

struct Consulted {
    std::string id, title;
    bool own = true; ///< not somebody else's
};
/// Those that inform an assessment, the latest first.
std::vector<Consulted> consultations_of(db::Transaction &tx, std::string_view assessment);
/// The ids of those published, without one.
std::vector<std::string> published_but(db::Transaction &tx, std::string_view id);

} // namespace wardmote::assessment
