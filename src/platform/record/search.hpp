/// The search over everything one may see: SQLite's FTS5 or PostgreSQL's full text search.
///
/// Words are found in any of their forms ("fire", "fires"), the last also when it is only begun.
/// PostgreSQL passes over words that carry no meaning ("the", "as"); SQLite wants them too.
/// The index is kept by the keeper, in the transaction of each change; sensitive fields are never
/// in it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/database.hpp"
#include "platform/record/visible.hpp"

namespace wardmote::record {

/// A text with the parts that were searched for, as first byte and number of bytes.
struct Excerpt {
    struct Range {
        std::size_t first = 0, count = 0;
        bool operator==(const Range &) const = default;
    };
    std::string text;
    std::vector<Range> found;
};

struct Found {
    const Description *what = nullptr;
    std::string record; ///< its id
    Excerpt title;
    Excerpt snippet; ///< of its other words, around what was found; may be empty
    std::string changed;
};

/// Counting stops here: nobody pages through more, and a common word costs no more than this.
inline constexpr std::int64_t most_counted = 1000;

struct SearchResult {
    std::vector<Found> found; ///< best first
    std::int64_t total = 0;   ///< of all pages, up to most_counted; only what is visible counts
};

/// Whatever was typed is taken as words: no character has a meaning of its own. Pages count from 1.
SearchResult search(db::Transaction &tx, std::string_view words, std::span<const VisibleKind> kinds,
                    std::int64_t page = 1, std::int64_t page_size = 25);

} // namespace wardmote::record
