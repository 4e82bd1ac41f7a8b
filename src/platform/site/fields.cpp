#include "platform/site/fields.hpp"

#include <algorithm>

namespace wardmote::site {

html::Html field(const Line &line, const record::Problems &problems) {
    html::Field base;
    base.name = line.name;
    base.label.text = line.label;
    if (!line.hint.empty()) {
        base.hint.emplace().text = line.hint;
    }
    const auto problem = std::ranges::find(problems, line.name, &record::Problem::field);
    if (problem != problems.end()) {
        base.error.emplace().text = problem->words;
    }
    if (line.type == "password") {
        return html::password_input(
            {.field = std::move(base), .value = {}, .autocomplete = line.autocomplete});
    }
    html::Input input;
    input.field = std::move(base);
    input.type = line.type;
    input.value = line.value;
    input.autocomplete = line.autocomplete;
    if (line.type == "email" || line.name == "code") {
        input.spellcheck = false;
        input.autocapitalize = "none";
    }
    return html::input(input);
}

std::vector<html::ErrorLine> error_lines(const record::Problems &problems,
                                         std::string_view otherwise) {
    std::vector<html::ErrorLine> lines;
    for (const auto &[name, words] : problems) {
        html::ErrorLine line;
        line.text = words;
        line.href = "#" + (name.empty() ? std::string{otherwise} : name);
        lines.push_back(std::move(line));
    }
    return lines;
}

html::Html heading(std::string_view words) {
    return html::format(R"(<h1 class="govuk-heading-l">{}</h1>)", words);
}

html::Html heading_2(std::string_view words) {
    return html::format(R"(<h2 class="govuk-heading-m">{}</h2>)", words);
}

html::Html paragraph(const html::Content &words) {
    return html::format(R"(<p class="govuk-body">{}</p>)", words.html());
}

} // namespace wardmote::site
