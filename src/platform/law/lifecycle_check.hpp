/// The checks on a lifecycle that the compiler makes; included by lifecycle.hpp.
#pragma once

#include "platform/law/lifecycle.hpp"

namespace wardmote::law {

namespace check {

constexpr std::size_t most_states = 64; ///< one bit each

constexpr std::string_view names_fault(const Lifecycle &table) {
    if (table.states.empty() || table.states.size() > most_states) {
        return "A lifecycle has 1 to 64 states.";
    }
    for (std::size_t at = 0; at < table.states.size(); ++at) {
        const auto &state = table.states[at];
        if (state.key.empty() || state.words.empty()) {
            return "A state has no key or no words.";
        }
        if (table.state(state.key) != &state) {
            return "A state is named twice.";
        }
    }
    for (const auto &guard : table.guards) {
        if (guard.name.empty() || guard.sentence.empty()) {
            return "A guard has no name or no sentence.";
        }
        if (table.guard(guard.name) != &guard) {
            return "A guard is named twice.";
        }
    }
    Roles seen = 0;
    for (const auto &role : table.roles) {
        if (role.bit == 0 || (role.bit & (role.bit - 1)) != 0 || role.words.empty()) {
            return "A role is not one bit with words.";
        }
        if ((seen & role.bit) != 0) {
            return "A role is named twice.";
        }
        seen |= role.bit;
    }
    return {};
}

constexpr std::string_view step_fault(const Lifecycle &table, const Step &step) {
    if (table.state(step.from) == nullptr) {
        return "A step comes from a state that is not in the table.";
    }
    if (table.state(step.to) == nullptr) {
        return "A step goes to a state that is not in the table.";
    }
    if (step.verb.empty() || step.button.empty()) {
        return "A step has no verb or no words for its button.";
    }
    Roles known = 0;
    for (const auto &role : table.roles) {
        known |= role.bit;
    }
    if (step.roles == 0 || (step.roles & ~known) != 0) {
        return "A step is open to nobody, or to a role that is not in the table.";
    }
    for (const auto guard : step.guards) {
        if (table.guard(guard) == nullptr) {
            return "A step asks for a guard that is not in the table.";
        }
    }
    for (const auto &other : table.steps) {
        if (&other != &step && other.from == step.from && other.verb == step.verb &&
            (other.roles & step.roles) != 0) {
            return "A verb means two things to one role in one state.";
        }
    }
    return {};
}

constexpr std::string_view guards_fault(const Lifecycle &table) {
    for (const auto &guard : table.guards) {
        bool used = false;
        for (const auto &step : table.steps) {
            for (const auto name : step.guards) {
                used = used || name == guard.name;
            }
        }
        if (!used) {
            return "A guard is asked for by no step.";
        }
    }
    return {};
}

/// The states that can be come to from `from`, as bits in table order; all names must be known.
constexpr std::uint64_t reached(const Lifecycle &table, std::string_view from) {
    const auto bit = [&](std::string_view key) {
        return std::uint64_t{1} << (table.state(key) - table.states.data());
    };
    std::uint64_t found = bit(from);
    for (std::uint64_t before = 0; before != found;) {
        before = found;
        for (const auto &step : table.steps) {
            if ((found & bit(step.from)) != 0) {
                found |= bit(step.to);
            }
        }
    }
    return found;
}

constexpr bool left_by_a_step(const Lifecycle &table, std::string_view state) {
    for (const auto &step : table.steps) {
        if (step.from == state && step.to != state) {
            return true;
        }
    }
    return false;
}

constexpr std::string_view paths_fault(const Lifecycle &table) {
    const auto found = reached(table, table.first());
    for (std::size_t at = 0; at < table.states.size(); ++at) {
        if ((found >> at & 1) == 0) {
            return "A state cannot be reached from the first.";
        }
        if (table.states[at].final == left_by_a_step(table, table.states[at].key)) {
            return "A state is a dead end and not marked final, or final and left by a step.";
        }
    }
    return {};
}

} // namespace check

constexpr std::string_view fault(const Lifecycle &lifecycle) {
    if (const auto found = check::names_fault(lifecycle); !found.empty()) {
        return found;
    }
    for (const auto &step : lifecycle.steps) {
        if (const auto found = check::step_fault(lifecycle, step); !found.empty()) {
            return found;
        }
    }
    if (const auto found = check::guards_fault(lifecycle); !found.empty()) {
        return found;
    }
    return check::paths_fault(lifecycle);
}

} // namespace wardmote::law
