#include "platform/db/archive_zip.hpp"

#include <sodium.h>
#include <zip.h>

#include <deque>
#include <fstream>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "platform/db/archive.hpp"
#include "platform/db/ledger_chain.hpp"

namespace wardmote::db {

namespace {

class Sha256 {
public:
    Sha256() { crypto_hash_sha256_init(&m_state); }
    void add(std::string_view bytes) {
        crypto_hash_sha256_update(&m_state, reinterpret_cast<const unsigned char *>(bytes.data()),
                                  bytes.size());
    }
    std::string hex() {
        std::string hash(crypto_hash_sha256_BYTES, '\0');
        crypto_hash_sha256_final(&m_state, reinterpret_cast<unsigned char *>(hash.data()));
        return hexadecimal(hash);
    }

private:
    crypto_hash_sha256_state m_state{};
};

zip_t *open_zip(const std::string &path, int flags) {
    int code = 0;
    auto *zip = zip_open(path.c_str(), flags, &code);
    if (zip == nullptr) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const std::string words = zip_error_strerror(&error);
        zip_error_fini(&error);
        throw std::runtime_error(fmt::format("{} cannot be opened: {}", path, words));
    }
    return zip;
}

} // namespace

void damaged(const std::string &path) {
    throw Refused(fmt::format(
        "{} is damaged or was changed after it was written. Take another backup", path));
}

ArchivePart part_of(std::string name, const std::string &path) {
    std::ifstream file{path, std::ios::binary};
    ArchivePart part{std::move(name), 0, {}};
    Sha256 hash;
    std::string piece(1 << 16, '\0');
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) ||
           file.gcount() > 0) {
        const auto got = static_cast<std::size_t>(file.gcount());
        hash.add({piece.data(), got});
        part.bytes += got;
    }
    if (!file.eof()) {
        throw std::runtime_error(fmt::format("cannot read {}", path));
    }
    part.sha256 = hash.hex();
    return part;
}

struct ZipWriter::Inside {
    std::string path;
    zip_t *zip = nullptr;
    std::deque<std::string> texts; ///< libzip reads them when it closes

    [[noreturn]] void fail() const {
        throw std::runtime_error(fmt::format("cannot write {}: {}", path, zip_strerror(zip)));
    }
    void add(const std::string &name, zip_source_t *source, bool packed) const {
        const auto index =
            source == nullptr ? -1 : zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);
            fail();
        }
        const auto place = static_cast<zip_uint64_t>(index);
        if (zip_set_file_compression(zip, place, packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) != 0) {
            fail();
        }
    }
};

ZipWriter::ZipWriter(const std::string &path)
    : m_inside{std::make_unique<Inside>()} {
    m_inside->path = path;
    m_inside->zip = open_zip(path, ZIP_CREATE | ZIP_TRUNCATE);
}

ZipWriter::~ZipWriter() {
    if (m_inside->zip != nullptr) {
        zip_discard(m_inside->zip);
    }
}

void ZipWriter::add_file(const std::string &name, const std::string &path, bool packed) {
    m_inside->add(name, zip_source_file(m_inside->zip, path.c_str(), 0, -1), packed);
}

void ZipWriter::add_text(const std::string &name, std::string text) {
    const auto &kept = m_inside->texts.emplace_back(std::move(text));
    m_inside->add(name, zip_source_buffer(m_inside->zip, kept.data(), kept.size(), 0), true);
}

void ZipWriter::finish(const std::function<void(double)> &progress) {
    auto told = progress;
    zip_register_progress_callback_with_state(
        m_inside->zip, 0.01,
        [](zip_t *, double done, void *state) {
            const auto &tell = *static_cast<std::function<void(double)> *>(state);
            if (tell) {
                tell(done);
            }
        },
        nullptr, &told);
    if (zip_close(m_inside->zip) != 0) {
        m_inside->fail();
    }
    m_inside->zip = nullptr;
}

struct ZipReader::Inside {
    std::string path;
    zip_t *zip = nullptr;
};

ZipReader::ZipReader(const std::string &path)
    : m_inside{std::make_unique<Inside>()} {
    m_inside->path = path;
    m_inside->zip = open_zip(path, ZIP_RDONLY);
}

ZipReader::~ZipReader() {
    zip_discard(m_inside->zip);
}

std::string ZipReader::text(const std::string &name) const {
    std::string text;
    if (zip_name_locate(m_inside->zip, name.c_str(), 0) >= 0) {
        each(name, [&text](std::string_view piece) { text += piece; });
    }
    return text;
}

ArchivePart ZipReader::each(const std::string &name,
                            const std::function<void(std::string_view)> &piece) const {
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file{
        zip_fopen(m_inside->zip, name.c_str(), 0), zip_fclose};
    if (!file) {
        damaged(m_inside->path);
    }
    ArchivePart part{name, 0, {}};
    Sha256 hash;
    std::string bytes(1 << 16, '\0');
    for (;;) {
        const auto got = zip_fread(file.get(), bytes.data(), bytes.size());
        if (got < 0) {
            damaged(m_inside->path);
        }
        if (got == 0) {
            break;
        }
        const std::string_view read{bytes.data(), static_cast<std::size_t>(got)};
        hash.add(read);
        part.bytes += read.size();
        piece(read);
    }
    part.sha256 = hash.hex();
    return part;
}

} // namespace wardmote::db
