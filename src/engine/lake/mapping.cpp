#include "engine/lake/mapping.hpp"

#include <fmt/core.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <stdexcept>
#include <type_traits>

#include "engine/core/text.hpp"

namespace wardmote::lake {

namespace {

constexpr std::array canonical_columns{"month", "date",      "year",      "category", "detail",
                                       "count", "longitude", "latitude",  "location", "lsoa",
                                       "ward",  "district",  "reference", "outcome",  "flags"};

/// Reads one table of a mapping, and says when it holds a key nobody reads: a misspelt key must not
/// be lost.
class Table {
public:
    Table(const toml::table *table, std::string name)
        : m_table{table}
        , m_name{std::move(name)} {}

    template <class T>
    T get(const char *key, T otherwise) {
        m_read.insert(key);
        const toml::node *node = m_table != nullptr ? m_table->get(key) : nullptr;
        if (node == nullptr) {
            return otherwise;
        }
        // An integer may stand for a decimal number, but 3 is not true.
        const auto value = [&] {
            if constexpr (std::is_same_v<T, double>) {
                return node->value<T>();
            } else {
                return node->value_exact<T>();
            }
        }();
        if (!value) {
            throw std::runtime_error{
                fmt::format("{}{} has a value of the wrong kind", m_name, key)};
        }
        return *value;
    }
    std::string text(const char *key) { return get<std::string>(key, ""); }

    std::vector<std::string> texts(const char *key) {
        m_read.insert(key);
        std::vector<std::string> list;
        const toml::node *node = m_table != nullptr ? m_table->get(key) : nullptr;
        if (node == nullptr) {
            return list;
        }
        const toml::array *array = node->as_array();
        if (array == nullptr) {
            throw std::runtime_error{fmt::format("{}{} must be a list", m_name, key)};
        }
        for (const toml::node &entry : *array) {
            const auto value = entry.value<std::string>();
            if (!value) {
                throw std::runtime_error{fmt::format("{}{} must be a list of texts", m_name, key)};
            }
            list.push_back(*value);
        }
        return list;
    }

    /// Every pair of texts, in the file's own order of lines.
    std::vector<std::pair<std::string, std::string>> pairs() const {
        std::vector<std::pair<std::string, std::string>> list;
        if (m_table != nullptr) {
            std::vector<std::pair<toml::source_position, std::pair<std::string, std::string>>> at;
            for (const auto &[key, node] : *m_table) {
                const auto value = node.value<std::string>();
                if (!value) {
                    throw std::runtime_error{
                        fmt::format("{}{} must be a text", m_name, std::string_view{key.str()})};
                }
                at.push_back({node.source().begin, {std::string{key.str()}, *value}});
            }
            std::stable_sort(at.begin(), at.end(),
                             [](const auto &a, const auto &b) { return a.first < b.first; });
            for (auto &entry : at) {
                list.push_back(std::move(entry.second));
            }
        }
        return list;
    }

    Table inner(const char *key) {
        m_read.insert(key);
        const toml::node *node = m_table != nullptr ? m_table->get(key) : nullptr;
        if (node != nullptr && !node->is_table()) {
            throw std::runtime_error{fmt::format("{}{} must be a table", m_name, key)};
        }
        return {node != nullptr ? node->as_table() : nullptr, fmt::format("{}.", key)};
    }

    std::vector<Table> list(const char *key) {
        m_read.insert(key);
        std::vector<Table> tables;
        const toml::node *node = m_table != nullptr ? m_table->get(key) : nullptr;
        if (node != nullptr) {
            const toml::array *array = node->as_array();
            if (array == nullptr) {
                throw std::runtime_error{fmt::format("{} must be [[{}]] tables", key, key)};
            }
            for (const toml::node &entry : *array) {
                if (!entry.is_table()) {
                    throw std::runtime_error{fmt::format("{} must be [[{}]] tables", key, key)};
                }
                tables.emplace_back(entry.as_table(), fmt::format("{}.", key));
            }
        }
        return tables;
    }

