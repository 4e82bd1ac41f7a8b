/// The page shell: the partnership's header, service navigation, breadcrumbs, skip link and footer
/// around the content of one page.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/html/content.hpp"
#include "platform/html/form.hpp"

namespace wardmote::html {

/// What every page of one site shares.
struct Site {
    std::string name;                 ///< the partnership's: "Oxford Safer Communities Partnership"
    std::string product = "Wardmote"; ///< ends each title
    std::string home = "/";
    std::vector<Link> sections;     ///< service navigation, in order
    std::vector<Link> footer_links; ///< "Methods", "Accessibility"
    Content footer_note;            ///< "Example workspace as at 2 February 2015. ..."
    std::string search_href;        ///< of the page that answers ?q=; empty: no search box
    Link account;                   ///< the person's own page, by their name; empty: not signed in
    Html account_tools;             ///< beside it: the form whose button signs out
    /// The keys that open a section or a link of the footer, by its href: {"/evidence", "g e"},
    /// {"/keys", "?"}. On a page, `data-key` on a link or a button does the same: "n", "e".
    std::map<std::string, std::string, std::less<>> keys;
};

/// How a page may be handled: the government's security classifications, in its own words.
struct Marking {
    std::string level;      ///< "OFFICIAL" or "OFFICIAL-SENSITIVE"; empty: the page is not marked
    std::string descriptor; ///< "PERSONAL DATA"; may be empty
};

/// How long the person stays signed in, for the warning before it ends.
struct SignedIn {
    std::string csrf;        ///< for what the page's script sends
    int idle_seconds = 0;    ///< without a request for so long, the session ends
    int seconds_left = 0;    ///< until it ends whatever the person does
    std::string until_words; ///< the same end for people: "8pm today"
    std::string person;      ///< an id of the account: one person's drafts are no other's
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
    Marking marking;               ///< at the top and bottom of the page and of each sheet of paper
    std::string nonce;             ///< of the response's policy: the page runs its script
    std::optional<SignedIn> signed_in;
    Content message;               ///< what has just been done: "The meeting is saved"
    std::vector<ErrorLine> errors; ///< what must be mended, shown above the <h1>
};

/// The whole document, from <!DOCTYPE html>. Links its stylesheet as `/assets/app.<hash>.css`, and
/// its script likewise when the page has a nonce.
Html page(const Site &site, const Page &page);

} // namespace wardmote::html
