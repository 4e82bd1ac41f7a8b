#include <algorithm>
#include <array>

#include "engine/core/text.hpp"
#include "platform/document/template.hpp"

#include <fmt/core.h>

namespace wardmote::document {

namespace {

using core::trim;
using Test = Condition::Test;

constexpr auto operators = std::to_array<std::string_view>({">", ">=", "<", "<=", "=", "!="});

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!(text = trim(text)).empty()) {
        const auto end = std::min(text.find_first_of(" \t"), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return words;
}

struct Kinds {
    std::string_view word;
    Live::Kind kind;
};
constexpr auto kinds = std::to_array<Kinds>({{"chart", Live::Kind::chart},
                                             {"figure", Live::Kind::figure},
                                             {"table", Live::Kind::table},
                                             {"list", Live::Kind::list},
                                             {"text", Live::Kind::text}});

/// A name with no word for its kind before it: an entry's field, or a figure.
Live bare(std::string_view name) {
    if (name == "item")
        return {Live::Kind::item, "text", {}};
    if (name.starts_with("item."))
        return {Live::Kind::item, std::string{name.substr(5)}, {}};
    return {Live::Kind::figure, std::string{name}, {}};
}

/// Takes `words` from `at` on as one test; `at` is left at "and", "or" or the end.
std::string read_test(const std::vector<std::string> &words, std::size_t &at, Test &test) {
    const auto more = [&] { return at < words.size() && words[at] != "and" && words[at] != "or"; };
    if (more() && words[at] == "not") {
        test.negated = true;
        ++at;
    }
    if (!more())
        return "a condition is missing a name";
    const auto kind = std::ranges::find(kinds, words[at], &Kinds::word);
    if (kind != kinds.end() && at + 1 < words.size()) {
        test.live = {kind->kind, words[at + 1], {}};
        at += 2;
    } else {
        test.live = bare(words[at++]);
    }
    if (more() && words[at] == "to" && at + 1 < words.size()) {
        test.live.options.push_back({"to", words[at + 1]});
        at += 2;
    }
    if (!more())
        return {};
    if (words[at] == "is") {
        test.kind = Test::Kind::is;
        if (++at; more() && words[at] == "not") {
            test.negated = !test.negated;
            ++at;
        }
        for (; more(); ++at)
            test.word += (test.word.empty() ? "" : " ") + words[at];
        return test.word.empty() ? "nothing is written after “is”" : "";
    }
    if (std::ranges::find(operators, words[at]) == operators.end())
        return fmt::format("“{}” is not “is”, “and”, “or” or one of > >= < <= = !=", words[at]);
    test.kind = Test::Kind::compares;
    test.operator_ = words[at++];
    const auto number = more() ? core::parse_real(words[at]) : std::nullopt;
    if (!number)
        return fmt::format("a number must follow {}", test.operator_);
    test.number = *number;
    ++at;
    return more() ? fmt::format("“{}” is not “and” or “or”", words[at]) : "";
}

} // namespace

const Option *Live::option(std::string_view wanted) const {
    const auto found = std::ranges::find(options, wanted, &Option::name);
    return found == options.end() ? nullptr : &*found;
}

ConditionRead read_condition(std::string_view text) {
    const auto words = words_of(text);
    ConditionRead read;
    read.condition.any_of.emplace_back();
    std::size_t at = 0;
    while (true) {
        Test test;
        read.reason = read_test(words, at, test);
        if (!read.reason.empty())
            return read;
        read.condition.any_of.back().push_back(std::move(test));
        if (at >= words.size())
            return read;
        if (words[at++] == "or")
            read.condition.any_of.emplace_back();
    }
}

Live read_live(std::string_view text) {
    auto bar = std::min(text.find('|'), text.size());
    const auto words = words_of(text.substr(0, bar));
    Live live;
    if (words.size() == 1) {
        live = bare(words[0]);
    } else if (words.size() == 2) {
        const auto kind = std::ranges::find(kinds, words[0], &Kinds::word);
        if (kind != kinds.end())
            live = {kind->kind, words[1], {}};
    }
    while (bar < text.size()) {
        text.remove_prefix(bar + 1);
        bar = std::min(text.find('|'), text.size());
        const auto option = trim(text.substr(0, bar));
        const auto space = std::min(option.find(' '), option.size());
        live.options.push_back(
            {std::string{option.substr(0, space)}, std::string{trim(option.substr(space))}});
    }
    return live;
}

} // namespace wardmote::document
