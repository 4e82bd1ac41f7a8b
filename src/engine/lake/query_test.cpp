#include "engine/lake/query.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <unistd.h>

#include "engine/lake/boundaries.hpp"
#include "engine/lake/duckdb.hpp"

using namespace wardmote;
using namespace wardmote::lake;
namespace fs = std::filesystem;

namespace {

core::Instant hour(int hours) {
    return core::Instant{core::Instant::Milliseconds{std::chrono::hours{hours}}};
}

core::Month month(const char *iso) {
    return *core::Month::parse(iso);
}

core::Period period(const char *first, const char *last) {
    return {month(first), month(last)};
}

/// A store written by hand: each file is a list of rows in SQL.
class TestStore {
public:
    TestStore() { fs::create_directories(m_folder / "manifests"); }
    ~TestStore() { fs::remove_all(m_folder); }

    std::string path() const { return m_folder.string(); }

    /// `rows` are "(month, category, count, district, ward, flags, owner, placed, disagree)".
    std::string add(const std::string &dataset, const std::string &owner, core::Period covers,
                    int received, const std::string &rows, int period_months = 1) {
        const std::string id = "file" + std::to_string(m_files++);
        const std::string sql =
            "select month::date as month, category, count::bigint as count, " +
            std::to_string(period_months) +
            "::integer as period_months, 'P' as partnership, district, ward, null::varchar as "
            "lsoa21, null::varchar as lsoa11, flags, owner, placed, disagree::boolean as disagree "
            "from (values " +
            rows + ") as t(month, category, count, district, ward, flags, owner, placed, disagree)";
        keep(id, dataset, owner, covers, received, sql);
        return id;
    }

    void keep(const std::string &id, const std::string &dataset, const std::string &owner,
              std::optional<core::Period> covers, int received, const std::string &sql) {
        Manifest manifest{.received = hour(received), .imported = hour(received)};
        manifest.id = id;
        manifest.dataset = dataset;
        manifest.owner = owner;
        manifest.covers = covers;
        manifest.data = id + ".parquet";
        m_connection.run("copy (" + sql + ") to " + sql_text((m_folder / manifest.data).string()) +
                         " (format parquet)");
        Result rows = m_connection.query("select month, count(*) from (" + sql + ") group by 1");
        while (rows.next()) {
            manifest.rows_by_month[core::Month{*rows.date(0)}.iso()] =
                static_cast<std::uint64_t>(rows.integer(1));
            manifest.rows_kept += static_cast<std::uint64_t>(rows.integer(1));
        }
        write(manifest);
    }

    void boundaries(const std::string &geojson) {
        std::ofstream{m_folder / "b.geojson"} << geojson;
        const AreaRows rows = *read_boundary_file((m_folder / "b.geojson").string());
        Manifest manifest{.received = hour(0), .imported = hour(0)};
        manifest.id = "areas";
        manifest.dataset = "boundaries";
        manifest.rows_kept = rows.rows.size();
        manifest.data = "areas.parquet";
        write_area_rows(rows, m_connection, (m_folder / manifest.data).string());
        write(manifest);
    }

    CountQuery ask(const std::string &dataset, core::Period when, int as_known = 1000) const {
        CountQuery query{.period = when, .as_known_on = hour(as_known)};
        query.dataset = dataset;
        return query;
    }

private:
    void write(const Manifest &manifest) const {
        std::ofstream{m_folder / "manifests" / (manifest.id + ".json")} << manifest.to_json();
    }

    fs::path m_folder =
        fs::temp_directory_path() / ("wardmote-query-" + std::to_string(::getpid()));
    Database m_database;
    Connection m_connection = m_database.connect();
    int m_files = 0;
};

using Counts = std::vector<std::vector<std::int64_t>>;
using Texts = std::vector<std::string>;
using Flags = std::vector<bool>;

/// Burglary and ASB in two wards: January and February 2015, March missing, April.
void fill(TestStore &store) {
    store.add("street", "tv", period("2015-01", "2015-01"), 1,
              "('2015-01-01','burglary',1,'D','W1','hate','tv','both',false),"
              "('2015-01-01','burglary',1,'D','W2','','tv','both',true),"
              "('2015-01-01','asb',1,'D','W1','hate domestic','tv','point',false)");
    store.add("street", "tv", period("2015-02", "2015-02"), 2,
              "('2015-02-01','burglary',5,'D','W1',null,'tv','both',false),"
              "('2015-02-01','burglary',1,'D',null,null,'tv','none',false)");
    store.add("street", "tv", period("2015-04", "2015-04"), 3,
              "('2015-04-01','asb',1,'D','W2',null,'tv','both',false)");
}

} // namespace

