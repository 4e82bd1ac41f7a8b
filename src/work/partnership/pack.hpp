/// Makes a board pack: a cover with its index, the agenda, and every paper, as one PDF with a
/// number on each page and a bookmark for each paper.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "platform/html/html.hpp"

namespace wardmote::partnership {

/// A paper within the pack.
struct PackPart {
    std::int64_t position = 0; ///< of the paper in its meeting
    std::string title;
    std::filesystem::path file; ///< a PDF
    std::int64_t pages = 0;
    bool late = false;
};
struct PackItem {
    std::string title;
    std::string about; ///< "For decision, 20 minutes, Jo Brown"
    std::vector<PackPart> parts;
};
struct PackPlan {
    std::string organisation, title, when, venue, theme;
    std::int64_t edition = 1;
    std::vector<PackItem> items;
};
struct MadePack {
    std::int64_t pages = 0;
    std::vector<std::pair<std::int64_t, std::int64_t>> first_pages; ///< of each paper, by position
};

/// How many pages a PDF has. Throws std::runtime_error when it is damaged or locked.
std::int64_t pages_of(const std::filesystem::path &pdf);

/// Writes `folder`/pack.pdf, and what it needs on the way beside it. Throws std::runtime_error when
/// a program fails.
MadePack make_pack(const PackPlan &plan, const std::filesystem::path &folder);

} // namespace wardmote::partnership
