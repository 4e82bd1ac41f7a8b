#include <filesystem>
#include <limits>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "platform/db/ledger_inside.hpp"

namespace wardmote::db {

namespace {

constexpr int rows_at_once = 2000;
constexpr int most_findings_of_a_chain = 20;

std::string when(const Link &link) {
    const auto at = core::Instant::parse(link.at);
    return at ? " of " + at->text() : "";
}

std::string_view name_of(Log log) {
    return log == Log::changes ? "log of changes" : "log of what was seen";
}

} // namespace

Verifier::Verifier(const Keys &keys, const Linker &linker, const std::vector<std::string> &folders)
    : m_keys{keys}
    , m_linker{linker}
    , m_folders{folders} {
    for (const auto &folder : folders) {
        m_heads.emplace_back(linker, folder);
    }
}

Verification Verifier::run(Database &database, const std::function<void(std::uint64_t)> &progress) {
    // What lies outside first: the database may then only be further on.
    for (std::size_t i = 0; i < m_folders.size(); ++i) {
        for (auto &[chain, head] : m_heads[i].all()) {
            if (!head) {
                m_result.findings.push_back(
                    {Log::changes, chain, 0,
                     fmt::format("the file that says how far chain {} had come was changed",
                                 chain)});
            } else if (head->number > 0) {
                m_anchors.of[{head->log, chain}].emplace(head->number, head->hash);
            }
            m_known_heads.insert_or_assign(chain, head);
        }
        m_result.checkpoints +=
            Checkpoints{m_keys, m_folders[i]}.read(m_anchors, m_result.findings);
    }
    database.read(Scope::everyone(), [&](Transaction &tx) {
        read_log(tx, Log::changes, progress);
        read_log(tx, Log::seen, progress);
    });
    // The chains nothing is left of.
    for (auto &[chain, anchors] : std::exchange(m_anchors.of, {})) {
        Walk gone{chain.first, {}, chain.second};
        tell_missing(gone, 1, anchors.rbegin()->first);
    }
    return std::exchange(m_result, {});
}

void Verifier::read_log(Transaction &tx, Log log,
                        const std::function<void(std::uint64_t)> &progress) {
    // By pages: PostgreSQL's library holds a whole answer in memory.
    const auto page = fmt::format("select {1} from {0} where ({0}.tenant, {0}.chain, {0}.number) > "
                                  "(:tenant, :chain, :number) "
                                  "order by {0}.tenant, {0}.chain, {0}.number limit {2}",
                                  table_of(log), columns_of_links(log), rows_at_once);
    Walk walk;
    std::int64_t after = 0;
    for (bool more = true; more;) {
        int rows = 0;
        tx.each(page, {{"tenant", walk.tenant}, {"chain", walk.chain}, {"number", after}},
                [&](const Row &row) {
                    ++rows;
                    ++m_result.entries;
                    if (row.text("tenant") != walk.tenant || row.text("chain") != walk.chain) {
                        finish(walk);
                        walk = {log, row.text("tenant"), row.text("chain")};
                        walk.stored = walk.computed = ChainHead{}.hash;
                        const auto known = m_anchors.of.find({log, walk.chain});
                        if (known != m_anchors.of.end()) {
                            walk.anchors = std::move(known->second);
                            m_anchors.of.erase(known);
                        }
                        ++m_result.chains;
                    }
                    try {
                        const auto link = link_of(log, row);
                        after = link.number;
                        step(walk, link);
                    } catch (const std::runtime_error &) {
                        // A number that is none, which sorts after all that are: on to the next
                        // chain.
                        after = std::numeric_limits<std::int64_t>::max();
                        tell(walk, walk.number + 1,
                             fmt::format("an entry after number {} was changed after it was "
                                         "written: its number or version is none",
                                         walk.number));
                    }
                });
        more = rows == rows_at_once;
        if (progress) {
            progress(m_result.entries);
        }
    }
    finish(walk);
}

void Verifier::step(Walk &walk, const Link &link) {
    if (link.number != walk.number + 1) {
        tell_missing(walk, walk.number + 1, link.number - 1);
        // Without the one before it, it is taken at its word; the next is not.
        walk.computed = link.hash;
    } else {
        const auto computed = m_linker.hash_of(walk.stored, link);
        // When only the hash before was changed, this entry still follows the one that should be.
        if (computed != link.hash && m_linker.hash_of(walk.computed, link) != link.hash) {
            tell(walk, link.number,
                 fmt::format("entry {}{} was changed after it was written", link.number,
                             when(link)));
        }
        walk.computed = computed;
    }
    const auto anchor = walk.anchors.find(link.number);
    if (anchor != walk.anchors.end() && anchor->second != link.hash && walk.found == 0) {
        tell(walk, link.number,
             fmt::format("entry {}{} is not the one that was there before", link.number,
                         when(link)));
    }
    walk.number = link.number;
    walk.stored = link.hash;
}

void Verifier::finish(Walk &walk) {
    if (walk.chain.empty()) {
        return;
    }
    if (!walk.anchors.empty() && walk.anchors.rbegin()->first > walk.number) {
        tell_missing(walk, walk.number + 1, walk.anchors.rbegin()->first);
    }
    const auto has_head = [&] {
        for (const auto &heads : m_heads) {
            if (heads.exists(walk.chain)) { // it may have begun since
                return true;
            }
        }
        return false;
    };
    if (!m_known_heads.contains(walk.chain) && !has_head()) {
        tell(walk, walk.number,
             "the file that says how far it had come is missing. When another process keeps its "
             "files elsewhere, name that folder too");
    }
}

void Verifier::tell(Walk &walk, std::int64_t number, std::string words) {
    if (++walk.found <= most_findings_of_a_chain) {
        m_result.findings.push_back(
            {walk.log, walk.chain, number,
             fmt::format("{}, chain {}: {}", name_of(walk.log), walk.chain, words)});
    }
}

void Verifier::tell_missing(Walk &walk, std::int64_t from, std::int64_t to) {
    tell(walk, from,
         to > from ? fmt::format("entries {} to {} are missing", from, to)
                   : fmt::format("entry {} is missing", from));
}

} // namespace wardmote::db
