/// A statement prepared on one connection, with the variables that SOCI binds; inside db/ only.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "platform/db/value.hpp"

namespace soci {
class session;
}

namespace wardmote::db {

class Statement {
public:
    /// `like` gives the names and the types to bind; later calls must bring the same.
    Statement(soci::session &session, std::string_view sql, const Bindings &like, bool rows);
    ~Statement();

    void run(const Bindings &bindings, const std::function<void(const Row &)> &visit);
    std::int64_t run(const Bindings &bindings);

    /// Statements are kept by their text and by the types bound: SOCI fixes both.
    static std::string key(std::string_view sql, const Bindings &bindings, bool rows);

private:
    struct Inside; // holds what SOCI declares
    std::unique_ptr<Inside> m_inside;
};

} // namespace wardmote::db
