#include "platform/html/page.hpp"

#include <doctest/doctest.h>

#include "platform/html/navigation.hpp"
#include "platform/html/stylesheet.hpp"

namespace wardmote::html {

namespace {

Site oxford() {
    Site site;
    site.name = "Oxford Safer Communities Partnership";
    site.sections = {{"Evidence", "/evidence"}, {"Sources", "/sources"}};
    site.footer_links = {{"Methods", "/methods"}};
    site.footer_note = "Example workspace.";
    return site;
}

bool holds(const Html &html, std::string_view part) {
    return html.str().find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a page names itself, the partnership and the product in its title") {
    Page one;
    one.title = "Evidence <b>";
    const auto whole = page(oxford(), one);
    CHECK(whole.str().starts_with("<!DOCTYPE html><html class=\"govuk-template\" lang=\"en-GB\">"));
    CHECK(holds(whole, "<title>Evidence &lt;b&gt; - Oxford Safer Communities Partnership - "
                       "Wardmote</title>"));
}

TEST_CASE("a page has a skip link to its main part, which is there once") {
    Page one;
    one.content = Html{"<h1>x</h1>"};
    const auto whole = page(oxford(), one);
    CHECK(holds(whole, "href=\"#main\""));
    CHECK(holds(whole, "<main class=\"govuk-main-wrapper\" id=\"main\"><h1>x</h1></main>"));
}

TEST_CASE("the section a page belongs to is marked") {
    Page one;
    one.section = "/sources";
    const auto whole = page(oxford(), one);
    CHECK(holds(whole, "href=\"/sources\" aria-current=\"true\""));
    CHECK_FALSE(holds(whole, "href=\"/evidence\" aria-current"));
}

TEST_CASE("a page runs no script and carries no style of its own") {
    Page one;
    one.breadcrumbs = {{"Home", "/"}};
    one.landscape = true;
    const auto whole = page(oxford(), one);
    CHECK_FALSE(holds(whole, "<script"));
    CHECK_FALSE(holds(whole, "<style"));
    CHECK_FALSE(holds(whole, " style="));
    CHECK(holds(whole, "app-landscape"));
    CHECK(holds(whole, stylesheet_href()));
}

TEST_CASE("the menu on a phone is a link that needs no script") {
    const auto whole = page(oxford(), {});
    CHECK(holds(whole, "href=\"#menu\">Menu</a>"));
    CHECK(holds(whole, "id=\"menu\""));
    CHECK_FALSE(holds(whole, "<button"));
}

TEST_CASE("the stylesheet stands alone") {
    const auto css = stylesheet();
    CHECK(css.size() > 50'000);
    CHECK(css.find("@font-face") == css.npos);
    CHECK(css.find("url(/") == css.npos);
    CHECK(css.find("url(\"/") == css.npos);
    CHECK(css.find("url(h") == css.npos);
    CHECK(css.find("url(\"h") == css.npos);
    CHECK(css.find("@import") == css.npos);
    CHECK(css.find("</style") == css.npos);
}

TEST_CASE("the stylesheet's address holds sixteen digits of its hash") {
    const auto &href = stylesheet_href();
    CHECK(href.starts_with("/assets/app."));
    CHECK(href.ends_with(".css"));
    CHECK(href.size() == std::string{"/assets/app..css"}.size() + 16);
}

TEST_CASE("a long list shows its ends, the page and its neighbours") {
    const auto drawn = pages_of(6, 12, "/list?page=").str();
    for (const auto *number : {"1", "5", "6", "7", "12"})
        CHECK(drawn.find("aria-label=\"Page " + std::string{number} + "\"") != std::string::npos);
    for (const auto *number : {"2", "4", "8", "11"})
        CHECK(drawn.find("aria-label=\"Page " + std::string{number} + "\"") == std::string::npos);
    CHECK(drawn.find("/list?page=5\" rel=\"prev\"") != std::string::npos);
    CHECK(drawn.find("/list?page=7\" rel=\"next\"") != std::string::npos);
    CHECK(pages_of(1, 1, "/").empty());
}

TEST_CASE("words that screen readers run together keep their blank") {
    Pagination both;
    both.next = PaginationLink{.href = "/2", .text = {}, .label = {}, .attributes = {}};
    CHECK(holds(pagination(both), "Next<span class=\"govuk-visually-hidden\"> page</span>"));
}

} // namespace wardmote::html
