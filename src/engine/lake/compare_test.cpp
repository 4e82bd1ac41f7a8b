#include "engine/lake/compare.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <unistd.h>

#include "engine/lake/duckdb.hpp"
#include "real_data_for_test.hpp"

using namespace wardmote;
using namespace wardmote::lake;
namespace fs = std::filesystem;

namespace {

const core::Month february{2022, 2};

/// A store with issues of February 2022 that a question in SQL gives.
class IssueStore {
public:
    IssueStore() { fs::create_directories(m_folder / "manifests"); }
    ~IssueStore() { fs::remove_all(m_folder); }

    std::string path() const { return m_folder.string(); }

    void add(const std::string &id, int received, const std::string &rows) {
        const core::Instant time{core::Instant::Milliseconds{std::chrono::hours{received}}};
        Manifest manifest{.received = time, .imported = time};
        manifest.id = id;
        manifest.dataset = "police-street";
        manifest.owner = "northumbria";
        manifest.covers = core::Period{february};
        manifest.data = id + ".parquet";
        manifest.rows_kept = 1;
        Database database;
        Connection connection = database.connect();
        connection.run(
            "copy (select date '2022-02-01' as month, row_number() over () as line, * from (" +
            rows + ")) to " + sql_text((m_folder / manifest.data).string()) + " (format parquet)");
        std::ofstream{m_folder / "manifests" / (id + ".json")} << manifest.to_json();
    }

private:
    fs::path m_folder =
        fs::temp_directory_path() / ("wardmote-issues-" + std::to_string(::getpid()));
};

std::string rows(const std::string &list) {
    return "select * from (values " + list + ") as t(reference, category, outcome, location)";
}

} // namespace

TEST_CASE("rows are matched by reference, others by being wholly alike") {
    IssueStore store;
    store.add("one", 1,
              rows("('a','theft','open','x'),('b','theft','open','y'),('c','theft',null,'z'),"
                   "('d','theft','open','x'),(null,'asb',null,'x'),(null,'asb',null,'x'),"
                   "(null,'asb',null,'y')"));
    store.add("two", 2,
              rows("('a','theft','charged','x'),('b','robbery','charged','y'),('c','theft','','z'),"
                   "('e','theft','open','x'),(null,'asb',null,'x'),(null,'asb',null,'q')"));
    const Comparison found = compare_files(store.path(), "one", "two", february);
    CHECK(found.rows_before == 7);
    CHECK(found.rows_after == 6);
    CHECK(found.same == 2);        // c (blank and missing are one), and one asb at x
    CHECK(found.changed == 2);     // a and b
    CHECK(found.only_before == 3); // d, one asb at x, asb at y
    CHECK(found.only_after == 2);  // e, asb at q
    CHECK(found.changed_in("outcome") == 2);
    CHECK(found.changed_in("category") == 1);
    CHECK(found.changed_in("location") == 0);
    REQUIRE(found.columns.size() == 2);
    CHECK(found.columns[0].most[0].before == "open");
    CHECK(found.columns[0].most[0].after == "charged");
    CHECK(found.columns[0].most[0].rows == 2);
    REQUIRE(found.examples.size() == 2);
    CHECK(found.examples[1].columns == std::vector<std::string>{"category", "outcome"});
    CHECK(
        found.sentence() ==
        "police-street, northumbria, February 2022: 7 rows before, 6 after. 2 are as they were, 2 "
        "changed (2 in outcome and 1 in category), 3 went and 2 came.");
    CHECK(compare_revisions(store.path(), "").size() == 1);
    CHECK(compare_revisions(store.path(), "other").empty());
    CHECK_THROWS_AS(compare_files(store.path(), "one", "none", february), std::runtime_error);
}

TEST_CASE("a reference that is not once in each issue is matched by the whole row") {
    IssueStore store;
    store.add("one", 1, rows("('a','theft','open','x'),('a','theft','open','y')"));
    store.add("two", 2, rows("('a','theft','open','x'),('a','theft','shut','y')"));
    const Comparison found = compare_files(store.path(), "one", "two", february);
    CHECK(found.same == 1);
    CHECK(found.changed == 0);
    CHECK(found.only_before == 1);
    CHECK(found.only_after == 1);
}

TEST_CASE("the revision of Northumbria's February 2022 changed 5,243 outcomes") {
    const fs::path folder = real_data() / "police" / "revisions";
    if (skipped_without(folder)) {
        return;
    }
    const auto read = [&](const std::string &vintage) {
        const std::string file =
            (folder / ("2022-02-northumbria-street.vintage-" + vintage + ".csv.gz")).string();
        return R"(select "Crime ID" as reference, "Crime type" as category, )"
               R"("Last outcome category" as outcome, "Location" as location, "LSOA code" as )"
               R"(lsoa_named, "Longitude" as longitude, "Latitude" as latitude from read_csv()" +
               sql_text(file) + ", all_varchar = true)";
    };
    IssueStore store;
    store.add("v2022", 1, read("2022"));
    store.add("v2023", 2, read("2023"));
    const Comparison found = compare_revisions(store.path(), "police-street").at(0);
    MESSAGE(found.sentence());
    CHECK(found.changed_in("outcome") == 5243);
}
