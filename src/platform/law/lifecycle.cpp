#include "platform/law/lifecycle.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::law {

namespace {

std::string_view words_of(const Lifecycle &lifecycle, std::string_view state) {
    const auto *found = lifecycle.state(state);
    return found == nullptr ? state : found->words;
}

/// "the coordinator or the chair": as the table names them.
std::string roles_in_words(const Lifecycle &lifecycle, Roles roles, std::string_view last) {
    std::vector<std::string> words;
    for (const auto &role : lifecycle.roles) {
        if ((role.bit & roles) != 0) {
            words.emplace_back(role.words);
        }
    }
    return core::joined(words, last);
}

std::vector<std::string> missing_for(const Lifecycle &lifecycle, const Step &step,
                                     const Holds &holds) {
    std::vector<std::string> missing;
    for (const auto name : step.guards) {
        if (!holds(name)) {
            missing.emplace_back(lifecycle.guard(name)->sentence);
        }
    }
    return missing;
}

/// The verbs of the table, each once, in the order they come.
std::vector<std::string_view> verbs_of(const Lifecycle &lifecycle) {
    std::vector<std::string_view> verbs;
    for (const auto &step : lifecycle.steps) {
        if (std::find(verbs.begin(), verbs.end(), step.verb) == verbs.end()) {
            verbs.push_back(step.verb);
        }
    }
    return verbs;
}

/// Why nobody with these roles may take `verb` from `state`: it belongs to others, or to another
/// state, or to no state.
std::string refusal_of(const Lifecycle &lifecycle, std::string_view state, std::string_view verb) {
    Roles others = 0;
    std::vector<std::string> states;
    std::string_view button;
    for (const auto &step : lifecycle.steps) {
        if (step.verb != verb) {
            continue;
        }
        if (step.from == state) {
            others |= step.roles;
        }
        const auto from = fmt::format("“{}”", words_of(lifecycle, step.from));
        if (std::find(states.begin(), states.end(), from) == states.end()) {
            states.push_back(from);
        }
        button = button.empty() ? step.button : button;
    }
    if (others != 0) {
        return fmt::format("Only these may do this now: {}.",
                           roles_in_words(lifecycle, others, " or "));
    }
    if (states.empty()) {
        return "There is no such step.";
    }
    return fmt::format("“{}” cannot be done while this is “{}”: only when it is {}.", button,
                       words_of(lifecycle, state), core::joined(states, " or "));
}

} // namespace

std::vector<Choice> choices(const Lifecycle &lifecycle, std::string_view state, Roles roles,
                            const Holds &holds) {
    std::vector<Choice> found;
    for (const auto &step : lifecycle.steps) {
        // Where two rows give one verb to someone of two roles, the upper one counts.
        if (step.from == state && lifecycle.find(state, step.verb, roles) == &step) {
            found.push_back({&step, missing_for(lifecycle, step, holds)});
        }
    }
    return found;
}

Answer decide(const Lifecycle &lifecycle, std::string_view state, std::string_view verb,
              Roles roles, const Holds &holds, std::string_view reason) {
    const auto *step = lifecycle.find(state, verb, roles);
    if (step == nullptr) {
        return {nullptr, refusal_of(lifecycle, state, verb)};
    }
    if (const auto missing = missing_for(lifecycle, *step, holds); !missing.empty()) {
        return {nullptr, fmt::format("{}", fmt::join(missing, " "))};
    }
    if (step->reason_needed && core::trim(reason).empty()) {
        return {nullptr, "Give a reason."};
    }
    return {step, {}};
}

std::vector<std::string_view> reachable(const Lifecycle &lifecycle, std::string_view state) {
    std::vector<std::string_view> keys;
    if (lifecycle.state(state) == nullptr) {
        return keys;
    }
    const auto found = check::reached(lifecycle, state);
    for (std::size_t at = 0; at < lifecycle.states.size(); ++at) {
        if ((found >> at & 1) != 0) {
            keys.push_back(lifecycle.states[at].key);
        }
    }
    return keys;
}

std::vector<std::string_view> dead_ends(const Lifecycle &lifecycle) {
    std::vector<std::string_view> keys;
    for (const auto &state : lifecycle.states) {
        if (!check::left_by_a_step(lifecycle, state.key)) {
            keys.push_back(state.key);
        }
    }
    return keys;
}

std::string markdown(const Lifecycle &lifecycle) {
    std::string text = fmt::format("| {} is | button | who | what must be true | then it is |\n"
                                   "|---|---|---|---|---|\n",
                                   lifecycle.name);
    for (const auto &step : lifecycle.steps) {
        std::vector<std::string> needs;
        for (const auto name : step.guards) {
            needs.emplace_back(lifecycle.guard(name)->sentence);
        }
        if (step.reason_needed) {
            needs.emplace_back("A reason is given.");
        }
        const auto clock =
            step.clock.empty() ? std::string{} : fmt::format("; time starts for `{}`", step.clock);
        text += fmt::format("| {} | {} | {} | {} | {}{} |\n", words_of(lifecycle, step.from),
                            step.button, roles_in_words(lifecycle, step.roles, ", "),
                            fmt::join(needs, " "), words_of(lifecycle, step.to), clock);
    }
    return text;
}

std::vector<Case> cases(const Lifecycle &lifecycle) {
    std::vector<Case> all;
    for (const auto &state : lifecycle.states) {
        for (const auto verb : verbs_of(lifecycle)) {
            for (const auto &role : lifecycle.roles) {
                all.push_back({state.key, verb, role, lifecycle.find(state.key, verb, role.bit)});
            }
        }
    }
    return all;
}

} // namespace wardmote::law
