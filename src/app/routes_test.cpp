// Every route there is, walked as nobody, as each role, and as another partnership: a route that
// this test does not know fails it.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <unistd.h>

#include "app/example_people.hpp"
#include "app/site.hpp"
#include "platform/access/organisation.hpp"
#include "platform/access/person.hpp"
#include "platform/access/post.hpp"
#include "platform/access/succession.hpp"
#include "platform/access/tenants.hpp"
#include "platform/site/doors.hpp"
#include "platform/web/address.hpp"
#include "work/evidence/evidence.hpp"
#include "work/partnership/document.hpp"
#include "work/partnership/membership.hpp"
#include "work/reports/details.hpp"

using namespace wardmote;
namespace fs = std::filesystem;
using access::Role;

namespace {

/// Who may ask, by the first letters of the roles: administrator A, manager M, coordinator C,
/// officer O, analyst N, partner's officer P, board member B, chair H, councillor L, auditor U.
/// "*" is everybody signed in, "+" also nobody at all.
constexpr std::string_view all = "AMCONPBHLU";
constexpr std::string_view none;
constexpr std::string_view money = "MCNBHLU"; ///< who may read of grants
struct Known {
    std::string_view route, who;
};
constexpr Known own[] = {
    {"GET /", "*"},
    {"GET /search", "*"},
    {"GET /set-up", "+"},
    {"POST /set-up", "+"},
    {"GET /sign-in", "+"},
    {"POST /sign-in", "+"},
    {"GET /sign-in/code", "+"},
    {"POST /sign-in/code", "+"},
    {"GET /sign-in/app", "+"},
    {"POST /sign-in/app", "+"},
    {"GET /sign-in/openid", "+"},
    {"GET /sign-in/openid/return", "+"},
    {"POST /sign-in/example", "+"},
    {"POST /sign-out", "*"},
    {"POST /session/renewal", "*"},
    {"GET /invitation/:token", "+"},
    {"POST /invitation/:token", "+"},
    {"GET /reset/:token", "+"},
    {"POST /reset/:token", "+"},
    {"GET /reset", "+"},
    {"POST /reset", "+"},
    {"GET /account", "*"},
    {"POST /account/sessions", "*"},
    {"GET /account/name", "*"},
    {"POST /account/name", "*"},
    {"GET /account/password", "*"},
    {"POST /account/password", "*"},
    {"GET /account/recovery-codes", "*"},
    {"POST /account/recovery-codes", "*"},
    {"GET /account/looked", "*"},
    {"GET /account/digest", "*"},
    {"POST /account/digest", "*"},
    {"GET /account/calendar", "*"},
    {"POST /account/calendar", "*"},
    {"POST /account/calendar/end", "*"},
    {"GET /calendar/:token/calendar.ics", "+"},
    {"GET /meetings/:id/meeting.ics", "*"},
    {"GET /keys", "*"},
    {"POST /seen/print", "*"},
    {"GET /administration", "AMU"},
    {"GET /administration/access", "AMU"},
    {"GET /administration/settings", "AMU"},
    {"POST /administration/settings", "A"},
    {"GET /administration/audit", "AMU"},
    {"POST /administration/audit", "AMU"},
    {"GET /administration/jobs", "AU"},
    {"POST /administration/jobs/:id/replay", "A"},
    {"POST /administration/jobs/:id/discard", "A"},
    {"POST /people/:id/invitation", "A"},
    {"POST /people/:id/unlocking", "A"},
    {"POST /people/:id/second-factor-removal", "A"},
    {"POST /people/:id/sessions-end", "A"},
    {"GET /partnership", "*"},
    {"GET /partnership/authorities/new", "AMC"},
    {"POST /partnership/authorities", "AMC"},
    {"POST /documents/:id/versions", "MCONP"},
    {"GET /documents/:id/versions/:number", "*"},
    {"POST /meetings/:id/steps/:verb", "MC"},
    {"POST /meetings/:id/items", "MC"},
    {"POST /meetings/:id/items/:item/place", "MC"},
    {"GET /meetings/:id/attendance", "MC"},
    {"POST /meetings/:id/attendance", "MC"},
    {"GET /meetings/year", "MC"},
    {"POST /meetings/year", "MC"},
    {"POST /meetings/:id/papers", "MC"},
    {"GET /meetings/:id/papers/:position", "*"},
    {"POST /meetings/:id/pack", "MC"},
    {"GET /meetings/:id/pack/:edition", "*"},
    {"GET /duties", "*"},
    {"GET /risks/heat", "AMCONBHU"},
    {"GET /plan", "*"},
    {"GET /plan.csv", "*"},
    {"GET /plan/comparison", "*"},
    {"GET /plan/requests", "M"},
    {"POST /plan/requests", "M"},
    {"GET /plan/ratification", "M"},
    {"POST /plan/ratification", "M"},
    {"GET /plan/refresh", "M"},
    {"POST /plan/refresh", "M"},
    {"GET /answer/:token", "+"},
    {"POST /answer/:token", "+"},
    {"GET /actions/:id/links", "MCONP"},
    {"POST /actions/:id/links", "MCONP"},
    {"GET /actions/:id/progress", "MCONP"},
    {"POST /actions/:id/progress", "MCONP"},
    {"GET /actions/:id/beginning", "*"},
    {"POST /actions/:id/beginning", "*"},
    {"GET /actions/:id/completion", "*"},
    {"POST /actions/:id/completion", "*"},
    {"GET /actions/:id/dropping", "*"},
    {"POST /actions/:id/dropping", "*"},
    {"GET /actions/:id/reopening", "*"},
    {"POST /actions/:id/reopening", "*"},
    {"GET /assessments/:id/collection", "*"},
    {"POST /assessments/:id/collection", "*"},
    {"GET /assessments/:id/drafting", "*"},
    {"POST /assessments/:id/drafting", "*"},
    {"GET /assessments/:id/review", "*"},
    {"POST /assessments/:id/review", "*"},
    {"GET /assessments/:id/redrafting", "*"},
    {"POST /assessments/:id/redrafting", "*"},
    {"GET /assessments/:id/scoring", "*"},
    {"POST /assessments/:id/scoring", "*"},
    {"GET /assessments/:id/approval", "*"},
    {"POST /assessments/:id/approval", "*"},
    {"GET /assessments/:id/publication", "*"},
    {"POST /assessments/:id/publication", "*"},
    {"GET /assessments/:id/supersession", "*"},
    {"POST /assessments/:id/supersession", "*"},
    {"GET /strategies/:id/consultation", "*"},
    {"POST /strategies/:id/consultation", "*"},
    {"GET /strategies/:id/ratification", "*"},
    {"POST /strategies/:id/ratification", "*"},
    {"GET /strategies/:id/beginning", "*"},
    {"POST /strategies/:id/beginning", "*"},
    {"GET /strategies/:id/closing", "*"},
    {"POST /strategies/:id/closing", "*"},
    {"GET /funding", money},
    {"GET /funding/cliff", money},
    {"GET /grants/:id/money", "M"},
    {"POST /grants/:id/money", "M"},
    {"POST /grants/:id/returns", "MC"},
    {"POST /grants/:id/steps/:verb", money}, // the lifecycle decides inside
    {"GET /grant-lines/:id/months", "MC"},
    {"POST /grant-lines/:id/months", "MC"},
    {"POST /grant-lines/:id/restoration", none}, // a line taken away is not brought back
    {"POST /virements/:id/steps/:verb", money},
    {"POST /virements/:id/restoration", none},
    {"POST /virements/:id/files", none}, // the consent comes with its step
    {"GET /virements/:id/files/:file/removal", none},
    {"POST /virements/:id/files/:file/removal", none},
    {"POST /monitoring-returns/:id/steps/:verb", money},
    {"GET /monitoring-returns/:id/return.csv", money},
    {"GET /evidence", "*"},
    {"GET /evidence.csv", "*"},
    {"GET /evidence.json", "*"},
    {"GET /evidence/:measure", "*"},
    {"GET /evidence/:measure/provenance", "*"},
    {"GET /evidence/:measure/:file", "*"},
    {"GET /sources", "*"},
    {"GET /sources/:id", "*"},
    {"GET /sources/:id/quarantine.csv", "*"},
    {"GET /methods", "+"},
    {"GET /methods/:name", "+"},
    {"GET /accessibility", "+"},
    {"GET /reports", "*"},
    {"POST /reports", "MCN"},
    {"GET /reports/:folder", "*"},
    {"GET /reports/:folder/:file", "*"},
};

/// Who may read, keep (add, change, remove, restore), attach, and look back at each kind of record.
struct Kind {
    std::string_view path, read, list, keep, history, seen;
    std::string_view change = {}; ///< and attach; empty: those who keep it
    bool imports = false;         ///< those who add may bring in a spreadsheet
};
constexpr Kind kinds[] = {
    {"/organisations", all, all, "AM", "AMU", "AMU", "", true},
    {"/successions", all, all, "AM", "AMU", "AMU"},
    {"/people", "AMCONPBHU", "AMCONBHU", "A", "AMU", "AMU"},
    {"/posts", all, all, "AMP", "AMU", "AMU"},
    {"/members", all, all, "AMC", "AMU", "AMU"},
    {"/documents", all, all, "MCONP", "MCONPU", "MU"},
    {"/meetings", all, all, "MC", "MU", "MU"},
    {"/agenda-items", all, all, "MC", "MU", "MU"},
    {"/decisions", all, all, "MC", "MU", "MU", "", true},
    {"/board-actions", all, all, "MC", "MCONPU", "MU", "MCONP", true},
    {"/risks", "AMCONBHU", "AMCONBHU", "MC", "MU", "MU", "", true},
    {"/recommendations", all, all, "MC", "MU", "MU", "MCP", true},
    {"/requirements", all, all, "MC", "MU", "MU", "MCON"},
    {"/data-receipts", all, all, "MCN", "MU", "MU"},
    {"/assessments", all, all, "MC", "MU", "MU", "MCN"},
    {"/consultations", all, all, "MCN", "MU", "MU"},
    {"/strategies", all, all, "M", "MU", "MU"},
    {"/plan-years", all, all, "M", "MU", "MU"},
    {"/priorities", all, all, "M", "MU", "MU"},
    {"/actions", all, all, "MC", "MCONPU", "MU", "MCONP", true},
    {"/grants", money, money, "M", "MU", "MU", "", true},
    {"/grant-conditions", money, money, "M", "MU", "MU", "", true},
    {"/grant-payments", money, money, "M", "MU", "MU", "", true},
    {"/match-funding", money, money, "M", "MU", "MU", "", true},
    {"/projects", money, money, "MC", "MU", "MU", "", true},
    {"/funded-posts", money, money, "M", "MU", "MU", "", true},
    {"/grant-lines", money, money, "M", "MU", "MU", "", true},
    {"/virements", money, money, "MC", "MU", "MU"},
    {"/monitoring-returns", money, money, "", "MU", "MU", "MC"},
    {"/report-details", all, all, "MCN", "MU", "MU"},
};

std::optional<std::string_view> of_kind(const std::string &route, const Kind &kind) {
    const auto path = std::string{kind.path};
    const auto is = [&](const std::string &method, const std::string &part) {
        return route == method + " " + path + part;
    };
    for (const auto *part : {"", "/:id"}) {
        if (is("GET", part)) {
            return kind.read;
        }
    }
    for (const auto *part : {".csv", ".json"}) {
        if (is("GET", part)) {
            return kind.list;
        }
    }
    for (const auto *part : {"/new", "/:id/removal"}) {
        if (is("GET", part)) {
            return kind.keep;
        }
    }
    for (const auto *part : {"", "/:id/removal", "/:id/restoration"}) {
        if (is("POST", part)) {
            return kind.keep;
        }
    }
    const auto change = kind.change.empty() ? kind.keep : kind.change;
    for (const auto *part : {"/:id/edit", "/:id/files/:file/removal"}) {
        if (is("GET", part)) {
            return change;
        }
    }
    for (const auto *part : {"/:id", "/:id/files", "/:id/files/:file/removal"}) {
        if (is("POST", part)) {
            return change;
        }
    }
    for (const auto *part : {"/:id/files", "/:id/files/:file", "/:id/access"}) {
        if (is("GET", part)) {
            return kind.read;
        }
    }
    for (const auto *part : {"/:id/access", "/:id/access/:person/removal"}) {
        if (is("POST", part)) {
            return kind.read; // whether they are on the list is asked of the record itself
        }
    }
    for (const auto *part : {"", "/:import", "/:import/columns", "/:import/gaps",
                             "/:import/preview", "/:import/refused.csv", "/:import/undoing"}) {
        if (kind.imports && is("GET", std::string{"/imports"} + part)) {
            return kind.keep;
        }
    }
    for (const auto *part : {"", "/:import/discarding", "/:import/columns", "/:import/sheet",
                             "/:import/gaps", "/:import/run", "/:import/undoing"}) {
        if (kind.imports && is("POST", std::string{"/imports"} + part)) {
            return kind.keep;
        }
    }
    if (is("GET", "/:id/history")) {
        return kind.history;
    }
    return is("GET", "/:id/seen") ? std::optional{kind.seen} : std::nullopt;
}

std::optional<std::string_view> who_may(const std::string &route) {
    for (const auto &known : own) {
        if (known.route == route) {
            return known.who;
        }
    }
    for (const auto &kind : kinds) {
        if (const auto who = of_kind(route, kind)) {
            return who;
        }
    }
    return {};
}

char letter(Role role) {
    const auto roles = access::all_roles();
    return all.at(static_cast<std::size_t>(std::ranges::find(roles, role) - roles.begin()));
}

constexpr auto marker = "Zephyrine";

/// A workspace without evidence, the example's partnership on it and another beside it.
struct Place {
    Place() {
        fs::create_directories(folder + "/evidence/manifests");
        std::ofstream{folder + "/wardmote.toml"}
            << "partnership = \"Oxford\"\nplace = \"Oxford\"\n";
        records.emplace(home, app::RecordsOptions{}, clock);
        app::make_example_people(*records, clock);
        workspace.emplace(folder, clock);
        const site::Settings pages;
        whole.emplace(home, *workspace, *records, app::read_site_settings(home), pages, clock);
        tenant = access::find_tenant(records->database, "localhost").value();
        other = std::get<access::MadeTenant>(
            access::make_tenant(whole->site().keeper(), {.name = "Cherwell",
                                                         .place = "Cherwell",
                                                         .host = "cherwell.example",
                                                         .administrator_name = "Sam Shaw",
                                                         .administrator_email = "s@c.example"}));
        records->database.write({tenant.id, {}, {}}, [&](db::Transaction &tx) { add_marked(tx); });
    }
    ~Place() {
        whole.reset();
        records.reset();
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }

