#include "engine/lake/csv.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace lake = wardmote::lake;

namespace {

/// Gives its text a few bytes at a time, as a slow disk would.
class Trickle final : public lake::ByteSource {
public:
    Trickle(std::string text, std::size_t step)
        : m_text{std::move(text)}
        , m_step{step} {}
    std::size_t read(char *bytes, std::size_t size) override {
        const std::size_t part = std::min({size, m_step, m_text.size() - m_given});
        std::copy_n(m_text.data() + m_given, part, bytes);
        m_given += part;
        return part;
    }
    std::uint64_t consumed() const override { return m_given; }

private:
    std::string m_text;
    std::size_t m_step;
    std::size_t m_given = 0;
};

/// A line that never ends.
class Endless final : public lake::ByteSource {
public:
    std::size_t read(char *bytes, std::size_t size) override {
        std::fill_n(bytes, size, 'x');
        given += size;
        return size;
    }
    std::uint64_t consumed() const override { return given; }
    std::size_t given = 0;
};

/// Each row as "line|field|field", with "!problem" after when there is one.
std::vector<std::string> rows_of(const std::string &text, std::size_t step = 1000000) {
    lake::Meter meter{std::make_unique<Trickle>(text, step)};
    lake::CsvReader reader{meter, "test.csv"};
    std::vector<std::string> rows;
    lake::Row row;
    while (reader.next(row)) {
        std::string line = std::to_string(row.line);
        for (const auto field : row.fields) {
            line += "|" + std::string{field};
        }
        rows.push_back(row.problem.empty() ? line : line + "!" + std::string{row.problem});
    }
    CHECK(reader.lines() == meter.lines());
    return rows;
}

using Rows = std::vector<std::string>;

} // namespace

TEST_CASE("Line ends may be mixed, and the last line needs none") {
    CHECK(rows_of("a,b\r\n1,2\n3,4\r\n5,6") == Rows{"1|a|b", "2|1|2", "3|3|4", "4|5|6"});
}

TEST_CASE("A byte order mark is no part of the first field") {
    CHECK(rows_of("\xEF\xBB\xBF"
                  "a,b\n1,2\n") == Rows{"1|a|b", "2|1|2"});
}

TEST_CASE("A file of a byte order mark alone is one line without rows") {
    CHECK(rows_of("\xEF\xBB\xBF").empty());
}

TEST_CASE("Quotes hold commas, doubled quotes and line ends; line numbers still count every line") {
    const std::string text = "a,b\n\"x, \"\"y\"\"\",\"two\r\nlines\"\nc,d\n";
    const Rows expected{"1|a|b", "2|x, \"y\"|two\r\nlines", "4|c|d"};
    CHECK(rows_of(text) == expected);
    for (std::size_t step = 1; step < 9; ++step) {
        CHECK(rows_of(text, step) == expected);
    }
}

TEST_CASE("Blank lines and rows of nothing but commas are passed over") {
    CHECK(rows_of("a,b\n\n,\n\r\n1,\n\n") == Rows{"1|a|b", "5|1|"});
}

TEST_CASE("Empty fields are kept, at the end and in quotes too") {
    CHECK(rows_of(",b,\n\"\",\"\",1\n") == Rows{"1||b|", "2|||1"});
}

TEST_CASE("A quote inside a field that does not start with one is a plain character") {
    CHECK(rows_of("a,b\n5\" pipe,2\n") == Rows{"1|a|b", "2|5\" pipe|2"});
}

TEST_CASE("A quote that is never closed spoils its own line only") {
    const Rows expected{"1|a|b", "2!a quote is opened and never closed", "3|1|2", "4|3|4"};
    CHECK(rows_of("a,b\nx,\"y\n1,2\n3,4\n") == expected);
    CHECK(rows_of("a,b\nx,\"y\n1,2\n3,4", 3) == expected);
}

TEST_CASE(
    "A quote closed over two lines and another never closed: the first line alone is spoilt") {
    CHECK(rows_of("\"a\nb\",\"c\n\xE9,d\n") == Rows{"1!a quote is opened and never closed",
                                                    "2!a quote is opened and never closed",
                                                    "3|\xC3\xA9|d"});
}

TEST_CASE("Text after a closing quote is a problem of its row") {
    const auto rows = rows_of("a,b\n\"x\"y,2\n3,4\n");
    CHECK(rows.at(1) == "2|x!there is text between a closing quote and the next separator");
    CHECK(rows.at(2) == "3|3|4");
}

TEST_CASE("Bytes that are not UTF-8 are read as Windows-1252, and counted") {
    auto source = lake::open_text("a,b\ncaf\xE9,\xA3"
                                  "5\ncaf\xC3\xA9,1\n");
    lake::CsvReader reader{*source, "test.csv"};
    lake::Row row;
    REQUIRE(reader.next(row));
    REQUIRE(reader.next(row));
    CHECK(row.fields[0] == "caf\xC3\xA9");
    CHECK(row.fields[1] == "\xC2\xA3"
                           "5");
    CHECK(row.raw == "caf\xC3\xA9,\xC2\xA3"
                     "5");
    REQUIRE(reader.next(row));
    CHECK(row.fields[0] == "caf\xC3\xA9");
    CHECK(reader.converted_rows() == 1);
}

TEST_CASE("Semicolons and tabs separate where they are what the first line has") {
    CHECK(rows_of("a;b;c\n1,5;2;3\n") == Rows{"1|a|b|c", "2|1,5|2|3"});
    CHECK(rows_of("a\tb\n1\t2\n") == Rows{"1|a|b", "2|1|2"});
}

TEST_CASE("A line without end is refused before it fills the memory") {
    Endless source;
    const auto read_all = [&] {
        lake::CsvReader reader(source, "endless.csv");
        lake::Row row;
        reader.next(row);
    };
    CHECK_THROWS_AS(read_all(), std::runtime_error);
    CHECK(source.given <= 4 * 1024 * 1024);
}

TEST_CASE("UTF-16 is refused with what to do about it") {
    auto source = lake::open_text(std::string{"\xFF\xFE"
                                              "a\0b\0",
                                              6});
    CHECK_THROWS_WITH(lake::CsvReader(*source, "x.csv"),
                      "x.csv: is UTF-16 text. Save it again as \"CSV UTF-8\" and import that.");
}

TEST_CASE("Only well-formed UTF-8 passes as such") {
    CHECK(lake::is_utf8("plain text, longer than eight bytes"));
    CHECK(lake::is_utf8("\xE2\x82\xAC \xF0\x9F\x9A\xB2"));
    CHECK_FALSE(lake::is_utf8("\xC0\xAF"));         // overlong
    CHECK_FALSE(lake::is_utf8("\xED\xA0\x80"));     // a surrogate
    CHECK_FALSE(lake::is_utf8("\xF4\x90\x80\x80")); // beyond U+10FFFF
    CHECK_FALSE(lake::is_utf8("abcdefgh\xE2\x82")); // cut short
}