TEST_CASE("counts come by area and month, and a month without a file is absent") {
    TestStore store;
    fill(store);
    const auto reader = make_reader(store.path());
    CountQuery query = store.ask("street", period("2015-01", "2015-04"));
    query.level = Level::ward;
    const CountTable table = reader->count(query);
    CHECK(table.areas == Texts{"", "W1", "W2"});
    CHECK(table.counts == Counts{{0, 1, 0, 0}, {2, 5, 0, 0}, {1, 0, 0, 1}});
    CHECK(table.present == Flags{true, true, false, true});
    CHECK(table.rows == 6);
    CHECK(table.files.size() == 3);
}

TEST_CASE("conditions select, split and refuse columns that are not there") {
    TestStore store;
    fill(store);
    const auto reader = make_reader(store.path());
    CountQuery query = store.ask("street", period("2015-01", "2015-04"));
    query.where = {{"category", {"asb"}, true}};
    CHECK(reader->count(query).counts == Counts{{2, 6, 0, 0}});
    query.where = {};
    query.split_by = "category";
    const CountTable split = reader->count(query);
    CHECK(split.splits == Texts{"asb", "burglary"});
    CHECK(split.counts == Counts{{1, 0, 0, 1}, {2, 6, 0, 0}});
    query.split_by = "no\"such";
    CHECK_THROWS_AS(reader->count(query), std::invalid_argument);
    query.split_by = "";
    query.where = {{"category", {"x' or '1'='1"}, false}};
    CHECK(reader->count(query).counts.empty());
    query.where = {{"category", {}, false}};
    CHECK(reader->count(query).counts.empty());
}

TEST_CASE("a flag is a word among the row's flags, and blank and missing are one") {
    TestStore store;
    fill(store);
    const auto reader = make_reader(store.path());
    CountQuery query = store.ask("street", period("2015-01", "2015-02"));
    query.where = {{"flags", {"hate"}, false}};
    CHECK(reader->count(query).counts == Counts{{2, 0}});
    query.where = {{"flags", {"domestic"}, false}};
    CHECK(reader->count(query).counts == Counts{{1, 0}});
    query.where = {{"flags", {"hate"}, true}};
    CHECK(reader->count(query).counts == Counts{{1, 6}});
    query.where = {{"flags", {""}, false}};
    CHECK(reader->count(query).counts == Counts{{1, 6}});
    query.where = {{"ward", {"", "W2"}, false}};
    CHECK(reader->count(query).counts == Counts{{1, 1}});
}

TEST_CASE("a later file supersedes, and what was known before can still be asked") {
    TestStore store;
    fill(store);
    store.add("street", "tv", period("2015-02", "2015-03"), 10,
              "('2015-02-01','burglary',7,'D','W1',null,'tv','both',false),"
              "('2015-03-01','asb',2,'D','W1',null,'tv','both',false)");
    const auto reader = make_reader(store.path());
    const CountQuery now = store.ask("street", period("2015-01", "2015-04"));
    CHECK(reader->count(now).counts == Counts{{3, 7, 2, 1}});
    const CountQuery then = store.ask("street", period("2015-01", "2015-04"), 9);
    CHECK(reader->count(then).counts == Counts{{3, 6, 0, 1}});
    CHECK(reader->count(then).present == Flags{true, true, false, true});
    CHECK(reader->count(store.ask("street", period("2015-01", "2015-04"), 1)).counts ==
          Counts{{3, 0, 0, 0}});
    // Superseded in part: January to March as one file, then February again.
    store.add("street", "tv", period("2015-02", "2015-02"), 20,
              "('2015-02-01','burglary',4,'D','W1',null,'tv','both',false)");
    CHECK(reader->count(now).counts == Counts{{3, 4, 2, 1}});
    CHECK(reader->latest_month("street", hour(1000)) == month("2015-04"));
    CHECK(reader->manifests(hour(10)).size() == 4);
}

TEST_CASE("inside an area a month wants a file of each owner who speaks of it") {
    TestStore store;
    fill(store);
    store.add("street", "hants", period("2015-03", "2015-03"), 4,
              "('2015-03-01','asb',1,'H','W9',null,'hants','both',false)");
    const auto reader = make_reader(store.path());
    CountQuery query = store.ask("street", period("2015-03", "2015-04"));
    CHECK(reader->count(query).present == Flags{true, true}); // everywhere: any owner's
    query.within_level = "district";
    query.within_code = "D";
    const CountTable inside = reader->count(query);
    CHECK(inside.present == Flags{false, true});
    CHECK(inside.files.size() == 1);
    query.within_code = "H";
    CHECK(reader->count(query).present == Flags{true, false});
    query.owner = "tv";
    query.within_level = "";
    CHECK(reader->count(query).present == Flags{false, true});
}

