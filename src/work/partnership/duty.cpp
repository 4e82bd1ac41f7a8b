#include "work/partnership/duty.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "work/partnership/membership.hpp"

namespace wardmote::partnership {

namespace {

constexpr auto every_names = std::to_array<std::pair<std::string_view, Every>>({
    {"always", Every::always},
    {"financial year", Every::financial_year},
    {"12 months", Every::twelve_months},
    {"3 years", Every::three_years},
    {"quarter", Every::quarter},
});

[[noreturn]] void fail(const std::string &file, const toml::source_region &where,
                       std::string_view reason) {
    throw std::runtime_error{fmt::format("{}, line {}: {}", file, where.begin.line, reason)};
}

std::string text(const toml::table &table, std::string_view key, const std::string &file) {
    const auto value = table[key].value<std::string>();
    if (!value || value->empty()) {
        fail(file, table.source(), fmt::format("a duty has no {}", key));
    }
    return *value;
}

/// One text or a list of them; a duty need not have any.
std::vector<std::string> texts(const toml::table &table, std::string_view key,
                               const std::string &file) {
    const auto *node = table.get(key);
    if (node == nullptr) {
        return {};
    }
    std::vector<std::string> found;
    const auto take = [&](const toml::node &one) {
        const auto value = one.value<std::string>();
        if (!value || value->empty()) {
            fail(file, table.source(), fmt::format("“{}” is a text or a list of texts", key));
        }
        found.push_back(*value);
    };
    if (const auto *list = node->as_array()) {
        for (const auto &one : *list) {
            take(one);
        }
    } else {
        take(*node);
    }
    return found;
}

std::optional<core::Date> date(const toml::table &table, std::string_view key) {
    const auto value = table[key].value<toml::date>();
    return value ? std::optional{core::Date{value->year, value->month, value->day}} : std::nullopt;
}

/// The rules that must be told what to look for.
constexpr auto asking = std::to_array<std::string_view>({"document", "requirement", "data"});

struct Span {
    core::Date first, last;
};
/// The months before a day, and with `back` 1 as many before those.
Span months_before(core::Date day, int months, int back) {
    return {day.plus_months(-months * (back + 1)).plus_days(1), day.plus_months(-months * back)};
}

/// The period that a day lies in, and with `back` 1 the one before.
Span span(Every every, core::Date day, int back) {
    const core::Month month{day};
    switch (every) {
    case Every::always:
        return {core::Date{1, 1, 1}, day};
    case Every::financial_year: {
        const auto year = core::FinancialYear::containing(month) - back;
        return {year.first_month().first_day(), year.last_month().last_day()};
    }
    case Every::twelve_months:
        return months_before(day, 12, back);
    case Every::three_years:
        return months_before(day, 36, back);
    case Every::quarter: {
        const auto first = month - static_cast<int>((month.month() - 1) % 3) - 3 * back;
        return {first.first_day(), (first + 2).last_day()};
    }
    }
    throw std::logic_error("not a period");
}

/// Empty when it is owed.
std::string why_not_owed(const Duty &duty, db::Transaction &tx, core::Date today) {
    if (duty.from && today < *duty.from) {
        return fmt::format("It is owed from {}.", duty.from->text());
    }
    if (duty.to && *duty.to < today) {
        return fmt::format("It was owed until {}.", duty.to->text());
    }
    if (!duty.where.empty() && responsible_of(tx, {duty.where}, today).empty()) {
        return "No responsible authority here is of the kind that it is laid on.";
    }
    return duty.not_owed;
}

} // namespace

std::vector<Duty> parse_duties(std::string_view toml, const std::string &file) {
    toml::table root;
    try {
        root = toml::parse(toml, file);
    } catch (const toml::parse_error &error) {
        fail(file, error.source(), error.description());
    }
    std::vector<Duty> duties;
    const auto *list = root["duty"].as_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        const auto *table = list->get(i)->as_table();
        if (table == nullptr) {
            fail(file, list->source(), "a duty is not a table");
        }
        Duty duty{.key = text(*table, "key", file),
                  .words = text(*table, "words", file),
                  .source = text(*table, "source", file),
                  .evidence = text(*table, "evidence", file),
                  .of = texts(*table, "of", file),
                  .holders = texts(*table, "holders", file),
                  .where = (*table)["where"].value_or(std::string{}),
                  .from = date(*table, "from"),
                  .to = date(*table, "to"),
                  .not_owed = (*table)["not_owed"].value_or(std::string{}),
                  .note = (*table)["note"].value_or(std::string{})};
        const auto every = text(*table, "every", file);
        const auto *known =
            std::ranges::find(every_names, every, &std::pair<std::string_view, Every>::first);
        if (known == every_names.end()) {
            fail(file, table->source(), "“every” is not one of the periods there are");
        }
        duty.every = known->second;
        const bool asks = std::ranges::find(asking, duty.evidence) != asking.end();
        if (asks == duty.of.empty()) {
            fail(file, table->source(),
                 fmt::format("“of” goes with evidence = {}", fmt::join(asking, ", ")));
        }
        if ((duty.evidence == "data") == duty.holders.empty()) {
            fail(file, table->source(), "“holders” go with evidence = data");
        }
        if (std::ranges::find(duties, duty.key, &Duty::key) != duties.end()) {
            fail(file, table->source(), "two duties have the same key");
        }
        duties.push_back(std::move(duty));
    }
    return duties;
}

std::vector<Duty> with_own(std::vector<Duty> shipped, std::vector<Duty> own) {
    for (auto &duty : own) {
        const auto same = std::ranges::find(shipped, duty.key, &Duty::key);
        if (same == shipped.end()) {
            shipped.push_back(std::move(duty));
        } else {
            *same = std::move(duty);
        }
    }
    return shipped;
}

DutyStanding standing_of(const Duty &duty, const Evidences &evidences, db::Transaction &tx,
                         core::Date today) {
    using State = DutyStanding::State;
    if (auto why = why_not_owed(duty, tx, today); !why.empty()) {
        return {.state = State::not_owed, .by = std::nullopt, .found = {{}, std::move(why)}};
    }
    const auto evidence = evidences.find(duty.evidence);
    if (evidence == evidences.end()) {
        return {.state = State::unknown,
                .by = std::nullopt,
                .found = {{},
                          fmt::format("The catalogue asks for the proof “{}”, which no record "
                                      "gives.",
                                      duty.evidence)}};
    }
    const auto now = span(duty.every, today, 0);
    DutyStanding standing{.by = now.last, .found = evidence->second(tx, duty, now.first, today)};
    if (duty.every != Every::financial_year && duty.every != Every::quarter) {
        standing.by.reset();
        standing.state = standing.found.missing.empty() ? State::met : State::overdue;
        return standing;
    }
    if (standing.found.missing.empty()) {
        standing.state = State::met;
        return standing;
    }
    // Not yet in this period: overdue when the one before went by without it, too.
    const auto before = span(duty.every, today, 1);
    const auto last = evidence->second(tx, duty, before.first, before.last);
    standing.state = last.missing.empty() ? State::due : State::overdue;
    standing.by = last.missing.empty() ? now.last : before.last;
    return standing;
}

} // namespace wardmote::partnership
