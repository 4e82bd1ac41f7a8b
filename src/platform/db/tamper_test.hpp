/// For tests of the logs: two tenants, and a hand on the database that no rule stops.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "platform/db/database.hpp"

namespace wardmote::db {

inline constexpr const char *oxford = "0193a5a0-7c1e-7abc-8def-000000000001";
inline constexpr const char *cherwell = "0193a5a0-7c1e-7abc-8def-000000000002";

void add_tenants(Database &database);

/// Text as it is written in SQL.
std::string literal(std::string_view text);

/// Whoever owns the database, with triggers, rights and references out of the way.
class Tamperer {
public:
    explicit Tamperer(const std::string &address);
    ~Tamperer();
    void run(const std::string &sql);

private:
    struct Inside;
    std::unique_ptr<Inside> m_inside;
};

} // namespace wardmote::db
