/// The papers of a meeting, and the board pack: all of them as one file with one run of pages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/clock.hpp"
#include "platform/db/ledger.hpp"

namespace wardmote::partnership {

struct Paper {
    std::int64_t position = 0; ///< within the meeting, by arrival: 1 is the first
    std::string item;          ///< id of the agenda item
    std::string attachment;    ///< id
    std::string title, file_name, type;
    std::int64_t pages = 0;
    std::optional<std::int64_t> supplement; ///< it came late: its number among those
    std::string created;
};
/// In the order of the agenda, then of arrival.
std::vector<Paper> papers_of(db::Transaction &tx, std::string_view meeting);
/// Of a file just added to the item; logged. `late` numbers it as a supplement.
std::int64_t add_paper(db::Transaction &tx, db::Ledger &ledger, const core::Clock &clock,
                       const Paper &paper, std::string_view meeting, bool late);

/// An edition of the pack as it is kept.
struct Pack {
    std::int64_t edition = 0;
    std::string attachment;
    std::int64_t pages = 0;
    std::vector<std::pair<std::int64_t, std::int64_t>> first_pages; ///< of each paper, by position
    std::string created;

    /// Nothing when the paper came after this edition.
    std::optional<std::int64_t> page_of(std::int64_t paper) const;
};
std::optional<Pack> latest_pack(db::Transaction &tx, std::string_view meeting);
std::optional<Pack> find_pack(db::Transaction &tx, std::string_view meeting, std::int64_t edition);
/// Keeps an edition whose file is an attachment already; logged. Gives its number.
std::int64_t add_pack(db::Transaction &tx, db::Ledger &ledger, const core::Clock &clock,
                      std::string_view meeting, const Pack &pack);

} // namespace wardmote::partnership
