#include "platform/web/failure.hpp"

#include <algorithm>
#include <array>

#include "platform/html/html.hpp"

namespace wardmote::web {

namespace {

/// What each failure is called, and what a person can do about it.
struct Words {
    int status;
    std::string_view title;
    std::string_view what_to_do;
};

constexpr std::array known{
    Words{400, "We could not understand the request",
          "Go back and try again. If you typed the address, check that it is right."},
    Words{401, "Sign in to see this page", "Sign in, and you are brought back here."},
    Words{403, "You are not allowed to do this",
          "If you need it for your work, ask whoever looks after your access."},
    Words{404, "Page not found",
          "If you typed the address, check that it is right. If you followed a link, start again "
          "from the first page."},
    Words{405, "This page cannot be used in that way",
          "Go to the page itself, and use the buttons that are on it."},
    Words{408, "The request took too long to arrive",
          "Nothing was changed. Check your connection and try again."},
    Words{413, "What you sent is too large",
          "Nothing was changed. Choose a smaller file, or shorten what you wrote."},
    Words{422, "There is a problem with what you entered",
          "Go back, check what you entered and try again."},
    Words{429, "You are going too fast for us", "Wait a few seconds and try again."},
    Words{
        431, "The request is too long",
        "Use a shorter address. If that does not help, delete this site's cookies in your browser "
        "and try again."},
    Words{503, "The service is busy", "Nothing was changed. Try again in a minute."},
};
constexpr Words broken{
    500, "Sorry, there is a problem with the service",
    "Nothing was changed. Try again later. If it happens again, give the number below to the "
    "person who looks after the system."};

const Words &words_of(int status) {
    const auto *const found = std::ranges::find(known, status, &Words::status);
    return found == known.end() ? broken : *found;
}

} // namespace

std::string failure_title(const Failure &failure) {
    return std::string{words_of(failure.status).title};
}

html::Html failure_content(const Failure &failure) {
    auto content = html::format(R"(<h1 class="govuk-heading-l">{}</h1>)", failure_title(failure));
    for (const auto text :
         {std::string_view{failure.explanation}, words_of(failure.status).what_to_do})
        if (!text.empty())
            content += html::format(R"(<p class="govuk-body">{}</p>)", text);
    content += html::Html{
        R"(<p class="govuk-body"><a class="govuk-link" href="/">Go to the first page</a></p>)"};
    if (!failure.request_id.empty())
        content += html::format(R"(<p class="app-small app-quiet">Request )"
                                R"(<span class="app-hash">{}</span></p>)",
                                failure.request_id);
    return content;
}

FailurePage failure_page(html::Site site) {
    return [site = std::move(site)](const Failure &failure) {
        html::Page page;
        page.title = failure_title(failure);
        page.content = failure_content(failure);
        return html::page(site, page);
    };
}

} // namespace wardmote::web
