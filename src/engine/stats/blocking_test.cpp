#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/stats/blocking.hpp"
#include "engine/stats/people_for_test.hpp"

using namespace wardmote::stats;

using Pair = std::pair<std::uint32_t, std::uint32_t>;

namespace {

std::map<Pair, int> visits(const Blocking &blocking) {
    std::map<Pair, int> seen;
    for (const PairRun &run : blocking.runs())
        blocking.each(run, [&](std::uint32_t a, std::uint32_t b, std::uint32_t rules) {
            CHECK(rules == blocking.agreed(a, b));
            ++seen[{std::min(a, b), std::max(a, b)}];
        });
    return seen;
}

} // namespace

TEST_CASE("every pair that agrees on a rule is visited once, and no other") {
    const MadePeople people = PeopleMaker{1}.with_doubles(300);
    const LinkageTable table = table_of(people, false);
    using F = MadePeople;
    const std::vector<BlockingRule> rules = {
        {{F::birth}}, {{F::surname}}, {{F::given}, {F::birth, KeyKind::first, 3}}};
    std::map<Pair, int> expected;
    const auto same = [&](std::uint32_t a, std::uint32_t b, std::size_t field, std::size_t length) {
        const auto x = people.columns[field][a].substr(0, length);
        return x.size() > 0 && x == people.columns[field][b].substr(0, length);
    };
    const auto long_enough = [&](std::uint32_t a) {
        return people.columns[F::birth][a].size() > 2;
    };
    for (std::uint32_t a = 0; a < people.size(); ++a) {
        for (std::uint32_t b = a + 1; b < people.size(); ++b) {
            if (same(a, b, F::birth, 99) || same(a, b, F::surname, 99) ||
                (same(a, b, F::given, 99) && same(a, b, F::birth, 3) && long_enough(a)))
                expected[{a, b}] = 1;
        }
    }
    REQUIRE(expected.size() > 300);
    CHECK(visits(Blocking{table, rules}) == expected);
}

TEST_CASE("keys see sounds, beginnings and the outward part of postcodes") {
    LinkageTable table{4};
    const auto name =
        table.add_text("Name", std::vector<std::string>{"Smith", "Smyth", "Jones", ""});
    const auto postcode = table.add_text(
        "Postcode", std::vector<std::string>{"OX1 1BX", "ox11bx", "OX1 4DS", "OX14 4DS"});
    const auto pairs = [&](BlockingRule rule) {
        std::set<Pair> found;
        for (const auto &[pair, times] :
             visits(Blocking{table, std::vector<BlockingRule>{std::move(rule)}}))
            found.insert(pair);
        return found;
    };
    CHECK(pairs({{name, KeyKind::soundex}}) == std::set<Pair>{{0, 1}});
    CHECK(pairs({{name, KeyKind::first, 1}}) == std::set<Pair>{{0, 1}});
    CHECK(pairs({{name}}).empty());
    CHECK(pairs({{postcode, KeyKind::outward}}) == std::set<Pair>{{0, 1}, {0, 2}, {1, 2}});
    CHECK(pairs({{postcode, KeyKind::outward}, {name, KeyKind::soundex}}) ==
          std::set<Pair>{{0, 1}});
    CHECK(pairs({{postcode, KeyKind::first, 20}}).empty());
}

TEST_CASE("no records, missing values and rules without keys") {
    LinkageTable none{0};
    none.add_text("Name", {});
    CHECK(Blocking{none, std::vector<BlockingRule>{BlockingRule{{0}}}}.runs().empty());
    LinkageTable blank{3};
    blank.add_text("Name", std::vector<std::string>{"", " ", "\t"});
    CHECK(Blocking{blank, std::vector<BlockingRule>{BlockingRule{{0}}}}.runs().empty());
    CHECK_THROWS_AS((Blocking{blank, std::vector<BlockingRule>{BlockingRule{}}}),
                    std::invalid_argument);
    CHECK_THROWS_AS((Blocking{blank, std::vector<BlockingRule>(17, BlockingRule{{0}})}),
                    std::invalid_argument);
}
