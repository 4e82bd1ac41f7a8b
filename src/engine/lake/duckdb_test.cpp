#include "engine/lake/duckdb.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace lake = wardmote::lake;

namespace {

std::string temporary(const char *name) {
    return (std::filesystem::temp_directory_path() /
            ("wardmote-duckdb-" + std::to_string(getpid()) + name))
        .string();
}

} // namespace

TEST_CASE("A question's rows are read by type, and nulls are nothing") {
    lake::Database database;
    auto connection = database.connect();
    auto rows = connection.query("SELECT 'it''s', 7::HUGEINT, 1.25, true, DATE '2015-02-02', NULL "
                                 "UNION ALL SELECT '', -1, 0, false, NULL, 'x' ORDER BY 2 DESC");
    REQUIRE(rows.next());
    CHECK(rows.text(0) == "it's");
    CHECK(rows.integer(1) == 7);
    CHECK(rows.real(2) == doctest::Approx(1.25));
    CHECK(rows.boolean(3));
    CHECK(rows.date(4)->iso() == "2015-02-02");
    CHECK(rows.is_null(5));
    REQUIRE(rows.next());
    CHECK(rows.integer(1) == -1);
    CHECK_FALSE(rows.date(4).has_value());
    CHECK_FALSE(rows.next());
}

TEST_CASE("Values are bound to the marks of a question, never pasted into it") {
    lake::Database database;
    auto connection = database.connect();
    const std::array<lake::Value, 3> values{std::string{"x' OR 1=1"}, std::int64_t{3},
                                            std::monostate{}};
    auto rows = connection.query("SELECT ?, ? + 1, ?", values);
    REQUIRE(rows.next());
    CHECK(rows.text(0) == "x' OR 1=1");
    CHECK(rows.integer(1) == 4);
    CHECK(rows.is_null(2));
}

TEST_CASE("Rows made in chunks come back from Parquet whole and in order") {
    lake::Database database;
    auto connection = database.connect();
    const std::array<lake::Column, 4> columns{
        lake::Column{"n", lake::ColumnType::integer}, lake::Column{"name"},
        lake::Column{"x", lake::ColumnType::real}, lake::Column{"day", lake::ColumnType::date}};
    std::int64_t n = 0;
    const lake::FillChunk fill = [&](lake::ChunkWriter &chunk) {
        std::size_t row = 0;
        for (; row < chunk.capacity() && n < 5000; ++row, ++n) {
            chunk.integer(0, row, n);
            chunk.text(1, row, "a name that is not inlined " + std::to_string(n));
            if (n % 2 == 0) {
                chunk.real(2, row, static_cast<double>(n) / 4);
            }
            chunk.date(3, row, 16468); // 2015-02-02: 45 * 365 + 11 leap days + 32
        }
        return row;
    };
    const std::string path = temporary(".parquet");
    CHECK(connection.write_parquet(columns, fill, path) == 5000);
    auto rows =
        connection.query("SELECT n, name, x, day FROM read_parquet(" + lake::sql_text(path) + ")");
    for (std::int64_t i = 0; i < 5000; ++i) {
        REQUIRE(rows.next());
        REQUIRE(rows.integer(0) == i);
        REQUIRE(rows.text(1) == "a name that is not inlined " + std::to_string(i));
        REQUIRE(rows.is_null(2) == (i % 2 == 1));
    }
    CHECK(rows.date(3)->iso() == "2015-02-02");
    CHECK_FALSE(rows.next());
    std::filesystem::remove(path);
}

TEST_CASE("What stops the making of rows comes out of the writing as it was thrown") {
    lake::Database database;
    auto connection = database.connect();
    const std::array<lake::Column, 1> columns{lake::Column{"n", lake::ColumnType::integer}};
    const std::string path = temporary("-bad.parquet");
    const lake::FillChunk fill = [](lake::ChunkWriter &) -> std::size_t {
        throw std::out_of_range{"the zip is damaged"};
    };
    CHECK_THROWS_WITH_AS(connection.write_parquet(columns, fill, path), "the zip is damaged",
                         std::out_of_range);
    std::filesystem::remove(path);
}
