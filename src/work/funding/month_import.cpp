// The months of a line in a spreadsheet: "Apr 2015" is its forecast for April 2015, "Spent May 15"
// what was spent in May.
#include <algorithm>
#include <array>
#include <deque>
#include <map>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/site/import_beside.hpp"
#include "work/funding/line.hpp"
#include "work/funding/pages.hpp"

namespace wardmote::funding {

namespace {

/// The facts of one month.
struct Kind {
    std::string_view key, words;
    std::optional<core::Money> MonthMoney::*money;
    std::span<const std::string_view> said; ///< in a heading
};
constexpr auto spent = std::to_array<std::string_view>({"spent", "actual", "actuals", "spend"});
constexpr auto committed =
    std::to_array<std::string_view>({"committed", "commitment", "commitments"});
constexpr auto kinds = std::to_array<Kind>({
    {"forecast", "Forecast", &MonthMoney::forecast, {}},
    {"actual", "Spent", &MonthMoney::actual, spent},
    {"committed", "Committed", &MonthMoney::committed, committed},
});

constexpr int first_year = 2000, years = 60;

struct Fact {
    const Kind *kind;
    core::Month month;
};

/// "forecast-2015-04"
std::optional<Fact> fact_of(std::string_view name) {
    for (const auto &kind : kinds) {
        if (name.starts_with(kind.key) && name.substr(kind.key.size()).starts_with('-')) {
            if (const auto month = core::Month::parse(name.substr(kind.key.size() + 1))) {
                return Fact{&kind, *month};
            }
        }
    }
    return std::nullopt;
}

/// Every fact there can be, by name: fields only point at what they are called.
const std::map<std::string_view, record::Field> &all_facts() {
    static std::deque<std::string> words;
    static const auto made = [] {
        std::map<std::string_view, record::Field> fields;
        for (int i = 0; i < 12 * years; ++i) {
            const auto month = core::Month{first_year, 1} + i;
            for (const auto &kind : kinds) {
                const std::string_view name =
                    words.emplace_back(fmt::format("{}-{}", kind.key, month.iso()));
                const std::string_view label =
                    words.emplace_back(fmt::format("{}, {}", kind.words, month.text()));
                fields.emplace(name, record::Field{.name = name,
                                                   .label = label,
                                                   .kind = record::Kind::money,
                                                   .optional = true,
                                                   .rules = {.least = 0}});
            }
        }
        return fields;
    }();
    return made;
}

/// Letters together and digits together, in lower case.
std::vector<std::string> words_of(std::string_view heading) {
    std::vector<std::string> words(1);
    const auto kind_of = [](char c) {
        return c >= '0' && c <= '9' ? 1 : c >= 'a' && c <= 'z' ? 2 : 0;
    };
    int last = 0;
    for (const char c : core::lower(heading)) {
        const int kind = kind_of(c);
        if (kind != last && !words.back().empty()) {
            words.emplace_back();
        }
        if (kind != 0) {
            words.back() += c;
        }
        last = kind;
    }
    std::erase(words, std::string{});
    return words;
}

std::optional<core::Month> month_in(const std::vector<std::string> &words) {
    std::optional<unsigned> month;
    std::optional<int> year;
    for (std::size_t i = 0; i < words.size(); ++i) {
        for (unsigned number = 1; number <= 12; ++number) {
            const core::Month named{first_year, number};
            if (words[i] == core::lower(named.name()) ||
                words[i] == core::lower(named.short_name())) {
                month = number;
            }
        }
        const auto number = core::parse_integer(words[i]);
        if (number && words[i].size() == 4 && *number >= first_year &&
            *number < first_year + years) {
            year = static_cast<int>(*number);
            // "2015-04", and a date of the spreadsheet's own, which is the first of the month
            const auto next =
                i + 1 < words.size() ? core::parse_integer(words[i + 1]) : std::nullopt;
            if (!month && next && words[i + 1].size() == 2 && *next >= 1 && *next <= 12) {
                month = static_cast<unsigned>(*next);
            }
        } else if (number && words[i].size() == 2 && month && !year) { // "Apr-15"
            year = first_year + static_cast<int>(*number);
        }
    }
    return month && year ? std::optional{core::Month{*year, *month}} : std::nullopt;
}

std::vector<record::Field> named(std::string_view heading) {
    const auto words = words_of(heading);
    const auto month = month_in(words);
    std::vector<record::Field> fields;
    if (!month) {
        return fields;
    }
    for (const auto &kind : kinds) {
        fields.push_back(all_facts().at(fmt::format("{}-{}", kind.key, month->iso())));
        if (std::ranges::any_of(kind.said, [&](std::string_view word) {
                return std::ranges::find(words, word) != words.end();
            })) {
            std::swap(fields.front(), fields.back());
        }
    }
    return fields;
}

record::Values read(db::Transaction &tx, std::string_view line,
                    std::span<const record::Field> fields) {
    const auto months =
        months_of(tx, line, {core::Month{first_year, 1}, core::Month{first_year + years - 1, 12}});
    record::Values values;
    for (const auto &field : fields) {
        const auto fact = fact_of(field.name).value();
        const auto kept = months.find(fact.month);
        const auto money = kept == months.end() ? std::nullopt : kept->second.*(fact.kind->money);
        values.push_back(money ? record::Value{money->pence()} : record::Value{});
    }
    return values;
}

} // namespace

void add_month_import(site::Site &site) {
    auto &ledger = site.keeper().ledger();
    site::import_beside(
        site, record::description<Line>().table,
        {.named = named,
         .field = [](std::string_view name) -> std::optional<record::Field> {
             const auto found = all_facts().find(name);
             return found == all_facts().end() ? std::nullopt : std::optional{found->second};
         },
         .read = read,
         .write =
             [&ledger](db::Transaction &tx, std::string_view line,
                       std::span<const record::Field> fields, const record::Values &values) {
                 auto months = months_of(
                     tx, line,
                     {core::Month{first_year, 1}, core::Month{first_year + years - 1, 12}});
                 Months wanted;
                 for (std::size_t i = 0; i < fields.size(); ++i) {
                     const auto fact = fact_of(fields[i].name).value();
                     auto &month = wanted.try_emplace(fact.month, months[fact.month]).first->second;
                     month.*(fact.kind->money) =
                         db::is_nothing(values[i])
                             ? std::nullopt
                             : std::optional{core::Money::pence(db::integer_of(values[i]))};
                 }
                 set_months(tx, ledger, line, wanted);
             }});
}

} // namespace wardmote::funding
