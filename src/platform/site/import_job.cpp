// Files of many rows are brought in by a job, so that whoever sent one need not wait.
#include <nlohmann/json.hpp>

#include "platform/access/person.hpp"
#include "platform/site/administration.hpp"
#include "platform/site/import_work.hpp"

namespace wardmote::site {

namespace {

/// Whoever sent a file, as the job finds them; nothing when they may no longer sign in.
std::optional<access::Person> person_of(const Site &site, db::Transaction &tx) {
    const auto &id = tx.scope().person;
    const auto stored = site.keeper().find(tx, record::description<access::PersonRecord>(), id,
                                           {.all_restricted = true});
    if (!stored || stored->is_removed()) {
        return std::nullopt;
    }
    const auto person = record::typed<access::PersonRecord>(stored->values);
    if (person.active_to && *person.active_to < site.clock().now().london_date()) {
        return std::nullopt;
    }
    return access::Person{.id = id,
                          .tenant = tx.tenant(),
                          .name = person.name,
                          .email = person.email,
                          .role = person.role,
                          .organisation = person.organisation ? person.organisation->text() : ""};
}

} // namespace

void add_import_job(const Site &site, jobs::Handlers &handlers) {
    handlers.outside(std::string{import_kind}, [&site](const jobs::Job &job) {
        const auto payload = nlohmann::json::parse(job.payload);
        const auto *what = site.kind(payload.at("table").get<std::string>());
        if (what == nullptr) {
            throw jobs::Failure{"This kind of record is no longer known.",
                                jobs::Failure::Again::no};
        }
        const auto id = payload.at("import").get<std::string>();
        const db::Scope scope{job.tenant, payload.at("person").get<std::string>(), job.id};
        site.database().write(scope, [&](db::Transaction &tx) {
            // A second attempt, after a process was killed when all was written, finds it done.
            const auto import = open_import(site, tx, *what, id);
            const auto person = person_of(site, tx);
            if (import && !person) {
                throw jobs::Failure{"Whoever sent the file no longer has an account.",
                                    jobs::Failure::Again::no};
            }
            if (import) {
                do_import(site, tx, *person, kind_of(site, *what, *import), *import,
                          [&](std::size_t rows) { site.imports().tell(id, rows); });
            }
        });
        site.imports().forget(id);
    });
}

} // namespace wardmote::site
