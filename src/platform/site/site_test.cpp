#include <doctest/doctest.h>

#include "platform/access/person.hpp"
#include "platform/site/browser_for_test.hpp"
#include "platform/site/gate.hpp"

using namespace wardmote;
using site::Browser;
using site::has;
using site::location;

namespace {

constexpr auto password = "lantern orchard bicycle";

/// A partnership with an administrator and a person of another role.
struct Oxford : site::SiteForTest {
    explicit Oxford(site::Settings settings = {}, bool example = false)
        : site::SiteForTest{std::move(settings)}
        , made{std::get<access::MadeTenant>(
              access::make_tenant(keeper, {.name = "Oxford Partnership",
                                           .place = "Oxford",
                                           .example = example,
                                           .administrator_name = "Alex Amin",
                                           .administrator_email = "alex@oxford.example"}))} {}

    std::string add(const std::string &name, access::Role role) {
        return database.write({made.tenant.id, made.administrator, {}}, [&](db::Transaction &tx) {
            return keeper.add(tx, access::PersonRecord{.name = name,
                                                       .email = name + "@oxford.example",
                                                       .role = role});
        });
    }

    access::MadeTenant made;
};

/// The key that a page shows to type into an app.
std::string secret_on(const web::Response &page) {
    const std::string mark = R"(<p class="govuk-body app-hash">)";
    const auto from = page.body.find(mark) + mark.size();
    return access::from_base32(page.body.substr(from, page.body.find('<', from) - from)).value();
}

} // namespace

TEST_CASE("an empty installation is set up once, by whoever has its link, and not without an app") {
    site::SiteForTest place;
    Browser browser{place.router};
    CHECK(has(browser.get("/sign-in"), "Not set up yet"));
    CHECK(browser.get("/set-up?token=wrong").status == 404);
    const auto token = place.site.doors().first_run.token();
    CHECK(has(browser.get("/set-up?token=" + token), "Set up the partnership"));

    const auto wrong = browser.post("/set-up", {{"token", token}, {"name", "Oxford Partnership"}});
    CHECK(wrong.status == 422);
    CHECK(has(wrong, "There is a problem"));
    CHECK(has(wrong, R"(value="Oxford Partnership")"));

    const auto made = browser.post("/set-up", {{"token", token},
                                               {"name", "Oxford Partnership"},
                                               {"place", "Oxford"},
                                               {"administrator_name", "Alex Amin"},
                                               {"administrator_email", "alex@oxford.example"},
                                               {"password", password},
                                               {"again", password}});
    CHECK(location(made) == "/sign-in/app?then=%2F");
    CHECK(browser.get("/set-up?token=" + token).status == 404);
    CHECK(location(browser.get("/")) == "/sign-in?then=%2F");

    const auto app = browser.get("/sign-in/app");
    CHECK(has(app, "<svg class=\"wardmote-qr-code\""));
    CHECK(browser.post("/sign-in/app", {{"code", "000000"}}).status == 422);
    const auto code = access::one_time_code(secret_on(app), place.clock.now());
    const auto codes = browser.post("/sign-in/app", {{"code", code}});
    CHECK(codes.status == 200);
    CHECK(has(codes, "Your recovery codes"));
    CHECK(has(codes, "OFFICIAL-SENSITIVE"));
    CHECK(browser.get("/").status == 200);
    CHECK(has(browser.get("/administration"), "Access review"));
}

TEST_CASE("a page that asks for a sign-in leads there, and back") {
    Oxford oxford;
    Browser browser{oxford.router};
    CHECK(location(browser.get("/account?x=1")) == "/sign-in?then=%2Faccount%3Fx%3D1");
    CHECK(has(browser.get("/sign-in?then=/account"), R"(name="then" value="/account")"));
    CHECK(site::own_path("/posts?page=2") == "/posts?page=2");
    for (const auto *elsewhere : {"//evil.example", "https://evil.example", "/\\evil.example", "",
                                  "posts", "/a/../b", "/ b", "/sign-out"}) {
        CAPTURE(elsewhere);
        CHECK(site::own_path(elsewhere) == "/");
    }
}

