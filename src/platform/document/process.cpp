#include "platform/document/process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <stdexcept>
#include <string_view>
#include <sys/mman.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "engine/core/text.hpp"

#include <fmt/core.h>

extern char **environ; // of POSIX; in no header without GNU extensions

namespace wardmote::document {

namespace {

constexpr std::size_t tail = 600; // of what a program said: enough for its last sentence

std::string_view package_of(std::string_view program) {
    return program == "rsvg-convert" ? "librsvg2-bin" : program;
}

std::vector<char *> pointers(std::vector<std::string> &words) {
    std::vector<char *> all;
    for (auto &word : words)
        all.push_back(word.data());
    all.push_back(nullptr);
    return all;
}

/// Our environment with `more` in place of the names it has.
std::vector<std::string>
environment_with(const std::vector<std::pair<std::string, std::string>> &more) {
    std::vector<std::string> all;
    for (char **entry = environ; *entry; ++entry) {
        const std::string_view words{*entry};
        const auto name = words.substr(0, words.find('='));
        if (std::ranges::find(more, name, &std::pair<std::string, std::string>::first) ==
            more.end())
            all.emplace_back(words);
    }
    for (const auto &[name, value] : more)
        all.push_back(name + "=" + value);
    return all;
}

} // namespace

Process::Process(Command command)
    : m_command{std::move(command)}
    , m_started{std::chrono::steady_clock::now()} {
    const auto &program = m_command.words.front();
    m_output = memfd_create("said", MFD_CLOEXEC);
    if (m_output < 0)
        throw std::runtime_error{"There is no memory for what a program says."};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, m_output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, m_output, STDERR_FILENO);
    posix_spawn_file_actions_addchdir_np(&actions, m_command.folder.c_str());
    auto environment = environment_with(m_command.environment);
    const int failed = posix_spawnp(&m_pid, program.c_str(), &actions, nullptr,
                                    pointers(m_command.words).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        close(m_output);
        throw std::runtime_error{fmt::format("{} cannot be run ({}); it is in Debian's package {}.",
                                             program, std::strerror(failed), package_of(program))};
    }
}

Process::~Process() {
    if (m_pid > 0) {
        kill(m_pid, SIGKILL);
        waitpid(m_pid, nullptr, 0);
    }
    close(m_output);
}

void Process::wait() {
    using namespace std::chrono_literals;
    int status = 0;
    while (true) {
        const auto ended = waitpid(m_pid, &status, WNOHANG);
        if (ended == m_pid)
            break;
        if (ended < 0 && errno != EINTR)
            throw std::runtime_error{
                fmt::format("{} was lost: {}.", m_command.words.front(), std::strerror(errno))};
        if (std::chrono::steady_clock::now() - m_started > m_command.at_most)
            throw std::runtime_error{fmt::format("{} was stopped after {} seconds.",
                                                 m_command.words.front(),
                                                 m_command.at_most.count())};
        std::this_thread::sleep_for(5ms);
    }
    m_pid = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return;
    const auto why = WIFSIGNALED(status) ? fmt::format("signal {}", WTERMSIG(status))
                                         : fmt::format("status {}", WEXITSTATUS(status));
    throw std::runtime_error{
        fmt::format("{} failed ({}): {}", m_command.words.front(), why, said())};
}

std::string Process::last(std::size_t most) const {
    const auto size = std::max<off_t>(lseek(m_output, 0, SEEK_END), 0);
    std::string words(std::min(static_cast<std::size_t>(size), most), '\0');
    const auto got =
        pread(m_output, words.data(), words.size(), size - static_cast<off_t>(words.size()));
    words.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return words;
}

std::string Process::output() const {
    return last(std::string::npos);
}

std::string Process::said() const {
    auto words = last(tail);
    std::ranges::replace(words, '\n', ' ');
    const auto trimmed = core::trim(words);
    return trimmed.empty() ? "it said nothing" : std::string{trimmed};
}

} // namespace wardmote::document
