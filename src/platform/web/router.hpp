/// The router: which handler answers which address, and what requests and responses are.
///
/// Read-only for now: GET, and HEAD as GET without its body. Handlers run on several threads at
/// once, so what they share must be safe to read so. A handler that throws is logged with the
/// request's id and answered with an error page.
///
/// The content security policy allows no inline script and no inline style, so markup carries no
/// `style="..."` attribute and no `<style>`: use classes, and in SVG presentation attributes
/// (`stroke-width="2"`), which the policy leaves alone. Response::Policy::document is the exception
/// for self-contained files.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/html/html.hpp"

namespace wardmote::web {

/// Something asked for.
struct Request {
    std::string method; ///< "GET" or "HEAD"
    std::string path;   ///< decoded, without the query: "/evidence/burglary-home"
    std::map<std::string, std::string, std::less<>>
        parameters;                                          ///< decoded; of the route: "measure"
    std::vector<std::pair<std::string, std::string>> fields; ///< of the query, decoded, in order
    std::vector<std::pair<std::string, std::string>> headers;
    std::string id; ///< names the request in the log and on error pages

    /// The route's parameter; throws std::out_of_range when the route has none of that name.
    const std::string &parameter(std::string_view name) const;
    /// The first field of that name; nothing when there is none. An empty one is an empty string.
    std::optional<std::string> query(std::string_view name) const;
    std::vector<std::string> queries(std::string_view name) const;
    /// Case does not matter.
    std::optional<std::string> header(std::string_view name) const;
};

/// An answer. One of status 400 or more with an empty body is given the site's error page.
struct Response {
    enum class Policy {
        page,     ///< nothing inline
        document, ///< a self-contained file: its own <style> and data: pictures; no script
    };

    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    Policy policy = Policy::page;
    bool immutable = false;  ///< the address holds a hash of the content: cache it for ever
    std::string route;       ///< the pattern that matched, for the log; set by the router
    std::string explanation; ///< for the error page: what is missing or wrong, in a sentence
};

Response page(const html::Html &document, int status = 200);
/// A self-contained HTML file, shown in the browser.
Response document(std::string markup);
/// 404 with a sentence saying what was looked for.
Response not_found(std::string explanation);
/// 400 with a sentence saying what is wrong with the address.
Response bad_request(std::string explanation);
/// 303 to another page of this site.
Response redirect(std::string location);
/// A file to keep; the name is made safe for Content-Disposition. Types: "text/csv; charset=utf-8",
/// "image/svg+xml", "application/pdf", "application/vnd.openxmlformats-officedocument...".
Response download(std::string_view file_name, std::string content_type, std::string body);
/// The same, shown in the browser rather than kept.
Response inline_file(std::string_view file_name, std::string content_type, std::string body);
/// By the end of a file name: "text/csv; charset=utf-8" for ".csv"; application/octet-stream else.
std::string content_type_of(std::string_view file_name);

using Handler = std::function<Response(const Request &)>;

/// What an error page is told.
struct Failure {
    int status = 500;
    std::string explanation; ///< may be empty
    std::string request_id;
};
/// Draws the page of a failure (404, 400, 405, 500) in the site's shell.
using FailurePage = std::function<html::Html(const Failure &)>;

class Router {
public:
    Router();

    /// `pattern` is literal segments and parameters: "/evidence/:measure/table.csv". A parameter is
    /// one segment, or a whole rest when the last is written "*name". Literal segments win over
    /// parameters. Throws std::logic_error when the same pattern is given twice.
    void get(std::string_view pattern, Handler handler);

    void failures(FailurePage page) { m_failure_page = std::move(page); }

    /// Routes, calls and completes: never throws. `target` is the address as it was sent, with its
    /// query: "/evidence?place=north". 400 when it is malformed, 404 when nothing matches, 405 when
    /// the method is not GET or HEAD, 500 when the handler throws.
    Response answer(Request request, std::string_view target) const;

private:
    struct Route {
        std::string pattern;
        std::vector<std::string> segments;
        Handler handler;
    };
    const Route *find(const std::vector<std::string> &path, Request &request) const;
    Response routed(Request &request, std::string_view target) const;
    void complete(const Request &request, Response &response) const;

    std::vector<Route> m_routes; ///< in the order they are tried
    FailurePage m_failure_page;
};

} // namespace wardmote::web
