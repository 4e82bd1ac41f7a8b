/// Runs another program without a shell, for a limited time.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace wardmote::document {

struct Command {
    std::vector<std::string> words; ///< the program, found on the path, and its arguments
    std::string folder;             ///< where it runs
    std::vector<std::pair<std::string, std::string>> environment; ///< besides our own
    std::chrono::seconds at_most{120};
};

/// A program that is running. Ended, if it still runs, when this goes.
class Process {
public:
    /// Throws std::runtime_error, naming the Debian package to install, when it cannot be started.
    explicit Process(Command command);
    ~Process();
    Process(const Process &) = delete;
    Process &operator=(const Process &) = delete;

    /// Waits for the end. Throws std::runtime_error with the last of what the program said when it
    /// fails or takes too long.
    void wait();
    /// All that it said so far, of both its outputs.
    std::string output() const;

private:
    std::string said() const;
    std::string last(std::size_t most) const;

    Command m_command;
    std::chrono::steady_clock::time_point m_started;
    int m_pid = 0;
    int m_output = -1; ///< a file without a name that takes what the program says
};

} // namespace wardmote::document
