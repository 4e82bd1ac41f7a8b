/// For tests: a site on a new database, and a browser without a script that walks it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "database_for_test.hpp"
#include "platform/access/one_time_code.hpp"
#include "platform/access/seen_log.hpp"
#include "platform/jobs/queue.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/site.hpp"
#include "platform/web/address.hpp"
#include "platform/web/router.hpp"

namespace wardmote::site {

struct SiteForTest {
    explicit SiteForTest(Settings settings = {}, const db::Options &how = {},
                         core::SheetReader read_sheets = {})
        : database{test::fresh_database(), how}
        , site{router,
               {keeper, seen, queue, attachments, std::move(read_sheets)},
               std::move(settings)} {}

    core::FixedClock clock{*core::Instant::parse("2015-02-02T10:00:00Z")};
    db::Keys keys = db::Keys::ephemeral();
    db::Database database;
    db::Ledger ledger{keys, test::fresh_folder() + "/audit", clock};
    record::Keeper keeper{database, ledger, keys, clock};
    record::Attachments attachments{keys, ledger, clock, {.folder = test::fresh_folder()}};
    access::SeenLog seen{database, ledger, clock, test::fresh_folder() + "/spool"};
    jobs::Queue queue{clock};
    web::Router router;
    Site site;
};

class Browser {
public:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    explicit Browser(const web::Router &router, std::string host = "localhost")
        : m_router{router}
        , m_host{std::move(host)} {}

    web::Response get(std::string_view target) { return ask("GET", target, {}); }
    /// With the token of the last page that had one.
    web::Response post(std::string_view target, Fields fields) {
        fields.emplace_back("csrf", m_csrf);
        return ask("POST", target, fields);
    }
    web::Response post_without_token(std::string_view target, const Fields &fields) {
        return ask("POST", target, fields);
    }
    /// One file, as the form of a page sends it.
    web::Response send_file(std::string_view target, std::string_view field, std::string_view name,
                            std::string_view bytes) {
        const std::string line = "--boundary\r\nContent-Disposition: form-data; name=\"";
        auto body = std::make_shared<std::string>(line + "csrf\"\r\n\r\n" + m_csrf + "\r\n");
        *body += line + std::string{field} + "\"; filename=\"" + std::string{name} + "\"\r\n\r\n" +
                 std::string{bytes} + "\r\n--boundary--\r\n";
        return ask("POST", target, std::move(body), "multipart/form-data; boundary=boundary");
    }
    std::map<std::string, std::string> headers; ///< sent with each request
    std::map<std::string, std::string> cookies;

private:
    web::Response ask(std::string_view method, std::string_view target, const Fields &fields) {
        auto body = std::make_shared<std::string>();
        for (const auto &[name, value] : fields) {
            *body += (body->empty() ? "" : "&") + web::percent_encoded(name) + "=" +
                     web::percent_encoded(value);
        }
        return ask(method, target, std::move(body), "application/x-www-form-urlencoded");
    }
    web::Response ask(std::string_view method, std::string_view target,
                      std::shared_ptr<std::string> body, const char *type) {
        web::Request request;
        request.method = method;
        request.host = m_host;
        request.remote = "192.0.2.7";
        request.id = "test";
        request.headers.assign(headers.begin(), headers.end());
        for (const auto &[name, value] : cookies) {
            request.headers.emplace_back("Cookie", name + "=" + value);
        }
        request.headers.emplace_back("Content-Type", type);
        request.body = *body;
        request.bytes = body;
        auto response = m_router.answer(std::move(request), target);
        for (const auto &cookie : response.cookies) {
            if (cookie.max_age == std::chrono::seconds{0}) {
                cookies.erase(cookie.name);
            } else {
                cookies[cookie.name] = cookie.value;
            }
        }
        if (auto token = hidden(response.body, "csrf"); !token.empty()) {
            m_csrf = std::move(token);
        }
        return response;
    }

public:
    /// The value of the first hidden field of this name on a page.
    static std::string hidden(std::string_view page, const std::string &name) {
        const auto mark = "name=\"" + name + "\" value=\"";
        const auto at = page.find(mark);
        if (at == page.npos) {
            return {};
        }
        const auto from = at + mark.size();
        return std::string{page.substr(from, page.find('"', from) - from)};
    }

private:
    const web::Router &m_router;
    std::string m_host;
    std::string m_csrf;
};

inline std::string location(const web::Response &response) {
    for (const auto &[name, value] : response.headers) {
        if (name == "Location") {
            return value;
        }
    }
    return {};
}

inline bool has(const web::Response &response, std::string_view words) {
    return response.body.find(words) != std::string::npos;
}

/// A session for a person of this id, without the steps of signing in.
inline void sign_in(const Site &site, Browser &browser, const access::Tenant &tenant,
                    const std::string &person) {
    browser.cookies["session"] =
        site.database().write({tenant.id, person, {}}, [&](db::Transaction &tx) {
            return site.doors().sessions.begin(tx, person, "a test", "a test");
        });
    browser.get("/account");
}

} // namespace wardmote::site
