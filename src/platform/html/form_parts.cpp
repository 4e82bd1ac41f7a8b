#include "platform/html/field_parts.hpp"

namespace wardmote::html {

Html truth_if(Literal name, std::optional<bool> value) {
    return value ? attribute_if(name, *value ? "true" : "false") : Html{};
}

Html label(const Label &label) {
    if (label.text.empty())
        return {};
    const auto all =
        format(R"(<label class="{}"{}{}>{}</label>)", classes("govuk-label", label.classes),
               attributes(label.attributes), attribute_if("for", label.for_id), label.text.html());
    return label.page_heading ? format(R"(<h1 class="govuk-label-wrapper">{}</h1>)", all) : all;
}

Html hint(const Hint &hint) {
    return format(R"(<div{} class="{}"{}>{}</div>)", attribute_if("id", hint.id),
                  classes("govuk-hint", hint.classes), attributes(hint.attributes),
                  hint.text.html());
}

Html error_message(const ErrorMessage &message) {
    const auto hidden = message.visually_hidden_text.empty()
                            ? Html{}
                            : format(R"(<span class="govuk-visually-hidden">{}:</span> )",
                                     message.visually_hidden_text);
    return format(R"(<p{} class="{}"{}>{}{}</p>)", attribute_if("id", message.id),
                  classes("govuk-error-message", message.classes), attributes(message.attributes),
                  hidden, message.text.html());
}

Html error_summary(const ErrorSummary &summary) {
    Html inside;
    if (!summary.description.empty())
        inside = format("<p>{}</p>", summary.description.html());
    if (!summary.errors.empty()) {
        Html lines;
        for (const auto &line : summary.errors)
            lines += line.href.empty() ? format("<li>{}</li>", line.text.html())
                                       : format(R"(<li><a href="{}"{}>{}</a></li>)", line.href,
                                                attributes(line.attributes), line.text.html());
        inside += format(R"(<ul class="govuk-list govuk-error-summary__list">{}</ul>)", lines);
    }
    return format(R"(<div class="{}"{}{} data-module="govuk-error-summary"><div role="alert">)"
                  R"(<h2 class="govuk-error-summary__title">{}</h2>)"
                  R"(<div class="govuk-error-summary__body">{}</div></div></div>)",
                  classes("govuk-error-summary", summary.classes),
                  truth_if("data-disable-auto-focus", summary.disable_auto_focus),
                  attributes(summary.attributes), summary.title.html(), inside);
}

Html fieldset(const Fieldset &fieldset) {
    Html legend;
    if (fieldset.legend && !fieldset.legend->text.empty()) {
        const auto &words = fieldset.legend->text.html();
        legend = format(R"(<legend class="{}">{}</legend>)",
                        classes("govuk-fieldset__legend", fieldset.legend->classes),
                        fieldset.legend->page_heading
                            ? format(R"(<h1 class="govuk-fieldset__heading">{}</h1>)", words)
                            : words);
    }
    return format(R"(<fieldset class="{}"{}{}{}>{}{}</fieldset>)",
                  classes("govuk-fieldset", fieldset.classes), attribute_if("role", fieldset.role),
                  attribute_if("aria-describedby", fieldset.described_by),
                  attributes(fieldset.attributes), legend, fieldset.content);
}

Described describe(const std::string &id, const std::optional<Hint> &hint,
                   const std::optional<ErrorMessage> &error, std::string described_by) {
    Described all{.markup = {}, .by = std::move(described_by)};
    if (hint) {
        auto drawn = *hint;
        drawn.id = id + "-hint";
        all.by = classes(all.by, drawn.id);
        all.markup += html::hint(drawn);
    }
    if (error) {
        auto drawn = *error;
        drawn.id = id + "-error";
        all.by = classes(all.by, drawn.id);
        all.markup += error_message(drawn);
    }
    return all;
}

Html form_group(const FormGroup &group, bool has_error, const Html &inside) {
    const auto names = classes(
        classes("govuk-form-group", has_error ? "govuk-form-group--error" : ""), group.classes);
    return format(R"(<div class="{}"{}>{}</div>)", names, attributes(group.attributes), inside);
}

} // namespace wardmote::html
