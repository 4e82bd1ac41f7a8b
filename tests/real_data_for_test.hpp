/// Where tests find the real open data, when it is there.
#pragma once

#include <cstdlib>
#include <filesystem>

#include <doctest/doctest.h>

namespace wardmote {

/// The folder that WARDMOTE_DATA names, or the one beside the checkout.
inline std::filesystem::path real_data() {
    const char *named = std::getenv("WARDMOTE_DATA");
    return named != nullptr ? std::filesystem::path{named}
                            : std::filesystem::path{WARDMOTE_SOURCE_DIR "/../shared/data"};
}

/// Whether a test must be left out because `path` is not there; says so.
inline bool skipped_without(const std::filesystem::path &path) {
    if (std::filesystem::exists(path))
        return false;
    MESSAGE("skipped: there is no ", path.string());
    return true;
}

} // namespace wardmote
