#include "platform/record/form.hpp"

#include <algorithm>

#include "platform/record/field_input.hpp"

namespace wardmote::record {

Typed typed_of(const Description &what, const Values &values) {
    Typed typed;
    for (std::size_t i = 0; i < what.fields.size(); ++i) {
        type(what.fields[i], values[i], typed);
    }
    return typed;
}

namespace {

/// Puts what the form sent for a field into `typed`; false when it sent none of its inputs.
bool sent(const Field &field, std::span<const std::pair<std::string, std::string>> form,
          Typed &typed) {
    bool any = false;
    for (const auto &name : inputs_of(field)) {
        const auto found =
            std::ranges::find(form, name, &std::pair<std::string, std::string>::first);
        typed[name] = found == form.end() ? std::string{} : found->second;
        any = any || found != form.end();
    }
    return any;
}

void add_whole(const Description &what, const Values &values, Problems &problems) {
    if (problems.empty() && what.check != nullptr) {
        problems = what.check(values);
    }
}

} // namespace

Parsed parse(const Description &what, std::span<const std::pair<std::string, std::string>> form,
             const References &references, const Values &before, bool reveal) {
    Parsed parsed;
    parsed.values = before.empty() ? Values(what.fields.size()) : before;
    for (std::size_t i = 0; i < what.fields.size(); ++i) {
        const auto &field = what.fields[i];
        auto &value = parsed.values[i];
        if (field.rules.off_forms) {
            if (before.empty() && !field.rules.at_first.empty()) {
                value = std::string{field.rules.at_first};
            }
            continue;
        }
        Typed as_kept;
        type(field, value, as_kept);
        Typed as_sent;
        const bool is_new = before.empty();
        const bool changeable =
            (reveal || !field.rules.sensitive || is_new) && (!field.rules.once || is_new);
        if (!changeable || !sent(field, form, as_sent)) {
            parsed.typed.merge(as_kept);
            if (is_new) { // a new record: nobody has answered yet
                value = read(field, {}).value;
            } else {
                continue;
            }
        } else {
            parsed.typed.insert(as_sent.begin(), as_sent.end());
            // A moment has seconds that its inputs do not show: untouched it stays as it is.
            if (as_sent == as_kept && !db::is_nothing(value)) {
                continue;
            }
            auto got = read(field, as_sent);
            value = std::move(got.value);
            if (!got.problem.empty()) {
                parsed.problems.push_back({std::string{field.name}, std::move(got.problem)});
                continue;
            }
        }
        if (auto rule = broken_rule(field, value, references); !rule.empty()) {
            parsed.problems.push_back({std::string{field.name}, std::move(rule)});
        }
    }
    add_whole(what, parsed.values, parsed.problems);
    return parsed;
}

Problems problems_of(const Description &what, const Values &values, const References &references) {
    Problems problems;
    for (std::size_t i = 0; i < what.fields.size(); ++i) {
        const auto &field = what.fields[i];
        if (auto rule = broken_rule(field, values[i], references); !rule.empty()) {
            problems.push_back({std::string{field.name}, std::move(rule)});
        }
    }
    add_whole(what, values, problems);
    return problems;
}

} // namespace wardmote::record
