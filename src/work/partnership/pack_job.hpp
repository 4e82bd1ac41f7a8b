/// Making a board pack in the background, and the folder in which it is put together.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "platform/db/database.hpp"

namespace wardmote::site {
class Site;
}

namespace wardmote::partnership {

inline constexpr std::string_view pack_kind = "board_pack";

/// A folder that only this program can read; it goes, with all in it, when this does.
class WorkFolder {
public:
    WorkFolder();
    ~WorkFolder();
    WorkFolder(const WorkFolder &) = delete;
    WorkFolder &operator=(const WorkFolder &) = delete;

    const std::filesystem::path &path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// Makes the next edition of a meeting's pack of all its papers, and keeps it. Gives its number.
/// Throws std::runtime_error with a sentence when a program fails or there is no paper.
std::int64_t make_edition(const site::Site &site, const db::Scope &scope, std::string_view meeting);

} // namespace wardmote::partnership
