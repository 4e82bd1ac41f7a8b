#include "engine/lake/manifest.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

namespace core = wardmote::core;
namespace lake = wardmote::lake;

namespace {

lake::Manifest example() {
    lake::Manifest manifest;
    manifest.id = "0123456789abcdef";
    manifest.dataset = manifest.mapping = "police-street";
    manifest.owner = "thames-valley";
    manifest.file_name = "2025-01-thames-valley-street.csv";
    manifest.received = *core::Instant::parse("2025-03-01T09:00:00.000Z");
    manifest.imported = *core::Instant::parse("2025-03-02T10:00:00.123Z");
    manifest.rows_in = 10;
    manifest.rows_kept = 8;
    manifest.rows_quarantined = manifest.rows_repeated = 1;
    manifest.covers = core::Period{core::Month{2025, 1}};
    manifest.rows_by_month = {{"2025-01", 8}};
    manifest.findings = {{"no-coordinates", "3 rows have no coordinates.", 3}};
    manifest.data = "data/police-street/0123456789abcdef.parquet";
    return manifest;
}

} // namespace

TEST_CASE("A manifest comes back from its JSON as it was") {
    const std::string json = example().to_json();
    const auto back = lake::Manifest::from_json(json, "x.json");
    CHECK(back.to_json() == json);
    CHECK(back.covers == example().covers);
    CHECK(back.findings == example().findings);
    CHECK(back.received == example().received);
}

TEST_CASE("A manifest that was changed by hand is not believed") {
    std::string json = example().to_json();
    const auto at = json.find("\"rows_kept\": 8");
    REQUIRE(at != std::string::npos);
    json.replace(at, 14, "\"rows_kept\": 9");
    CHECK_THROWS_WITH_AS(lake::Manifest::from_json(json, "x.json"),
                         "x.json: is not a whole manifest (its checksum is not that of its "
                         "content: it was changed).",
                         std::runtime_error);
}

TEST_CASE("Half a manifest, or one that points out of the store, is refused by name") {
    const std::string json = example().to_json();
    CHECK_THROWS_AS(lake::Manifest::from_json(json.substr(0, json.size() / 2), "x.json"),
                    std::runtime_error);
    lake::Manifest outside = example();
    outside.data = "../../etc/passwd";
    CHECK_THROWS_AS(lake::Manifest::from_json(outside.to_json(), "x.json"), std::runtime_error);
}
