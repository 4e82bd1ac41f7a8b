#include "platform/access/seen_log.hpp"

#include <fcntl.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "engine/core/id.hpp"
#include "platform/access/seen_spool.hpp"
#include "platform/db/file.hpp"

namespace wardmote::access {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds between_drains{200};
constexpr std::size_t most_waiting = 500; ///< notes, then it drains at once
constexpr off_t long_spool = 1 << 20;     ///< bytes, then it starts again from its beginning
constexpr std::chrono::seconds between_failures{5}; ///< when the database cannot take it

/// Text that both engines take: UTF-8 without NUL. A path or a search may hold anything.
std::string clean(std::string text) {
    const auto plain = [](char c) { return c > 0; };
    if (!std::ranges::all_of(text, plain)) {
        std::erase(text, '\0');
        text = nlohmann::json::parse(
            nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    }
    return text;
}

db::File open_spool(const std::string &path) {
    return {path, O_RDWR | O_CREAT | O_APPEND};
}

} // namespace

struct SeenLog::Inside {
    Inside(db::Database &the_database, db::Ledger &the_ledger, const core::Clock &the_clock,
           const std::string &folder)
        : database{the_database}
        , ledger{the_ledger}
        , clock{the_clock}
        , spool{(fs::create_directories(folder),
                 open_spool(folder + "/seen-" + core::Id::make(clock).text() + ".jsonl"))} {
        spool.lock();
        take_over(folder);
    }

    /// Drains and deletes the spools that no living process holds.
    void take_over(const std::string &folder) {
        std::vector<std::string> paths;
        for (const auto &entry : fs::directory_iterator{folder}) {
            if (entry.path().extension() == ".jsonl" && entry.path() != spool.path()) {
                paths.push_back(entry.path());
            }
        }
        for (const auto &path : paths) {
            const auto left = open_spool(path);
            if (!left.try_lock()) {
                continue; // its process lives
            }
            const bool whole = access::drain(database, ledger, left.read_all()) == 0;
            if (whole) {
                fs::remove(path);
            } else { // kept to be looked at
                fs::rename(path, path + ".changed");
            }
        }
    }

    void drain() {
        const std::lock_guard one_at_a_time{draining};
        auto lines = spool.read_all(drained);
        lines.resize(lines.rfind('\n') + 1); // the last may just be being written
        if (access::drain(database, ledger, lines) > 0) {
            fs::copy_file(spool.path(), spool.path() + ".changed",
                          fs::copy_options::overwrite_existing);
        }
        const std::lock_guard lock{noting};
        drained += static_cast<off_t>(lines.size());
        if (spool.size() < size) {
            spdlog::error("the spool of the log of what was seen was cut short by other hands");
            drained = size = spool.size();
        }
        // Dying between the commit and this is no harm: the ledger knows what it has.
        if (drained == size && size > long_spool) {
            spool.cut(0);
            drained = size = 0;
        }
        waiting = 0;
    }

    void run() {
        std::unique_lock lock{noting};
        while (!closing) {
            turn.wait_for(lock, between_drains, [&] { return closing || waiting >= most_waiting; });
            if (closing || drained == size) {
                continue;
            }
            lock.unlock();
            const bool failed = !try_drain();
            lock.lock();
            if (failed) {
                turn.wait_for(lock, between_failures, [&] { return closing; });
            }
        }
    }

    bool try_drain() noexcept {
        try {
            drain();
            return true;
        } catch (const std::exception &error) {
            spdlog::error("the log of what was seen waits in its spool: {}", error.what());
            return false;
        }
    }

    db::Database &database;
    db::Ledger &ledger;
    const core::Clock &clock;
    db::File spool;

    std::mutex draining; ///< taken before `noting`

    std::mutex noting; ///< over all that follows
    std::condition_variable turn;
    std::map<std::string, db::ChainHead> heads; ///< by tenant
    off_t size = 0;
    std::atomic<off_t> drained = 0;
    std::size_t waiting = 0;
    bool closing = false;
    std::thread thread;
};

SeenLog::SeenLog(db::Database &database, db::Ledger &ledger, const core::Clock &clock,
                 std::string folder)
    : m_inside{std::make_unique<Inside>(database, ledger, clock, folder)} {
    m_inside->thread = std::thread{[inside = m_inside.get()] { inside->run(); }};
}

SeenLog::~SeenLog() {
    close();
}

void SeenLog::note(const db::Scope &scope, const db::LogEntry &entry) {
    if (scope.tenant.empty() || scope.tenant == db::Scope::everyone().tenant) {
        throw std::logic_error("a note of what was seen needs a tenant");
    }
    const db::LogEntry cleaned{clean(entry.act), clean(entry.kind), clean(entry.record),
                               entry.version, clean(entry.detail)};
    auto &in = *m_inside;
    const std::lock_guard lock{in.noting};
    auto head = in.heads.find(scope.tenant);
    if (head == in.heads.end()) {
        head = in.heads.emplace(scope.tenant, in.ledger.begin_chain(db::Log::seen, scope.tenant))
                   .first;
    }
    const auto link = in.ledger.link_after(head->second, cleaned, scope, in.clock.now());
    const auto line = line_of(link);
    in.spool.append(line);
    head->second = link.head();
    in.size += static_cast<off_t>(line.size());
    if (++in.waiting == most_waiting) {
        in.turn.notify_one();
    }
}

void SeenLog::flush() {
    m_inside->drain();
}

void SeenLog::close() noexcept {
    auto &in = *m_inside;
    {
        const std::lock_guard lock{in.noting};
        if (std::exchange(in.closing, true)) {
            return;
        }
    }
    in.turn.notify_one();
    in.thread.join();
    if (in.try_drain()) {
        std::error_code ignored; // the next start finds nothing new in it
        fs::remove(in.spool.path(), ignored);
    }
}

std::uint64_t SeenLog::waiting() const {
    const std::lock_guard lock{m_inside->noting};
    return static_cast<std::uint64_t>(m_inside->size - m_inside->drained);
}

} // namespace wardmote::access
