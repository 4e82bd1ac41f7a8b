#include "engine/stats/blocking.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <string>
#include <tuple>

#include "engine/stats/similarity.hpp"

namespace wardmote::stats {

namespace {

/// The finaliser of SplitMix64 (Steele and others 2014): spreads each bit over all.
std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

std::string derived(std::string_view text, const BlockingKey &key) {
    switch (key.kind) {
    case KeyKind::whole:
        break;
    case KeyKind::first:
        return text.size() < key.length ? std::string{} : std::string{text.substr(0, key.length)};
    case KeyKind::soundex:
        return soundex(text);
    case KeyKind::outward: {
        std::string letters{text};
        std::erase(letters, ' ');
        return letters.size() < 5 ? std::string{} : letters.substr(0, letters.size() - 3);
    }
    }
    return std::string{text};
}

/// A number for each value of a column as the key sees it; 0 where it sees nothing.
std::vector<std::uint64_t> numbers_of(const LinkageTable &table, const BlockingKey &key) {
    const LinkageColumn &column = table.column(key.column);
    std::vector<std::uint64_t> numbers(column.counts.size());
    for (std::uint32_t value = 1; value < numbers.size(); ++value) {
        if (column.counts[value] == 0)
            continue;
        if (column.place || key.kind == KeyKind::whole) {
            numbers[value] = mixed(value);
            continue;
        }
        const std::string seen = derived(table.string(value), key);
        if (!seen.empty())
            numbers[value] = mixed(std::hash<std::string>{}(seen)) | 1;
    }
    return numbers;
}

constexpr std::size_t pairs_in_a_run = 1 << 18;

} // namespace

Blocking::Blocking(const LinkageTable &table, std::span<const BlockingRule> rules) {
    if (rules.size() > 16)
        throw std::invalid_argument("There can be 16 blocking rules at most.");
    m_keys.resize(table.size() * rules.size());
    for (std::size_t r = 0; r < rules.size(); ++r) {
        const BlockingRule &rule = rules[r];
        if (rule.empty())
            throw std::invalid_argument("A blocking rule needs a key.");
        std::vector<std::uint64_t> keys(table.size(), 1);
        for (const BlockingKey &key : rule) {
            const auto numbers = numbers_of(table, key);
            for (std::size_t record = 0; record < table.size(); ++record) {
                const std::uint32_t value = table.value(record, key.column);
                const std::uint64_t number = value == missing_value ? 0 : numbers[value];
                auto &so_far = keys[record];
                so_far = so_far == 0 || number == 0 ? 0 : mixed(so_far + number) | 1;
            }
        }
        for (std::size_t record = 0; record < table.size(); ++record)
            m_keys[record * rules.size() + r] = keys[record];
        m_orders.push_back(order_of(keys));
        add_runs(r);
    }
}

Blocking::Order Blocking::order_of(std::span<const std::uint64_t> keys) const {
    struct Keyed {
        std::uint64_t key;
        std::uint32_t record;
        auto operator<=>(const Keyed &) const = default;
    };
    std::vector<Keyed> keyed;
    for (std::size_t record = 0; record < keys.size(); ++record) {
        if (keys[record] != 0)
            keyed.push_back({keys[record], static_cast<std::uint32_t>(record)});
    }
    std::ranges::sort(keyed);
    Order order;
    order.end_of_block.resize(keyed.size());
    for (std::size_t first = 0; first < keyed.size();) {
        std::size_t end = first;
        while (end < keyed.size() && keyed[end].key == keyed[first].key)
            order.records.push_back(keyed[end++].record);
        for (; first < end; ++first)
            order.end_of_block[first] = static_cast<std::uint32_t>(end);
    }
    return order;
}

void Blocking::add_runs(std::size_t rule) {
    const Order &order = m_orders[rule];
    PairRun run{rule, 0, 0};
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < order.records.size(); ++i) {
        pairs += order.end_of_block[i] - i - 1;
        run.end = i + 1;
        if (pairs >= pairs_in_a_run) {
            m_runs.push_back(run);
            run = {rule, i + 1, i + 1};
            pairs = 0;
        }
    }
    if (pairs > 0)
        m_runs.push_back(run);
}

} // namespace wardmote::stats
