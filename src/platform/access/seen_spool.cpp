#include "platform/access/seen_spool.hpp"

#include <map>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace wardmote::access {

namespace {

constexpr std::size_t most_in_a_batch = 500;

/// The links of one batch, those of a chain together and in order.
using Batch = std::map<std::pair<std::string, std::string>, std::vector<db::Link>>;

/// How far the ledger has a chain.
db::ChainHead head_of(db::Transaction &tx, const db::Link &link) {
    db::ChainHead head{db::Log::seen, link.tenant, link.chain};
    if (const auto row = tx.first("select seen_log.number, hash from seen_log where tenant = "
                                  ":tenant and chain = :chain order by seen_log.number desc "
                                  "limit 1",
                                  {{"tenant", link.tenant}, {"chain", link.chain}})) {
        head.number = row->integer("number");
        head.hash = row->text("hash");
    }
    return head;
}

std::size_t put(db::Database &database, db::Ledger &ledger, const std::vector<db::Link> &links) {
    return database.write({links.front().tenant, {}, {}}, [&](db::Transaction &tx) {
        const auto head = head_of(tx, links.front());
        auto number = head.number;
        auto before = head.hash;
        std::size_t changed = 0;
        for (const auto &link : links) {
            if (link.number <= head.number) {
                continue; // taken before the process that drained it died
            }
            // After a line that is lost there is nothing to hold it to; the gap itself is found.
            if (link.number > number + 1 || ledger.follows(before, link)) {
                ledger.append(tx, link);
            } else {
                ++changed;
            }
            number = link.number;
            before = link.hash;
        }
        return changed;
    });
}

std::size_t put(db::Database &database, db::Ledger &ledger, Batch &batch) {
    std::size_t changed = 0;
    for (const auto &[chain, links] : std::exchange(batch, {})) {
        changed += put(database, ledger, links);
    }
    return changed;
}

} // namespace

std::string line_of(const db::Link &link) {
    // Replaced where it is no UTF-8: a person's browser may send anything, and a note is not lost
    // for that.
    return nlohmann::json::array({link.tenant, link.chain, link.number, link.at, link.person,
                                  link.request, link.entry.act, link.entry.kind, link.entry.record,
                                  link.entry.version, link.entry.detail, link.hash})
               .dump() +
           '\n';
}

std::optional<db::Link> link_of_line(std::string_view line) {
    try {
        const auto json = nlohmann::json::parse(line);
        const auto text = [&](std::size_t at) { return json.at(at).get<std::string>(); };
        return db::Link{
            db::Log::seen, text(0),
            text(1),       json.at(2).get<std::int64_t>(),
            text(3),       text(4),
            text(5),       {text(6), text(7), text(8), json.at(9).get<std::int64_t>(), text(10)},
            text(11)};
    } catch (const nlohmann::json::exception &) {
        return {};
    }
}

std::size_t drain(db::Database &database, db::Ledger &ledger, std::string_view lines) {
    Batch batch;
    std::size_t waiting = 0;
    std::size_t changed = 0;
    for (auto end = lines.find('\n'); end != lines.npos; end = lines.find('\n')) {
        if (auto link = link_of_line(lines.substr(0, end))) {
            auto &links = batch[{link->tenant, link->chain}];
            links.push_back(std::move(*link));
        } else {
            ++changed;
        }
        lines.remove_prefix(end + 1);
        if (++waiting == most_in_a_batch) {
            waiting = 0;
            changed += put(database, ledger, batch);
        }
    }
    changed += put(database, ledger, batch);
    if (changed > 0) {
        spdlog::error("{} lines of the log of what was seen were changed before it took them; "
                      "`wardmote audit verify` says where they are missing",
                      changed);
    }
    return changed;
}

} // namespace wardmote::access
