/// The body of a request while it arrives: in memory when short, else in a file without a name.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace wardmote::web {

class Body {
public:
    Body(std::size_t in_memory, std::string folder)
        : m_in_memory{in_memory}
        , m_folder{std::move(folder)} {}
    ~Body();
    Body(const Body &) = delete;
    Body &operator=(const Body &) = delete;

    /// Throws std::runtime_error with a sentence when the file cannot be made or the disk is full.
    void add(std::string_view bytes);
    std::uint64_t size() const { return m_size; }
    /// All of it, once nothing more is to come; valid for as long as the Body.
    std::string_view whole();

private:
    void spill();
    void write(std::string_view bytes);

    std::size_t m_in_memory;
    std::string m_folder;
    std::string m_memory;
    std::uint64_t m_size = 0;
    int m_file = -1;
    void *m_map = nullptr;
};

} // namespace wardmote::web
