#include "app/site_settings.hpp"

#include <filesystem>
#include <fstream>

#include "engine/core/text.hpp"
#include "work/evidence/toml_reader.hpp"

namespace wardmote::app {
namespace {

namespace fs = std::filesystem;
using evidence::TomlTable;

/// A file named in the settings: from the workspace's folder, unless its whole path is given.
std::string file_of(const Home &home, const TomlTable &table, std::string_view key) {
    const auto path = table.text(key, std::string{});
    return path.empty() ? path : (fs::path{home.folder} / path).string();
}

/// The one line of a file that only the program may read.
std::string secret(const Home &home, const TomlTable &table, std::string_view key) {
    const auto path = file_of(home, table, key);
    if (path.empty()) {
        return {};
    }
    std::ifstream file{path};
    std::string line;
    if (!std::getline(file, line)) {
        table.fail(*table.find(key), fmt::format("{} cannot be read, or is empty.", path));
    }
    return std::string{core::trim(line)};
}

void read_site(const Home &home, const TomlTable &table, SiteSettings &settings) {
    table.only({"url", "certificate", "private_key", "trusted_proxies", "metrics_from",
                "requests_per_second"});
    settings.url = table.text("url", std::string{});
    if (!settings.url.empty() && !settings.url.starts_with("https://") &&
        !settings.url.starts_with("http://")) {
        table.fail(*table.find("url"), "“url” must begin with https:// or http://.");
    }
    while (settings.url.ends_with('/')) {
        settings.url.pop_back();
    }
    settings.certificate = file_of(home, table, "certificate");
    settings.private_key = file_of(home, table, "private_key");
    settings.trusted_proxies = table.texts("trusted_proxies");
    settings.metrics_from = table.texts("metrics_from");
    settings.requests_per_second =
        table.integer("requests_per_second", settings.requests_per_second, 0, 1000000);
}

void read_mail(const Home &home, const TomlTable &table, SiteSettings &settings) {
    table.only({"url", "from", "user", "password_file", "ca_file", "allow_plain"});
    settings.smtp.emplace();
    settings.smtp->url = table.text("url");
    settings.smtp->user = table.text("user", std::string{});
    settings.smtp->password = secret(home, table, "password_file");
    settings.smtp->ca_file = file_of(home, table, "ca_file");
    settings.smtp->allow_plain = table.yes("allow_plain", false);
    settings.mail_from = mail::Address::parse(table.text("from"));
    if (!settings.mail_from) {
        table.fail(*table.find("from"), "“from” must be an e-mail address.");
    }
}

void read_openid(const Home &home, const TomlTable &table, SiteSettings &settings) {
    table.only({"issuer", "client_id", "client_secret_file", "words"});
    settings.openid.emplace();
    settings.openid->issuer = table.text("issuer");
    settings.openid->client_id = table.text("client_id");
    settings.openid->client_secret = secret(home, table, "client_secret_file");
    settings.openid_words = table.text("words", settings.openid_words);
}

void read_attachments(const TomlTable &table, SiteSettings &settings) {
    constexpr std::int64_t megabyte = 1'000'000;
    table.only({"most_megabytes", "scanner", "accept_unscanned"});
    auto &files = settings.attachments;
    files.most_bytes =
        table.integer("most_megabytes", files.most_bytes / megabyte, 1, 1000) * megabyte;
    files.scanner_socket = table.text("scanner", std::string{});
    files.accept_unscanned = table.yes("accept_unscanned", false);
}

} // namespace

RecordsOptions read_records_place(const Home &home) {
    const auto path = home.folder + "/wardmote.toml";
    if (!fs::exists(path)) {
        return {};
    }
    const auto document = evidence::parse_toml_file(path);
    const TomlTable all{document, path};
    const auto table = all.table("database");
    if (!table) {
        return {};
    }
    table->only({"address", "keys"});
    return {table->text("address", std::string{}), table->text("keys", std::string{})};
}

SiteSettings read_site_settings(const Home &home) {
    SiteSettings settings;
    settings.attachments.folder = fs::path{home.folder} / "attachments";
    const auto path = home.folder + "/wardmote.toml";
    if (!fs::exists(path)) {
        return settings;
    }
    const auto document = evidence::parse_toml_file(path);
    const TomlTable all{document, path};
    if (const auto table = all.table("site")) {
        read_site(home, *table, settings);
    }
    if (const auto table = all.table("mail")) {
        read_mail(home, *table, settings);
    }
    if (const auto table = all.table("openid")) {
        read_openid(home, *table, settings);
    }
    if (const auto table = all.table("attachments")) {
        read_attachments(*table, settings);
    }
    return settings;
}

} // namespace wardmote::app
