#include "platform/jobs/worker.hpp"

#include <array>
#include <exception>
#include <random>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "engine/core/id.hpp"

namespace wardmote::jobs {

namespace {

constexpr auto forget_done_jobs = "jobs.forget";

/// Another worker has taken the job over meanwhile.
struct Lost {};

double random_fraction() {
    thread_local std::mt19937 engine{std::random_device{}()};
    return std::uniform_real_distribution{}(engine);
}

/// PostgreSQL tells on further lines which values were refused: they are not for the log.
std::string first_line(const std::string &words) {
    return words.substr(0, words.find('\n'));
}

} // namespace

Worker::Worker(db::Database &database, Queue &queue, const core::Clock &clock, Handlers handlers,
               std::vector<Schedule> schedules, WorkerOptions options)
    : m_database{database}
    , m_queue{queue}
    , m_clock{clock}
    , m_handlers{std::move(handlers)}
    , m_schedules{std::move(schedules)}
    , m_options{options} {
    m_schedules.push_back({.name = "forget the jobs that were done",
                           .kind = forget_done_jobs,
                           .recurrence = Recurrence::daily(3, 10),
                           .each_tenant = false});
    m_handlers.in_transaction(forget_done_jobs, [this](db::Transaction &tx, const Job &) {
        tx.execute("delete from job where state = 'done' and finished < :before",
                   {{"before", m_clock.now().plus(-m_options.keep_done).iso()}});
    });
    m_kinds = m_handlers.kinds();
}

Worker::~Worker() {
    stop();
}

void Worker::start() {
    m_stopping = false;
    m_minder = std::jthread{[this](const std::stop_token &stop) { mind(stop); }};
    for (unsigned i = 0; i < m_options.threads; ++i) {
        m_threads.emplace_back([this](const std::stop_token &stop) { work(stop); });
    }
}

void Worker::stop() {
    for (auto &thread : m_threads) {
        thread.request_stop();
    }
    {
        const std::lock_guard lock{m_mutex};
        m_stopping = true; // also for a job that is being claimed at this moment
        for (auto &[token, running] : m_running) {
            running.stop.request_stop();
        }
    }
    m_threads.clear(); // waits; the minder keeps the leases of those still running
    m_minder = {};
}

void Worker::work(const std::stop_token &stop) {
    std::uint64_t heard = 0;
    bool well = true;
    while (!stop.stop_requested()) {
        try {
            while (!stop.stop_requested() && run_one()) {
            }
            well = true;
        } catch (const std::exception &error) {
            if (std::exchange(well, false)) {
                spdlog::error("jobs wait for the database: {}", first_line(error.what()));
            }
        }
        heard = m_queue.wait(heard, m_options.poll, stop);
    }
}

void Worker::mind(const std::stop_token &stop) {
    const auto pause = std::min(m_options.poll, m_options.lease / 3);
    std::mutex mutex;
    std::condition_variable_any never;
    while (!stop.stop_requested()) {
        try {
            renew_leases();
            fire_schedules();
        } catch (const std::exception &error) {
            spdlog::warn("schedules wait for the database: {}", first_line(error.what()));
        }
        std::unique_lock lock{mutex};
        never.wait_for(lock, stop, pause, [] { return false; });
    }
}

std::size_t Worker::run_due() {
    fire_schedules();
    std::size_t count = 0;
    while (run_one()) {
        ++count;
    }
    return count;
}

bool Worker::run_one() {
    const auto mine = claim();
    if (!mine) {
        return false;
    }
    auto outcome = Outcome::lost;
    try {
        outcome = attempt(*mine);
    } catch (const std::exception &error) {
        // What became of it could not be written down: the lease will run out.
        spdlog::error("job {}: {}", mine->job.id, first_line(error.what()));
    }
    const std::lock_guard lock{m_mutex};
    m_running.erase(mine->token);
    m_tally[mine->job.kind].done += outcome == Outcome::done ? 1 : 0;
    m_tally[mine->job.kind].failed += outcome == Outcome::failed ? 1 : 0;
    return true;
}

/// A job whose worker has not renewed its lease, else the one that has waited longest.
std::optional<db::Row> Worker::next_due(db::Transaction &tx, core::Instant now, bool lock) const {
    db::Bindings bindings{{"now", now.iso()}};
    std::vector<std::string> names;
    names.reserve(m_kinds.size()); // bindings look at them
    std::string kinds;
    for (const auto &kind : m_kinds) {
        const auto &name = names.emplace_back(fmt::format("kind{}", names.size()));
        kinds += (kinds.empty() ? ":" : ", :") + name;
        bindings.push_back({name, kind});
    }
    constexpr auto ways = std::to_array<std::pair<const char *, const char *>>({
        {"state = 'running' and lease < :now", "lease"},
        {"state = 'waiting' and run_at <= :now", "run_at"},
    });
    for (const auto &[due, order] : ways) {
        auto row = tx.first(fmt::format("select tenant, id, kind, payload, attempts from job"
                                        " where {} and kind in ({}) order by {} limit 1{}",
                                        due, kinds, order,
                                        lock && !tx.sqlite() ? " for update skip locked" : ""),
                            bindings);
        if (row) {
            return row;
        }
    }
    return std::nullopt;
}

std::optional<Worker::Claim> Worker::claim() {
    const auto now = m_clock.now();
    const auto everyone = db::Scope::everyone();
    // Looking disturbs nobody; SQLite's one writer is asked for only when there is something.
    if (!m_database.read(everyone, [&](auto &tx) { return next_due(tx, now, false); })) {
        return std::nullopt;
    }
    auto claim = m_database.write(everyone, [&](db::Transaction &tx) -> std::optional<Claim> {
        while (const auto row = next_due(tx, now, true)) {
            const auto *handler = m_handlers.find(row->text("kind"));
            const auto attempts = static_cast<int>(row->integer("attempts"));
            const db::Binding tenant{"tenant", row->text("tenant")};
            const db::Binding id{"id", row->text("id")};
            if (attempts >= handler->retries.most_attempts) {
                // It took its process with it each time: give it no further one.
                tx.execute("update job set state = 'dead', claim = null, lease = null,"
                           " error = coalesce(error, :error), finished = :now"
                           " where tenant = :tenant and id = :id",
                           {{"error", "The program stopped each time before the work was done."},
                            {"now", now.iso()},
                            tenant,
                            id});
                continue;
            }
            auto token = core::Id::make(m_clock).text();
            tx.execute("update job set state = 'running', attempts = attempts + 1,"
                       " claim = :claim, lease = :lease where tenant = :tenant and id = :id",
                       {{"claim", token}, {"lease", now.plus(m_options.lease).iso()}, tenant, id});
            return Claim{{.id = row->text("id"),
                          .tenant = row->text("tenant"),
                          .kind = row->text("kind"),
                          .payload = row->text("payload"),
                          .attempt = attempts + 1},
                         handler,
                         std::move(token)};
        }
        return std::nullopt;
    });
    if (claim) {
        const std::lock_guard lock{m_mutex};
        auto &running = m_running[claim->token];
        running = {claim->job.tenant, claim->job.id, std::stop_source{},
                   std::holds_alternative<Outside>(claim->handler->run)};
        claim->job.stop = running.stop.get_token();
        if (m_stopping) {
            running.stop.request_stop();
        }
    }
    return claim;
}

Worker::Outcome Worker::attempt(const Claim &claim) {
    try {
        const auto *inside = std::get_if<InTransaction>(&claim.handler->run);
        const bool kept = inside ? run_in_transaction(claim, *inside)
                                 : run_outside(claim, std::get<Outside>(claim.handler->run));
        return kept ? Outcome::done : Outcome::lost;
    } catch (const GivenBack &) {
        give_back(claim);
        return Outcome::given_back;
    } catch (const Lost &) {
        return Outcome::lost;
    } catch (const Failure &failure) {
        failed(claim, failure.what(), failure.again);
    } catch (const std::exception &error) {
        spdlog::error("job {} ({}), attempt {}: {}", claim.job.id, claim.job.kind,
                      claim.job.attempt, first_line(error.what()));
        failed(claim, "It met an error that was not foreseen; the server's log says which.",
               Failure::Again::yes);
    }
    return Outcome::failed;
}

bool Worker::run_in_transaction(const Claim &claim, const InTransaction &work) {
    m_database.write({claim.job.tenant, {}, claim.job.id}, [&](db::Transaction &tx) {
        // First of all: from here until the commit the row is locked, so nobody else can claim the
        // job, however long it takes and whatever the clocks say.
        if (!mark_done(tx, claim)) {
            throw Lost{};
        }
        work(tx, claim.job);
    });
    return true;
}

bool Worker::run_outside(const Claim &claim, const Outside &work) {
    work(claim.job);
    return m_database.write(db::Scope{claim.job.tenant, {}, claim.job.id},
                            [&](db::Transaction &tx) { return mark_done(tx, claim); });
}

bool Worker::mark_done(db::Transaction &tx, const Claim &claim) const {
    return tx.execute("update job set state = 'done', payload = '', claim = null, lease = null,"
                      " error = null, finished = :now"
                      " where tenant = :tenant and id = :id and claim = :claim",
                      {{"now", m_clock.now().iso()},
                       {"tenant", claim.job.tenant},
                       {"id", claim.job.id},
                       {"claim", claim.token}}) == 1;
}

void Worker::give_back(const Claim &claim) {
    m_database.write({claim.job.tenant, {}, claim.job.id}, [&](db::Transaction &tx) {
        tx.execute("update job set state = 'waiting', attempts = attempts - 1, claim = null,"
                   " lease = null where tenant = :tenant and id = :id and claim = :claim",
                   {{"tenant", claim.job.tenant}, {"id", claim.job.id}, {"claim", claim.token}});
    });
}

void Worker::failed(const Claim &claim, const std::string &sentence, Failure::Again again) {
    const auto &retries = claim.handler->retries;
    const auto now = m_clock.now();
    const bool dead = again == Failure::Again::no || claim.job.attempt >= retries.most_attempts;
    const auto next = now.plus(wait_after(retries, claim.job.attempt, random_fraction()));
    m_database.write({claim.job.tenant, {}, claim.job.id}, [&](db::Transaction &tx) {
        tx.execute("update job set state = :state, run_at = :next, error = :error, claim = null,"
                   " lease = null, finished = :finished"
                   " where tenant = :tenant and id = :id and claim = :claim",
                   {{"state", dead ? "dead" : "waiting"},
                    {"next", (dead ? now : next).iso()},
                    {"error", sentence},
                    {"finished", dead ? db::Value{now.iso()} : db::Value{}},
                    {"tenant", claim.job.tenant},
                    {"id", claim.job.id},
                    {"claim", claim.token}});
    });
    if (dead) {
        spdlog::error("job {} ({}) was given up after {}", claim.job.id, claim.job.kind,
                      claim.job.attempt == 1 ? "one attempt"
                                             : fmt::format("{} attempts", claim.job.attempt));
    }
}

void Worker::renew_leases() {
    std::map<std::string, Running> running;
    {
        const std::lock_guard lock{m_mutex};
        running = m_running;
    }
    std::erase_if(running, [](const auto &entry) { return !entry.second.renewed; });
    if (running.empty()) {
        return;
    }
    const auto until = m_clock.now().plus(m_options.lease).iso();
    m_database.write(db::Scope::everyone(), [&](db::Transaction &tx) {
        for (auto &[token, job] : running) {
            const auto kept = tx.execute(
                "update job set lease = :until"
                " where tenant = :tenant and id = :id and claim = :claim",
                {{"until", until}, {"tenant", job.tenant}, {"id", job.id}, {"claim", token}});
            if (kept == 0) {
                job.stop.request_stop(); // somebody else has it: two should not both do it
            }
        }
    });
}

void Worker::fire_schedules() {
    const auto now = m_clock.now();
    std::map<std::string, std::pair<std::string, std::string>> known; // name: rule, due
    m_database.read(db::Scope::everyone(), [&](db::Transaction &tx) {
        tx.each("select name, rule, due from schedule", {}, [&](const db::Row &row) {
            known[row.text("name")] = {row.text("rule"), row.text("due")};
        });
    });
    for (const auto &schedule : m_schedules) {
        const auto found = known.find(schedule.name);
        if (found == known.end() || found->second.first != schedule.recurrence.text() ||
            found->second.second <= now.iso()) {
            fire(schedule);
        }
    }
}

void Worker::fire(const Schedule &schedule) {
    const auto now = m_clock.now();
    const auto everyone = db::Scope::everyone();
    const auto rule = schedule.recurrence.text();
    m_database.write(everyone, [&](db::Transaction &tx) {
        const db::Bindings next{{"tenant", everyone.tenant},
                                {"name", schedule.name},
                                {"rule", rule},
                                {"due", schedule.recurrence.next_after(now).iso()}};
        if (tx.execute("insert into schedule (tenant, name, rule, due)"
                       " values (:tenant, :name, :rule, :due) on conflict do nothing",
                       next) == 1) {
            return; // new: its first time is to come
        }
        const auto row = tx.first(fmt::format("select rule, due from schedule"
                                              " where tenant = :tenant and name = :name{}",
                                              tx.sqlite() ? "" : " for update"),
                                  {{"tenant", everyone.tenant}, {"name", schedule.name}});
        const bool due = row->text("due") <= now.iso();
        if (!due && row->text("rule") == rule) {
            return; // another process was first
        }
        tx.execute("update schedule set rule = :rule, due = :due"
                   " where tenant = :tenant and name = :name",
                   next);
        if (!due) {
            return; // only its times have changed
        }
        const JobRequest request{.kind = schedule.kind,
                                 .payload = schedule.payload,
                                 .unique_key = schedule.name + " " + row->text("due")};
        if (!schedule.each_tenant) {
            m_queue.add(tx, request);
            return;
        }
        for (const auto &tenant : tx.query("select id from tenant order by id")) {
            m_queue.add(tx, tenant.text("id"), request);
        }
    });
}

} // namespace wardmote::jobs
