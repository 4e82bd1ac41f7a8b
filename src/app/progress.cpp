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
    if (!m_terminal.interactive) {
        if (progress.seconds - m_last >= seconds_between_plain_lines) {
            m_last = progress.seconds;
            m_terminal.err << progress_text(progress) << '\n' << std::flush;
        }
        return;
    }
    const std::string text = progress_text(progress);
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
