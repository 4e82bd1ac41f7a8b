/// How a long computation is watched, stopped, and spread over threads.
///
///     stats::Watch watch{.stop = source.get_token(), .progress = [&](double done) { ... }};
///     for_each_part(replicates, watch, [&](std::size_t replicate) { ... });
///
/// A part draws its random numbers from its own index, never from the thread that runs it, so the
/// answer is the same on any number of threads.
#pragma once

#include <cstddef>
#include <functional>
#include <stdexcept>
#include <stop_token>

namespace wardmote::stats {

/// What a long computation throws when it was asked to stop: nothing of it is of use.
struct Stopped : std::runtime_error {
    Stopped()
        : std::runtime_error{"The computation was stopped."} {}
};

struct Watch {
    std::stop_token stop = {};
    /// Told how much of the work is done, from 0 to 1, never less than before, by one thread at a
    /// time and not more than a hundred times.
    std::function<void(double done)> progress = {};
    unsigned threads = 0; ///< at most so many; 0: as many as the machine has
};

/// Runs part(0) to part(count - 1), in any order and on several threads. Throws Stopped when the
/// watch says so, or what a part threw.
void for_each_part(std::size_t count, const Watch &watch,
                   const std::function<void(std::size_t part)> &part);

} // namespace wardmote::stats
