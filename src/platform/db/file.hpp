/// A file by its descriptor, for the few places where it matters what the disk has, and when.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

namespace wardmote::db {

class File {
public:
    /// As open(2); a new file is readable by its owner only. Throws std::runtime_error with a
    /// sentence, as everything here.
    File(std::string path, int flags);
    ~File();
    File(File &&other) noexcept;
    File &operator=(File &&) = delete;

    /// Adds to a file opened with O_APPEND. What is there already stays as it was when this throws.
    void append(std::string_view bytes) const;
    void write_at(off_t offset, std::string_view bytes) const;
    std::string read_all(off_t from = 0) const;
    off_t size() const;
    void cut(off_t size) const;
    void sync() const; ///< gives when the disk has it
    /// Takes the file for this process until it is closed; false when another has it.
    bool try_lock() const;
    void lock() const;

    const std::string &path() const { return m_path; }

private:
    [[noreturn]] void fail(std::string_view act) const;
    std::string m_path;
    int m_number = -1;
};

} // namespace wardmote::db
