#include "work/funding/cliff.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace wardmote::funding {

namespace {

core::Money after(core::Money amount, core::FinancialYear year, const std::optional<Cut> &cut) {
    return cut && year >= cut->from ? amount.share(10'000 - 100 * std::int64_t{cut->per_cent})
                                    : amount;
}

PostYear post_in(const CliffInput &input, const Cliff &made, std::size_t index,
                 core::FinancialYear year) {
    const auto &post = input.posts[index];
    PostYear result{.year = year};
    bool agreed = true;
    for (const auto &line : made.lines) {
        if (line.year == year && input.lines[line.line].post == post.id) {
            result.needed = result.needed + line.budget;
            result.kept = result.kept + line.kept;
            agreed = agreed && line.agreed;
        }
    }
    const auto first = year.first_month().first_day();
    const auto last = year.last_month().last_day();
    const auto nothing = core::Money{};
    if (post.starts > last) {
        result.standing = Standing::not_begun;
    } else if (post.ends && *post.ends < first) {
        result.standing = Standing::ended;
    } else if (result.needed == nothing) {
        result.standing = Standing::at_risk; // nobody has said who pays
    } else if (result.kept < result.needed) {
        result.standing = result.kept == nothing ? Standing::falls : Standing::falls_in_part;
    } else if (!agreed || (post.at_risk_on && *post.at_risk_on <= last)) {
        result.standing = Standing::at_risk;
    }
    if (result.needed > nothing) {
        result.full_time_equivalent = static_cast<int>(post.full_time_equivalent *
                                                       result.kept.pence() / result.needed.pence());
    }
    return result;
}

} // namespace

Cliff cliff(const CliffInput &input, core::FinancialYear first, core::FinancialYear last,
            const std::optional<Cut> &cut) {
    std::vector<std::size_t> order(input.lines.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::ranges::sort(order, [&](std::size_t one, std::size_t other) {
        const auto &a = input.lines[one];
        const auto &b = input.lines[other];
        return std::tie(a.rank, a.title, one) < std::tie(b.rank, b.title, other);
    });
    Cliff made;
    for (auto year = first; year <= last; year = year + 1) {
        CliffYear total{.year = year, .agreed = {}, .expected = {}, .lost = {}};
        for (const auto &grant : input.grants) {
            const auto amount = in_year(grant.amounts, year);
            auto left = after(amount, year, cut);
            auto &sum = grant.agreed ? total.agreed : total.expected;
            sum = sum + left;
            total.lost = total.lost + amount - left;
            for (const auto index : order) {
                const auto &line = input.lines[index];
                const auto budget = in_year(line.budget, year);
                if (line.grant != grant.id || budget == core::Money{}) {
                    continue;
                }
                const auto kept = std::min(budget, left);
                left = left - kept;
                made.lines.push_back({.line = index,
                                      .year = year,
                                      .budget = budget,
                                      .kept = kept,
                                      .agreed = grant.agreed});
            }
        }
        made.years.push_back(total);
    }
    for (std::size_t i = 0; i < input.posts.size(); ++i) {
        CliffRow row{.post = i, .years = {}};
        for (auto year = first; year <= last; year = year + 1) {
            row.years.push_back(post_in(input, made, i, year));
        }
        made.rows.push_back(std::move(row));
    }
    return made;
}

std::string part_of(const PostYear &year, int whole) {
    return fmt::format("{}.{:02} of {}.{:02} full time", year.full_time_equivalent / 100,
                       year.full_time_equivalent % 100, whole / 100, whole % 100);
}

std::string words_of(const PostYear &year, int whole) {
    switch (year.standing) {
    case Standing::not_begun:
        return "Not begun";
    case Standing::ended:
        return "Ended";
    case Standing::secured:
        return "Secured";
    case Standing::at_risk:
        return "At risk";
    case Standing::falls:
        return "Falls";
    case Standing::falls_in_part:
        return "Falls to " + part_of(year, whole);
    }
    return {};
}

} // namespace wardmote::funding
