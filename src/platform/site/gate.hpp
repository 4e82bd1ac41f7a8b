/// The gate: who comes, whether the form is ours, and whether they may. Inside site/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/site/site.hpp"

namespace wardmote::site {

inline constexpr std::string_view session_cookie = "session";
inline constexpr std::string_view visitor_cookie = "visitor";
inline constexpr std::string_view step_cookie = "step";
inline constexpr std::string_view message_cookie = "message";

/// What Router::gate() is given.
web::Gate gate_of(const Site &site);

/// True unless the browser says that another site sent the form (Sec-Fetch-Site, else Origin).
/// Programs that are no browsers say neither, and have no cookies to be misused.
bool is_from_own_page(const web::Request &request);

/// A path of this site to lead on to: "/posts?page=2". Anything that could lead elsewhere is "/".
std::string own_path(std::string_view wanted);

/// A form that came after its session had ended, kept until its sender has signed in again.
struct KeptForm {
    std::string path;
    std::vector<std::pair<std::string, std::string>> fields; ///< no token, no password
    bool had_files = false;                                  ///< which are not kept
};
/// Sealed, so that a browser can carry it and only we can write it. Empty when it is too long.
std::string seal(const Site &site, const web::Request &request);
/// Nothing when it is not ours, another partnership's, or of another day.
std::optional<KeptForm> unseal(const Site &site, const web::Request &request,
                               std::string_view sealed);

} // namespace wardmote::site
