#include "work/partnership/duty.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace wardmote::partnership {

namespace {

constexpr auto every_names = std::to_array<std::pair<std::string_view, Every>>({
    {"always", Every::always},
    {"financial year", Every::financial_year},
    {"12 months", Every::twelve_months},
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

struct Span {
    core::Date first, last;
};

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
        return {day.plus_months(-12 * (back + 1)).plus_days(1), day.plus_months(-12 * back)};
    case Every::quarter: {
        const auto first = month - static_cast<int>((month.month() - 1) % 3) - 3 * back;
        return {first.first_day(), (first + 2).last_day()};
    }
    }
    throw std::logic_error("not a period");
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
                  .document = (*table)["document"].value_or(std::string{})};
        const auto every = text(*table, "every", file);
        const auto *known =
            std::ranges::find(every_names, every, &std::pair<std::string_view, Every>::first);
        if (known == every_names.end()) {
            fail(file, table->source(), "“every” is not one of the periods there are");
        }
        duty.every = known->second;
        if ((duty.evidence == "document") == duty.document.empty()) {
            fail(file, table->source(), "“document” goes with evidence = \"document\"");
        }
        if (std::ranges::find(duties, duty.key, &Duty::key) != duties.end()) {
            fail(file, table->source(), "two duties have the same key");
        }
        duties.push_back(std::move(duty));
    }
    return duties;
}

DutyStanding standing_of(const Duty &duty, const Evidences &evidences, db::Transaction &tx,
                         core::Date today) {
    const auto evidence = evidences.find(duty.evidence);
    if (evidence == evidences.end()) {
        return {.state = DutyStanding::State::unknown,
                .by = std::nullopt,
                .found = {{}, "The records that would prove it are not kept here yet."}};
    }
    using State = DutyStanding::State;
    const auto now = span(duty.every, today, 0);
    DutyStanding standing{.by = now.last, .found = evidence->second(tx, duty, now.first, today)};
    if (duty.every == Every::always || duty.every == Every::twelve_months) {
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