    void add_marked(db::Transaction &tx) {
        auto &keeper = whole->site().keeper();
        const auto id = [](const std::string &text) { return core::Id::parse(text).value(); };
        const auto one = keeper.add(tx, access::Organisation{.name = marker});
        const auto two = keeper.add(tx, access::Organisation{.name = std::string{marker} + " II"});
        ids["/organisations"] = one;
        ids["/people"] = keeper.add(tx, access::PersonRecord{.name = marker,
                                                             .email = "z@oxford.example",
                                                             .organisation = id(one)});
        ids["/posts"] = keeper.add(tx, access::Post{.title = marker, .organisation = id(one)});
        ids["/successions"] =
            keeper.add(tx, access::Succession{.predecessor = id(one),
                                              .successor = id(two),
                                              .took_effect = core::Date{2015, 1, 1},
                                              .notes = marker});
        ids["/members"] =
            keeper.add(tx, partnership::Membership{.organisation = id(two), .notes = marker});
        ids["/documents"] = keeper.add(tx, partnership::Document{.title = marker});
        ids["/report-details"] = keeper.add(tx, reports::Details{.report = marker});
        for (const auto &person : keeper
                                      .list(tx, record::description<access::PersonRecord>(),
                                            {.page_size = 0}, {.all_restricted = true})
                                      .records) {
            const auto role = record::typed<access::PersonRecord>(person.values).role;
            if (person.id != ids["/people"]) {
                people[role] = person.id;
            }
        }
    }

