#include "platform/web/body.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>

namespace wardmote::web {

namespace {

[[noreturn]] void fail(std::string_view what, const std::string &folder) {
    const auto reason = std::generic_category().message(errno);
    throw std::runtime_error(fmt::format("cannot {} in {}: {}", what, folder, reason));
}

} // namespace

Body::~Body() {
    if (m_map)
        ::munmap(m_map, m_size);
    if (m_file >= 0)
        ::close(m_file);
}

void Body::spill() {
    auto name = m_folder + "/wardmote-XXXXXX";
    m_file = ::mkostemp(name.data(), O_CLOEXEC);
    if (m_file < 0)
        fail("keep what is being sent", m_folder);
    ::unlink(name.c_str()); // gone with the request, however that ends
    write(m_memory);
    m_memory = {};
}

void Body::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(m_file, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR)
            fail("write what is being sent", m_folder);
        if (count > 0)
            bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void Body::add(std::string_view bytes) {
    if (m_file < 0 && m_size + bytes.size() > m_in_memory)
        spill();
    if (m_file >= 0)
        write(bytes);
    else
        m_memory += bytes;
    m_size += bytes.size();
}

std::string_view Body::whole() {
    if (m_file < 0)
        return m_memory;
    if (!m_map) {
        m_map = ::mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, m_file, 0);
        if (m_map == MAP_FAILED) {
            m_map = nullptr;
            fail("read what was sent", m_folder);
        }
    }
    return {static_cast<const char *>(m_map), m_size};
}

} // namespace wardmote::web
