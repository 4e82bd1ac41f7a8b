#include <algorithm>
#include <stdexcept>

#include "engine/core/text.hpp"
#include "platform/web/finish.hpp"
#include "platform/web/request.hpp"

namespace wardmote::web {

const std::string &Request::parameter(std::string_view name) const {
    const auto found = parameters.find(name);
    if (found == parameters.end())
        throw std::out_of_range("the route has no parameter \"" + std::string{name} + "\"");
    return found->second;
}

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::optional<std::string> first(const Pairs &pairs, std::string_view name) {
    for (const auto &[key, value] : pairs)
        if (key == name)
            return value;
    return std::nullopt;
}

std::vector<std::string> all(const Pairs &pairs, std::string_view name) {
    std::vector<std::string> values;
    for (const auto &[key, value] : pairs)
        if (key == name)
            values.push_back(value);
    return values;
}

} // namespace

std::optional<std::string> Request::query(std::string_view name) const {
    return first(fields, name);
}

std::vector<std::string> Request::queries(std::string_view name) const {
    return all(fields, name);
}

std::optional<std::string> Request::value(std::string_view name) const {
    return first(form, name);
}

std::vector<std::string> Request::values(std::string_view name) const {
    return all(form, name);
}

std::optional<std::string> Request::header(std::string_view name) const {
    const auto wanted = core::lower(name);
    for (const auto &[key, value] : headers)
        if (core::lower(key) == wanted)
            return value;
    return std::nullopt;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
    const auto wanted = cookie_name(name, secure);
    for (const auto &[key, value] : headers) {
        if (core::lower(key) != "cookie")
            continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto end = std::min(rest.find(';'), rest.size());
            const auto pair = core::trim(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const auto equals = pair.find('=');
            if (equals != pair.npos && pair.substr(0, equals) == wanted)
                return std::string{pair.substr(equals + 1)};
        }
    }
    return std::nullopt;
}

} // namespace wardmote::web
