#include <nlohmann/json.hpp>

#include "engine/core/text.hpp"
#include "platform/site/gate.hpp"

namespace wardmote::site {

namespace {

constexpr std::size_t longest_kept = 256UL * 1024;
constexpr std::chrono::hours kept_for{24};

/// What proves who somebody is goes into no page.
bool is_secret(std::string_view name) {
    const auto lower = core::lower(name);
    return lower == "csrf" || lower == "kept" || lower.find("password") != lower.npos ||
           lower.find("code") != lower.npos || lower.find("token") != lower.npos;
}

} // namespace

std::string seal(const Site &site, const web::Request &request) {
    auto fields = nlohmann::json::array();
    for (const auto &[name, value] : request.form) {
        if (!is_secret(name)) {
            fields.push_back({name, value});
        }
    }
    const nlohmann::json kept{{"host", request.host},
                              {"path", request.target},
                              {"at", site.clock().now().iso()},
                              {"files", !request.uploads.empty()},
                              {"fields", std::move(fields)}};
    const auto text = kept.dump();
    return text.size() > longest_kept ? std::string{} : site.keeper().keys().seal(text);
}

std::optional<KeptForm> unseal(const Site &site, const web::Request &request,
                               std::string_view sealed) {
    const auto text = site.keeper().keys().unseal(sealed);
    const auto json = nlohmann::json::parse(text.value_or(""), nullptr, false);
    if (!json.is_object() || json.value("host", "") != request.host) {
        return {};
    }
    const auto at = core::Instant::parse(json.value("at", ""));
    if (!at || at->plus(kept_for) < site.clock().now()) {
        return {};
    }
    KeptForm kept{.path = own_path(json.value("path", "/")),
                  .had_files = json.value("files", false)};
    for (const auto &field : json.at("fields")) {
        kept.fields.emplace_back(field.at(0).get<std::string>(), field.at(1).get<std::string>());
    }
    return kept;
}

} // namespace wardmote::site
