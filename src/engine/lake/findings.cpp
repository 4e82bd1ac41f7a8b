#include "engine/lake/findings.hpp"

#include <fmt/core.h>

#include "engine/core/text.hpp"

namespace wardmote::lake {

std::vector<Finding> FindingCounts::list() const {
    std::vector<Finding> found;
    const auto say = [&](std::string code, std::uint64_t rows, std::string_view one,
                         std::string_view many) {
        if (rows > 0) {
            found.push_back(
                {std::move(code),
                 fmt::format("{} {}", core::counted(static_cast<std::int64_t>(rows), "row", "rows"),
                             rows == 1 ? one : many),
                 rows});
        }
    };
    say("same-row", at(Found::same_row), "repeats another row of this file word for word.",
        "repeat another row of this file word for word.");
    say("duplicate-crime-id", at(Found::same_reference),
        "repeats a reference of this file with other particulars, and is counted.",
        "repeat a reference of this file with other particulars, and are counted.");
    say("totals", at(Found::totals), "only adds up others, and is not counted again.",
        "only add up others, and are not counted again.");
    say("nothing-available", at(Found::nothing_available), "has no figure available.",
        "have no figure available.");
    say("no-coordinates", at(Found::no_coordinates), "has no coordinates.", "have no coordinates.");
    say("lsoa-blank", at(Found::lsoa_blank), "names no LSOA.", "name no LSOA.");
    say("lsoa-unknown", at(Found::lsoa_unknown), "names an LSOA that no lookup or boundary knows.",
        "name an LSOA that no lookup or boundary knows.");

    // A file is of one census; the codes that the other one alone has are the odd ones out.
    const bool of_2011 = at(Found::only_2011) > at(Found::only_2021);
    const std::uint64_t odd = of_2011 ? at(Found::only_2021) : at(Found::only_2011);
    const std::string other =
        of_2011 ? "2021, in a file of codes of 2011." : "2011, in a file of codes of 2021.";
    say("lsoa-other-census", odd, "names an LSOA of the census of " + other,
        "name an LSOA of the census of " + other);

    const std::uint64_t both = at(Found::place_agrees) + at(Found::place_disagrees);
    if (at(Found::place_disagrees) > 0) {
        const double share =
            100.0 * static_cast<double>(at(Found::place_disagrees)) / static_cast<double>(both);
        const std::string tail = fmt::format(
            "another LSOA than the one in which the point lies: {}% of those with both.",
            core::number(share, 1));
        say("place-disagrees", at(Found::place_disagrees), "names " + tail, "name " + tail);
    }
    say("outside-force", at(Found::outside_force), "lies outside the force's area.",
        "lie outside the force's area.");
    say("sum-differs", at(Found::sum_differs),
        "has parts that do not add up to its total; it is kept as it is.",
        "have parts that do not add up to their total; they are kept as they are.");
    for (const auto &[category, rows] : m_categories) {
        const std::string tail = fmt::format(
            "the category \"{}\", which the mapping does not list; counted under that name.",
            category);
        say("category-unknown", rows, "has " + tail, "have " + tail);
    }
    return found;
}

} // namespace wardmote::lake
