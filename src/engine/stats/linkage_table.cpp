#include "engine/stats/linkage_table.hpp"

#include <cmath>
#include <map>
#include <stdexcept>
#include <utility>

namespace wardmote::stats {

namespace {

std::string tidied(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    std::string tidy{text};
    for (char &c : tidy) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    }
    return tidy;
}

void check_length(std::size_t got, std::size_t expected) {
    if (got != expected)
        throw std::invalid_argument("A column needs a value for each record.");
}

} // namespace

std::size_t LinkageTable::add_text(std::string name, std::span<const std::string> values) {
    check_length(values.size(), m_records);
    std::vector<std::uint32_t> numbers;
    numbers.reserve(m_records);
    for (const std::string &value : values) {
        std::string tidy = tidied(value);
        if (tidy.empty()) {
            numbers.push_back(missing_value);
            continue;
        }
        const auto next = static_cast<std::uint32_t>(m_texts.size());
        const auto [at, fresh] = m_numbers.try_emplace(std::move(tidy), next);
        numbers.push_back(at->second);
        if (!fresh)
            continue;
        LinkageText text{0, m_characters.size(), static_cast<std::uint32_t>(at->first.size())};
        for (std::size_t i = 0; i < at->first.size(); ++i) {
            const auto c = static_cast<unsigned char>(at->first[i]);
            text.letters |= std::uint64_t{1} << (c % 64);
            if (i < 4)
                text.head |= std::uint32_t{c} << (8 * i);
        }
        m_texts.push_back(text);
        m_characters += at->first;
    }
    add_column({.name = std::move(name)}, std::move(numbers));
    return m_columns.size() - 1;
}

std::size_t LinkageTable::add_places(std::string name, std::span<const double> x,
                                     std::span<const double> y) {
    check_length(x.size(), m_records);
    check_length(y.size(), m_records);
    LinkageColumn column{.name = std::move(name), .place = true, .x = {0}, .y = {0}};
    std::map<std::pair<double, double>, std::uint32_t> known;
    std::vector<std::uint32_t> numbers;
    for (std::size_t i = 0; i < m_records; ++i) {
        if (!std::isfinite(x[i]) || !std::isfinite(y[i])) {
            numbers.push_back(missing_value);
            continue;
        }
        const auto next = static_cast<std::uint32_t>(column.x.size());
        const auto [at, fresh] = known.try_emplace({x[i], y[i]}, next);
        numbers.push_back(at->second);
        if (fresh) {
            column.x.push_back(x[i]);
            column.y.push_back(y[i]);
        }
    }
    add_column(std::move(column), std::move(numbers));
    return m_columns.size() - 1;
}

void LinkageTable::add_column(LinkageColumn column, std::vector<std::uint32_t> values) {
    for (const std::uint32_t value : values) {
        if (value == missing_value)
            continue;
        if (value >= column.counts.size())
            column.counts.resize(value + 1);
        ++column.counts[value];
        ++column.present;
    }
    m_columns.push_back(std::move(column));
    m_values.push_back(std::move(values));
}

} // namespace wardmote::stats
