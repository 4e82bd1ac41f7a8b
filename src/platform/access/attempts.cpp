#include "platform/access/attempts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::access {

namespace {

std::chrono::milliseconds wait_after(const Backoff &backoff, std::int64_t failures) {
    if (failures < backoff.free) {
        return std::chrono::milliseconds{0};
    }
    constexpr std::int64_t most_doublings = 20;
    const auto doublings = std::min(failures - backoff.free, most_doublings);
    return failures >= backoff.lock ? backoff.locked
                                    : std::min<std::chrono::milliseconds>(
                                          backoff.locked, backoff.first * (1LL << doublings));
}

} // namespace

std::string Attempts::subject(std::string_view what, std::string_view whose) const {
    return fmt::format("{} {}", what,
                       m_keeper.keys().token_hash(fmt::format("{} {}", what, whose)));
}

std::optional<core::Instant> Attempts::waits(db::Transaction &tx, std::string_view what,
                                             std::string_view whose) const {
    const auto row = tx.first("select wait_until from sign_in_failure where tenant = :tenant"
                              " and subject = :subject and wait_until > :now",
                              {{"tenant", tx.tenant()},
                               {"subject", subject(what, whose)},
                               {"now", m_keeper.clock().now().iso()}});
    return row ? core::Instant::parse(row->text("wait_until")) : std::nullopt;
}

Attempt Attempts::begin(db::Transaction &tx, const Backoff &backoff, std::string_view what,
                        std::string_view whose) const {
    const auto now = m_keeper.clock().now();
    const auto key = subject(what, whose);
    // The row is locked from here to the end of the transaction, in every process.
    const auto counted =
        tx.execute("insert into sign_in_failure (tenant, subject, failures, latest, wait_until)"
                   " values (:tenant, :subject, 1, :now, :now)"
                   " on conflict (tenant, subject) do update set latest = excluded.latest,"
                   " failures = case when sign_in_failure.latest < :forgotten then 1"
                   " else sign_in_failure.failures + 1 end"
                   " where sign_in_failure.wait_until <= excluded.latest",
                   {{"tenant", tx.tenant()},
                    {"subject", key},
                    {"now", now.iso()},
                    {"forgotten", now.plus(-backoff.forget).iso()}});
    if (counted == 0) {
        return {.wait_until = waits(tx, what, whose).value_or(now), .locked_until = {}};
    }
    const auto failures = tx.first("select failures from sign_in_failure"
                                   " where tenant = :tenant and subject = :subject",
                                   {{"tenant", tx.tenant()}, {"subject", key}})
                              ->integer("failures");
    const auto until = now.plus(wait_after(backoff, failures));
    if (until > now) {
        tx.execute("update sign_in_failure set wait_until = :until"
                   " where tenant = :tenant and subject = :subject",
                   {{"until", until.iso()}, {"tenant", tx.tenant()}, {"subject", key}});
    }
    return {.wait_until = {},
            .locked_until = failures >= backoff.lock ? std::optional{until} : std::nullopt};
}

void Attempts::forget(db::Transaction &tx, std::string_view what, std::string_view whose) const {
    tx.execute("delete from sign_in_failure where tenant = :tenant and subject = :subject",
               {{"tenant", tx.tenant()}, {"subject", subject(what, whose)}});
}

void Attempts::take_back(db::Transaction &tx, std::string_view what, std::string_view whose) const {
    tx.execute("update sign_in_failure set failures = failures - 1, wait_until = :now"
               " where tenant = :tenant and subject = :subject and failures > 0",
               {{"now", m_keeper.clock().now().iso()},
                {"tenant", tx.tenant()},
                {"subject", subject(what, whose)}});
}

std::string wait_in_words(core::Instant now, core::Instant until) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(until.time() - now.time()).count();
    const auto span = seconds <= 90
                          ? core::counted(std::max<std::int64_t>(seconds, 1), "second", "seconds")
                          : core::counted((seconds + 59) / 60, "minute", "minutes");
    return fmt::format("Wait {}, then try again", span);
}

} // namespace wardmote::access
