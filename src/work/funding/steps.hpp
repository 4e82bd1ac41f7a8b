/// Takes one step of a record's lifecycle. Inside funding/ only.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>

#include "platform/law/lifecycle.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::funding {

template <class E>
std::string_view key_of(E state) {
    return choices_of(state)[static_cast<std::size_t>(state)].value;
}

template <class T>
struct Taking {
    std::function<bool(std::string_view guard, const T &)> holds;
    /// What else changes with the step, after its state; gives what stands against it.
    std::function<record::Problems(std::string_view verb, T &)> change;
};

/// Decides, changes and keeps; gives what stands against it, and then nothing was written.
template <class T>
record::Problems take_step(record::Keeper &keeper, db::Transaction &tx,
                           const law::Lifecycle &lifecycle, std::string_view id,
                           std::string_view verb, law::Roles roles, std::string_view reason,
                           const Taking<T> &taking) {
    auto kept = keeper.get<T>(tx, id);
    if (!kept) {
        return {{"", "It is no longer there"}};
    }
    auto &value = kept->value;
    const auto answer = law::decide(
        lifecycle, key_of(value.state), verb, roles,
        [&](std::string_view guard) { return taking.holds(guard, value); }, reason);
    if (!answer) {
        return {{"", answer.refusal}};
    }
    value.state = record::Codec<decltype(value.state)>::from(std::string{answer.step->to});
    value.state_reason = std::string{reason};
    if (auto problems = taking.change(verb, value); !problems.empty()) {
        return problems;
    }
    const auto saved =
        keeper.update(tx, record::description<T>(), id, kept->version, record::values_of(value));
    if (!saved || !std::holds_alternative<record::Stored>(*saved)) {
        return {{"", "Somebody changed it at the same moment. Look at it and try again"}};
    }
    return {};
}

} // namespace wardmote::funding
