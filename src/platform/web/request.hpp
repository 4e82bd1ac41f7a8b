/// A request: what was asked for, by whom, with which form.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmote::access {
struct Visit;
}

namespace wardmote::web {

/// A file sent with a form. The bytes live as long as the request: in memory, or in a mapped file
/// that has no name.
struct Upload {
    std::string field;        ///< of the form: "attachment"
    std::string file_name;    ///< as the sender called it, without its folders; never a path to use
    std::string claimed_type; ///< by the sender: believe the bytes instead
    std::string_view bytes;
};

/// Something asked for.
struct Request {
    std::string method = "GET"; ///< "GET", "HEAD" or "POST"
    std::string target;         ///< as it was sent, with its query: "/evidence?place=north"
    std::string path;           ///< decoded, without the query: "/evidence/burglary-home"
    std::map<std::string, std::string, std::less<>>
        parameters;                                          ///< decoded; of the route: "measure"
    std::vector<std::pair<std::string, std::string>> fields; ///< of the query, decoded, in order
    std::vector<std::pair<std::string, std::string>> form;   ///< of the body, decoded, in order
    std::vector<Upload> uploads;                             ///< files chosen in the form
    std::vector<std::pair<std::string, std::string>> headers;
    std::string_view body;                      ///< as it was sent
    std::shared_ptr<const void> bytes;          ///< what `body` and the uploads point into
    std::string id;                             ///< names the request in the log and on error pages
    std::string nonce;                          ///< 128 random bits: a page's scripts carry it
    std::string remote;                         ///< the client's address: "192.0.2.7"
    std::string host;                           ///< lower case, without the port: "oxford.example"
    bool secure = false;                        ///< came over TLS, ours or a trusted proxy's
    std::shared_ptr<const access::Visit> visit; ///< who is signed in; set by the gate
    std::string csrf;                           ///< what forms of the answer carry; set by the gate
    std::string visitor; ///< random, of a browser in which nobody is signed in; set by the gate

    /// The route's parameter; throws std::out_of_range when the route has none of that name.
    const std::string &parameter(std::string_view name) const;
    /// The first field of the query of that name; an empty one is an empty string.
    std::optional<std::string> query(std::string_view name) const;
    std::vector<std::string> queries(std::string_view name) const;
    /// The first field of the form of that name; an empty one is an empty string.
    std::optional<std::string> value(std::string_view name) const;
    std::vector<std::string> values(std::string_view name) const;
    /// Case does not matter.
    std::optional<std::string> header(std::string_view name) const;
    /// By the name it was set with: the prefix of a secure cookie is added here.
    std::optional<std::string> cookie(std::string_view name) const;
};

} // namespace wardmote::web
