/// The search's row for a record, kept in the transaction of each change; inside record/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/db/database.hpp"
#include "platform/record/description.hpp"

namespace wardmote::record {

void index(db::Transaction &tx, const Description &what, const Stored &record);
void take_out_of_index(db::Transaction &tx, const Description &what, std::string_view record);

/// What was typed, as the engine's full text search reads it; nothing when it holds no word.
std::optional<std::string> search_words(std::string_view typed, bool sqlite);

} // namespace wardmote::record
