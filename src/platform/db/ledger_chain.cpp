#include "platform/db/ledger_chain.hpp"

#include <sodium.h>

#include <fmt/format.h>

namespace wardmote::db {

namespace {

/// A value with its kind and its length before it: "ab" then "c" is not "a" then "bc".
void add(std::string &bytes, char kind, std::string_view value) {
    bytes += kind;
    const auto length = static_cast<std::uint64_t>(value.size());
    for (unsigned shift = 0; shift < 64; shift += 8) {
        bytes += static_cast<char>(length >> shift & 0xffU);
    }
    bytes += value;
}

void add_text(std::string &bytes, std::string_view text) {
    add(bytes, 't', text);
}

void add_integer(std::string &bytes, std::int64_t value) {
    add(bytes, 'i', std::to_string(value));
}

/// What may be null: empty text and null are one and the same here, and null in the table.
Value nullable(const std::string &text) {
    return text.empty() ? Value{} : Value{text};
}

} // namespace

std::string_view table_of(Log log) {
    return log == Log::changes ? "change_log" : "seen_log";
}

std::string hexadecimal(std::string_view bytes) {
    std::string hex(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char *>(bytes.data()),
                   bytes.size());
    hex.pop_back(); // libsodium ends it with a NUL
    return hex;
}

Linker::Linker(const Keys &keys)
    : m_key{keys.key(Keys::Purpose::ledger)} {}

std::string Linker::mark_of(std::string_view bytes) const {
    std::string hash(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char *>(hash.data()), hash.size(),
                       reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size(),
                       m_key.data(), m_key.size());
    return hexadecimal(hash);
}

std::string Linker::hash_of(std::string_view before, const Link &link) const {
    std::string bytes;
    bytes.reserve(512 + link.entry.detail.size());
    add_text(bytes, before);
    add_text(bytes, table_of(link.log));
    add_text(bytes, link.tenant);
    add_text(bytes, link.chain);
    add_integer(bytes, link.number);
    add_text(bytes, link.at);
    add_text(bytes, link.person);
    add_text(bytes, link.request);
    add_text(bytes, link.entry.act);
    add_text(bytes, link.entry.kind);
    add_text(bytes, link.entry.record);
    add_integer(bytes, link.entry.version);
    add_text(bytes, link.entry.detail);
    return mark_of(bytes);
}

Link Linker::next(const ChainHead &head, const LogEntry &entry, const Scope &scope,
                  core::Instant at) const {
    Link link{head.log,      head.tenant, head.chain, head.number + 1, at.iso(), scope.person,
              scope.request, entry,       {}};
    link.hash = hash_of(head.hash, link);
    return link;
}

std::string columns_of_links(Log log) {
    return fmt::format("tenant, chain, cast({0}.number as text) as number, at, person, request, "
                       "act, kind, record, cast({0}.version as text) as version, detail, hash",
                       table_of(log));
}

Link link_of(Log log, const Row &row) {
    return {log,
            row.text("tenant"),
            row.text("chain"),
            row.integer("number"),
            row.text("at"),
            row.text("person"),
            row.text("request"),
            {row.text("act"), row.text("kind"), row.text("record"), row.integer("version"),
             row.text("detail")},
            row.text("hash")};
}

void insert(Transaction &tx, const Link &link) {
    tx.execute(fmt::format("insert into {} (tenant, chain, number, at, person, request, act, kind, "
                           "record, version, detail, hash) values (:tenant, :chain, :number, :at, "
                           ":person, :request, :act, :kind, :record, :version, :detail, :hash)",
                           table_of(link.log)),
               {{"tenant", link.tenant},
                {"chain", link.chain},
                {"number", link.number},
                {"at", link.at},
                {"person", nullable(link.person)},
                {"request", nullable(link.request)},
                {"act", link.entry.act},
                {"kind", link.entry.kind},
                {"record", nullable(link.entry.record)},
                {"version", link.entry.version},
                {"detail", link.entry.detail},
                {"hash", link.hash}});
}

} // namespace wardmote::db
