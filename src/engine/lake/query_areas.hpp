/// The areas of a store as pages ask for them, and how many people live in them.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/lake/duckdb.hpp"
#include "engine/lake/query.hpp"
#include "engine/lake/query_files.hpp"

namespace wardmote::lake {

/// Every area with its name, parents and outline, read again only when the boundaries or lookups
/// change.
class AreaBook {
public:
    explicit AreaBook(std::string store)
        : m_store{std::move(store)} {}

    /// As Reader::areas().
    std::vector<Area> areas(const Snapshot &snapshot, Level level,
                            const std::string &within_code) const;

private:
    struct Pages;
    std::shared_ptr<const Pages> pages(const Snapshot &snapshot) const;

    std::string m_store;
    mutable std::mutex m_mutex;
    mutable std::string m_generation;
    mutable std::shared_ptr<const Pages> m_pages;
};

/// As Reader::population(): from the rows of the dataset "population", summed by area. Of several
/// estimates the one of the year nearest to `year` is taken, the later of two as near; estimates
/// that leave more than a tenth of their people without an area of the level only when there is no
/// other.
std::vector<Reader::Population> read_population(const std::string &store, const Snapshot &snapshot,
                                                const Database &database, Level level,
                                                const std::string &kind, int year);

} // namespace wardmote::lake
