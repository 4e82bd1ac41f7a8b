/// A template as it is read: its front matter, and the tree of its text, live values and
/// conditions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/document/document.hpp"

namespace wardmote::document {

/// What a {{ ... }} names: {{ chart NAME | option }}.
struct Live {
    enum class Kind { figure, chart, table, list, text, item };
    Kind kind = Kind::figure;
    /// Of an item: the field, "text" when none is written. A figure "item.FIELD" is the one whose
    /// key that field holds.
    std::string name;
    Options options;

    const Option *option(std::string_view name) const;
};

/// A condition: any of its `any_of`, each of which holds when all its tests do.
struct Condition {
    struct Test {
        enum class Kind { exists, is, compares };
        Kind kind = Kind::exists;
        bool negated = false;
        Live live;
        std::string word;      ///< of `is`: "no clear change"
        std::string operator_; ///< of `compares`: > >= < <= = !=
        double number = 0;
    };
    std::vector<std::vector<Test>> any_of;
};

struct Node {
    enum class Kind { text, live, choice, each };
    struct Branch {
        bool otherwise = false; ///< {{ else }}: no condition
        Condition condition;
        std::vector<Node> nodes;
    };

    Kind kind = Kind::text;
    int line = 0;
    bool alone = false; ///< a live value with nothing else on its line
    std::string text;
    Live live;                    ///< of an `each`: the list
    std::vector<Branch> branches; ///< of a choice
    std::vector<Node> nodes;      ///< of an each
};

struct Template {
    struct Entry {
        std::string name;
        std::vector<std::vector<Node>> words;
    };
    std::string file;
    std::vector<Entry> cover;
    std::vector<Node> nodes;
    std::vector<Problem> problems;
};

/// Reads a template; what cannot be read is a Problem and stands in the text as it was written.
Template read_template(std::string_view file, std::string_view markdown);

/// Reads what follows `if`, or gives the reason why it cannot be read.
struct ConditionRead {
    Condition condition;
    std::string reason; ///< empty when it was read
};
ConditionRead read_condition(std::string_view words);

/// Reads the inside of a {{ ... }} that is no keyword of control.
Live read_live(std::string_view words);

} // namespace wardmote::document
