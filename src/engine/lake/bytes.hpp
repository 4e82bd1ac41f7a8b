/// Streams of bytes from plain files, .gz files and members of .zip archives, hashed and counted as
/// they pass.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wardmote::lake {

/// Bytes in order, once.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Writes up to `size` bytes and returns how many; 0 only at the end. Throws
    /// std::runtime_error, with a sentence that names the file, when it cannot be read, is cut
    /// short or is damaged.
    virtual std::size_t read(char *bytes, std::size_t size) = 0;
    /// Of the file on disk, how many bytes have been read.
    virtual std::uint64_t consumed() const = 0;
};

/// A file as it is, or decompressed when it starts as gzip does (whatever its name).
std::unique_ptr<ByteSource> open_file(const std::string &path);
/// The same for bytes that come from elsewhere; `name` is for sentences.
std::unique_ptr<ByteSource> decompressed(std::string name, std::unique_ptr<ByteSource> source);

struct ZipMember {
    std::string name;
    std::uint64_t index = 0;
    std::uint64_t bytes = 0;      ///< decompressed
    std::uint64_t compressed = 0; ///< in the archive
};

/// The files in an archive, folders and macOS's own additions left out. Throws as ByteSource::read.
std::vector<ZipMember> zip_members(const std::string &path);
std::unique_ptr<ByteSource> open_member(const std::string &path, const ZipMember &member);

/// Bytes already in memory, for tests and small answers.
std::unique_ptr<ByteSource> open_text(std::string text);

/// SHA-256 (FIPS 180-4).
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256 &) = delete;
    Sha256 &operator=(const Sha256 &) = delete;
    void add(std::string_view bytes);
    std::string hex(); ///< 64 digits; call once, at the end

private:
    struct State;
    std::unique_ptr<State> m_state;
};

std::string sha256_of(std::string_view bytes);
/// Of a file as it lies on disk. Throws std::runtime_error when it cannot be read.
std::string sha256_of_file(const std::string &path);

/// Passes bytes on while hashing them and counting lines, without looking at what they mean: the
/// count of lines is a second opinion on the reader of rows.
class Meter final : public ByteSource {
public:
    explicit Meter(std::unique_ptr<ByteSource> source);
    std::size_t read(char *bytes, std::size_t size) override;
    std::uint64_t consumed() const override { return m_source->consumed(); }

    void drain(); ///< reads what is left
    std::uint64_t bytes() const { return m_bytes; }
    /// Line ends, and one more when the last line has none.
    std::uint64_t lines() const { return m_line_ends + (m_bytes > 0 && m_last != '\n' ? 1 : 0); }
    std::string sha256() { return m_hash.hex(); } ///< once, at the end

private:
    std::unique_ptr<ByteSource> m_source;
    Sha256 m_hash;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_line_ends = 0;
    char m_last = '\n';
};

} // namespace wardmote::lake
