/// The funding cliff: which posts have their money in which financial year, and which fall when
/// funders give less. How it is computed: docs/methods/funding-cliff.md.
///
/// Pure functions over what funding_store reads; nothing here touches the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/money.hpp"
#include "work/funding/grant.hpp"

namespace wardmote::funding {

struct CliffLine {
    std::string grant; ///< id
    std::string title;
    std::string post, project; ///< ids; empty: none
    int rank = 1;
    MoneyByYear budget;
};
struct CliffGrant {
    std::string id, funder; ///< ids
    bool agreed = false;
    MoneyByYear amounts;
};
struct CliffPost {
    std::string id, title;
    int full_time_equivalent = 100; ///< in hundredths
    core::Date starts;
    std::optional<core::Date> ends, at_risk_on;
};
struct CliffInput {
    std::vector<CliffGrant> grants;
    std::vector<CliffLine> lines;
    std::vector<CliffPost> posts;
};

/// Every grant gives so much less from a year on.
struct Cut {
    int per_cent = 0; ///< 0 to 100
    core::FinancialYear from;
};

enum class Standing { not_begun, secured, at_risk, falls_in_part, falls, ended };

/// What a line keeps in a year.
struct KeptLine {
    std::size_t line; ///< of CliffInput::lines
    core::FinancialYear year;
    core::Money budget, kept;
    bool agreed = false;
};
/// What a post has in a year.
struct PostYear {
    core::FinancialYear year;
    Standing standing = Standing::secured;
    core::Money needed, kept;
    /// Hundredths of full time that the money kept pays for, cut off and never rounded up.
    int full_time_equivalent = 0;
};
/// "0.83 of 1.00 full time": what the money kept pays for.
std::string part_of(const PostYear &year, int full_time_equivalent);
/// "Secured"; what falls in part says to how much of how much full time.
std::string words_of(const PostYear &year, int full_time_equivalent);
struct CliffRow {
    std::size_t post; ///< of CliffInput::posts
    std::vector<PostYear> years;
};
struct CliffYear {
    core::FinancialYear year;
    core::Money agreed, expected; ///< after the cut: of agreed grants, and of those being agreed
    core::Money lost;             ///< by the cut
};
struct Cliff {
    std::vector<CliffYear> years;
    std::vector<CliffRow> rows;
    std::vector<KeptLine> lines;
};
/// The years from `first` to `last`, both included.
Cliff cliff(const CliffInput &input, core::FinancialYear first, core::FinancialYear last,
            const std::optional<Cut> &cut);

} // namespace wardmote::funding
