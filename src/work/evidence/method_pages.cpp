#include <algorithm>

#include <fmt/format.h>

#include "platform/document/document.hpp"
#include "platform/document/render.hpp"
#include "work/evidence/pages.hpp"

namespace wardmote::evidence {

namespace {

/// Methods have no live figures: what is asked for is not there.
class NoValues final : public document::LiveValues {
public:
    using Options = document::Options;
    std::optional<core::Figure> figure(std::string_view, const Options &) override { return {}; }
    std::optional<bool> test(std::string_view, const Options &, std::string_view) override {
        return {};
    }
    std::optional<chart::Chart> chart(std::string_view) override { return {}; }
    std::optional<chart::Table> table(std::string_view) override { return {}; }
    std::optional<std::vector<document::Item>> list(std::string_view) override { return {}; }
    std::optional<std::string> text(std::string_view) override { return {}; }
    std::string why_not(std::string_view, const Options &) override { return {}; }
};

std::filesystem::path methods_folder() {
    const std::filesystem::path shipped = catalogue_folder() + "/methods";
    return std::filesystem::is_directory(shipped)
               ? shipped
               : std::filesystem::path{catalogue_folder()} / "../docs/methods";
}

/// The words of the first heading of a page of Markdown.
std::string title_of(const std::string &markdown, std::string otherwise) {
    const auto start = markdown.starts_with("# ") ? 0 : markdown.find("\n# ");
    if (start == std::string::npos) {
        return otherwise;
    }
    const auto from = markdown.find("# ", start) + 2;
    return markdown.substr(from, markdown.find('\n', from) - from);
}

} // namespace

Response methods(const Asked &asked) {
    std::map<std::string, std::string> pages;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator{methods_folder(), error}) {
        const auto name = entry.path().stem().string();
        if (entry.path().extension() == ".md" && name != "README") {
            pages[name] = title_of(read_whole(entry.path()).value_or(""), name);
        }
    }
    Html list;
    for (const auto &[name, title] : pages) {
        list += html::format(R"(<li><a class="govuk-link" href="/methods/{}">{}</a></li>)", name,
                             title);
    }
    const auto content = html::format(
        R"(<h1 class="govuk-heading-l">How figures are worked out</h1><p class="app-lead">One )"
        R"(page )"
        R"(for each statistic: what it means to a reader, its formula, a worked example, and )"
        R"(where )"
        R"(its limits are.</p><ul class="app-list">{}</ul>)",
        list);
    return asked.page({.title = "Methods",
                       .content = content,
                       .breadcrumbs = {home_link, {"Methods", "/methods"}}});
}

Response method(const Asked &asked) {
    const auto &name = asked.request.parameter("name");
    if (name.ends_with(".md")) { // as the pages name each other in their files
        return web::redirect("/methods/" + name.substr(0, name.size() - 3));
    }
    const bool plain = std::all_of(name.begin(), name.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || letter == '-' ||
               (letter >= '0' && letter <= '9');
    });
    const auto text = plain ? read_whole(methods_folder() / (name + ".md")) : std::nullopt;
    if (!text) {
        return web::not_found(fmt::format("There is no page of methods called “{}”.", name));
    }
    NoValues nothing;
    const auto title = title_of(*text, name);
    auto body = *text;
    if (body.starts_with("# ")) {
        body.erase(0, std::min(body.size(), body.find('\n')));
    }
    const auto read = document::compile(name, name + ".md", body, nothing);
    const auto content = html::format(
        R"(<h1 class="govuk-heading-l">{}</h1><div class="app-measure app-doc">{}</div>)", title,
        document::body(read, document::Medium::site));
    return asked.page(
        {.title = title, .content = content, .breadcrumbs = {home_link, {"Methods", "/methods"}}});
}

} // namespace wardmote::evidence