TEST_CASE("what was typed is not lost when the session has ended") {
    Oxford oxford;
    Browser browser{oxford.router};
    site::sign_in(oxford.site, browser, oxford.made.tenant, oxford.made.administrator);
    oxford.clock.move_to(oxford.clock.now().plus(std::chrono::hours{1}));
    const auto ended = browser.post("/account/name", {{"name", "Alex Amin-Bell"}});
    CHECK(ended.status == 403);
    CHECK(has(ended, "What you typed is kept"));
    const auto kept = Browser::hidden(ended.body, "kept");
    CHECK(kept.starts_with("sealed:"));
    CHECK(kept.find("Alex") == std::string::npos);

    // Password and app, as anybody: the form travels along.
    const auto link =
        "/invitation/" +
        oxford.database.write({oxford.made.tenant.id, {}, {}}, [&](db::Transaction &tx) {
            return std::get<std::string>(
                oxford.site.doors().accounts.invite(tx, oxford.made.administrator));
        });
    browser.get(link);
    CHECK(location(browser.post(link, {{"password", password}, {"again", password}})) ==
          "/sign-in/app?then=%2F");
    CHECK(browser.get(link).status == 410);
    const auto secret = secret_on(browser.get("/sign-in/app"));
    browser.post("/sign-in/app",
                 {{"code", access::one_time_code(secret, oxford.clock.now())}, {"kept", kept}});
    browser.get("/account");
    CHECK(location(browser.post("/sign-out", {})) == "/sign-in?out=1");

    oxford.clock.move_to(oxford.clock.now().plus(std::chrono::minutes{2}));
    browser.get("/sign-in");
    const auto asked = browser.post(
        "/sign-in", {{"email", "Alex@Oxford.example"}, {"password", password}, {"kept", kept}});
    CHECK(has(asked, "Enter your code"));
    CHECK(Browser::hidden(asked.body, "kept") == kept);
    const auto back =
        browser.post("/sign-in/code",
                     {{"code", access::one_time_code(secret, oxford.clock.now())}, {"kept", kept}});
    CHECK(back.status == 200);
    CHECK(has(back, R"(action="/account/name")"));
    CHECK(has(back, R"(name="name" value="Alex Amin-Bell")"));
    CHECK(location(browser.post("/account/name", {{"name", "Alex Amin-Bell"}})) == "/account");
    const auto account = browser.get("/account");
    CHECK(has(account, "Alex Amin-Bell"));
    CHECK(has(account, "Your name is changed"));
    CHECK_FALSE(has(browser.get("/account"), "Your name is changed"));
}

TEST_CASE("a form without the session's token does nothing, and one from another site neither") {
    Oxford oxford;
    Browser browser{oxford.router};
    CHECK(browser.post_without_token("/sign-in", {{"email", "a"}}).status >= 303);
    site::sign_in(oxford.site, browser, oxford.made.tenant, oxford.made.administrator);
    const auto refused = browser.post_without_token("/account/name", {{"name", "Someone Else"}});
    CHECK(refused.status == 403);
    CHECK(has(refused, R"(name="name" value="Someone Else")")); // and is not lost
    CHECK(browser.post_without_token("/account/name", {{"name", "x"}, {"csrf", "x"}}).status ==
          403);
    for (const auto &[name, value] : {std::pair{"Sec-Fetch-Site", "cross-site"},
                                      {"Sec-Fetch-Site", "same-site"},
                                      {"Origin", "https://evil.example"},
                                      {"Origin", "null"}}) {
        CAPTURE(value);
        browser.headers = {{name, value}};
        const auto other = browser.post("/account/name", {{"name", "Someone Else"}});
        CHECK(other.status == 403);
        CHECK_FALSE(has(other, "Someone Else")); // nothing to be talked into sending again
    }
    browser.headers = {{"Origin", "http://localhost:8080"}};
    CHECK(browser.post("/account/name", {{"name", "Alex Bell"}}).status == 303);
}

