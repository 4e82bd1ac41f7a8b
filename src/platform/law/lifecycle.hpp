/// A record's lifecycle as a table: who may do what, when, and what it becomes.
///
/// The same rows decide, draw the buttons, and write the documentation and the tests. A table is
/// constexpr and checked by the compiler: `static_assert(fault(plan_lifecycle).empty())`.
/// How to write one: docs/guide/add-a-lifecycle.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmote::law {

/// A set of roles, one bit each; which bit is which role is the caller's own.
using Roles = std::uint32_t;

struct RoleName {
    Roles bit = 0;
    std::string_view words; ///< "Coordinator"
};

struct State {
    std::string_view key;   ///< as records keep it: "in_force"
    std::string_view words; ///< as people read it: "In force"
    bool final = false;     ///< nothing leads out of it, on purpose
};

/// Something that must be true before a step may be taken.
struct Guard {
    std::string_view name;     ///< what the code asks for: "six_sections"
    std::string_view sentence; ///< what a person is told: "Fill in all six sections first."
};

/// Up to four names of guards, all of which must hold.
class Needs {
public:
    constexpr Needs() = default;
    /// More than four do not compile.
    constexpr Needs(std::initializer_list<std::string_view> names) {
        for (const auto name : names) {
            m_names.at(m_size++) = name;
        }
    }
    constexpr const std::string_view *begin() const { return m_names.data(); }
    constexpr const std::string_view *end() const { return m_names.data() + m_size; }

private:
    std::array<std::string_view, 4> m_names{};
    std::size_t m_size = 0;
};

/// One row: from a state, by a verb, to a state.
struct Step {
    Roles roles = 0; ///< any one of these may take it
    std::string_view from;
    std::string_view verb; ///< "publish"
    std::string_view to;
    std::string_view button; ///< "Publish the assessment"
    Needs guards{};
    bool reason_needed = false;
    std::string_view clock{}; ///< the key of the law's parameter whose time starts running
};

struct Lifecycle {
    std::string_view name; ///< "Partnership plan"
    std::span<const RoleName> roles;
    std::span<const State> states; ///< a record begins in the first
    std::span<const Guard> guards;
    std::span<const Step> steps;

    constexpr std::string_view first() const { return states.front().key; }
    constexpr const State *state(std::string_view key) const {
        for (const auto &each : states) {
            if (each.key == key) {
                return &each;
            }
        }
        return nullptr;
    }
    constexpr const Guard *guard(std::string_view guard_name) const {
        for (const auto &each : guards) {
            if (each.name == guard_name) {
                return &each;
            }
        }
        return nullptr;
    }
    /// The step that someone with these roles takes by `verb`; where their roles give two, the
    /// upper one. Nothing when there is none.
    constexpr const Step *find(std::string_view from, std::string_view verb,
                               Roles roles_held) const {
        for (const auto &each : steps) {
            if (each.from == from && each.verb == verb && (each.roles & roles_held) != 0) {
                return &each;
            }
        }
        return nullptr;
    }
};

/// What is wrong with a table, or nothing: states, verbs, roles and guards unknown or named twice,
/// a verb that means two things to one role, a state that nothing leads to or, unless it is final,
/// nothing leads out of.
constexpr std::string_view fault(const Lifecycle &lifecycle);

/// Whether a guard holds for the record in hand.
using Holds = std::function<bool(std::string_view guard)>;

/// A step that a person may take, and what still stands in its way.
struct Choice {
    const Step *step;
    std::vector<std::string> missing; ///< the sentences of the guards that do not hold
};

/// What can be done now by someone with these roles: the buttons, in the order of the table.
std::vector<Choice> choices(const Lifecycle &lifecycle, std::string_view state, Roles roles,
                            const Holds &holds);

/// Whether something may be done: the step, or a sentence that says why not.
struct Answer {
    const Step *step = nullptr;
    std::string refusal;

    explicit operator bool() const { return step != nullptr; }
};

/// Decides on `verb`, done for `reason` (spaces alone are none). On yes, the state after is
/// `answer.step->to`.
Answer decide(const Lifecycle &lifecycle, std::string_view state, std::string_view verb,
              Roles roles, const Holds &holds, std::string_view reason = {});

/// The keys of the states that can be come to from `state`, itself among them, in table order.
std::vector<std::string_view> reachable(const Lifecycle &lifecycle, std::string_view state);
/// The keys of the states that nothing leads out of.
std::vector<std::string_view> dead_ends(const Lifecycle &lifecycle);

/// The table as Markdown, for the documentation.
std::string markdown(const Lifecycle &lifecycle);

/// One case of a generated test: this role tries this verb in this state.
struct Case {
    std::string_view state;
    std::string_view verb;
    RoleName role;
    const Step *expected; ///< nothing: it must be refused
};

/// Every state with every verb and every role.
std::vector<Case> cases(const Lifecycle &lifecycle);

} // namespace wardmote::law

#include "platform/law/lifecycle_check.hpp"
