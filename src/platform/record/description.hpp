/// What a kind of record is: described once, and everything else follows.
///
///     template <> struct Described<Post> {
///         static constexpr auto fields = std::to_array<Field>({
///             field<&Post::title>("title", "What the post is called", {.required = true}),
///             field<&Post::person>("person", "Who holds it", {.refers_to = "person"}),
///         });
///         static constexpr Description is{.table = "post", .path = "/posts", .one = "post",
///                                         .many = "posts", .title = "title"};
///     };
///
/// Besides its fields every table has: tenant, id, version, created, created_by, changed,
/// changed_by and removed. A test holds each description against the migrations.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/record/field.hpp"

namespace wardmote::record {

/// What is wrong with a field, in a sentence that says how to mend it.
struct Problem {
    std::string field; ///< its name; empty: the record as a whole
    std::string words;
};
using Problems = std::vector<Problem>;

using Values = std::vector<Value>; ///< one for each field, in their order

struct Description {
    std::string_view table;
    std::string_view path; ///< of its list: "/posts"
    std::string_view one, many;
    std::string_view title; ///< the field that names a record
    std::string_view order; ///< field the list is sorted by at first, "-" in front: latest first
    std::string_view body;  ///< field with the organisation it belongs to; empty: none
    std::string_view owner; ///< field with the person it belongs to; empty: none
    std::string_view state; ///< field with its state; empty: it is only kept or removed
    std::string_view restricted; ///< yes-or-no field: known only to those on its access list
    std::string_view reference;  ///< field that people cite it by: "1.3"; empty: its title
    std::string_view within;     ///< field with the record it is named in: its grant; empty: none
    std::string_view empty_list; ///< what will be here, and how to start
    bool attachments = false;    ///< files can be kept with it
    /// What the fields cannot say alone: "The last day must not be before the first".
    Problems (*check)(const Values &values) = nullptr;
    std::span<const Field> fields = {};

    /// The place of a field among the others; throws std::logic_error when there is none.
    std::size_t index(std::string_view field) const;
    const Field &field(std::string_view name) const { return fields[index(name)]; }
};

template <class T>
struct Described;

template <class T>
const Description &description() {
    static const Description made = [] {
        auto is = Described<T>::is;
        is.fields = Described<T>::fields;
        return is;
    }();
    return made;
}

/// A record as it is kept.
struct Stored {
    std::string id;
    std::int64_t version = 0; ///< 1 when made, one more with each change
    std::string created, created_by, changed, changed_by;
    std::optional<std::string> removed; ///< when it was softly deleted
    Values values;

    bool is_removed() const { return removed.has_value(); }
};

/// The same, typed.
template <class T>
struct Kept {
    std::string id;
    std::int64_t version = 0;
    T value;
};

template <class T>
Values values_of(const T &record) {
    Values values;
    for (const auto &each : Described<T>::fields) {
        values.push_back(each.get(&record));
    }
    return values;
}
template <class T>
T typed(const Values &values) {
    T record{};
    for (std::size_t i = 0; i < values.size(); ++i) {
        Described<T>::fields[i].set(&record, values[i]);
    }
    return record;
}
template <class T>
Kept<T> typed(const Stored &stored) {
    return {stored.id, stored.version, typed<T>(stored.values)};
}

} // namespace wardmote::record
