#include "platform/record/show.hpp"

#include <algorithm>

#include "engine/core/text.hpp"

namespace wardmote::record {

namespace {

constexpr std::string_view unknown_words = "Not known to you";

std::string words(const Field &field, const Value &value, const References &references) {
    if (db::is_nothing(value)) {
        return {};
    }
    switch (field.kind) {
    case Kind::integer:
        return core::number(db::integer_of(value));
    case Kind::money:
        return core::Money::pence(db::integer_of(value)).text();
    case Kind::yes_no:
        return db::integer_of(value) != 0 ? "Yes" : "No";
    case Kind::date: {
        const auto date = core::Date::parse(db::text_of(value));
        return date ? date->text() : db::text_of(value);
    }
    case Kind::moment: {
        const auto instant = core::Instant::parse(db::text_of(value));
        return instant ? instant->text() : db::text_of(value);
    }
    case Kind::choice: {
        const auto chosen =
            std::ranges::find(field.rules.choices, db::text_of(value), &Choice::value);
        return chosen == field.rules.choices.end() ? db::text_of(value)
                                                   : std::string{chosen->words};
    }
    case Kind::reference: {
        const auto found = references.find(field.rules.refers_to, db::text_of(value));
        return found ? found->title : std::string{unknown_words};
    }
    default:
        return db::text_of(value);
    }
}

bool masked(const Field &field, bool reveal) {
    return field.rules.sensitive && !reveal;
}

html::Html lines(std::string_view text) {
    html::Html all;
    while (true) {
        const auto end = text.find('\n');
        all += html::text(text.substr(0, end));
        if (end == text.npos) {
            return all;
        }
        all += html::Html{"<br>"};
        text.remove_prefix(end + 1);
    }
}

} // namespace

std::string in_words(const Field &field, const Value &value, const References &references,
                     bool reveal) {
    return masked(field, reveal) ? std::string{hidden_words} : words(field, value, references);
}

html::Html shown(const Field &field, const Value &value, const References &references,
                 bool reveal) {
    if (field.kind == Kind::reference && !db::is_nothing(value) && !masked(field, reveal)) {
        if (const auto found = references.find(field.rules.refers_to, db::text_of(value))) {
            return html::link({found->title, found->href});
        }
    }
    const auto text = in_words(field, value, references, reveal);
    return field.kind == Kind::paragraph ? lines(text) : html::text(text);
}

html::SummaryList summary(const Description &what, const Values &values,
                          const References &references, bool reveal) {
    html::SummaryList list;
    for (std::size_t i = 0; i < what.fields.size(); ++i) {
        auto value = shown(what.fields[i], values[i], references, reveal);
        list.rows.push_back({.key = what.fields[i].label,
                             .value = value.empty() ? html::Html{"Not given"} : std::move(value)});
    }
    return list;
}

html::Differences shown_differences(const Description &what, std::span<const Difference> fields,
                                    const References &references, bool reveal) {
    html::Differences table;
    for (const auto &difference : fields) {
        const auto &field = what.field(difference.field);
        table.fields.push_back({.field = std::string{field.label},
                                .before = shown(field, difference.before, references, reveal),
                                .after = shown(field, difference.after, references, reveal)});
    }
    return table;
}

html::Conflicts shown_clash(const Description &what, const Clash &clash, const Values &mine,
                            const References &references, std::string who, std::string when,
                            bool reveal) {
    html::Conflicts table{.who = std::move(who), .when = std::move(when)};
    for (const auto &name : clash.both) {
        const auto i = what.index(name);
        const auto &field = what.fields[i];
        table.fields.push_back({.field = std::string{field.label},
                                .was = shown(field, clash.base[i], references, reveal),
                                .theirs = shown(field, clash.now.values[i], references, reveal),
                                .yours = shown(field, mine[i], references, reveal)});
    }
    return table;
}

} // namespace wardmote::record
