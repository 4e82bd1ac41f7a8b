/// The page shell: the partnership's header, service navigation, breadcrumbs, skip link and footer
/// around the content of one page.
#pragma once

#include <string>
#include <vector>

#include "platform/html/content.hpp"
#include "platform/html/html.hpp"

namespace wardmote::html {

/// What every page of one site shares.
struct Site {
    std::string name;                 ///< the partnership's: "Oxford Safer Communities Partnership"
    std::string product = "Wardmote"; ///< ends each title
    std::string home = "/";
    std::vector<Link> sections;     ///< service navigation, in order
    std::vector<Link> footer_links; ///< "Methods", "Accessibility"
    Content footer_note;            ///< "Example workspace as at 2 February 2015. ..."
};

/// One page. `content` is what stands in <main>, beginning with its only <h1>.
struct Page {
    std::string title;             ///< short, for the browser's tab; the site's name is added
    Html content;                  ///< inside <main id="main">
    std::string section;           ///< href of the section it belongs to; empty: none is marked
    std::vector<Link> breadcrumbs; ///< from "Home" down to the page's parent; empty: none
    Html before_main;              ///< an identity bar, which sits outside <main>
    Html tools;                    ///< at the header's right, for instance the person's name
    bool landscape = false;        ///< prints on A4 landscape: for tables of many columns
};

/// The whole document, from <!DOCTYPE html>. Links its stylesheet as `/assets/app.<hash>.css`.
Html page(const Site &site, const Page &page);

} // namespace wardmote::html