    /// The address of a route with the ids of the example's records.
    std::string address(const std::string &pattern) const {
        std::string path = pattern;
        for (const auto &[kind, id] : ids) {
            if (path.starts_with(kind + "/:id")) {
                path.replace(kind.size() + 1, 3, id);
            }
        }
        for (auto colon = path.find(':'); colon != path.npos; colon = path.find(':')) {
            path.replace(colon, std::min(path.find('/', colon), path.size()) - colon, "1");
        }
        return path;
    }

    /// `person` of the partnership of `host`; empty: nobody.
    web::Response ask(const web::RouteInfo &route, const std::string &host,
                      const std::string &person) {
        web::Request request;
        request.method = web::words(route.method);
        request.host = host;
        request.remote = "127.0.0.1";
        request.id = "walk";
        const auto &doors = whole->site().doors();
        const auto token =
            person.empty()
                ? std::string{"nobody"}
                : records->database.write(
                      {host == "localhost" ? tenant.id : other->tenant.id, person, {}},
                      [&](db::Transaction &tx) {
                          return whole->site().doors().sessions.begin(tx, person, "walk", "walk");
                      });
        request.headers = {{"Cookie", (person.empty() ? "visitor=" : "session=") + token},
                           {"Content-Type", "application/x-www-form-urlencoded"}};
        const auto body = std::make_shared<std::string>(
            "csrf=" + web::percent_encoded(doors.sessions.csrf(token)));
        request.body = *body;
        request.bytes = body;
        return whole->router().answer(std::move(request), address(route.pattern));
    }

