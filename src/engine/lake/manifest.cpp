#include "engine/lake/manifest.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

#include "engine/lake/bytes.hpp"

namespace wardmote::lake {

namespace {

using Json = nlohmann::ordered_json;

Json findings_json(const std::vector<Finding> &findings) {
    Json list = Json::array();
    for (const Finding &finding : findings) {
        list.push_back(
            {{"code", finding.code}, {"sentence", finding.sentence}, {"rows", finding.rows}});
    }
    return list;
}

std::vector<Finding> findings_of(const Json &list) {
    std::vector<Finding> findings;
    for (const Json &entry : list) {
        findings.push_back({entry.at("code").get<std::string>(),
                            entry.at("sentence").get<std::string>(),
                            entry.at("rows").get<std::uint64_t>()});
    }
    return findings;
}

core::Instant instant_of(const Json &json, const char *key) {
    const auto instant = core::Instant::parse(json.at(key).get<std::string>());
    if (!instant) {
        throw std::runtime_error{fmt::format("\"{}\" is not a time", key)};
    }
    return *instant;
}

std::optional<core::Period> period_of(const Json &json) {
    if (json.is_null()) {
        return std::nullopt;
    }
    const auto first = core::Month::parse(json.at("first").get<std::string>());
    const auto last = core::Month::parse(json.at("last").get<std::string>());
    if (!first || !last || *last < *first) {
        throw std::runtime_error{"\"covers\" is not a run of months"};
    }
    return core::Period{*first, *last};
}

/// A path a manifest may name: inside the store, and nowhere else.
std::string inner_path(const Json &json, const char *key) {
    auto path = json.at(key).get<std::string>();
    if (path.find("..") != std::string::npos || path.rfind('/', 0) == 0) {
        throw std::runtime_error{fmt::format("\"{}\" points out of the store", key)};
    }
    return path;
}

Json json_of(const Manifest &manifest) {
    const auto month = [](core::Month value) { return value.iso(); };
    Json json{{"id", manifest.id},
              {"dataset", manifest.dataset},
              {"mapping", manifest.mapping},
              {"mends", manifest.mends},
              {"owner", manifest.owner},
              {"file_name", manifest.file_name},
              {"archive", manifest.archive},
              {"sha256", manifest.sha256},
              {"bytes", manifest.bytes},
              {"publisher", manifest.publisher},
              {"licence", manifest.licence},
              {"importer", manifest.importer},
              {"received", manifest.received.iso()},
              {"imported", manifest.imported.iso()},
              {"rows_in", manifest.rows_in},
              {"rows_kept", manifest.rows_kept},
              {"rows_quarantined", manifest.rows_quarantined},
              {"rows_repeated", manifest.rows_repeated},
              {"data_rows", manifest.data_rows},
              {"lines", manifest.lines},
              {"covers", nullptr},
              {"rows_by_month", manifest.rows_by_month},
              {"findings", findings_json(manifest.findings)},
              {"data", manifest.data},
              {"quarantine", manifest.quarantine},
              {"data_sha256", manifest.data_sha256},
              {"placed_with", manifest.placed_with}};
    if (manifest.covers) {
        json["covers"] = {{"first", month(manifest.covers->first())},
                          {"last", month(manifest.covers->last())}};
    }
    return json;
}

/// Any text as JSON text: a file's name need not be UTF-8.
std::string dumped(const Json &json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::string Manifest::to_json() const {
    Json json = json_of(*this);
    json["checksum"] = sha256_of(dumped(json, -1));
    return dumped(json, 2) + "\n";
}

Manifest Manifest::from_json(std::string_view text, std::string_view where) {
    try {
        Json json = Json::parse(text);
        Manifest manifest;
        const auto string = [&](const char *key) { return json.at(key).get<std::string>(); };
        const auto number = [&](const char *key) { return json.at(key).get<std::uint64_t>(); };
        manifest.id = string("id");
        manifest.dataset = string("dataset");
        manifest.mapping = string("mapping");
        manifest.mends = string("mends");
        manifest.owner = string("owner");
        manifest.file_name = string("file_name");
        manifest.archive = string("archive");
        manifest.sha256 = string("sha256");
        manifest.bytes = number("bytes");
        manifest.publisher = string("publisher");
        manifest.licence = string("licence");
        manifest.importer = string("importer");
        manifest.received = instant_of(json, "received");
        manifest.imported = instant_of(json, "imported");
        manifest.rows_in = number("rows_in");
        manifest.rows_kept = number("rows_kept");
        manifest.rows_quarantined = number("rows_quarantined");
        manifest.rows_repeated = number("rows_repeated");
        manifest.data_rows = number("data_rows");
        manifest.lines = number("lines");
        manifest.covers = period_of(json.at("covers"));
        manifest.rows_by_month =
            json.at("rows_by_month").get<std::map<std::string, std::uint64_t>>();
        manifest.findings = findings_of(json.at("findings"));
        manifest.data = inner_path(json, "data");
        manifest.quarantine = inner_path(json, "quarantine");
        manifest.data_sha256 = string("data_sha256");
        manifest.placed_with = string("placed_with");
        const std::string checksum = string("checksum");
        json.erase("checksum");
        if (sha256_of(dumped(json, -1)) != checksum) {
            throw std::runtime_error{"its checksum is not that of its content: it was changed"};
        }
        return manifest;
    } catch (const std::exception &error) {
        throw std::runtime_error{
            fmt::format("{}: is not a whole manifest ({}).", where, error.what())};
    }
}

} // namespace wardmote::lake
