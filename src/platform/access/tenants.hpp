/// Partnerships in one database, and how the first administrator comes to be.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/record/keeper.hpp"

namespace wardmote::access {

struct Tenant {
    std::string id;
    std::string name;
    std::string place;               ///< as it stands in a sentence: "Oxford"
    std::optional<std::string> host; ///< nothing: any host that no other tenant has
    bool example = false;
};

/// The tenant that serves a host ("oxford.example", in lower case, without a port).
std::optional<Tenant> find_tenant(db::Database &database, std::string_view host);
std::vector<Tenant> all_tenants(db::Database &database);

struct NewTenant {
    std::string name;
    std::string place;
    std::optional<std::string> host;
    bool example = false;
    std::string administrator_name;
    std::string administrator_email;
};
struct MadeTenant {
    Tenant tenant;
    std::string administrator; ///< id of the person
};
/// Makes a tenant and its first administrator, who has no password yet: Accounts::invite(), or
/// FirstRun, gives one. Problems when a name is missing or another tenant has the host.
std::variant<MadeTenant, record::Problems> make_tenant(record::Keeper &keeper, const NewTenant &is);

/// Setting up an empty installation. Only who holds the token can: it is printed when the program
/// starts and good until there is a tenant. It is derived from the installation's secret, so that
/// every process knows the same one, and none keeps it.
class FirstRun {
public:
    explicit FirstRun(record::Keeper &keeper)
        : m_keeper{keeper} {}

    /// True while there is no tenant.
    bool needed() const;
    std::string token() const;
    bool token_matches(std::string_view sent) const; ///< in constant time

    struct Details {
        NewTenant tenant;
        std::string password;
        std::string again;
    };
    /// Makes the tenant and its administrator with their password; they sign in next.
    std::variant<MadeTenant, record::Problems> complete(std::string_view token,
                                                        const Details &details);

private:
    record::Keeper &m_keeper;
};

} // namespace wardmote::access
