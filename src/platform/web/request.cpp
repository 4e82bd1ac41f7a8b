#include <algorithm>
#include <stdexcept>

#include "engine/core/text.hpp"
#include "platform/web/router.hpp"

namespace wardmote::web {

const std::string &Request::parameter(std::string_view name) const {
    const auto found = parameters.find(name);
    if (found == parameters.end())
        throw std::out_of_range("the route has no parameter \"" + std::string{name} + "\"");
    return found->second;
}

std::optional<std::string> Request::query(std::string_view name) const {
    for (const auto &[key, value] : fields)
        if (key == name)
            return value;
    return std::nullopt;
}

std::vector<std::string> Request::queries(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto &[key, value] : fields)
        if (key == name)
            values.push_back(value);
    return values;
}

std::optional<std::string> Request::header(std::string_view name) const {
    const auto wanted = core::lower(name);
    for (const auto &[key, value] : headers)
        if (core::lower(key) == wanted)
            return value;
    return std::nullopt;
}

} // namespace wardmote::web
