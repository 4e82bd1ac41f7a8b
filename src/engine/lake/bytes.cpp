#include "engine/lake/bytes.hpp"

#include <fmt/core.h>
#include <openssl/evp.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace wardmote::lake {

namespace {

[[noreturn]] void refuse(const std::string &path, std::string_view what) {
    throw std::runtime_error{fmt::format("{}: {}", path, what)};
}

class PlainFile final : public ByteSource {
public:
    explicit PlainFile(const std::string &path)
        : m_path{path}
        , m_file{open(path.c_str(), O_RDONLY | O_CLOEXEC)} {
        struct stat status {};
        if (m_file < 0 || fstat(m_file, &status) != 0) {
            refuse(path, fmt::format("cannot be opened: {}.", std::strerror(errno)));
        }
        if (S_ISDIR(status.st_mode)) {
            close(m_file);
            refuse(path, "is a folder, not a file.");
        }
        posix_fadvise(m_file, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    PlainFile(const PlainFile &) = delete;
    PlainFile &operator=(const PlainFile &) = delete;
    ~PlainFile() override { close(m_file); }

    std::size_t read(char *bytes, std::size_t size) override {
        ssize_t got = 0;
        do {
            got = ::read(m_file, bytes, size);
        } while (got < 0 && errno == EINTR);
        if (got < 0) {
            refuse(m_path, fmt::format("cannot be read: {}.", std::strerror(errno)));
        }
        m_consumed += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
    }
    std::uint64_t consumed() const override { return m_consumed; }

private:
    std::string m_path;
    int m_file;
    std::uint64_t m_consumed = 0;
};

/// Gives back some bytes that were read ahead, then the rest.
class Ahead final : public ByteSource {
public:
    Ahead(std::string first, std::unique_ptr<ByteSource> rest)
        : m_first{std::move(first)}
        , m_rest{std::move(rest)} {}
    std::size_t read(char *bytes, std::size_t size) override {
        if (m_given == m_first.size()) {
            return m_rest->read(bytes, size);
        }
        const std::size_t part = std::min(size, m_first.size() - m_given);
        std::memcpy(bytes, m_first.data() + m_given, part);
        m_given += part;
        return part;
    }
    std::uint64_t consumed() const override { return m_rest->consumed(); }

private:
    std::string m_first;
    std::size_t m_given = 0;
    std::unique_ptr<ByteSource> m_rest;
};

/// RFC 1952, members one after another as one stream.
class GzipSource final : public ByteSource {
public:
    GzipSource(std::string path, std::unique_ptr<ByteSource> source)
        : m_path{std::move(path)}
        , m_source{std::move(source)}
        , m_buffer(256 * 1024) {
        if (inflateInit2(&m_stream, 15 + 16) != Z_OK) {
            throw std::runtime_error{"zlib could not be started."};
        }
    }
    GzipSource(const GzipSource &) = delete;
    GzipSource &operator=(const GzipSource &) = delete;
    ~GzipSource() override { inflateEnd(&m_stream); }

    std::size_t read(char *bytes, std::size_t size) override {
        m_stream.next_out = reinterpret_cast<Bytef *>(bytes);
        m_stream.avail_out = static_cast<uInt>(size);
        while (m_stream.avail_out == size && !m_finished) {
            if (m_stream.avail_in == 0 && !refill()) {
                if (!m_between) {
                    refuse(m_path, "the gzip file is cut short. Fetch it again.");
                }
                m_finished = true;
                break;
            }
            step();
        }
        return size - m_stream.avail_out;
    }
    std::uint64_t consumed() const override { return m_source->consumed(); }

private:
    bool refill() {
        m_stream.next_in = reinterpret_cast<Bytef *>(m_buffer.data());
        m_stream.avail_in = static_cast<uInt>(m_source->read(m_buffer.data(), m_buffer.size()));
        return m_stream.avail_in > 0;
    }
    void step() {
        if (m_between && m_members > 0) {
            // After a member, nought bytes are padding; anything else must be another member.
            while (m_stream.avail_in > 0 && *m_stream.next_in == 0) {
                ++m_stream.next_in;
                --m_stream.avail_in;
            }
            if (m_stream.avail_in == 0) {
                return;
            }
            inflateReset(&m_stream);
        }
        m_between = false;
        const int result = inflate(&m_stream, Z_NO_FLUSH);
        if (result == Z_STREAM_END) {
            m_between = true;
            ++m_members;
        } else if (result != Z_OK) {
            refuse(m_path, fmt::format("the gzip file is damaged ({}). Fetch it again.",
                                       m_stream.msg != nullptr ? m_stream.msg : "no detail"));
        }
    }

    std::string m_path;
    std::unique_ptr<ByteSource> m_source;
    std::vector<char> m_buffer;
    z_stream m_stream{};
    bool m_between = false; ///< a member has just ended
    bool m_finished = false;
    std::uint64_t m_members = 0;
};

class TextSource final : public ByteSource {
public:
    explicit TextSource(std::string text)
        : m_text{std::move(text)} {}
    std::size_t read(char *bytes, std::size_t size) override {
        const std::size_t part = std::min(size, m_text.size() - m_given);
        std::memcpy(bytes, m_text.data() + m_given, part);
        m_given += part;
        return part;
    }
    std::uint64_t consumed() const override { return m_given; }

private:
    std::string m_text;
    std::size_t m_given = 0;
};

} // namespace

std::unique_ptr<ByteSource> open_file(const std::string &path) {
    return decompressed(path, std::make_unique<PlainFile>(path));
}

std::unique_ptr<ByteSource> decompressed(std::string name, std::unique_ptr<ByteSource> source) {
    std::string first(2, '\0');
    std::size_t size = 0;
    while (size < first.size()) {
        const std::size_t got = source->read(first.data() + size, first.size() - size);
        if (got == 0) {
            break;
        }
        size += got;
    }
    first.resize(size);
    const bool zipped = first == "\x1f\x8b";
    auto whole = std::make_unique<Ahead>(std::move(first), std::move(source));
    if (zipped) {
        return std::make_unique<GzipSource>(std::move(name), std::move(whole));
    }
    return whole;
}

std::unique_ptr<ByteSource> open_text(std::string text) {
    return std::make_unique<TextSource>(std::move(text));
}

struct Sha256::State {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    State() = default;
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256()
    : m_state{std::make_unique<State>()} {
    if (EVP_DigestInit_ex(m_state->context, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error{"OpenSSL has no SHA-256."};
    }
}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size());
}

std::string Sha256::hex() {
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(m_state->context, digest.data(), nullptr);
    std::string text;
    for (const unsigned char byte : digest) {
        text += fmt::format("{:02x}", byte);
    }
    return text;
}

std::string sha256_of(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

std::string sha256_of_file(const std::string &path) {
    PlainFile file{path};
    Sha256 hash;
    std::vector<char> buffer(256 * 1024);
    while (const std::size_t got = file.read(buffer.data(), buffer.size())) {
        hash.add({buffer.data(), got});
    }
    return hash.hex();
}

Meter::Meter(std::unique_ptr<ByteSource> source)
    : m_source{std::move(source)} {}

std::size_t Meter::read(char *bytes, std::size_t size) {
    const std::size_t got = m_source->read(bytes, size);
    if (got > 0) {
        m_hash.add({bytes, got});
        m_bytes += got;
        m_line_ends += static_cast<std::uint64_t>(std::count(bytes, bytes + got, '\n'));
        m_last = bytes[got - 1];
    }
    return got;
}

void Meter::drain() {
    std::vector<char> buffer(256 * 1024);
    while (read(buffer.data(), buffer.size()) > 0) {
    }
}

} // namespace wardmote::lake
