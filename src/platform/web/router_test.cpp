#include "platform/web/router.hpp"

#include <spdlog/spdlog.h>

#include <stdexcept>

#include <doctest/doctest.h>

namespace wardmote::web {

namespace {

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

TEST_CASE("any method but GET and HEAD is 405 and says which are allowed") {
    auto router = open_router();
    router.get("/", [](const Request &) { return text("home"); });
    const auto response = ask(router, "/", "POST");
    CHECK(response.status == 405);
    CHECK(header(response, "Allow") == "GET, HEAD");
    CHECK(ask(router, "/", "HEAD").status == 200);
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

} // namespace wardmote::web
