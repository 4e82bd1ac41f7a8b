#include "platform/db/file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace wardmote::db {

File::File(std::string path, int flags)
    : m_path{std::move(path)}
    , m_number{open(m_path.c_str(), flags | O_CLOEXEC, 0600)} {
    if (m_number < 0) {
        fail("open");
    }
}

File::File(File &&other) noexcept
    : m_path{std::move(other.m_path)}
    , m_number{std::exchange(other.m_number, -1)} {}

File::~File() {
    if (m_number >= 0) {
        close(m_number);
    }
}

void File::fail(std::string_view act) const {
    throw std::runtime_error(fmt::format("cannot {} {}: {}", act, m_path, std::strerror(errno)));
}

void File::append(std::string_view bytes) const {
    const auto before = size();
    const auto written = ::write(m_number, bytes.data(), bytes.size());
    if (written != static_cast<ssize_t>(bytes.size())) {
        const int reason = written < 0 ? errno : ENOSPC;
        if (ftruncate(m_number, before) == 0) {
            errno = reason;
        }
        fail("write");
    }
}

void File::write_at(off_t offset, std::string_view bytes) const {
    if (pwrite(m_number, bytes.data(), bytes.size(), offset) !=
        static_cast<ssize_t>(bytes.size())) {
        fail("write");
    }
}

std::string File::read_all(off_t from) const {
    std::string bytes;
    char part[65536];
    for (;;) {
        const auto got =
            pread(m_number, part, sizeof part, from + static_cast<off_t>(bytes.size()));
        if (got < 0) {
            fail("read");
        }
        if (got == 0) {
            return bytes;
        }
        bytes.append(part, static_cast<std::size_t>(got));
    }
}

off_t File::size() const {
    struct stat about {};
    if (fstat(m_number, &about) != 0) {
        fail("read");
    }
    return about.st_size;
}

void File::cut(off_t size) const {
    if (ftruncate(m_number, size) != 0) {
        fail("shorten");
    }
}

void File::sync() const {
    if (fsync(m_number) != 0) {
        fail("write");
    }
}

bool File::try_lock() const {
    return flock(m_number, LOCK_EX | LOCK_NB) == 0;
}

void File::lock() const {
    while (flock(m_number, LOCK_EX) != 0) {
        if (errno != EINTR) {
            fail("lock");
        }
    }
}

} // namespace wardmote::db
