/// Reading TOML tables strictly: every fault names file, line and what would mend it.
#pragma once

#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace wardmote::evidence {

/// One table of a TOML file that knows where it stands.
class TomlTable {
public:
    TomlTable(const toml::table &table, std::string file)
        : m_table{table}
        , m_file{std::move(file)} {}

    [[noreturn]] void fail(const toml::node &node, std::string_view reason) const {
        throw std::runtime_error{
            fmt::format("{}, line {}: {}", m_file, node.source().begin.line, reason)};
    }
    [[noreturn]] void fail(std::string_view reason) const { fail(m_table, reason); }

    /// Refuses a name that is not one of `known`, so that a slip of the pen is not passed over.
    void only(std::initializer_list<std::string_view> known) const {
        for (const auto &[key, node] : m_table) {
            bool found = false;
            for (const auto name : known) {
                found = found || key.str() == name;
            }
            if (!found) {
                fail(node, fmt::format("“{}” is not a setting known here.", key.str()));
            }
        }
    }

    const toml::node *find(std::string_view key) const { return m_table.get(key); }

    std::string text(std::string_view key, std::optional<std::string> otherwise = {}) const {
        const auto *node = find(key);
        if (!node) {
            if (!otherwise) {
                fail(fmt::format("“{}” is missing.", key));
            }
            return *otherwise;
        }
        const auto value = node->value_exact<std::string>();
        if (!value || value->empty()) {
            fail(*node, fmt::format("“{}” must be words in quotes.", key));
        }
        return *value;
    }

    std::int64_t integer(std::string_view key, std::int64_t otherwise, std::int64_t low,
                         std::int64_t high) const {
        const auto *node = find(key);
        if (!node) {
            return otherwise;
        }
        const auto value = node->value_exact<std::int64_t>();
        if (!value || *value < low || *value > high) {
            fail(*node, fmt::format("“{}” must be a whole number from {} to {}.", key, low, high));
        }
        return *value;
    }

    double real(std::string_view key, double otherwise) const {
        const auto *node = find(key);
        if (!node) {
            return otherwise;
        }
        const auto value = node->value<double>();
        if (!value) {
            fail(*node, fmt::format("“{}” must be a number.", key));
        }
        return *value;
    }

    bool yes(std::string_view key, bool otherwise) const {
        const auto *node = find(key);
        if (!node) {
            return otherwise;
        }
        const auto value = node->value_exact<bool>();
        if (!value) {
            fail(*node, fmt::format("“{}” must be true or false.", key));
        }
        return *value;
    }

    std::vector<std::string> texts(std::string_view key) const {
        std::vector<std::string> values;
        const auto *node = find(key);
        if (!node) {
            return values;
        }
        const auto *list = node->as_array();
        if (!list) {
            fail(*node, fmt::format("“{}” must be a list in square brackets.", key));
        }
        for (const auto &item : *list) {
            const auto value = item.value_exact<std::string>();
            if (!value) {
                fail(item, fmt::format("“{}” must hold words in quotes only.", key));
            }
            values.push_back(*value);
        }
        return values;
    }

    std::optional<TomlTable> table(std::string_view key) const {
        const auto *node = find(key);
        if (!node) {
            return {};
        }
        if (!node->is_table()) {
            fail(*node, fmt::format("“{}” must be a table.", key));
        }
        return TomlTable{*node->as_table(), m_file};
    }

    std::vector<TomlTable> tables(std::string_view key) const {
        std::vector<TomlTable> found;
        const auto *node = find(key);
        if (!node) {
            return found;
        }
        const auto *list = node->as_array();
        if (!list) {
            fail(*node, fmt::format("“{}” must be a list of tables.", key));
        }
        for (const auto &item : *list) {
            if (!item.is_table()) {
                fail(item, fmt::format("“{}” must hold tables only.", key));
            }
            found.emplace_back(*item.as_table(), m_file);
        }
        return found;
    }

    const toml::table &raw() const { return m_table; }
    const std::string &file() const { return m_file; }

private:
    const toml::table &m_table;
    std::string m_file;
};

/// Parses the file `path`. Throws std::runtime_error naming file, line and reason.
toml::table parse_toml_file(const std::string &path);

} // namespace wardmote::evidence
