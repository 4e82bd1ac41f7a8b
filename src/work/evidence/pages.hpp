/// The routes of evidence, shared between the files that answer them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "platform/web/router.hpp"
#include "work/evidence/views.hpp"

namespace wardmote::evidence {

using web::Request;
using web::Response;

inline const html::Link home_link{"Home", "/"};
inline const html::Link evidence_link{"Evidence", "/evidence"};
inline const html::Link sources_link{"Sources", "/sources"};

/// What is asked, of which workspace, in which shell.
struct Asked {
    const Workspace &workspace;
    const Shell &shell;
    const Request &request;

    Response page(html::Page page) const { return shell.page(request, std::move(page)); }
};

/// The bytes of a file; nothing when it cannot be read.
std::optional<std::string> read_whole(const std::filesystem::path &path);

Response sources(const Asked &asked);
Response source(const Asked &asked);
Response quarantine(const Asked &asked);
Response methods(const Asked &asked);
Response method(const Asked &asked);

} // namespace wardmote::evidence