TEST_CASE("yearly figures are asked by financial year and never mixed with months") {
    TestStore store;
    store.add("annual", "tv", period("2012-04", "2014-04"), 1,
              "('2012-04-01','all',100,'D',null,null,'tv','none',false),"
              "('2014-04-01','all',80,'D',null,null,'tv','none',false)",
              12);
    const auto reader = make_reader(store.path());
    const CountQuery query = store.ask("annual", period("2012-01", "2015-03"));
    const AnnualTable table = reader->annual_counts(query);
    REQUIRE(table.years.size() == 3);
    CHECK(table.years[0].name() == "2012-13");
    CHECK(table.counts == Counts{{100, 0, 80}});
    CHECK(table.present == Flags{true, false, true});
    CHECK(reader->count(query).counts.empty());
    const std::vector<Coverage> coverage = reader->coverage("annual", hour(1000));
    REQUIRE(coverage.size() == 1);
    CHECK(coverage[0].yearly);
    CHECK(coverage[0].missing.empty());
}

TEST_CASE(
    "what is held, which values there are, and how far points and codes agree, can be asked") {
    TestStore store;
    fill(store);
    const auto reader = make_reader(store.path());
    const std::vector<Coverage> coverage = reader->coverage("", hour(1000));
    REQUIRE(coverage.size() == 1);
    CHECK(coverage[0].owner == "tv");
    CHECK(coverage[0].missing == std::vector{month("2015-03")});
    CHECK(coverage[0].rows == 6);
    const CountQuery query = store.ask("street", period("2015-01", "2015-04"));
    const auto values = reader->values(query, "category");
    REQUIRE(values.size() == 2);
    CHECK(values[1].value == "burglary");
    CHECK(values[1].count == 8);
    const std::vector<Disagreement> found = reader->disagreements(query);
    REQUIRE(found.size() == 3);
    CHECK(found[0].rows == 3);
    CHECK(found[0].both == 2);
    CHECK(found[0].disagree == 1);
    CHECK(found[0].share() == doctest::Approx(0.5));
}

TEST_CASE("areas know what they lie in, and populations the year they are of") {
    TestStore store;
    store.boundaries(R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"level":"ward","code":"W2","name":"Mill","district":"D",
 "district_name":"Town","partnership":"P"},
         "geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}},
        {"type":"Feature","properties":{"level":"ward","code":"W1","name":"Quay","district":"D",
 "district_name":"Town","partnership":"P"},
         "geometry":{"type":"Polygon","coordinates":[[[2,0],[3,0],[3,1],[2,0]]]}}]})");
    const char *const columns = "'residents' as category, 1 as period_months, 'P' as partnership, "
                                "'D' as district, ward, count::bigint as count";
    store.keep("p2011", "population", "census", period("2011-03", "2011-03"), 1,
               std::string{"select date '2011-03-01' as month, "} + columns +
                   " from (values ('W1', 100), ('W2', 50)) as t(ward, count)");
    store.keep("p2021", "population", "census", period("2021-03", "2021-03"), 1,
               std::string{"select date '2021-03-01' as month, "} + columns +
                   " from (values ('W1', 120), ('W2', 60)) as t(ward, count)");
    const auto reader = make_reader(store.path());
    const std::vector<Area> wards = reader->areas(Level::ward, "D");
    REQUIRE(wards.size() == 2);
    CHECK(wards[0].name == "Mill");
    CHECK(wards[0].partnership == "P");
    CHECK_FALSE(wards[0].outline.empty());
    CHECK(reader->areas(Level::ward, "X").empty());
    const std::vector<Area> districts = reader->areas(Level::district, "");
    REQUIRE(districts.size() == 1);
    CHECK(districts[0].name == "Town");
    const auto people = reader->population(Level::ward, "residents", 2015);
    REQUIRE(people.size() == 2);
    CHECK(people[0].people == 100);
    CHECK(people[0].year == 2011);
    CHECK(reader->population(Level::district, "residents", 2019).at(0).people == 180);
    CHECK(reader->population(Level::ward, "households", 2019).empty());
}

TEST_CASE("a folder that is no store is refused, and an empty one answers with nothing") {
    CHECK_THROWS_AS(make_reader("/no/such/store"), std::runtime_error);
    TestStore store;
    const auto reader = make_reader(store.path());
    const CountTable table = reader->count(store.ask("street", period("2015-01", "2015-02")));
    CHECK(table.counts.empty());
    CHECK(table.present == Flags{false, false});
    CHECK(reader->areas(Level::ward, "").empty());
    CHECK(reader->coverage("", hour(1000)).empty());
    CHECK_FALSE(reader->latest_month("street", hour(1000)).has_value());
    const std::string before = reader->generation();
    fill(store);
    CHECK(reader->generation() != before);
}
