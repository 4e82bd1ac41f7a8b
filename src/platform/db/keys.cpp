#include "platform/db/keys.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

namespace wardmote::db {

namespace {

constexpr std::string_view sealed_mark = "sealed:";

void start_sodium() {
    if (sodium_init() < 0) {
        throw std::runtime_error("the system's random generator is not to be had");
    }
}

std::string base64(const std::vector<unsigned char> &bytes, int variant) {
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back(); // libsodium ends it with a NUL
    return text;
}

std::optional<std::vector<unsigned char>> from_base64(std::string_view text) {
    std::vector<unsigned char> bytes(text.size());
    std::size_t length = 0;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length,
                          nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
        return std::nullopt;
    }
    bytes.resize(length);
    return bytes;
}

/// A file descriptor that closes itself.
struct File {
    int number;
    ~File() {
        if (number >= 0) {
            close(number);
        }
    }
};

void write_new(const std::string &path, const Keys::Key &secret) {
    // O_EXCL: of two processes that start at once, one makes the secret and the other reads it.
    const File file{open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600)};
    if (file.number < 0) {
        return;
    }
    if (write(file.number, secret.data(), secret.size()) != static_cast<ssize_t>(secret.size()) ||
        fsync(file.number) != 0) {
        throw std::runtime_error(fmt::format("cannot write {}", path));
    }
}

Keys::Key read_secret(const std::string &path) {
    const File file{open(path.c_str(), O_RDONLY)};
    struct stat about {};
    if (file.number < 0 || fstat(file.number, &about) != 0) {
        throw std::runtime_error(fmt::format("cannot read {}", path));
    }
    if ((about.st_mode & 077U) != 0) {
        throw std::runtime_error(
            fmt::format("{} may be read by others. Run: chmod 600 {}", path, path));
    }
    Keys::Key secret{};
    // Another process may be in the middle of writing the 32 bytes.
    for (int i = 0; i < 50; ++i) {
        if (pread(file.number, secret.data(), secret.size(), 0) ==
            static_cast<ssize_t>(secret.size())) {
            return secret;
        }
        usleep(20'000);
    }
    throw std::runtime_error(
        fmt::format("{} is damaged: it should hold {} bytes. Put back the copy that was kept apart "
                    "from the backups",
                    path, secret.size()));
}

} // namespace

Keys Keys::open(const std::string &folder) {
    start_sodium();
    const auto path = folder + "/secret.key";
    if (!std::filesystem::exists(path)) {
        std::filesystem::create_directories(folder);
        write_new(path, ephemeral().m_secret);
    }
    return Keys{read_secret(path)};
}

Keys Keys::ephemeral() {
    start_sodium();
    Key secret{};
    randombytes_buf(secret.data(), secret.size());
    return Keys{secret};
}

Keys::Key Keys::key(Purpose purpose) const {
    Key derived{};
    crypto_kdf_derive_from_key(derived.data(), derived.size(), static_cast<std::uint64_t>(purpose),
                               "wardmote", m_secret.data());
    return derived;
}

std::string Keys::seal(std::string_view text) const {
    std::vector<unsigned char> box(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES +
                                   text.size());
    randombytes_buf(box.data(), crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(box.data() + crypto_secretbox_NONCEBYTES,
                          reinterpret_cast<const unsigned char *>(text.data()), text.size(),
                          box.data(), key(Purpose::fields).data());
    return std::string{sealed_mark} + base64(box, sodium_base64_VARIANT_ORIGINAL);
}

std::optional<std::string> Keys::unseal(std::string_view sealed) const {
    if (!sealed.starts_with(sealed_mark)) {
        return std::nullopt;
    }
    const auto box = from_base64(sealed.substr(sealed_mark.size()));
    constexpr std::size_t least = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (!box || box->size() < least) {
        return std::nullopt;
    }
    std::string text(box->size() - least, '\0');
    if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char *>(text.data()),
                                   box->data() + crypto_secretbox_NONCEBYTES,
                                   box->size() - crypto_secretbox_NONCEBYTES, box->data(),
                                   key(Purpose::fields).data()) != 0) {
        return std::nullopt;
    }
    return text;
}

std::string Keys::token_hash(std::string_view token) const {
    std::array<unsigned char, 32> hash{};
    const auto keyed = key(Purpose::tokens);
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char *>(token.data()), token.size(),
                       keyed.data(), keyed.size());
    std::string hex;
    for (const auto byte : hash) {
        hex += fmt::format("{:02x}", byte);
    }
    return hex;
}

std::string random_token() {
    start_sodium();
    std::vector<unsigned char> bytes(32);
    randombytes_buf(bytes.data(), bytes.size());
    return base64(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

} // namespace wardmote::db
