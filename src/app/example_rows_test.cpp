#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <set>
#include <sstream>

#include "app/example.hpp"
#include "app/example_draws.hpp"
#include "engine/core/text.hpp"
#include "work/evidence/evidence.hpp"

using namespace wardmote;
using app::Draws;
using app::ExampleFile;
using core::Month;
using core::Period;

namespace {

const std::string catalogue = WARDMOTE_SOURCE_DIR "/catalogue";

const app::ExamplePlan &plan() {
    static const app::ExamplePlan plan = app::read_plan(catalogue + "/example", app::example_seed);
    return plan;
}

const std::vector<ExampleFile> &files() {
    static const auto files = app::example_files(catalogue);
    return files;
}

/// The rows, without headers, of every file of a dataset; a second issue stands for the first.
std::vector<std::vector<std::string>> rows_of(const std::string &dataset) {
    std::map<std::string, std::string> texts;
    for (const ExampleFile &file : files()) {
        if (file.name.starts_with(dataset + "-synthetic")) {
            const auto stem = file.name.substr(0, file.name.find('.'));
            if (!texts.contains(stem) || file.name.find("second-issue") != std::string::npos) {
                texts[stem] = file.text;
            }
        }
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto &[name, text] : texts) {
        std::istringstream lines{text};
        std::set<std::string> seen;
        std::string line;
        std::getline(lines, line);
        while (std::getline(lines, line)) {
            line.pop_back(); // the carriage return
            if (line.find("-32,") != std::string::npos || !seen.insert(line).second) {
                continue; // the faults put in on purpose
            }
            std::vector<std::string> fields{""};
            for (const char letter : line) {
                letter == ',' ? void(fields.emplace_back()) : fields.back().push_back(letter);
            }
            rows.push_back(std::move(fields));
        }
    }
    return rows;
}

/// How many rows of the period have `value` in `column`; dates are in the second column.
int count(const std::vector<std::vector<std::string>> &rows, Period period, std::size_t column = 0,
          const std::string &value = "") {
    return static_cast<int>(std::ranges::count_if(rows, [&](const auto &row) {
        const auto date = core::Date::parse(row[1]);
        return period.contains(Month{date.value()}) &&
               (value.empty() || row[column] == value ||
                (" " + row[column] + " ").find(" " + value + " ") != std::string::npos);
    }));
}

const Period before{Month{2013, 4}, Month{2013, 12}};
const Period now{Month{2014, 4}, Month{2014, 12}};
const Period last_year{Month{2013, 4}, Month{2014, 3}};

} // namespace

// The same algorithm written in Python.
TEST_CASE("draws are the same on every machine") {
    Draws draws{20150202, "robbery/2014-12"};
    CHECK(draws.next() == 0x8a7b43b002691e0cU);
    CHECK(draws.next() == 0xf444b6130c7aee6dU);
    CHECK(draws.next() == 0x4faf1ebf7da4680dU);
    Draws digits{1, "a"};
    for (const std::uint32_t digit : {2U, 9U, 2U, 1U, 5U, 4U, 0U, 9U, 6U, 9U}) {
        CHECK(digits.below(10) == digit);
    }
}

TEST_CASE("a total is shared out whole, by the largest remainders") {
    const std::vector<double> weights{1, 1, 1};
    CHECK(app::share_out(10, weights) == std::vector<int>{4, 3, 3});
    const std::vector<double> uneven{0, 47, 16, 15.8, 12, 6.1, 3.1};
    CHECK(app::share_out(100, uneven) == std::vector<int>{0, 47, 16, 16, 12, 6, 3});
}

TEST_CASE("counts of a mean have that mean") {
    Draws draws{3, "counts"};
    int sum = 0;
    for (int i = 0; i < 10000; ++i) {
        sum += draws.count(3.1);
    }
    CHECK(sum / 10000.0 == doctest::Approx(3.1).epsilon(0.02)); // four standard errors: 0.07
}

TEST_CASE("the offences of the example add up to the figures of the report of 2015") {
    const auto rows = rows_of("police-recorded");
    CHECK(count(rows, {Month{2013, 4}, Month{2013, 11}}) == 8864);
    CHECK(count(rows, {Month{2014, 4}, Month{2014, 11}}) == 8022);
    CHECK(count(rows, before) == 9910);
    CHECK(count(rows, now) == 8969);
    CHECK(count(rows, last_year, 2, "Burglary dwelling") == 421);
    CHECK(count(rows, before, 2, "Burglary dwelling") == 312);
    CHECK(count(rows, now, 2, "Burglary dwelling") == 237);
    CHECK(count(rows, before, 2, "Robbery") == 125);
    CHECK(count(rows, now, 2, "Robbery") == 95);
    CHECK(count(rows, before, 2, "Bicycle theft") == 1424);
    CHECK(count(rows, now, 2, "Bicycle theft") == 1370);
    CHECK(count(rows, Period{Month{2013, 4}}, 2, "Violence against the person") == 152);
    CHECK(count(rows, Period{Month{2014, 4}}, 2, "Violence against the person") == 214);
    CHECK(count(rows, before, 2, "Violence against the person") == 1531);
    CHECK(count(rows, now, 2, "Violence against the person") == 1699);
    CHECK(count(rows, before, 2, "Sexual offences") == 24);
    CHECK(count(rows, now, 2, "Sexual offences") == 56);
    CHECK(count(rows, now, 5, "non-recent") == 21);
    CHECK(count(rows, now, 5, "hate") == 104);
    CHECK(count(rows, now, 5, "domestic") == 2131);
}

