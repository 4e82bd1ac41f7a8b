#include "platform/jobs/overview.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace wardmote::jobs {

namespace {

constexpr std::array<std::string_view, 4> names{"waiting", "running", "done", "dead"};

State state_of(const std::string &name) {
    return static_cast<State>(std::ranges::find(names, name) - names.begin());
}

/// Runs `sql` on one dead letter and logs it. A job of the installation is in no tenant's log.
bool act_on(db::Transaction &tx, db::Ledger &ledger, core::Instant now, std::string_view id,
            const char *act, const std::string &sql, db::Bindings bindings) {
    const auto job = tx.first("select tenant, kind from job where id = :id and state = 'dead'"
                              " and (tenant = :tenant or :tenant = '*')",
                              {{"id", std::string{id}}, {"tenant", tx.tenant()}});
    if (!job) {
        return false;
    }
    bindings.push_back({"tenant", job->text("tenant")});
    bindings.push_back({"id", std::string{id}});
    if (tx.execute(sql + " where tenant = :tenant and id = :id and state = 'dead'", bindings) ==
        0) {
        return false;
    }
    if (job->text("tenant") != db::Scope::everyone().tenant) {
        auto scope = tx.scope();
        scope.tenant = job->text("tenant");
        ledger.append(tx, db::Log::changes,
                      {.act = act,
                       .kind = "job",
                       .record = std::string{id},
                       .detail = nlohmann::json{{"kind", job->text("kind")}}.dump()},
                      scope, now);
    }
    return true;
}

} // namespace

std::string_view name_of(State state) {
    return names.at(static_cast<std::size_t>(state));
}

std::map<State, std::int64_t> counts(db::Transaction &tx) {
    std::map<State, std::int64_t> counts;
    for (const auto &name : names) {
        counts[state_of(std::string{name})] = 0;
    }
    tx.each("select state, count(*) as jobs from job"
            " where tenant = :tenant or :tenant = '*' group by state",
            {{"tenant", tx.tenant()}},
            [&](const db::Row &row) { counts[state_of(row.text("state"))] = row.integer("jobs"); });
    return counts;
}

std::vector<Listed> list(db::Transaction &tx, State state, std::int64_t limit) {
    std::vector<Listed> jobs;
    tx.each("select tenant, id, kind, attempts, run_at, created, finished, error from job"
            " where (tenant = :tenant or :tenant = '*') and state = :state"
            " order by created desc, id desc limit :limit",
            {{"tenant", tx.tenant()}, {"state", std::string{name_of(state)}}, {"limit", limit}},
            [&](const db::Row &row) {
                jobs.push_back({.id = row.text("id"),
                                .tenant = row.text("tenant"),
                                .kind = row.text("kind"),
                                .state = state,
                                .attempts = static_cast<int>(row.integer("attempts")),
                                .run_at = row.text("run_at"),
                                .created = row.text("created"),
                                .finished = row.optional_text("finished"),
                                .error = row.text("error")});
            });
    return jobs;
}

bool replay(db::Transaction &tx, db::Ledger &ledger, const core::Clock &clock,
            std::string_view id) {
    const auto now = clock.now();
    return act_on(tx, ledger, now, id, "replay",
                  "update job set state = 'waiting', attempts = 0, finished = null,"
                  " run_at = :now",
                  {{"now", now.iso()}});
}

bool discard(db::Transaction &tx, db::Ledger &ledger, const core::Clock &clock,
             std::string_view id) {
    return act_on(tx, ledger, clock.now(), id, "discard", "delete from job", {});
}

} // namespace wardmote::jobs
