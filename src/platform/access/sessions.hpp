/// Sessions of people signed in. The browser has a random token in a cookie, the database a keyed
/// hash of it; nothing is remembered in the process, so any process can answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/access/settings.hpp"
#include "platform/access/visit.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::access {

/// Where a request comes from.
struct Visitor {
    std::string tenant;  ///< id, of the host that was asked
    std::string remote;  ///< address
    std::string device;  ///< device_words() of its User-Agent
    std::string request; ///< id, for the logs
};

/// "Firefox on Windows", from a User-Agent header; "Another browser" when it says nothing known.
std::string device_words(std::string_view user_agent);

/// One line of "where you are signed in".
struct OpenSession {
    std::string id;
    std::string device;
    std::string proved_by;
    core::Instant began, seen;
};

class Sessions {
public:
    /// All must outlive it.
    Sessions(record::Keeper &keeper, const Settings &settings)
        : m_keeper{keeper}
        , m_settings{settings} {}

    /// Begins a session, logs it, and gives the token for the cookie.
    std::string begin(db::Transaction &tx, std::string_view person, std::string_view device,
                      std::string_view proved_by);

    /// Who comes with this token to this host. Nothing when the session has ended, the person may
    /// no longer sign in, or the host is another tenant's. One query; `seen` and the idle time-out
    /// are written at most once a minute. `request` is for the logs.
    std::optional<Visit> find(std::string_view token, std::string_view host,
                              std::string_view request = {}) const;

    std::vector<OpenSession> of(db::Transaction &tx, std::string_view person) const;
    /// False when there is no such session. Each end is logged.
    bool revoke(db::Transaction &tx, std::string_view person, std::string_view session);
    /// All of a person's but one, or all. Gives how many ended.
    std::int64_t revoke_others(db::Transaction &tx, std::string_view person,
                               std::string_view keep = {});
    bool sign_out(db::Transaction &tx, const Visit &visit);

    /// Deletes what has run out, of all tenants: sessions, tickets and old failures.
    void sweep() const;

    /// What a form carries, made from the cookie's token: of a session, or of a visitor who is not
    /// signed in.
    std::string csrf(std::string_view token) const;
    /// In constant time.
    bool csrf_matches(std::string_view token, std::string_view sent) const;

private:
    void touch(Visit &visit) const;

    record::Keeper &m_keeper;
    const Settings &m_settings;
};

} // namespace wardmote::access
