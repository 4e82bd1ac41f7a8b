#include "platform/record/search.hpp"

#include <doctest/doctest.h>

#include "platform/record/example_for_test.hpp"

namespace wardmote::record {

namespace {

using test::Operation;
using test::Store;
using Titles = std::vector<std::string>;

struct Library : Store {
    const Description &what = description<Operation>();

    std::string add(std::string title, std::string aim, bool secret = false) {
        auto made = operation(std::move(title));
        made.aim = std::move(aim);
        made.secret = secret;
        return Store::add(made);
    }
    SearchResult find(std::string_view words, const Visible &visible = everything(),
                      std::int64_t page = 1, std::int64_t size = 25) {
        const std::vector<VisibleKind> kinds{{&what, visible},
                                             {&description<test::Authority>(), {}}};
        return read([&](auto &tx) { return search(tx, words, kinds, page, size); });
    }
    Titles titles_of(std::string_view words, const Visible &visible = everything()) {
        Titles all;
        for (const auto &found : find(words, visible).found) {
            all.push_back(found.title.text);
        }
        return all;
    }
};

std::string marked(const Excerpt &excerpt) {
    std::string parts;
    for (const auto &[first, count] : excerpt.found) {
        parts += "[" + excerpt.text.substr(first, count) + "]";
    }
    return parts;
}

} // namespace

TEST_CASE("the search finds words in any form, in titles first, and says where") {
    Library store;
    store.add("Market", "Two pickpockets were seen near the stalls on Saturday");
    store.add("Pickpocket patrol", "Visible presence");
    const auto result = store.find("pickpockets");
    CHECK(result.total == 2);
    REQUIRE(result.found.size() == 2);
    CHECK(result.found[0].title.text == "Pickpocket patrol");
    CHECK(marked(result.found[0].title) == "[Pickpocket]");
    CHECK(result.found[0].what->table == "operation");
    CHECK(result.found[1].title.text == "Market");
    CHECK(result.found[1].title.found.empty());
    CHECK(marked(result.found[1].snippet) == "[pickpockets]");
    CHECK(result.found[1].snippet.text == "Two pickpockets were seen near the stalls on Saturday");
}

TEST_CASE("every word must be there, and the last may be only begun") {
    Library store;
    store.add("Night bus patrol", "Assaults after the last bus");
    store.add("Night economy", "Door staff");
    CHECK(store.find("night").total == 2);
    CHECK(store.titles_of("night ass") == Titles{"Night bus patrol"});
    CHECK(store.titles_of("ni bus").empty());
    CHECK(store.titles_of("NIGHT EC") == Titles{"Night economy"});
    CHECK(store.titles_of("pol") == Titles{"Police"}); // another kind
}

TEST_CASE("punctuation parts words, in what was typed and in what is searched") {
    Library store;
    store.add("O'Brien's co-op", "See www.example.org/night or write to kim@example.org");
    for (const auto *words : {"o'brien", "brien", "co-op", "coop op", "kim@example.org", "example",
                              "night", "example.org/night"}) {
        CAPTURE(words);
        CHECK(store.find(words).total == (std::string_view{words} == "coop op" ? 0 : 1));
    }
}

TEST_CASE("whatever is typed is words and never a query") {
    Library store;
    store.add("Alpha", "beta");
    const std::vector<std::string> nothing{"",
                                           " ",
                                           "\"",
                                           "'",
                                           "''",
                                           "*",
                                           ":*",
                                           "(",
                                           ")",
                                           "& | !",
                                           "\\",
                                           "-",
                                           "^",
                                           "<->",
                                           "%",
                                           std::string{"\0", 1},
                                           "\xF0\x9F\x9A\xA8",
                                           "zeta OR alpha",
                                           "NOT beta alpha gamma"};
    for (const auto &words : nothing) {
        CAPTURE(words);
        CHECK(store.find(words).total == 0);
        store.titles({.words = words}); // nor does it break a list
    }
    const std::vector<std::string> alpha{"\"alpha\"",
                                         "alpha*",
                                         "'alpha'",
                                         "alpha:*",
                                         "(alpha",
                                         "alpha)",
                                         "!alpha",
                                         "title:alpha x",
                                         "alpha & beta",
                                         "alpha\\",
                                         std::string{"alpha\0beta", 10},
                                         "alpha \xF0\x9F\x9A\xA8",
                                         "alpha'; drop table search_entry; --"};
    for (const auto &words : alpha) {
        CAPTURE(words);
        const bool more = words.find('x') != words.npos || words.find("drop") != words.npos;
        CHECK(store.find(words).total == (more ? 0 : 1));
    }
    store.find(std::string(100'000, 'a'));
    std::string many;
    for (int i = 0; i < 10'000; ++i) {
        many += "alpha ";
    }
    CHECK(store.find(many).total == 1);
}

TEST_CASE("what may not be seen is neither found nor counted") {
    Library store;
    const auto hidden = store.add("Hidden raid", "", true);
    store.add("Open raid", "");
    const Visible sam{.person = test::sam};
    CHECK(store.find("raid").total == 2);
    CHECK(store.find("raid", sam).total == 1);
    CHECK(store.find("raid", sam, 1, 1).total == 1); // counted, not only listed
    CHECK(store.titles_of("raid", sam) == Titles{"Open raid"});
    CHECK(store.find("raid", {.body = store.council}).total == 0);
    CHECK(store.find("raid", {.body = store.police}).total == 1);
    CHECK(store.find("raid", {.owner = test::jo, .all_restricted = true}).total == 2);
    CHECK(store.find("raid", {.owner = test::sam, .all_restricted = true}).total == 0);
    store.write([&](db::Transaction &tx) {
        tx.execute("insert into access_list (tenant, kind, record, person, granted) "
                   "values (:tenant, 'operation', :id, :person, '2015')",
                   {{"tenant", tx.tenant()}, {"id", hidden}, {"person", std::string{test::sam}}});
    });
    CHECK(store.find("raid", sam).total == 2);
    // A kind that was not asked for, and another partnership.
    const std::vector<VisibleKind> authorities{{&description<test::Authority>(), {}}};
    const std::vector<VisibleKind> operations{{&store.what, Store::everything()}};
    store.read([&](auto &tx) { CHECK(search(tx, "raid", authorities).total == 0); });
    store.read([&](auto &tx) { CHECK(search(tx, "raid", {}).total == 0); });
    store.database.read(Store::as(test::jo, test::cherwell), [&](db::Transaction &tx) {
        CHECK(search(tx, "raid", operations).total == 0);
    });
}

TEST_CASE("the search follows edits, removal and restoration in the same transaction") {
    Library store;
    const auto id = store.add("Alpha", "first words");
    store.write([&](db::Transaction &tx) {
        auto kept = store.keeper.find(tx, store.what, id, Store::everything()).value();
        kept.values[store.what.index("aim")] = Value{"second words"};
        store.keeper.update(tx, store.what, id, 1, kept.values);
    });
    CHECK(store.find("first").total == 0);
    CHECK(store.find("second").total == 1);
    store.write([&](auto &tx) { store.keeper.remove(tx, store.what, id); });
    CHECK(store.find("second").total == 0);
    CHECK(store.titles({.words = "second", .removed = true}) == Titles{"Alpha"});
    store.write([&](auto &tx) { store.keeper.restore(tx, store.what, id); });
    CHECK(store.find("second").total == 1);
    CHECK_THROWS(store.write([&](db::Transaction &tx) {
        store.keeper.add(tx, store.operation("Undone"));
        throw std::runtime_error("broken");
    }));
    CHECK(store.find("undone").total == 0);
}

TEST_CASE("a list can be narrowed by words, and the pages of a search count all of them") {
    Library store;
    for (int i = 0; i < 7; ++i) {
        store.add("Raid " + std::to_string(i), i % 2 == 0 ? "even" : "odd");
    }
    CHECK(store.titles({.words = "odd"}) == Titles{"Raid 1", "Raid 3", "Raid 5"});
    CHECK(store.titles({.words = "odd", .sort = "-title", .page_size = 2}) ==
          Titles{"Raid 5", "Raid 3"});
    CHECK(store.titles({.words = "???"}).empty());
    for (const std::int64_t page : {1, 2, 3, 4}) {
        const auto result = store.find("raid", Store::everything(), page, 3);
        CHECK(result.total == 7);
        CHECK(result.found.size() == (page < 3 ? 3U : page == 3 ? 1U : 0U));
    }
}

} // namespace wardmote::record
