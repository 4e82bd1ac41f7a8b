#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "engine/core/text.hpp"
#include "work/evidence/figures.hpp"
#include "work/evidence/toml_reader.hpp"

namespace wardmote::evidence {

namespace {

std::string sha256_of(const std::string &path) {
    std::ifstream file{path, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr);
    return fmt::format("{:02x}", fmt::join(digest, digest + length, ""));
}

std::optional<int> year_of(const TomlTable &entry) {
    if (const auto *year = entry.find("year"); year && year->is_integer()) {
        return static_cast<int>(entry.integer("year", 0, 1900, 2200));
    }
    if (const auto *date = entry.find("date")) {
        if (const auto day = date->value_exact<toml::date>()) {
            return day->year;
        }
        if (const auto words = date->value_exact<std::string>()) {
            if (const auto day = core::Date::parse(*words)) {
                return day->year();
            }
        }
        entry.fail(*date, "“date” must be a date such as 2014-12-10.");
    }
    return {};
}

std::string words_of(const TomlTable &entry) {
    for (const auto *name : {"title", "text", "name"}) {
        if (entry.find(name)) {
            return entry.text(name);
        }
    }
    if (const auto *date = entry.find("date")) {
        if (const auto day = date->value_exact<toml::date>()) {
            return core::Date{day->year, day->month, day->day}.text();
        }
    }
    return {};
}

bool chosen(const TomlTable &entry, std::string_view which) {
    if (which.empty()) {
        return true;
    }
    if (const auto year = core::parse_integer(which)) {
        return year_of(entry) == std::optional<int>{static_cast<int>(*year)};
    }
    for (const auto *name : {"strand", "kind"}) {
        if (entry.find(name) && entry.text(name) == which) {
            return true;
        }
    }
    return false;
}

std::string spaced(std::string_view word) {
    std::string words{word};
    std::replace(words.begin(), words.end(), '-', ' ');
    return words;
}

std::string singular(std::string_view many) {
    return many.ends_with("ies") ? std::string{many.substr(0, many.size() - 3)} + "y"
           : many.ends_with("s") ? std::string{many.substr(0, many.size() - 1)}
                                 : std::string{many};
}

Answer answer_from(const std::string &path, const TomlTable &whole, std::string_view list,
                   std::string_view which, std::string_view key, const Standpoint &at) {
    Answer given;
    Listing listing{.items = {}, .headings = {core::capitalised(singular(list))}, .rows = {}};
    for (const auto &entry : whole.tables(list)) {
        if (chosen(entry, which)) {
            listing.items.push_back(words_of(entry));
            listing.rows.push_back({listing.items.back()});
        }
    }
    const auto count = static_cast<std::int64_t>(listing.items.size());
    const bool year = core::parse_integer(which).has_value();
    const auto which_words = which.empty() ? std::string{}
                             : year        ? fmt::format(" in {}", which)
                                           : fmt::format(" of the kind “{}”", spaced(which));
    core::SourceFile file{.name = std::filesystem::path{path}.filename().string(),
                          .sha256 = sha256_of(path),
                          .dataset = "records",
                          .publisher = "The partnership",
                          .licence = "The partnership’s own records",
                          .received = core::Instant::start_of(at.as_at),
                          .rows = whole.tables(list).size(),
                          .kept = whole.tables(list).size()};
    core::Provenance provenance{
        .measure = std::string{list},
        .definition = fmt::format("The partnership’s list of {}.", list),
        .filter = which.empty() ? "all" : fmt::format("{} “{}”", year ? "year" : "kind", which),
        .area = at.area.name,
        .period = year ? std::string{which} : fmt::format("as at {}", at.as_at.text()),
        .comparator = {},
        .method = "Count of the records",
        .as_known_on = at.as_known_on,
        .rows = static_cast<std::uint64_t>(count),
        .files = {std::move(file)},
        .notes = {}};
    const auto noun_one = singular(list);
    given.figure.emplace(
        std::string{key}, static_cast<double>(count), std::string{list}, core::in_words(count),
        fmt::format("The records hold {}{}.", core::counted(count, noun_one, list), which_words),
        std::move(provenance));
    given.listing = std::move(listing);
    return given;
}

} // namespace

std::optional<Answer> record_answer(const Desk &desk, std::string_view key, const Asking &asking) {
    const auto dot = key.find('.');
    const auto list = key.substr(0, dot);
    const auto which = dot == std::string_view::npos ? std::string_view{} : key.substr(dot + 1);
    const auto at = desk.standpoint(asking);
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator{desk.home() + "/records", error}) {
        if (entry.path().extension() == ".toml") {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    for (const auto &path : files) {
        const auto document = parse_toml_file(path.string());
        const TomlTable whole{document, path.string()};
        const auto *node = whole.find(list);
        if (at && node && node->is_array_of_tables()) {
            return answer_from(path.string(), whole, list, which, key, *at);
        }
    }
    return {};
}

} // namespace wardmote::evidence
