/// What the server keeps of its open connections: how to stop them, and how slow they may be.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace wardmote::web {

/// A connection as stopping sees it.
class Stoppable {
public:
    virtual ~Stoppable() = default;
    /// Closes it unless an answer is under way, after which it closes by itself.
    virtual void stop_soon() = 0;
};

/// What is open, so that stopping can wait for it.
class Connections {
public:
    void add(const std::shared_ptr<Stoppable> &connection) {
        const std::lock_guard lock{m_mutex};
        m_all.emplace(connection.get(), connection);
    }
    void remove(Stoppable *connection) {
        const std::lock_guard lock{m_mutex};
        m_all.erase(connection);
        m_changed.notify_all();
    }
    std::size_t count() {
        const std::lock_guard lock{m_mutex};
        return m_all.size();
    }
    /// False when some are still open after `longest`.
    bool stop_all(std::chrono::seconds longest) {
        std::vector<std::shared_ptr<Stoppable>> alive;
        std::unique_lock lock{m_mutex};
        for (const auto &[address, connection] : m_all)
            if (auto one = connection.lock())
                alive.push_back(std::move(one));
        lock.unlock();
        for (const auto &connection : alive)
            connection->stop_soon();
        alive.clear();
        lock.lock();
        return m_changed.wait_for(lock, longest, [this] { return m_all.empty(); });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<Stoppable *, std::weak_ptr<Stoppable>> m_all;
};

/// The latest moment for the next piece of a body: it may stall for a while, but not crawl for
/// ever.
class Pace {
public:
    using Time = std::chrono::steady_clock::time_point;
    /// `rate` is in bytes a second.
    Pace(std::chrono::seconds stall, double rate)
        : m_start{std::chrono::steady_clock::now() + stall}
        , m_rate{rate} {}
    Time deadline(std::uint64_t moved) const {
        const std::chrono::duration<double> earned{static_cast<double>(moved) / m_rate};
        return m_start + std::chrono::duration_cast<Time::duration>(earned);
    }

private:
    Time m_start;
    double m_rate;
};

} // namespace wardmote::web
