/// The people of the example partnership: its organisations, a person of every role, their posts.
#pragma once

#include "app/records.hpp"

namespace wardmote::app {

/// Makes the example's partnership in an empty database: marked as an example, known by their
/// posts, without a password. Throws std::runtime_error with a sentence when it cannot.
void make_example_people(RecordsHome &records, const core::Clock &clock);

} // namespace wardmote::app