TEST_CASE("each sees what the role opens, and nothing else") {
    Oxford oxford;
    Browser councillor{oxford.router};
    site::sign_in(oxford.site, councillor, oxford.made.tenant,
                  oxford.add("Casey", access::Role::councillor));
    const auto home = councillor.get("/");
    CHECK(home.status == 200);
    CHECK_FALSE(has(home, "/administration"));
    CHECK(has(home, "OFFICIAL"));
    const auto shut = councillor.get("/administration/jobs");
    CHECK(shut.status == 403);
    CHECK(has(shut, "Your role does not open this page"));
    CHECK(has(shut, "Sign out"));
    CHECK(councillor.post("/administration/settings", {{"name", "Mine"}}).status == 403);

    Browser auditor{oxford.router};
    site::sign_in(oxford.site, auditor, oxford.made.tenant,
                  oxford.add("Ash", access::Role::auditor));
    CHECK(auditor.get("/administration/jobs").status == 200);
    CHECK(has(auditor.get("/administration/access"), "Alex Amin"));
    CHECK(auditor.post("/administration/settings", {{"name", "Mine"}}).status == 403);
}

TEST_CASE("signing in says the same of a wrong password and of nobody, and locks after ten") {
    Oxford oxford;
    const auto try_once = [&](const char *email) {
        Browser browser{oxford.router};
        browser.get("/sign-in");
        return browser.post("/sign-in", {{"email", email}, {"password", "not the one at all"}});
    };
    const auto known = try_once("alex@oxford.example");
    const auto unknown = try_once("nobody@oxford.example");
    CHECK(known.status == 422);
    const auto problem = [](const web::Response &page) {
        const auto at = page.body.find("govuk-error-summary__list");
        return page.body.substr(at, page.body.find("</ul>", at) - at);
    };
    CHECK(problem(known) == problem(unknown));
    CHECK_FALSE(has(known, "not the one at all"));
    for (int i = 0; i < 12; ++i) {
        oxford.clock.move_to(oxford.clock.now().plus(std::chrono::minutes{2}));
        try_once("alex@oxford.example");
    }
    CHECK(problem(try_once("alex@oxford.example")) != problem(known));
}

TEST_CASE("a session opens no other partnership's site") {
    Oxford oxford;
    const auto other = std::get<access::MadeTenant>(
        access::make_tenant(oxford.keeper, {.name = "Cherwell Partnership",
                                            .place = "Cherwell",
                                            .host = "cherwell.example",
                                            .administrator_name = "Sam Shaw",
                                            .administrator_email = "sam@cherwell.example"}));
    Browser browser{oxford.router};
    site::sign_in(oxford.site, browser, oxford.made.tenant, oxford.made.administrator);
    CHECK(browser.get("/account").status == 200);
    Browser there{oxford.router, "cherwell.example"};
    there.cookies = browser.cookies;
    CHECK(there.get("/account").status == 303);
    CHECK(has(there.get("/sign-in"), "Cherwell Partnership"));
    CHECK_FALSE(has(there.get("/sign-in"), "Oxford"));
}

TEST_CASE("only an example, and only on this machine, can be looked around without a password") {
    const auto look = [](bool setting, bool example, const char *host) {
        Oxford oxford{{.example_sign_in = setting}, example};
        Browser browser{oxford.router, host};
        const bool offered = has(browser.get("/sign-in"), "Look around as");
        const auto answer =
            browser.post("/sign-in/example", {{"person", oxford.made.administrator}});
        const bool inside = browser.get("/account").status == 200;
        CHECK(offered == inside);
        CHECK((answer.status == 303) == inside);
        return inside;
    };
    CHECK(look(true, true, "localhost"));
    CHECK_FALSE(look(false, true, "localhost"));
    CHECK_FALSE(look(true, false, "localhost"));
    CHECK_FALSE(look(true, true, "oxford.example"));
}

TEST_CASE("an administrator without a mail server is given the link, once") {
    Oxford oxford;
    const auto person = oxford.add("Robin", access::Role::officer);
    Browser browser{oxford.router};
    site::sign_in(oxford.site, browser, oxford.made.tenant, oxford.made.administrator);
    const auto page = browser.post("/people/" + person + "/invitation", {});
    CHECK(page.status == 200);
    CHECK(has(page, "http://localhost:8080/invitation/"));
    CHECK(browser.post("/people/none/invitation", {}).status == 404);

    const auto at = page.body.find("/invitation/");
    const auto link = page.body.substr(at, page.body.find('<', at) - at);
    Browser robin{oxford.router};
    robin.get(link);
    robin.post(link, {{"password", password}, {"again", password}});
    browser.get("/people");
    const auto forgotten = browser.post("/people/" + person + "/invitation", {});
    CHECK(has(forgotten, "http://localhost:8080/reset/"));
}
