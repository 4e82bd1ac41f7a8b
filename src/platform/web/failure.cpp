#include "platform/web/failure.hpp"

#include "platform/html/html.hpp"

namespace wardmote::web {

std::string failure_title(const Failure &failure) {
    switch (failure.status) {
    case 400:
        return "The address is not one we understand";
    case 404:
        return "Page not found";
    case 405:
        return "This page can only be read";
    default:
        return "Sorry, there is a problem with the service";
    }
}

html::Html failure_content(const Failure &failure) {
    auto content = html::format(R"(<h1 class="govuk-heading-l">{}</h1>)", failure_title(failure));
    if (!failure.explanation.empty())
        content += html::format(R"(<p class="govuk-body">{}</p>)", failure.explanation);
    if (failure.status == 404)
        content += html::Html{
            R"(<p class="govuk-body">If you typed the address, check that it is right. If you )"
            R"(followed a link, go <a class="govuk-link" href="/">to the first page</a>.</p>)"};
    else if (failure.status >= 500)
        content += html::Html{R"(<p class="govuk-body">Nothing was changed. Try again later. If )"
                              R"(it happens again, give the number below to the person who )"
                              R"(looks after the system.</p>)"};
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
