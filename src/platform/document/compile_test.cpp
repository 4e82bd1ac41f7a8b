#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/core.h>

#include "platform/document/render.hpp"
#include "platform/document/test_values.hpp"

using namespace wardmote::document;

namespace {

Document made(std::string_view markdown, LiveValues &live) {
    return compile("test", "test.md", markdown, live);
}

std::string shown(std::string_view markdown, LiveValues &live) {
    return body(made(markdown, live), Medium::site).str();
}

bool has(const std::string &text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("A live figure is a link to its note, which says what is compared with what") {
    TestValues live;
    const auto html = shown("#. Burglary is {{ burglary-home.change }}.\n", live);
    CHECK(has(html,
              R"(Burglary is <a class="app-live" href="#f1" id="r1">down 24%<sup>1</sup></a>.)"));
    CHECK(has(html, R"(<ul class="app-notes"><li><sup>1</sup> April to December 2014, against )"
                    "April to December 2013</li>"));
    CHECK(has(body(made("#. Burglary is {{ burglary-home.change }}.\n", live), Medium::word).str(),
              "<p>From 421 to 320, down 24%, April"));
    CHECK(has(html, R"(<p class="app-para__n" id="p1">1.</p>)"));
}

TEST_CASE("Paragraphs are numbered through headings, and bullets belong to the paragraph above") {
    TestValues live;
    const auto document = made("## One\n#. First.\n#. Second:\n\n- a\n- b\n\n## Two\n\nPlain.\n\n"
                               "#. Third over\ntwo lines.\n",
                               live);
    REQUIRE(document.blocks.size() == 6);
    CHECK(document.blocks[1].number == 1);
    CHECK(document.blocks[2].number == 2);
    CHECK(has(document.blocks[2].markup, "<li>a</li>"));
    CHECK(document.blocks[3].anchor == "s-two");
    CHECK(document.blocks[4].number == 0);
    CHECK(document.blocks[5].number == 3);
    CHECK(document.blocks[5].markup == "<p>Third over\ntwo lines.</p>");
    CHECK(document.problems.empty());
}

TEST_CASE("A figure cited twice has one note, and each citation an anchor of its own") {
    TestValues live;
    const auto document =
        made("#. It is {{ burglary-home.change }}.\n#. Still {{ burglary-home.change }}.\n", live);
    REQUIRE(document.notes.size() == 1);
    CHECK(document.notes[0].citations == 2);
    CHECK(has(body(document, Medium::site).str(), R"(href="#f1" id="r1-2")"));
}

TEST_CASE("A figure that starts a sentence starts with a capital") {
    TestValues live;
    const auto html =
        shown("#. {{ burglary-home.change }} it is. {{ bicycle-theft.change }} too.\n", live);
    CHECK(has(html, ">Down 24%<sup>"));
    CHECK(has(html, ">Down 3.8%<sup>"));
}

TEST_CASE("A whole sentence stands in the text with its note after it") {
    TestValues live;
    live.add("a", 1, "one", "rise", "There was one");
    const auto html = shown("#. {{ a | sentence }} More.\n", live);
    CHECK(has(html, R"(There was one.<a class="app-live app-live--note" href="#f1")"));
    CHECK(has(body(made("#. {{ a | sentence }}\n", live), Medium::word).str(),
              "Burglaries of people’s homes. Difference of two counts."));
}

TEST_CASE("A note that says what another has said names it") {
    TestValues live;
    const auto html =
        shown("#. {{ burglary-home.change }} and {{ bicycle-theft.change }}.\n", live);
    CHECK(has(html, "<li><sup>2</sup> As note 1</li>"));
}

TEST_CASE("Words about a figure have no note") {
    TestValues live;
    const auto document = made("#. From {{ bicycle-theft.change | period }}, on "
                               "{{ bicycle-theft.change | comparator }}: "
                               "{{ bicycle-theft.change | verdict }}, "
                               "{{ burglary-home.change | verdict }}.\n",
                               live);
    CHECK(document.notes.empty());
    CHECK(has(body(document, Medium::site).str(),
              "From April to December 2014, on April to December 2013: no clear change, a clear "
              "fall."));
}

TEST_CASE("A numbered paragraph may start on the next line, and without words it has no number") {
    TestValues live;
    const auto document = made("#.\n{{ if nothing }}\nNo.\n{{ end }}\n\n#.\n{{ if text chair }}\n"
                               "Yes.\n{{ end }}\n",
                               live);
    REQUIRE(document.blocks.size() == 1);
    CHECK(document.blocks[0].number == 1);
    CHECK(has(document.blocks[0].markup, "Yes."));
}

TEST_CASE("A value stands as a number, and other options go to the resolver") {
    TestValues live;
    live.add("a", 1234.5, "about 1,230", "rise", "There were 1,234.5.");
    CHECK(has(shown("#. So {{ a | value | to last-meeting }}.\n", live), ">1,234.5<sup>"));
    REQUIRE(live.asked.size() == 2);
    CHECK(live.asked[1] == Option{"to", "last-meeting"});
}

TEST_CASE("Conditions ask for a verdict, a number, or whether there is a figure at all") {
    TestValues live;
    const auto answer = [&](std::string_view condition) {
        return has(
            shown(fmt::format("{{{{ if {} }}}}yes{{{{ else }}}}no{{{{ end }}}}\n", condition),
                  live),
            "yes");
    };
    CHECK(answer("burglary-home.change is fall"));
    CHECK_FALSE(answer("burglary-home.change is rise"));
    CHECK(answer("burglary-home.change is not rise"));
    CHECK(answer("bicycle-theft.change is no clear change"));
    CHECK(answer("burglary-home.change < -20"));
    CHECK_FALSE(answer("burglary-home.change >= -20"));
    CHECK(answer("burglary-home.change"));
    CHECK(answer("not unknown.figure"));
    CHECK(answer("burglary-home.change is rise or bicycle-theft.change is no clear change"));
    CHECK_FALSE(answer("burglary-home.change is fall and bicycle-theft.change is fall"));
    CHECK(answer("list posts > 1"));
    CHECK(answer("text chair"));
    CHECK_FALSE(answer("list nothing"));
}

TEST_CASE("What is not known is claimed neither way") {
    TestValues live;
    CHECK(has(shown("{{ if nothing.change is fall }}A{{ end }}{{ if nothing.change is not fall }}B"
                    "{{ end }}{{ if not nothing.change is fall }}C{{ end }}D\n",
                    live),
              "<p>D</p>"));
}

TEST_CASE("A missing figure takes its block with it, and the else stands instead") {
    TestValues live;
    const auto document = made("{{ if burglary-home.change }}\n#. It is {{ burglary-home.change }} "
                               "and {{ nothing }}.\n{{ else }}\n#. No more is known.\n{{ end }}\n",
                               live);
    REQUIRE(document.blocks.size() == 1);
    CHECK(document.blocks[0].markup == "<p>No more is known.</p>");
    CHECK(document.notes.empty());
    CHECK(document.problems.empty());
}

TEST_CASE("A missing figure outside any condition is a problem with its line, and is seen") {
    TestValues live;
    const auto document = made("---\nTitle: A\n---\n\n#. It is {{ nothing }}.\n", live);
    REQUIRE(document.problems.size() == 1);
    CHECK(document.problems[0].sentence() == "test.md, line 5: there is nothing for “nothing”.");
    CHECK(has(body(document, Medium::site).str(),
              R"(<mark class="app-missing">[no figure for “nothing”]</mark>)"));
}

TEST_CASE("Faults of a template are named with their lines") {
    TestValues live;
    const auto document = made("{{ if a likes b }}x{{ end }}\n"   // 1
                               "text {{ open\n"                   // 2
                               "{{ end }}\n"                      // 3
                               "{{ two words here }}\n"           // 4
                               "<b>bold</b>\n\n"                  // 5
                               "{{ if burglary-home.change }}\n", // 7
                               live);
    const auto at = [&](int line, std::string_view part) {
        return std::ranges::any_of(document.problems, [&](const Problem &problem) {
            return problem.line == line && has(problem.reason, part);
        });
    };
    CHECK(at(1, "“likes” is not “is”"));
    CHECK(at(2, "not closed by }}"));
    CHECK(at(3, "no {{ if }}"));
    CHECK(at(4, "cannot be read"));
    CHECK(at(5, "raw HTML"));
    CHECK(at(7, "no {{ end }}"));
}

TEST_CASE("Lists within lists come to an end") {
    TestValues live;
    std::string nested;
    for (int i = 0; i < 40; ++i) // two entries each: 2^40 in all
        nested += "{{ each posts }}\n";
    nested += "x";
    for (int i = 0; i < 40; ++i)
        nested += "{{ end }}\n";
    const auto document = made(nested, live);
    CHECK(std::ranges::any_of(document.problems, [](const Problem &problem) {
        return has(problem.reason, "repeat this too often");
    }));
}

TEST_CASE("Nothing that is put in can be Markdown or markup") {
    TestValues live;
    const std::string evil = "<script>alert(1)</script> **bold** [x](javascript:y) {{ end }} \"'";
    live.add("evil", 1, evil, "rise", evil);
    live.texts["evil"] = evil;
    live.lists["evil"] = {{{"text", evil}}};
    live.tables["evil"] = {evil, {{evil, false}}, {{evil}}};
    const auto document = made("---\nTitle: {{ text evil }}\nContact: {{ list evil }}\n---\n"
                               "#. {{ evil }} {{ evil | sentence }} {{ text evil }}\n\n"
                               "{{ list evil }}\n\n{{ table evil }}\n\n"
                               "{{ each evil }}\n#. {{ item }}\n{{ end }}\n",
                               live);
    for (const auto medium : {Medium::site, Medium::print, Medium::word}) {
        const auto html = article(document, medium).str();
        CHECK_FALSE(has(html, "<script"));
        CHECK_FALSE(has(html, "<strong>bold"));
        CHECK_FALSE(has(html, "href=\"javascript"));
        CHECK(has(html,
                  "&lt;script&gt;alert(1)&lt;/script&gt; **bold** [x](javascript:y) {{ end }}"));
    }
    CHECK(document.problems.empty());
}

TEST_CASE("A recorded link is a link only when it leads to the web or to mail") {
    TestValues live;
    live.texts["site"] = "https://www.example.org/?a=1&b=2";
    live.texts["bad"] = "javascript:alert(1)";
    const auto html = shown("See {{ text site | link }} and {{ text bad | link }}.\n", live);
    CHECK(has(html, R"(<a class="govuk-link" href="https://www.example.org/?a=1&amp;b=2">)"));
    CHECK(has(html, "and javascript:alert(1)."));
}

TEST_CASE("Lists stand as bullets on a line of their own, and as words within a line") {
    TestValues live;
    CHECK(has(shown("#. Posts:\n\n{{ list posts }}\n", live),
              "<ul>\n<li>Coordinator</li>\n<li>Officer</li>\n</ul>"));
    CHECK(has(shown("#. They are {{ list posts }}.\n", live), "They are Coordinator and Officer."));
    CHECK(has(shown("{{ each posts }}\n#. {{ item }}: {{ item.duties }}.\n{{ end }}\n", live),
              "Officer: visiting."));
}

TEST_CASE("An entry can name the figure that it states") {
    TestValues live;
    live.lists["actions"] = {{{"figure", "burglary-home.change"}, {"text", "Burglary is"}},
                             {{"text", "Nothing is counted"}}};
    const auto html = shown("{{ each actions }}\n{{ if item.figure }}\n#. {{ item }} "
                            "{{ figure item.figure }}.\n{{ else }}\n#. {{ item }}.\n{{ end }}\n"
                            "{{ end }}\n",
                            live);
    CHECK(has(html, "Burglary is <a class=\"app-live\" href=\"#f1\" id=\"r1\">down 24%"));
    CHECK(has(html, "Nothing is counted."));
}

TEST_CASE("The cover keeps its names in order, takes lists, and leaves out what is not known") {
    TestValues live;
    live.lists["recommendations"] = {{{"text", "Note it."}}, {{"text", "Thank them."}}};
    const auto cover =
        made("---\nReport of: the {{ text chair }}\nTo: {{ text nobody }}\n"
             "Approved by:\n- Finance: the officer\n- Legal: {{ text nobody | or the "
             "lawyer }}\nRecommendations: {{ list recommendations }}\n---\n",
             live)
            .cover;
    CHECK(cover.first("Report of") == "the Director for Community Services");
    CHECK(cover.first("To").empty());
    CHECK(cover.all("Approved by") ==
          std::vector<std::string>{"Finance: the officer", "Legal: the lawyer"});
    CHECK(cover.all("Recommendations").size() == 2);
}

TEST_CASE("The appendix leads back to the text and names each file once") {
    TestValues live;
    const auto document =
        made("#. It is {{ burglary-home.change }}, and {{ bicycle-theft.change }}.\n", live);
    const auto html = appendix(document, Medium::site).str();
    CHECK(has(html, R"(id="f2"><a class="govuk-link" href="#r2")"));
    CHECK(has(html, "2 figures, all computed, none typed. As known on 2 February 2015"));
    CHECK(has(html, "743 rows of files 1, 2"));
    CHECK(has(html, "April to December 2014, against April to December 2013"));
    CHECK(has(html, "recorded-2013.csv"));
    CHECK(has(html, "aaaaaaaaaaaaaaaa<wbr>"));
    CHECK(sources_of(document).files.size() == 2);
}

TEST_CASE("Charts are numbered, stand by themselves, and may not stand within a line") {
    TestValues live;
    live.charts["years"] = test_chart();
    const auto html = shown("#. A.\n\n{{ chart years }}\n\n#. B.\n", live);
    CHECK(has(html, "Figure 1. Burglary of homes is at its lowest"));
    CHECK(has(html, R"(id="p2">2.</p>)"));
}

TEST_CASE("Runs of numbers are told as runs") {
    const std::vector<std::size_t> numbers = {1, 2, 3, 5, 8, 9};
    CHECK(runs(numbers) == "1 to 3, 5, 8, 9");
}
