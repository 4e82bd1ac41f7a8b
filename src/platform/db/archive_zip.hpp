/// One zip file, written part by part and read part by part, every part with its SHA-256; inside
/// db/ only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wardmote::db {

/// What the manifest says of one part.
struct ArchivePart {
    std::string name; ///< in the zip: "tables/post.jsonl", "files/wardmote.toml"
    std::uint64_t bytes = 0;
    std::string sha256; ///< 64 hexadecimal digits
};

/// Of the file on disk. Throws std::runtime_error with a sentence, as everything here.
ArchivePart part_of(std::string name, const std::string &path);

class ZipWriter {
public:
    explicit ZipWriter(const std::string &path);
    ~ZipWriter();
    /// The file is read when finish() is called. `packed`: worth compressing.
    void add_file(const std::string &name, const std::string &path, bool packed);
    void add_text(const std::string &name, std::string text);
    /// Writes it all; `progress` is told from 0 to 1.
    void finish(const std::function<void(double)> &progress);

private:
    struct Inside;
    std::unique_ptr<Inside> m_inside;
};

/// Throws Refused with a sentence.
[[noreturn]] void damaged(const std::string &path);

/// Throws Refused when the file is damaged.
class ZipReader {
public:
    explicit ZipReader(const std::string &path);
    ~ZipReader();
    /// The whole of a small part; nothing when there is none.
    std::string text(const std::string &name) const;
    /// Gives its bytes in order, a piece at a time, and then says what they were.
    ArchivePart each(const std::string &name,
                     const std::function<void(std::string_view)> &piece) const;

private:
    struct Inside;
    std::unique_ptr<Inside> m_inside;
};

} // namespace wardmote::db
