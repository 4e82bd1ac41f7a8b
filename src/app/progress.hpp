/// How far an import has come, for a person at a terminal or for a log.
#pragma once

#include <optional>
#include <string>

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
    /// Clears the line, so that what follows starts on a clean one.
    void finish();

private:
    Terminal m_terminal;
    std::size_t m_width = 0;
    double m_last = 0;
};

} // namespace wardmote::app
