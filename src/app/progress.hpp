/// How far a long piece of work has come, for a person at a terminal or for a log.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "app/context.hpp"
#include "engine/lake/import.hpp"

namespace wardmote::app {

/// "12 of 148 files, 328,730 rows, 450,000 a second, 2 s left"
std::string progress_text(const lake::Progress &progress);

/// On a terminal one line that is written over; elsewhere a plain line every five seconds.
class ProgressLine {
public:
    explicit ProgressLine(const Terminal &terminal)
        : m_terminal{terminal} {}

    void show(const lake::Progress &progress);
    /// "post: 45% done, 12 s left", once it has taken a second; `done` is from 0 to 1.
    void show(std::string_view part, double done);
    /// Clears the line, so that what follows starts on a clean one.
    void finish();

private:
    void write(const std::string &text, double seconds);

    Terminal m_terminal;
    std::chrono::steady_clock::time_point m_began = std::chrono::steady_clock::now();
    std::size_t m_width = 0;
    double m_last = 0;
};

} // namespace wardmote::app