    void check_all_read() const {
        if (m_table == nullptr) {
            return;
        }
        for (const auto &[key, node] : *m_table) {
            if (!m_read.contains(std::string{key.str()})) {
                throw std::runtime_error{fmt::format("{}{} is no key of a mapping", m_name,
                                                     std::string_view{key.str()})};
            }
        }
    }

private:
    const toml::table *m_table;
    std::string m_name;
    std::set<std::string> m_read;
};

std::string wanted(Table &table, const char *key) {
    std::string value = table.text(key);
    if (value.empty()) {
        throw std::runtime_error{fmt::format("{} is missing", key)};
    }
    return value;
}

void read_file_part(Table table, Mapping &mapping) {
    mapping.file_names = table.texts("names");
    for (const std::string &name : mapping.file_names) {
        if (std::count(name.begin(), name.end(), '{') > 4) {
            throw std::runtime_error{fmt::format("file.names has more than four parts: {}", name)};
        }
    }
    mapping.owner = table.text("owner");
    mapping.single_month = table.get<bool>("single_month", false);
    mapping.format = table.get<std::string>("format", "table");
    mapping.sheets = table.texts("sheets");
    mapping.missing = table.texts("missing");
    if (const std::string month = table.text("month"); !month.empty()) {
        mapping.month = core::Month::parse(month);
        if (!mapping.month) {
            throw std::runtime_error{fmt::format("file.month is \"{}\", not as 2021-03", month)};
        }
    }
    if (mapping.format != "table" && mapping.format != "json") {
        throw std::runtime_error{"file.format must be \"table\" or \"json\""};
    }
    table.check_all_read();
}

void read_columns(Table &whole, Mapping &mapping) {
    for (auto &[name, header] : whole.inner("columns").pairs()) {
        if (std::find(canonical_columns.begin(), canonical_columns.end(), name) ==
            canonical_columns.end()) {
            throw std::runtime_error{fmt::format(
                "columns.{} is no column every dataset has; put it under [extra]", name)};
        }
        mapping.columns.emplace(std::move(name), std::move(header));
    }
    mapping.extra = whole.inner("extra").pairs();
    for (const auto &[name, header] : mapping.extra) {
        const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        });
        if (!plain) {
            throw std::runtime_error{
                fmt::format("extra.{} must be lower-case letters, digits and _", name)};
        }
    }
    Table optional = whole.inner("optional");
    mapping.optional = optional.texts("columns");
    optional.check_all_read();
    Table dates = whole.inner("dates");
    mapping.date_forms = dates.texts("forms");
    dates.check_all_read();
    for (auto &[from, to] : whole.inner("categories").pairs()) {
        mapping.categories.emplace(std::move(from), std::move(to));
    }
}

void read_checks(Table &whole, Mapping &mapping) {
    Table totals = whole.inner("totals");
    mapping.totals_column = totals.text("column");
    mapping.totals_prefix = totals.text("starts_with");
    totals.check_all_read();
    for (Table &value : whole.list("values")) {
        mapping.values.push_back(
            {value.text("category"), value.text("detail"), wanted(value, "column")});
        value.check_all_read();
    }
    for (Table &sum : whole.list("sums")) {
        const auto otherwise = sum.get<std::string>("otherwise", "quarantine");
        if (otherwise != "quarantine" && otherwise != "say") {
            throw std::runtime_error{"sums.otherwise must be \"quarantine\" or \"say\""};
        }
        mapping.sums.push_back({wanted(sum, "category"), wanted(sum, "total"),
                                sum.get<double>("within", 0), otherwise == "quarantine"});
        sum.check_all_read();
    }
    Table checks = whole.inner("checks");
    mapping.reference_once = checks.get<bool>("reference_once", false);
    mapping.same_row_repeats = checks.get<bool>("same_row_repeats", false);
    const bool places = checks.get<bool>("places", false);
    mapping.expects_points = checks.get<bool>("points", places);
    mapping.expects_lsoa = places;
    mapping.required = checks.texts("required");
    mapping.known_categories = checks.texts("categories");
    checks.check_all_read();
    for (const std::string &name : mapping.required) {
        if (!mapping.columns.contains(name)) {
            throw std::runtime_error{
                fmt::format("checks.required names {}, which is not under [columns]", name)};
        }
    }
}

/// The file's name without folder, .gz, and what follows the first full stop after the stem.
std::string stem_of(std::string_view file_name) {
    const std::size_t slash = file_name.find_last_of("/\\");
    if (slash != std::string_view::npos) {
        file_name.remove_prefix(slash + 1);
    }
    return core::lower(file_name.substr(0, file_name.find('.')));
}

/// A name as browsers write it on a second download: "x (1)".
std::string_view without_copy_number(std::string_view stem) {
    const std::size_t open = stem.rfind(" (");
    if (open != std::string_view::npos && stem.back() == ')') {
        stem = stem.substr(0, open);
    }
    return stem;
}

std::optional<core::Period> leading_period(std::string_view text, std::size_t &used) {
    const auto first = core::Month::parse(text.substr(0, 7));
    if (!first) {
        return std::nullopt;
    }
    used = 7;
    if (text.substr(7, 4) == "-to-" && text.size() >= 18) {
        const auto last = core::Month::parse(text.substr(11, 7));
        if (last && *last >= *first) {
            used = 18;
            return core::Period{*first, *last};
        }
    }
    return core::Period{*first};
}

std::optional<NameParts> match(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) {
        return text.empty() ? std::optional{NameParts{}} : std::nullopt;
    }
    if (pattern.front() != '{') {
        if (text.empty() || text.front() != pattern.front()) {
            return std::nullopt;
        }
        return match(pattern.substr(1), text.substr(1));
    }
    const std::size_t close = pattern.find('}');
    if (close == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view what = pattern.substr(1, close - 1);
    const std::string_view rest = pattern.substr(close + 1);
    if (what == "month" || what == "period") {
        // Both "2014-12" and "2014_12" are written.
        std::string dashed{text.substr(0, 18)};
        std::replace(dashed.begin(), dashed.end(), '_', '-');
        std::size_t used = 0;
        auto period = leading_period(dashed, used);
        if (period && what == "month" && used > 7) {
            period = core::Period{period->first()};
            used = 7;
        }
        auto parts = period ? match(rest, text.substr(used)) : std::nullopt;
        if (parts) {
            parts->period = period;
        }
        return parts;
    }
    for (std::size_t size = 1; size <= text.size(); ++size) {
        if (auto parts = match(rest, text.substr(size))) {
            if (what == "owner") {
                parts->owner = text.substr(0, size);
            }
            return parts;
        }
    }
    return std::nullopt;
}

} // namespace

