#include "app/progress.hpp"

#include <fmt/format.h>
#include <ostream>

#include "engine/core/text.hpp"

namespace wardmote::app {
namespace {

constexpr double seconds_between_plain_lines = 5;

std::string time_left(double seconds) {
    const auto whole = static_cast<std::int64_t>(seconds + 0.999);
    return whole < 120 ? fmt::format("{} s left", whole)
                       : fmt::format("{} min left", (whole + 59) / 60);
}

} // namespace

std::string progress_text(const lake::Progress &progress) {
    std::string text =
        fmt::format("{} of {} files, {} rows, {} a second", progress.files_done,
                    progress.files_total, core::number(static_cast<std::int64_t>(progress.rows)),
                    core::number(static_cast<std::int64_t>(progress.rows_per_second)));
    if (progress.seconds_left && progress.files_done < progress.files_total) {
        text += ", " + time_left(*progress.seconds_left);
    }
    return text;
}

void ProgressLine::show(const lake::Progress &progress) {
    write(progress_text(progress), progress.seconds);
}

void ProgressLine::show(std::string_view part, double done) {
    const std::chrono::duration<double> since = std::chrono::steady_clock::now() - m_began;
    const double seconds = since.count();
    if (seconds < 1) {
        return;
    }
    const auto percent = static_cast<int>(100 * done);
    write(done > 0 && done < 1 ? fmt::format("{}: {}% done, {}", part, percent,
                                             time_left(seconds * (1 - done) / done))
                               : fmt::format("{}: {}% done", part, percent),
          seconds);
}

void ProgressLine::write(const std::string &text, double seconds) {
    if (!m_terminal.interactive) {
        if (seconds - m_last >= seconds_between_plain_lines) {
            m_last = seconds;
            m_terminal.err << text << '\n' << std::flush;
        }
        return;
    }
    const std::size_t gap = m_width > text.size() ? m_width - text.size() : 0;
    m_terminal.err << '\r' << text << std::string(gap, ' ') << std::flush;
    m_width = text.size();
}

void ProgressLine::finish() {
    if (m_width > 0) {
        m_terminal.err << '\r' << std::string(m_width, ' ') << '\r' << std::flush;
        m_width = 0;
    }
}

} // namespace wardmote::app
