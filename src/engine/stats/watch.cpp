#include "engine/stats/watch.hpp"

#include <atomic>
#include <mutex>

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

namespace wardmote::stats {

namespace {

/// Counts the parts that are done and tells each new hundredth once.
class Meter {
public:
    Meter(std::size_t count, const Watch &watch)
        : m_count{count}
        , m_watch{watch} {}

    void one_more() {
        const auto done = m_done.fetch_add(1, std::memory_order_relaxed) + 1;
        if (!m_watch.progress)
            return;
        const auto hundredth = done * 100 / m_count;
        if (hundredth <= m_told.load(std::memory_order_relaxed))
            return;
        const std::lock_guard lock{m_mutex};
        if (hundredth > m_told.load(std::memory_order_relaxed)) {
            m_told.store(hundredth, std::memory_order_relaxed);
            m_watch.progress(static_cast<double>(done) / static_cast<double>(m_count));
        }
    }

private:
    std::size_t m_count;
    const Watch &m_watch;
    std::atomic<std::size_t> m_done{0}, m_told{0};
    std::mutex m_mutex;
};

} // namespace

void for_each_part(std::size_t count, const Watch &watch,
                   const std::function<void(std::size_t part)> &part) {
    Meter meter{count, watch};
    const auto run = [&](std::size_t index) {
        if (watch.stop.stop_requested())
            throw Stopped{};
        part(index);
        meter.one_more();
    };
    tbb::task_arena arena{watch.threads == 0 ? tbb::task_arena::automatic
                                             : static_cast<int>(watch.threads)};
    arena.execute([&] { tbb::parallel_for(std::size_t{0}, count, run); });
}

} // namespace wardmote::stats
