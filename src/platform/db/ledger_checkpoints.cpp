#include <fcntl.h>
#include <sodium.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/db/file.hpp"
#include "platform/db/ledger_inside.hpp"

namespace wardmote::db {

namespace {

namespace fs = std::filesystem;

const unsigned char *bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char *>(text.data());
}

/// Unkeyed, so that whoever holds copies can follow the chain of checkpoints.
std::string plain_hash(std::string_view bytes) {
    std::string hash(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char *>(hash.data()), bytes_of(bytes),
                       bytes.size());
    return hexadecimal(hash);
}

/// The public key as OpenSSL reads it (RFC 8410): a fixed beginning and the 32 bytes.
std::string pem(std::string_view public_key) {
    const std::string der = std::string{"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12} +
                            std::string{public_key};
    std::string text(sodium_base64_encoded_len(der.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(der), der.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return fmt::format("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", text);
}

std::string read(const std::string &path) {
    return File{path, O_RDONLY}.read_all();
}

/// Whole on the disk or not there.
void write_whole(const std::string &path, std::string_view bytes) {
    const auto part = path + ".part";
    {
        const File file{part, O_WRONLY | O_CREAT | O_TRUNC};
        file.write_at(0, bytes);
        file.sync();
    }
    fs::rename(part, path);
}

std::string heads_in(Database &database) {
    return database.read(Scope::everyone(), [](Transaction &tx) {
        std::string lines;
        for (const auto log : {Log::changes, Log::seen}) {
            tx.each(fmt::format("select l.tenant, l.chain, l.number, l.hash from {0} l join "
                                "(select tenant, chain, max(number) as number from {0} "
                                "group by tenant, chain) last on last.tenant = l.tenant and "
                                "last.chain = l.chain and last.number = l.number "
                                "order by l.tenant, l.chain",
                                table_of(log)),
                    {}, [&](const Row &row) {
                        lines +=
                            fmt::format("{} {} {} {} {}\n", table_of(log), row.text("tenant"),
                                        row.text("chain"), row.text("number"), row.text("hash"));
                    });
        }
        return lines;
    });
}

/// Reads the lines of chains; false when one is none.
bool read_heads(const std::string &text, Anchors &anchors) {
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("change_log ") && !line.starts_with("seen_log ")) {
            continue;
        }
        std::istringstream words{line};
        std::string table, tenant, chain, hash;
        std::int64_t number = 0;
        if (!(words >> table >> tenant >> chain >> number >> hash)) {
            return false;
        }
        const auto log = table == table_of(Log::seen) ? Log::seen : Log::changes;
        anchors.of[{log, chain}].emplace(number, hash);
    }
    return true;
}

} // namespace

Checkpoints::Checkpoints(const Keys &keys, const std::string &folder)
    : m_folder{folder + "/checkpoints"}
    , m_public(crypto_sign_PUBLICKEYBYTES, '\0')
    , m_secret(crypto_sign_SECRETKEYBYTES, '\0') {
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char *>(m_public.data()),
                             reinterpret_cast<unsigned char *>(m_secret.data()),
                             keys.key(Keys::Purpose::checkpoints).data());
}

std::vector<std::string> Checkpoints::names() const {
    std::vector<std::string> names;
    if (fs::exists(m_folder)) {
        for (const auto &entry : fs::directory_iterator{m_folder}) {
            if (entry.path().extension() == ".txt") {
                names.push_back(entry.path().stem().string());
            }
        }
    }
    std::ranges::sort(names);
    return names;
}

std::string Checkpoints::write(Database &database, core::Instant now) const {
    fs::create_directories(m_folder);
    const File folder{m_folder, O_RDONLY | O_DIRECTORY};
    folder.lock(); // two checkpoints at once would follow the same one
    write_whole(m_folder + "/public-key.pem", pem(m_public));
    const auto earlier = names();
    const auto number = earlier.empty() ? 1 : core::parse_integer(earlier.back()).value_or(0) + 1;
    const auto text = fmt::format(
        "Wardmote checkpoint {}\nat {}\nprevious {}\n{}", number, now.iso(),
        earlier.empty() ? std::string(64, '0')
                        : plain_hash(db::read(m_folder + "/" + earlier.back() + ".txt")),
        heads_in(database));
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char *>(signature.data()), nullptr,
                         bytes_of(text), text.size(), bytes_of(m_secret));
    const auto path = fmt::format("{}/{:06}.txt", m_folder, number);
    // The signature first: a checkpoint that is there has one.
    write_whole(fmt::format("{}/{:06}.sig", m_folder, number), signature);
    write_whole(path, text);
    folder.sync();
    return path;
}

std::uint64_t Checkpoints::read(Anchors &anchors, std::vector<Finding> &findings) const {
    std::string previous(64, '0');
    std::int64_t expected = 1;
    const auto all = names();
    for (const auto &name : all) {
        const auto number = core::parse_integer(name).value_or(0);
        const auto tell = [&](std::int64_t at, std::string words) {
            findings.push_back({Log::changes, "", at, std::move(words)});
        };
        if (number != expected) {
            tell(expected, fmt::format("checkpoint {} is missing", expected));
        }
        const auto text = db::read(m_folder + "/" + name + ".txt");
        const auto signature_path = m_folder + "/" + name + ".sig";
        const auto signature = fs::exists(signature_path) ? db::read(signature_path) : "";
        if (signature.size() != crypto_sign_BYTES ||
            crypto_sign_verify_detached(bytes_of(signature), bytes_of(text), text.size(),
                                        bytes_of(m_public)) != 0 ||
            !text.starts_with(fmt::format("Wardmote checkpoint {}\n", number)) ||
            !read_heads(text, anchors)) {
            tell(number, fmt::format("checkpoint {} was changed after it was signed", number));
        } else if (number == expected &&
                   text.find("\nprevious " + previous + "\n") == std::string::npos) {
            tell(number,
                 fmt::format("checkpoint {} does not follow the one before it, which was changed "
                             "or put in its place",
                             number));
        }
        previous = plain_hash(text);
        expected = number + 1;
    }
    return all.size();
}

} // namespace wardmote::db
