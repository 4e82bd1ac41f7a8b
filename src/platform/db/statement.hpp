/// A statement prepared on one connection, with the variables that SOCI binds; inside db/ only.
#pragma once

#include <soci/soci.h>

#include <deque>
#include <functional>
#include <string>
#include <string_view>

#include "platform/db/value.hpp"

namespace wardmote::db {

class Statement {
public:
    /// `like` gives the names and the types to bind; later calls must bring the same.
    Statement(soci::session &session, std::string_view sql, const Bindings &like, bool rows);

    void run(const Bindings &bindings, const std::function<void(const Row &)> &visit);
    std::int64_t run(const Bindings &bindings);

    /// Statements are kept by their text and by the types bound: SOCI fixes both.
    static std::string key(std::string_view sql, const Bindings &bindings, bool rows);

private:
    struct Bound {
        std::string name;
        std::string text;
        long long integer = 0;
        double real = 0;
        soci::indicator indicator = soci::i_ok;
    };
    void bind(const Bindings &bindings);
    Row read();

    soci::statement m_statement;
    std::deque<Bound> m_bound; // a deque: SOCI keeps the addresses
    soci::row m_row;
    Row::Columns m_columns;
};

} // namespace wardmote::db
