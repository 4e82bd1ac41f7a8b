/// Says that a test is left out when the real open data it needs is not there.
#pragma once

#include "real_data.hpp"

#include <doctest/doctest.h>

namespace wardmote {

/// Whether a test must be left out because `path` is not there; says so.
inline bool skipped_without(const std::filesystem::path &path) {
    if (std::filesystem::exists(path))
        return false;
    MESSAGE("skipped: there is no ", path.string());
    return true;
}

} // namespace wardmote
