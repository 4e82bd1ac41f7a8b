#include "platform/record/sealed_file.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace wardmote::record {

namespace {

constexpr std::string_view magic = "WMSEAL1\n";
constexpr std::size_t sealed_size =
    sealed_chunk + crypto_secretstream_xchacha20poly1305_ABYTES; // of a full chunk
using Header = std::array<unsigned char, crypto_secretstream_xchacha20poly1305_HEADERBYTES>;

const unsigned char *bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char *>(text.data());
}
unsigned char *bytes_of(std::string &text) {
    return reinterpret_cast<unsigned char *>(text.data());
}

/// An open file, closed when it goes.
class File {
public:
    File(const std::filesystem::path &path, int flags)
        : m_descriptor{open(path.c_str(), flags | O_CLOEXEC, 0600)} {
        if (m_descriptor < 0) {
            fail("opened");
        }
    }
    ~File() { close(m_descriptor); }
    File(const File &) = delete;
    File &operator=(const File &) = delete;

    void write_all(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto written = write(m_descriptor, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) {
                fail("written");
            }
            bytes.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
        }
    }
    /// Up to `size` bytes; fewer only at the end of the file.
    std::string read_up_to(std::size_t size) const {
        std::string bytes(size, '\0');
        std::size_t have = 0;
        while (have < size) {
            const auto got = read(m_descriptor, bytes.data() + have, size - have);
            if (got == 0) {
                break;
            }
            if (got < 0 && errno != EINTR) {
                fail("read");
            }
            have += got > 0 ? static_cast<std::size_t>(got) : 0;
        }
        bytes.resize(have);
        return bytes;
    }
    void to_disk() const {
        if (fsync(m_descriptor) != 0) {
            fail("written to the disk");
        }
    }

private:
    [[noreturn]] static void fail(std::string_view act) {
        throw std::runtime_error(
            fmt::format("a sealed file could not be {}: {}", act, std::strerror(errno)));
    }
    int m_descriptor;
};

} // namespace

struct SealedWriter::Inside {
    std::filesystem::path path;
    std::filesystem::path part;
    std::string context;
    File file;
    crypto_secretstream_xchacha20poly1305_state state;
    std::string held; // not yet written: at most a chunk
    std::string sealed;
    bool finished = false;

    Inside(const std::filesystem::path &path_, std::string context_)
        : path{path_}
        , part{path_.string() + std::string{sealed_part}}
        , context{std::move(context_)}
        , file{part, O_WRONLY | O_CREAT | O_EXCL} {
        held.reserve(sealed_chunk);
    }
    ~Inside() {
        sodium_memzero(&state, sizeof state);
        sodium_memzero(held.data(), held.size());
        if (!finished) {
            unlink(part.c_str());
        }
    }
    void push(std::string_view chunk, unsigned char tag) {
        sealed.resize(chunk.size() + crypto_secretstream_xchacha20poly1305_ABYTES);
        crypto_secretstream_xchacha20poly1305_push(&state, bytes_of(sealed), nullptr,
                                                   bytes_of(chunk), chunk.size(), bytes_of(context),
                                                   context.size(), tag);
        file.write_all(sealed);
    }
};

SealedWriter::SealedWriter(const std::filesystem::path &path, const db::Keys &keys,
                           std::string context) {
    std::filesystem::create_directories(path.parent_path());
    m_inside = std::make_unique<Inside>(path, std::move(context));
    const auto key = keys.key(db::Keys::Purpose::files);
    Header header;
    crypto_secretstream_xchacha20poly1305_init_push(&m_inside->state, header.data(), key.data());
    m_inside->file.write_all(magic);
    m_inside->file.write_all({reinterpret_cast<const char *>(header.data()), header.size()});
}

SealedWriter::~SealedWriter() = default;

void SealedWriter::write(std::string_view bytes) {
    auto &held = m_inside->held;
    while (!bytes.empty()) {
        // A full chunk is written only when more follows: the last one carries the final tag.
        if (held.size() == sealed_chunk) {
            m_inside->push(held, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
            held.clear();
        }
        const auto piece = bytes.substr(0, sealed_chunk - held.size());
        held += piece;
        bytes.remove_prefix(piece.size());
    }
}

void SealedWriter::finish() {
    auto &inside = *m_inside;
    inside.push(inside.held, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
    inside.file.to_disk();
    std::filesystem::rename(inside.part, inside.path);
    inside.finished = true;
    File{inside.path.parent_path(), O_RDONLY | O_DIRECTORY}.to_disk(); // its name as well
}

struct SealedReader::Inside {
    std::string context;
    File file;
    crypto_secretstream_xchacha20poly1305_state state;
    std::string ahead; // the chunk after the one given last, still sealed
    bool ended = false;

    Inside(const std::filesystem::path &path, std::string context_)
        : context{std::move(context_)}
        , file{path, O_RDONLY} {}
    ~Inside() { sodium_memzero(&state, sizeof state); }
};

SealedReader::SealedReader(const std::filesystem::path &path, const db::Keys &keys,
                           std::string context)
    : m_inside{std::make_unique<Inside>(path, std::move(context))} {
    const auto key = keys.key(db::Keys::Purpose::files);
    const auto start = m_inside->file.read_up_to(magic.size());
    const auto header = m_inside->file.read_up_to(std::tuple_size_v<Header>);
    if (start != magic || header.size() != std::tuple_size_v<Header> ||
        crypto_secretstream_xchacha20poly1305_init_pull(&m_inside->state, bytes_of(header),
                                                        key.data()) != 0) {
        throw std::runtime_error("this is not a sealed file, or its beginning was damaged");
    }
    m_inside->ahead = m_inside->file.read_up_to(sealed_size);
}

SealedReader::~SealedReader() = default;
SealedReader::SealedReader(SealedReader &&) noexcept = default;

std::string SealedReader::next() {
    auto &inside = *m_inside;
    if (inside.ended) {
        return {};
    }
    const auto sealed = std::exchange(inside.ahead, inside.file.read_up_to(sealed_size));
    std::string chunk;
    unsigned char tag = 0;
    bool sound = sealed.size() >= crypto_secretstream_xchacha20poly1305_ABYTES;
    if (sound) {
        chunk.resize(sealed.size() - crypto_secretstream_xchacha20poly1305_ABYTES);
        sound = crypto_secretstream_xchacha20poly1305_pull(
                    &inside.state, bytes_of(chunk), nullptr, &tag, bytes_of(sealed), sealed.size(),
                    bytes_of(inside.context), inside.context.size()) == 0;
    }
    inside.ended = inside.ahead.empty();
    const bool final = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    if (!sound || final != inside.ended) {
        throw std::runtime_error("a sealed file was damaged, cut short or put in another's place");
    }
    return chunk;
}

} // namespace wardmote::record
