/// Says that a test is left out when the real data it needs is not there.
#pragma once

#include <doctest/doctest.h>

#include "engine/core/real_data.hpp"

namespace wardmote::core {

/// Whether a test must be left out because `path` is not there; says so.
inline bool skipped_without(const std::filesystem::path &path) {
    if (std::filesystem::exists(path)) {
        return false;
    }
    MESSAGE("skipped: there is no ", path.string());
    return true;
}

} // namespace wardmote::core