    std::int64_t entries(const std::string &of) {
        return records->database.read({of, {}, {}}, [&](db::Transaction &tx) {
            return tx
                .first("select count(*) as n from change_log where tenant = :tenant",
                       {{"tenant", tx.tenant()}})
                ->integer("n");
        });
    }

    std::string folder = [] {
        auto name = (fs::temp_directory_path() / "wardmote-routes-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        return name;
    }();
    app::Home home{folder};
    core::SystemClock clock; // SQLite and sessions alike: the walk is short
    std::optional<app::RecordsHome> records;
    std::optional<evidence::Workspace> workspace;
    std::optional<app::WholeSite> whole;
    access::Tenant tenant;
    std::optional<access::MadeTenant> other;
    std::map<std::string, std::string> ids; ///< by path: a record that says `marker`
    std::map<Role, std::string> people;
};

std::string named(const web::RouteInfo &route) {
    return std::string{web::words(route.method)} + " " + route.pattern;
}

/// What a page shows to whom it is not open.
bool is_shut(int status) {
    return status == 403 || status == 404;
}

} // namespace

TEST_CASE("every route is known, and open to whom it should be and to nobody else") {
    Place place;
    REQUIRE(place.people.size() == access::all_roles().size());
    const auto routes = place.whole->router().routes();
    for (const auto &route : routes) {
        const auto name = named(route);
        const auto who = who_may(name);
        CHECK_MESSAGE(who.has_value(), "no line of this test knows ", name);
        if (!who) {
            continue;
        }
        const auto nobody = place.ask(route, "localhost", "");
        CHECK_MESSAGE(nobody.status < 500, name, " for nobody: ", nobody.status);
        CHECK_MESSAGE(nobody.body.find(marker) == std::string::npos, name, " shows it to nobody");
        if (*who != "+") {
            const int refusal = route.method == web::Method::get ? 303 : 403;
            CHECK_MESSAGE(nobody.status == refusal, name, " for nobody: ", nobody.status);
        }
        for (const auto &[role, person] : place.people) {
            const auto answer = place.ask(route, "localhost", person);
            const bool open = *who == "+" || *who == "*" || who->find(letter(role)) != who->npos;
            CHECK_MESSAGE(answer.status < 500, name, " as ", access::stored_name(role));
            CHECK_MESSAGE((open ? answer.status != 403 : is_shut(answer.status)), name, " as ",
                          access::stored_name(role), ": ", answer.status);
        }
    }
}

TEST_CASE("another partnership reaches nothing by the numbers of this one's records") {
    Place place;
    const auto before = place.entries(place.tenant.id);
    for (const auto &route : place.whole->router().routes()) {
        const auto name = named(route);
        const auto answer = place.ask(route, "cherwell.example", place.other->administrator);
        CHECK_MESSAGE(answer.status < 500, name, ": ", answer.status);
        CHECK_MESSAGE(answer.body.find(marker) == std::string::npos, name, " shows it");
        for (const auto &[path, id] : place.ids) {
            if (route.pattern.starts_with(path + "/:id")) {
                CHECK_MESSAGE(is_shut(answer.status), name, ": ", answer.status);
            }
        }
        if (route.need.kind == "evidence" || route.need.kind == "report") {
            CHECK_MESSAGE(is_shut(answer.status), name, ": ", answer.status);
        }
    }
    CHECK(place.entries(place.tenant.id) == before); // and has changed nothing
}
