/// One fact that a record keeps: its column, its label, its rules, and how to read and write it.
///
///     field<&Post::title>("title", "What the post is called", {.required = true})
///
/// Everything else (storage, form, checks, change log, CSV, JSON) works on std::span<const Field>.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"
#include "engine/core/id.hpp"
#include "engine/core/money.hpp"
#include "platform/db/value.hpp"

namespace wardmote::record {

using db::Value;

enum class Kind {
    text,      ///< one line
    paragraph, ///< several
    email,
    integer,
    money, ///< whole pence
    date,
    moment,
    yes_no,
    choice,
    reference, ///< the id of another record
};

/// One of several values a field may have: as stored, and as people read it.
struct Choice {
    std::string_view value;
    std::string_view words;
};

struct Rules {
    bool required = false;
    int max_length = 0; ///< in characters; 0: 200 for a line, 4,000 for a paragraph
    std::optional<std::int64_t> least, most; ///< of an integer, or of money in pence
    bool paragraph = false;
    bool email = false;
    std::span<const Choice> choices = {}; ///< makes text a choice; an enum brings its own
    std::string_view refers_to = {};      ///< table of the record an id belongs to
    bool sensitive = false; ///< sealed in the database, masked for those who may not reveal it
    bool searched = false;  ///< its words are found by the search
    bool filtered = false;  ///< the list can be narrowed by it
    bool once = false;      ///< asked when the record is made, and not changed after
    std::string_view hint = {};
    bool off_forms = false;         ///< set by the program only, as a state is by its lifecycle
    std::string_view at_first = {}; ///< what such a field of a new record holds, as stored
    /// Headings that others' spreadsheets have for it: "Ref|No|Action number".
    std::string_view also_called = {};
};

struct Field {
    std::string_view name;  ///< of the column, the form field and the CSV heading
    std::string_view label; ///< "Date it began"
    Kind kind = Kind::text;
    bool optional = false; ///< the member can hold nothing
    Rules rules;
    Value (*get)(const void *record) = nullptr;
    void (*set)(void *record, const Value &value) = nullptr;
};

/// How one C++ type is a Value. An enum needs `constexpr std::span<const Choice> choices_of(E)`
/// beside it, whose order is that of its enumerators.
template <class T>
struct Codec;

template <>
struct Codec<std::string> {
    static constexpr Kind kind = Kind::text;
    static Value to(const std::string &text) { return text.empty() ? Value{} : Value{text}; }
    static std::string from(const Value &value) { return db::text_of(value); }
};
template <std::integral T>
requires(!std::same_as<T, bool>) struct Codec<T> {
    static constexpr Kind kind = Kind::integer;
    static Value to(T number) { return static_cast<std::int64_t>(number); }
    static T from(const Value &value) {
        return db::is_nothing(value) ? T{} : static_cast<T>(db::integer_of(value));
    }
};
template <>
struct Codec<bool> {
    static constexpr Kind kind = Kind::yes_no;
    static Value to(bool yes) { return std::int64_t{yes ? 1 : 0}; }
    static bool from(const Value &value) {
        return !db::is_nothing(value) && db::integer_of(value) != 0;
    }
};
template <>
struct Codec<core::Money> {
    static constexpr Kind kind = Kind::money;
    static Value to(core::Money money) { return money.pence(); }
    static core::Money from(const Value &value) {
        return core::Money::pence(db::is_nothing(value) ? 0 : db::integer_of(value));
    }
};
template <>
struct Codec<core::Date> {
    static constexpr Kind kind = Kind::date;
    static Value to(core::Date date) { return date.iso(); }
    static core::Date from(const Value &value) {
        return core::Date::parse(db::text_of(value)).value();
    }
};
template <>
struct Codec<core::Instant> {
    static constexpr Kind kind = Kind::moment;
    static Value to(core::Instant instant) { return instant.iso(); }
    static core::Instant from(const Value &value) {
        return core::Instant::parse(db::text_of(value)).value();
    }
};
template <>
struct Codec<core::Id> {
    static constexpr Kind kind = Kind::reference;
    static Value to(const core::Id &id) { return id.text(); }
    static core::Id from(const Value &value) { return core::Id::parse(db::text_of(value)).value(); }
};
template <class E>
requires std::is_enum_v<E>
struct Codec<E> {
    static constexpr Kind kind = Kind::choice;
    static Value to(E chosen) {
        return std::string{choices_of(chosen)[static_cast<std::size_t>(chosen)].value};
    }
    static E from(const Value &value) {
        const auto choices = choices_of(E{});
        const auto text = db::text_of(value);
        for (std::size_t i = 0; i < choices.size(); ++i) {
            if (choices[i].value == text) {
                return static_cast<E>(i);
            }
        }
        return E{};
    }
};
template <class T>
struct Codec<std::optional<T>> {
    static constexpr Kind kind = Codec<T>::kind;
    static Value to(const std::optional<T> &value) {
        return value ? Codec<T>::to(*value) : Value{};
    }
    static std::optional<T> from(const Value &value) {
        return db::is_nothing(value) ? std::nullopt : std::optional<T>{Codec<T>::from(value)};
    }
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class>
struct MemberOf;
template <class Record, class T>
struct MemberOf<T Record::*> {
    using Owner = Record;
    using Type = T;
};

template <auto Member>
constexpr Field field(std::string_view name, std::string_view label, Rules rules = {}) {
    using Owner = typename MemberOf<decltype(Member)>::Owner;
    using Type = typename MemberOf<decltype(Member)>::Type;
    Field made{.name = name, .label = label, .kind = Codec<Type>::kind};
    made.optional = is_optional<Type> || std::is_same_v<Type, std::string>;
    if constexpr (std::is_enum_v<Type>) {
        rules.choices = choices_of(Type{});
    }
    if (made.kind == Kind::text) {
        made.kind = !rules.choices.empty() ? Kind::choice
                    : rules.paragraph      ? Kind::paragraph
                    : rules.email          ? Kind::email
                                           : Kind::text;
    }
    if (rules.max_length == 0) {
        rules.max_length = made.kind == Kind::paragraph ? 4000 : 200;
    }
    made.rules = rules;
    made.get = [](const void *record) {
        return Codec<Type>::to(static_cast<const Owner *>(record)->*Member);
    };
    made.set = [](void *record, const Value &value) {
        static_cast<Owner *>(record)->*Member = Codec<Type>::from(value);
    };
    return made;
}

} // namespace wardmote::record
