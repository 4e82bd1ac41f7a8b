/// Files that only this installation can read: encrypted and authenticated in chunks, so that
/// neither writing nor reading holds more than one.
///
/// The format: "WMSEAL1\n", libsodium's 24-byte secretstream header (random for each file), then
/// chunks of 64 KiB of content and 17 bytes each (XChaCha20-Poly1305). The last carries the final
/// tag, so a file that was cut short is found, as is any byte that was changed.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "platform/db/keys.hpp"

namespace wardmote::record {

inline constexpr std::size_t sealed_chunk = 64 * 1024;
/// Ends the name of a file that is being written.
inline constexpr std::string_view sealed_part = ".part";

/// Writes a file that appears whole, under its name, or not at all.
class SealedWriter {
public:
    /// `context` says which file this is; it must be the same for reading, so that one file cannot
    /// be put in another's place. Makes the folders. Throws std::runtime_error when it cannot
    /// write.
    SealedWriter(const std::filesystem::path &path, const db::Keys &keys, std::string context);
    ~SealedWriter(); ///< takes away what was not finished
    SealedWriter(const SealedWriter &) = delete;
    SealedWriter &operator=(const SealedWriter &) = delete;

    void write(std::string_view bytes);
    /// On the disk when it returns, even if the power fails then.
    void finish();

private:
    struct Inside;
    std::unique_ptr<Inside> m_inside;
};

class SealedReader {
public:
    /// Throws std::runtime_error when there is no such file, or it is not a sealed one.
    SealedReader(const std::filesystem::path &path, const db::Keys &keys, std::string context);
    ~SealedReader();
    SealedReader(SealedReader &&) noexcept;
    SealedReader &operator=(SealedReader &&) = delete;

    /// The next chunk; empty after the last. Throws std::runtime_error when the file was damaged,
    /// cut short, or is another one.
    std::string next();

private:
    struct Inside;
    std::unique_ptr<Inside> m_inside;
};

} // namespace wardmote::record
