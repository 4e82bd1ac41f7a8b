/// The routes of evidence, shared between the files that answer them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "platform/web/router.hpp"
#include "work/evidence/views.hpp"

namespace wardmote::evidence {

using web::Request;
using web::Response;

inline const html::Link home_link{"Home", "/"};
inline const html::Link evidence_link{"Evidence", "/evidence"};
inline const html::Link sources_link{"Sources", "/sources"};

/// The page in the shell of the site.
Response answer_page(const Workspace &workspace, const html::Page &page);
/// The bytes of a file; nothing when it cannot be read.
std::optional<std::string> read_whole(const std::filesystem::path &path);

Response sources(const Workspace &workspace, const Request &request);
Response source(const Workspace &workspace, const Request &request);
Response quarantine(const Workspace &workspace, const Request &request);
Response methods(const Workspace &workspace);
Response method(const Workspace &workspace, const Request &request);

} // namespace wardmote::evidence
