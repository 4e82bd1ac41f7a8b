#include "platform/access/tenants.hpp"

#include <sodium.h>

#include <array>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/credentials.hpp"
#include "platform/access/password.hpp"
#include "platform/access/person.hpp"
#include "platform/record/form.hpp"

namespace wardmote::access {

namespace {

Tenant tenant_of(const db::Row &row) {
    return {.id = row.text("id"),
            .name = row.text("name"),
            .place = row.text("place"),
            .host = row.optional_text("host"),
            .example = row.integer("example") != 0};
}

PersonRecord administrator_of(const NewTenant &is) {
    return {.name = std::string{core::trim(is.administrator_name)},
            .email = std::string{core::trim(is.administrator_email)},
            .role = Role::administrator};
}

record::Problems problems_of(const NewTenant &is) {
    record::Problems problems;
    if (core::trim(is.name).empty()) {
        problems.push_back({"name", "Enter the partnership's name"});
    }
    if (core::trim(is.place).empty()) {
        problems.push_back({"place", "Enter the place as it stands in a sentence, such as Oxford"});
    }
    for (auto &problem :
         record::problems_of(record::description<PersonRecord>(),
                             record::values_of(administrator_of(is)), record::NoReferences{})) {
        problems.push_back({"administrator_" + problem.field, std::move(problem.words)});
    }
    return problems;
}

bool any_tenant(db::Transaction &tx) {
    return tx.first("select id from tenant limit 1").has_value();
}

/// The tenant, its administrator and their password, if there is one, or none of it.
std::variant<MadeTenant, record::Problems> make(record::Keeper &keeper, const NewTenant &is,
                                                const std::optional<std::string> &password_hash,
                                                bool must_be_first) {
    if (auto problems = problems_of(is); !problems.empty()) {
        return problems;
    }
    const Tenant tenant{.id = core::Id::make(keeper.clock()).text(),
                        .name = std::string{core::trim(is.name)},
                        .place = std::string{core::trim(is.place)},
                        .host = is.host ? std::optional{core::lower(*is.host)} : std::nullopt,
                        .example = is.example};
    const auto administrator = core::Id::make(keeper.clock()).text();
    const record::Problems taken{{"host", must_be_first ? "This has been set up already. Sign in"
                                                        : "Another partnership has this host"}};
    try {
        return keeper.database().write(
            {tenant.id, administrator, {}},
            [&](db::Transaction &tx) -> std::variant<MadeTenant, record::Problems> {
                if (must_be_first && any_tenant(tx)) {
                    return taken;
                }
                tx.execute("insert into tenant (id, name, place, host, example, created)"
                           " values (:id, :name, :place, :host, :example, :now)",
                           {{"id", tenant.id},
                            {"name", tenant.name},
                            {"place", tenant.place},
                            {"host", tenant.host ? db::Value{*tenant.host} : db::Value{}},
                            {"example", std::int64_t{tenant.example}},
                            {"now", keeper.clock().now().iso()}});
                keeper.insert(tx, record::description<PersonRecord>(),
                              record::values_of(administrator_of(is)), administrator);
                if (password_hash) {
                    Credentials{keeper}.set_password(tx, administrator, *password_hash);
                }
                return MadeTenant{tenant, administrator};
            });
    } catch (const db::Conflict &) { // two at once: the schema let one through
        return taken;
    }
}

} // namespace

std::optional<Tenant> find_tenant(db::Database &database, std::string_view host) {
    return database.read(db::Scope::everyone(), [&](db::Transaction &tx) -> std::optional<Tenant> {
        const auto row = tx.first("select id, name, place, host, example from tenant"
                                  " where host = :host or host is null"
                                  " order by case when host is null then 1 else 0 end limit 1",
                                  {{"host", core::lower(host)}});
        return row ? std::optional{tenant_of(*row)} : std::nullopt;
    });
}

std::vector<Tenant> all_tenants(db::Database &database) {
    return database.read(db::Scope::everyone(), [](db::Transaction &tx) {
        std::vector<Tenant> all;
        tx.each("select id, name, place, host, example from tenant order by name, id", {},
                [&](const db::Row &row) { all.push_back(tenant_of(row)); });
        return all;
    });
}

std::variant<MadeTenant, record::Problems> make_tenant(record::Keeper &keeper,
                                                       const NewTenant &is) {
    return make(keeper, is, std::nullopt, false);
}

bool FirstRun::needed() const {
    return m_keeper.database().read(db::Scope::everyone(),
                                    [](db::Transaction &tx) { return !any_tenant(tx); });
}

std::string FirstRun::token() const {
    return m_keeper.keys().token_hash("the first administrator").substr(0, 32); // 128 bits
}

bool FirstRun::token_matches(std::string_view sent) const {
    const auto right = token();
    return right.size() == sent.size() &&
           sodium_memcmp(right.data(), sent.data(), right.size()) == 0;
}

std::variant<MadeTenant, record::Problems> FirstRun::complete(std::string_view token,
                                                              const Details &details) {
    if (!token_matches(token)) {
        return record::Problems{{"token", "This is not the set-up link that the program printed "
                                          "when it started"}};
    }
    auto problems = problems_of(details.tenant);
    const auto about_them =
        std::to_array<std::string>({details.tenant.administrator_name,
                                    details.tenant.administrator_email, details.tenant.name});
    if (auto words = password_problem(details.password, about_them)) {
        problems.push_back({"password", std::move(*words)});
    } else if (details.password != details.again) {
        problems.push_back({"again", "Type the same password twice"});
    }
    if (!problems.empty()) {
        return problems;
    }
    return make(m_keeper, details.tenant, hash_password(details.password), true);
}

} // namespace wardmote::access
