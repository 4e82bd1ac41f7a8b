#include "platform/web/router.hpp"

#include <spdlog/spdlog.h>

#include <stdexcept>

#include <doctest/doctest.h>

namespace wardmote::web {

namespace {

constexpr auto anyone = access::Need::anyone();
constexpr auto signed_in = access::Need::signed_in();

Router open_router() {
    Router router;
    router.gate(everyone_may());
    return router;
}

Response text(std::string words) {
    Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.body = std::move(words);
    return response;
}

Response ask(const Router &router, std::string_view target, std::string method = "GET") {
    Request request;
    request.method = std::move(method);
    request.id = "0123456789ab";
    return router.answer(std::move(request), target);
}

std::string header(const Response &response, std::string_view name) {
    for (const auto &[key, value] : response.headers)
        if (key == name)
            return value;
    return "(none)";
}

/// Hides the log lines of errors a test makes on purpose.
class Quiet {
public:
    Quiet() { spdlog::set_level(spdlog::level::off); }
    ~Quiet() { spdlog::set_level(m_before); }

private:
    spdlog::level::level_enum m_before = spdlog::get_level();
};

} // namespace

TEST_CASE("a route's parameters are decoded") {
    auto router = open_router();
    router.get("/evidence/:measure/:place", [](const Request &request) {
        return text(request.parameter("measure") + " in " + request.parameter("place"));
    });
    CHECK(ask(router, "/evidence/burglary-home/Rose%20Hill").body == "burglary-home in Rose Hill");
}

TEST_CASE("a literal segment wins over a parameter, whichever was given first") {
    auto router = open_router();
    router.get("/reports/:name", [](const Request &) { return text("parameter"); });
    router.get("/reports/latest", [](const Request &) { return text("literal"); });
    router.get("/reports/*rest", [](const Request &) { return text("rest"); });
    CHECK(ask(router, "/reports/latest").body == "literal");
    CHECK(ask(router, "/reports/other").body == "parameter");
    CHECK(ask(router, "/reports/other/deep").body == "rest");
}

TEST_CASE("a rest parameter takes the segments that are left, and no escaped slash") {
    auto router = open_router();
    router.get("/files/*name", [](const Request &r) { return text(r.parameter("name")); });
    CHECK(ask(router, "/files/a/b.csv").body == "a/b.csv");
    CHECK(ask(router, "/files/a%2F..%2Fb").status == 404);
    CHECK(ask(router, "/files/a%5Cb").status == 404);
    CHECK(ask(router, "/files/").status == 404);
}

TEST_CASE("an empty segment is not a parameter") {
    auto router = open_router();
    router.get("/evidence/:measure", [](const Request &) { return text("figure"); });
    CHECK(ask(router, "/evidence/").status == 404);
    CHECK(ask(router, "/evidence//").status == 404);
}

TEST_CASE("the query comes with the request") {
    auto router = open_router();
    router.get("/", [](const Request &request) {
        return text(request.query("place").value_or("everywhere") + " " +
                    std::to_string(request.queries("x").size()));
    });
    CHECK(ask(router, "/?place=North+ward&x=1&x=2").body == "North ward 2");
    CHECK(ask(router, "/").body == "everywhere 0");
}

TEST_CASE("a broken address is answered with 400") {
    auto router = open_router();
    router.get("/:any", [](const Request &) { return text("any"); });
    for (const auto *target : {"/%zz", "/a?x=%", "/../a", "*", "", "/%FF"})
        CHECK(ask(router, target).status == 400);
}

TEST_CASE("an address nobody answers is 404 with a page that says so") {
    const auto router = open_router();
    const auto response = ask(router, "/nowhere");
    CHECK(response.status == 404);
    CHECK(response.body.find("Page not found") != std::string::npos);
    CHECK(header(response, "Cache-Control") == "no-store");
}

TEST_CASE("a handler's own 404 says what was looked for, escaped") {
    auto router = open_router();
    router.get("/sources/:id", [](const Request &request) {
        return not_found("There is no source \"" + request.parameter("id") + "\".");
    });
    const auto response = ask(router, "/sources/%3Cb%3E");
    CHECK(response.status == 404);
    CHECK(response.body.find("There is no source &quot;&lt;b&gt;&quot;.") != std::string::npos);
}

TEST_CASE("a method that a page does not answer is 405 and says which are allowed") {
    auto router = open_router();
    router.get("/", [](const Request &) { return text("home"); });
    router.post("/sent", signed_in, [](const Request &) { return text("sent"); });
    const auto response = ask(router, "/", "POST");
    CHECK(response.status == 405);
    CHECK(header(response, "Allow") == "GET, HEAD");
    CHECK(ask(router, "/", "HEAD").status == 200);
    CHECK(header(ask(router, "/sent"), "Allow") == "POST");
    router.get("/sent", [](const Request &) { return text("form"); });
    CHECK(header(ask(router, "/sent", "DELETE"), "Allow") == "GET, HEAD, POST");
    CHECK(ask(router, "/sent").body == "form"); // two routes at one address
    CHECK(ask(router, "/sent", "POST").body == "sent");
    CHECK(ask(router, "/nowhere", "DELETE").status == 404);
}

TEST_CASE("without a gate only what needs nothing is answered") {
    Router router;
    router.get("/healthz", anyone, [](const Request &) { return text("well"); });
    router.get("/a", [](const Request &) { return text("secret"); });
    router.post("/a", access::Need::to(access::Act::edit, "action"),
                [](const Request &) { return text("secret"); });
    CHECK(ask(router, "/healthz").body == "well");
    CHECK(ask(router, "/a").status == 403);
    CHECK(ask(router, "/a", "POST").status == 403);
    CHECK(ask(router, "/a").body.find("secret") == std::string::npos);
}

TEST_CASE("the gate is asked with what the route needs, and its answer ends the matter") {
    Router router;
    router.gate([](Request &request, const access::Need &need) -> std::optional<Response> {
        request.remote = need.kind;
        if (need.who == access::Need::Who::anyone)
            return std::nullopt;
        return redirect("/sign-in");
    });
    int called = 0;
    const auto handler = [&](const Request &request) {
        ++called;
        return text("for " + request.remote);
    };
    router.get("/open", anyone, handler);
    router.post("/a/:id", access::Need::to(access::Act::edit, "action"), handler);
    CHECK(ask(router, "/open").body == "for ");
    const auto refused = ask(router, "/a/7", "POST");
    CHECK(refused.status == 303);
    CHECK(refused.route == "/a/:id");
    CHECK(header(refused, "Location") == "/sign-in");
    CHECK(called == 1);
}

TEST_CASE("every route can be walked, with what it needs") {
    Router router;
    router.get("/a", [](const Request &) { return text("a"); });
    router.post("/a", access::Need::to(access::Act::remove, "action"),
                [](const Request &) { return text("a"); });
    const auto routes = router.routes();
    REQUIRE(routes.size() == 2);
    CHECK(routes[0].method == Method::get);
    CHECK(routes[0].need.who == access::Need::Who::signed_in); // unless said otherwise
    CHECK(routes[1].method == Method::post);
    CHECK(routes[1].pattern == "/a");
    CHECK(routes[1].need.kind == "action");
}

TEST_CASE("a form's fields and files come with the request, and a broken form is 400") {
    auto router = open_router();
    router.post("/a", signed_in, [](const Request &request) {
        return text(request.value("title").value_or("none") + " " +
                    std::to_string(request.values("place").size()) + " " +
                    std::to_string(request.uploads.size()));
    });
    Request request;
    request.method = "POST";
    request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
    request.body = "title=Rose+Hill&place=1&place=2";
    CHECK(router.answer(request, "/a").body == "Rose Hill 2 0");
    request.body = "title=%zz";
    CHECK(router.answer(request, "/a").status == 400);
}

TEST_CASE("a route says how large a body it takes") {
    auto router = open_router();
    router.post("/files/:id", signed_in, [](const Request &) { return text(""); },
                {.largest_body = 1'000'000});
    CHECK(router.largest_body("POST", "/files/7?a=/") == 1'000'000);
    CHECK(router.largest_body("POST", "/elsewhere") == 65'536);
    CHECK(router.largest_body("POST", "/%zz") == 65'536);
}

TEST_CASE("each request has a nonce of its own, which its page's policy names") {
    auto router = open_router();
    router.get("/", [](const Request &request) {
        CHECK(request.nonce.size() == 24); // 16 bytes in base64
        return text(request.nonce);
    });
    const auto one = ask(router, "/");
    const auto two = ask(router, "/");
    CHECK(one.body != two.body);
    CHECK(header(one, "Content-Security-Policy").find("script-src 'nonce-" + one.body + "'") !=
          std::string::npos);
    CHECK(header(one, "ETag") == "(none)");
    CHECK(header(one, "Cache-Control") == "no-store");
}

TEST_CASE("every failure has words a person can act on, and the request's number") {
    const Router router;
    Request request;
    request.id = "0123456789ab";
    for (const int status : {400, 401, 403, 404, 405, 408, 413, 422, 429, 431, 500, 503}) {
        const auto response = router.refuse(request, status, "It is < too much.");
        CHECK(response.status == status);
        CHECK(response.body.find("<h1") != std::string::npos);
        CHECK(response.body.find("It is &lt; too much.") != std::string::npos);
        CHECK(response.body.find("0123456789ab") != std::string::npos);
    }
}

TEST_CASE("a handler that throws is 500 and its reason stays out of the page") {
    const Quiet quiet;
    auto router = open_router();
    router.get("/", [](const Request &) -> Response {
        throw std::runtime_error("the file /secret/place is broken");
    });
    router.get("/odd", [](const Request &) -> Response { throw 7; });
    const auto response = ask(router, "/");
    CHECK(response.status == 500);
    CHECK(response.body.find("secret") == std::string::npos);
    CHECK(response.body.find("0123456789ab") != std::string::npos);
    CHECK(ask(router, "/odd").status == 500);
}

TEST_CASE("an error page that fails still leaves an answer") {
    const Quiet quiet;
    auto router = open_router();
    router.failures([](const Failure &) -> html::Html { throw std::runtime_error("broken"); });
    const auto response = ask(router, "/nowhere");
    CHECK(response.status == 500);
    CHECK(response.body == "Sorry, there is a problem with the service\n");
}

TEST_CASE("a slash too many at the end leads to the page itself, query and all") {
    auto router = open_router();
    router.get("/sources", [](const Request &) { return text("list"); });
    const auto response = ask(router, "/sources/?page=2");
    CHECK(response.status == 301);
    CHECK(header(response, "Location") == "/sources?page=2");
}

TEST_CASE("an address that begins with two slashes never leads to another site") {
    auto router = open_router();
    router.get("/:any", [](const Request &) { return text("any"); });
    router.get("/:any/:more", [](const Request &) { return text("two"); });
    CHECK(ask(router, "//example.org/").status == 404);
}

TEST_CASE("a route given twice is a programmer's mistake") {
    auto router = open_router();
    router.get("/a", [](const Request &) { return text("a"); });
    CHECK_THROWS_AS(router.get("/a", {}), std::logic_error);
    CHECK_THROWS_AS(router.get("b", {}), std::logic_error);
}

TEST_CASE("an error response with a body of its own keeps it") {
    auto router = open_router();
    router.get("/", [](const Request &) {
        auto response = text("form again");
        response.status = 422;
        return response;
    });
    CHECK(ask(router, "/").body == "form again");
}

TEST_CASE("a file's name is safe in its header") {
    auto router = open_router();
    router.get("/f", [](const Request &) {
        return download("St Margaret\u2019s \"x\"\r\n.csv", content_type_of("a.csv"), "a\r\n");
    });
    CHECK(header(ask(router, "/f"), "Content-Disposition") ==
          "attachment; filename=\"St Margaret___s _x___.csv\"; "
          "filename*=UTF-8''St%20Margaret%E2%80%99s%20%22x%22%0D%0A.csv");
}

TEST_CASE("a header with a line break is never sent") {
    const Quiet quiet;
    auto router = open_router();
    router.get("/", [](const Request &) { return redirect("/a\r\nSet-Cookie: x=1"); });
    const auto response = ask(router, "/");
    CHECK(response.status == 500);
    for (const auto &[name, value] : response.headers)
        CHECK(value.find('\n') == std::string::npos);
}

TEST_CASE("a header is found whatever its case") {
    Request request;
    request.headers = {{"if-none-match", "x"}};
    CHECK(request.header("If-None-Match") == "x");
    CHECK_FALSE(request.header("Accept"));
}

TEST_CASE("a cookie is found by its name, with the prefix of a secure one") {
    Request request;
    request.headers = {{"Cookie", "a=1; session=two;b=x=y"}, {"cookie", "__Host-session=three"}};
    CHECK(request.cookie("a") == "1");
    CHECK(request.cookie("session") == "two");
    CHECK(request.cookie("b") == "x=y");
    CHECK_FALSE(request.cookie("c"));
    request.secure = true; // what another site of the domain could have set no longer counts
    CHECK(request.cookie("session") == "three");
    CHECK_FALSE(request.cookie("a"));
}

} // namespace wardmote::web
