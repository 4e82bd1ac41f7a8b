/// Reading the address of a request: its path and query, percent-decoded, or nothing when it is
/// malformed.
///
/// The path by RFC 3986, the query as HTML forms write it ("+" is a space).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmote::web {

/// True for UTF-8 without a NUL.
bool is_text(std::string_view text);

/// "%41" is "A". Nothing for a broken escape, a NUL or bytes that are not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text);

/// Everything but letters, digits and "-._~" escaped: a segment of a path or a value of a query.
std::string percent_encoded(std::string_view text);

using Fields = std::vector<std::pair<std::string, std::string>>;
/// "a=1&b=two+words". A field without "=" has an empty value. Nothing when one is malformed.
std::optional<Fields> decoded_query(std::string_view query);

/// "/evidence/a%20b" is {"evidence", "a b"}; "/" is {}. Nothing when it does not begin with "/", is
/// malformed, or has a segment "." or "..".
std::optional<std::vector<std::string>> decoded_path(std::string_view path);

} // namespace wardmote::web
