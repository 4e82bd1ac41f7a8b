/// Which things belong together, told pair by pair (union-find with path halving, the smallest
/// member as the root).
#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace wardmote::stats {

class UnionFind {
public:
    explicit UnionFind(std::size_t size)
        : m_parent(size) {
        std::iota(m_parent.begin(), m_parent.end(), std::uint32_t{0});
    }

    /// The smallest member of the set that `member` is in.
    std::uint32_t root(std::uint32_t member) {
        while (m_parent[member] != member) {
            m_parent[member] = m_parent[m_parent[member]];
            member = m_parent[member];
        }
        return member;
    }

    void join(std::uint32_t a, std::uint32_t b) {
        a = root(a);
        b = root(b);
        if (a > b)
            std::swap(a, b);
        m_parent[b] = a;
    }

private:
    std::vector<std::uint32_t> m_parent;
};

} // namespace wardmote::stats