TEST_CASE("the incidents of each ward add up to what the plan gives it") {
    const auto rows = rows_of("asb-incidents");
    CHECK(count(rows, before) == 4612);
    CHECK(count(rows, now) == 4298);
    CHECK(count(rows, before, 3, "E05006561") == 278); // Northfield Brook
    CHECK(count(rows, now, 3, "E05006561") == 336);
    int rising = 0;
    for (const app::WardPlan &ward : plan().places.wards) {
        CHECK(count(rows, now, 3, ward.code) == ward.asb_now);
        rising += ward.asb_now > ward.asb_before ? 1 : 0;
    }
    CHECK(rising == 5);
}

TEST_CASE("the council's own files add up to the figures of the report of 2015") {
    const auto contacts = rows_of("contacts");
    CHECK(count(contacts, last_year) == 3500);
    CHECK(count(contacts, before) == 2605);
    CHECK(count(contacts, now) == 3789);
    CHECK(count(contacts, now, 2, "Litter") == 742);
    CHECK(count(contacts, now, 2, "Domestic waste") == 437);
    const auto enforcement = rows_of("enforcement");
    CHECK(count(enforcement, now, 3, "Community Response Team") == 1137);
    CHECK(count(enforcement, now) > 1137);
    CHECK(count(rows_of("nuisance-cases"), {Month{2014, 1}, Month{2014, 12}}) == 684);
}

// 2014 began on a Wednesday: 52 Fridays and 52 Saturdays.
TEST_CASE("the Weekend Operation has a shift every Friday and Saturday night of 2014") {
    int shifts = 0;
    for (const auto &row : rows_of("weekend-operation")) {
        const core::Date day = core::Date::parse(row[0]).value();
        CHECK((day.weekday() == 5 || day.weekday() == 6));
        CHECK(row[3] == "2");
        shifts += row[4] == "Shift" ? 1 : 0;
    }
    CHECK(shifts == 104);
}

TEST_CASE("nobody completes a programme of 27 weeks in less") {
    int completed = 0;
    for (const auto &row : rows_of("making-changes")) {
        if (row[3] == "completed") {
            const auto referred = core::Date::parse(row[1]).value();
            const auto finished = core::Date::parse(row[4]).value();
            CHECK(core::days_between(referred, finished) >= 27 * 7);
            CHECK(finished <= core::Date(2014, 12, 31));
            ++completed;
        }
    }
    CHECK(completed > 0);
}

TEST_CASE("the yearly counts of the police go on where the months begin") {
    for (const ExampleFile &file : files()) {
        if (file.name.starts_with("police-recorded-annual")) {
            CHECK(file.text.find("1994-95,Burglary dwelling,2712\r\n") != std::string::npos);
            CHECK(file.text.find("2012-13,Burglary dwelling,456\r\n") != std::string::npos);
            CHECK(file.text.find("2012-13,All crime,14380\r\n") != std::string::npos);
            CHECK(file.text.find("2013-14") == std::string::npos);
        }
    }
}

TEST_CASE("the same seed gives the same files, another seed others with the same sums") {
    const auto again = app::example_files(catalogue);
    REQUIRE(again.size() == files().size());
    CHECK(std::ranges::equal(again, files(), [](const ExampleFile &a, const ExampleFile &b) {
        return a.name == b.name && a.text == b.text && a.received == b.received;
    }));
    const auto other = app::police_files(app::read_plan(catalogue + "/example", 7), 7);
    const auto same = [&](const ExampleFile &file) {
        return std::ranges::any_of(files(), [&](const ExampleFile &each) {
            return each.name == file.name && each.text == file.text;
        });
    };
    CHECK_FALSE(same(other.front()));
}

TEST_CASE("every file says that it is synthetic, or schematic, and none is later than the report") {
    for (const ExampleFile &file : files()) {
        const bool said = file.name.find("synthetic") != std::string::npos ||
                          file.name.find("schematic") != std::string::npos;
        CHECK_MESSAGE(said, file.name);
        CHECK(file.received <= core::Date(2015, 2, 2));
    }
}

TEST_CASE("months come about four weeks after they end, on a weekday") {
    const auto months = app::deliveries(Month{2014, 11}, Month{2014, 12}, 1);
    REQUIRE(months.size() == 2);
    CHECK(months[0].received == core::Date(2014, 12, 29)); // 28 December was a Sunday
    CHECK(months[1].received == core::Date(2015, 1, 28));
    const auto years = app::deliveries(Month{2011, 4}, Month{2013, 4}, 1);
    REQUIRE(years.size() == 3);
    CHECK(years[0].period == Period{Month{2011, 4}, Month{2012, 3}});
    CHECK(years[0].received == years[1].received);
    CHECK(years[2].period == Period{Month{2013, 4}});
}
