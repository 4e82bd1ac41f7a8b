#include "platform/html/keys.hpp"

namespace wardmote::html {

namespace {

/// "g e" is drawn as two keys, one then the other.
Html caps(std::string_view keys) {
    Html all;
    while (!keys.empty()) {
        const auto end = keys.find(' ');
        if (!all.empty())
            all += Html{" then "};
        all += format(R"(<kbd class="app-key-cap">{}</kbd>)", keys.substr(0, end));
        keys = end == keys.npos ? std::string_view{} : keys.substr(end + 1);
    }
    return all;
}

Html line(std::string_view keys, std::string_view words) {
    return format(R"(<div class="app-keys__line"><dt class="app-keys__keys">{}</dt>)"
                  R"(<dd class="app-keys__words">{}</dd></div>)",
                  caps(keys), words);
}

} // namespace

Html keys_list(const Site &site) {
    Html lines;
    if (!site.search_href.empty())
        lines += line("/", "Search everything you may see");
    for (const auto &[words, href] : site.sections)
        if (const auto found = site.keys.find(href); found != site.keys.end())
            lines += line(found->second, words);
    lines += line("n", "Add one, where a list has a button for it");
    lines += line("e", "Change, where a thing has a button for it");
    lines += line("j", "Next row of a list");
    lines += line("k", "Previous row of a list");
    lines += line("Enter", "Open the row");
    lines += line("?", "Show the keys of the page you are on, and turn keys off or on");
    return format(R"(<dl class="app-keys app-measure">{}</dl>)", lines);
}

} // namespace wardmote::html
