/// How alike two short strings are: Jaro, Winkler, edits, and how they sound.
///
/// All work on bytes: give names in one case and without accents. Strings of up to 64 bytes are
/// compared a machine word at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wardmote::stats {

/// From 0 to 1 (Jaro 1989). Characters agree when equal and no further apart than half the longer
/// string less one; halves of transpositions are dropped, as in the Census Bureau's strcmp95. Two
/// empty strings: 1; one empty: 0.
double jaro(std::string_view a, std::string_view b);
/// Jaro's, raised by a tenth of the way to 1 for each of up to four equal first characters, where
/// it is above 0.7 (Winkler 1990).
double jaro_winkler(std::string_view a, std::string_view b);
/// Fewest insertions, deletions, substitutions and swaps of neighbours that make one into the
/// other, no part of it twice ("optimal string alignment"; Hyyro 2003 for words of bits).
std::size_t edits(std::string_view a, std::string_view b);
/// Russell's code as the US National Archives have it: a letter and three digits, "R163" for
/// Robert. H and W do not part letters of one code, vowels do. Empty where there is no letter.
std::string soundex(std::string_view word);

} // namespace wardmote::stats