std::vector<std::string> Mapping::headers() const {
    std::vector<std::string> all;
    const auto add = [&](const std::string &header) {
        if (std::find(optional.begin(), optional.end(), header) == optional.end() &&
            std::find(all.begin(), all.end(), header) == all.end()) {
            all.push_back(header);
        }
    };
    for (const auto &[canonical, header] : columns) {
        add(header);
    }
    for (const auto &[added, header] : extra) {
        add(header);
    }
    for (const ValueColumn &value : values) {
        add(value.column);
    }
    for (const SumCheck &sum : sums) {
        add(sum.total);
    }
    if (!totals_column.empty()) {
        add(totals_column);
    }
    return all;
}

Mapping parse_mapping(std::string_view text, std::string_view where) {
    try {
        const toml::table parsed = toml::parse(text, where);
        Table whole{&parsed, ""};
        Mapping mapping;
        mapping.name = wanted(whole, "name");
        mapping.dataset = whole.get<std::string>("dataset", std::string{mapping.name});
        const bool plain = std::all_of(mapping.dataset.begin(), mapping.dataset.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        });
        if (!plain) { // it becomes a folder of the store
            throw std::runtime_error{"name and dataset must be lower-case letters, digits and -"};
        }
        mapping.title = wanted(whole, "title");
        mapping.kind = wanted(whole, "kind");
        constexpr std::array kinds{"incidents", "outcomes", "counts", "population"};
        if (std::find(kinds.begin(), kinds.end(), mapping.kind) == kinds.end()) {
            throw std::runtime_error{"kind must be incidents, outcomes, counts or population"};
        }
        mapping.publisher = whole.text("publisher");
        mapping.licence = whole.text("licence");
        read_file_part(whole.inner("file"), mapping);
        read_columns(whole, mapping);
        read_checks(whole, mapping);
        whole.check_all_read();
        if (mapping.headers().empty()) {
            throw std::runtime_error{"[columns] names no column"};
        }
        return mapping;
    } catch (const toml::parse_error &error) {
        throw std::runtime_error{
            fmt::format("{}, line {}: {}.", where, error.source().begin.line, error.description())};
    } catch (const std::runtime_error &error) {
        throw std::runtime_error{fmt::format("{}: {}.", where, error.what())};
    }
}

std::vector<Mapping> load_mappings(std::span<const std::string> catalogues) {
    namespace fs = std::filesystem;
    std::map<std::string, Mapping> by_name;
    for (const std::string &catalogue : catalogues) {
        const fs::path folder = fs::path{catalogue} / "sources";
        if (!fs::is_directory(folder)) {
            continue;
        }
        for (const auto &entry : fs::directory_iterator{folder}) {
            if (entry.path().extension() != ".toml") {
                continue;
            }
            std::ifstream file{entry.path(), std::ios::binary};
            std::stringstream text;
            text << file.rdbuf();
            Mapping mapping = parse_mapping(text.str(), entry.path().string());
            const std::string name = mapping.name;
            by_name.insert_or_assign(name, std::move(mapping));
        }
    }
    std::vector<Mapping> mappings;
    for (auto &[name, mapping] : by_name) {
        mappings.push_back(std::move(mapping));
    }
    return mappings;
}

std::optional<NameParts> match_name(std::string_view pattern, std::string_view file_name) {
    const std::string stem = stem_of(file_name);
    return match(core::lower(pattern), without_copy_number(stem));
}

const Mapping *recognise(std::span<const Mapping> mappings,
                         std::span<const std::string_view> header, std::string_view file_name,
                         std::string_view format) {
    std::set<std::string> present;
    for (const std::string_view field : header) {
        present.insert(core::lower(core::trim(field)));
    }
    const Mapping *best = nullptr;
    std::pair<int, std::size_t> best_fit{};
    for (const Mapping &mapping : mappings) {
        if (mapping.format != format) {
            continue;
        }
        const auto headers = mapping.headers();
        const bool all = std::all_of(headers.begin(), headers.end(), [&](const std::string &name) {
            return present.contains(core::lower(name));
        });
        if (!all) {
            continue;
        }
        const bool named =
            std::any_of(mapping.file_names.begin(), mapping.file_names.end(),
                        [&](const std::string &name) { return match_name(name, file_name); });
        if (mapping.month && !mapping.file_names.empty() && !named) {
            continue; // its year stands in the file's name alone: another name is another year
        }
        const std::pair<int, std::size_t> fit{named ? 1 : 0, headers.size()};
        if (best == nullptr || fit > best_fit) {
            best = &mapping;
            best_fit = fit;
        }
    }
    return best;
}

} // namespace wardmote::lake
