/// An answer of a web service in JSON, a list of objects, as rows with a header.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/lake/row_source.hpp"

namespace wardmote::lake {

/// The header comes first, as line 0: the members of all objects, dots between the levels
/// ("location.street.name"). Row n is the nth object; what is null or absent is blank. Throws
/// std::runtime_error, with a sentence that has `name`, when `json` is damaged or no list of
/// objects.
std::unique_ptr<RowSource> open_json(std::string_view json, std::string_view name);

} // namespace wardmote::lake
