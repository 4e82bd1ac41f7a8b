#include "platform/html/record_parts.hpp"

#include "platform/html/form_page.hpp"
#include "platform/html/typography.hpp"

namespace wardmote::html {

namespace {

struct StepWords {
    Literal state;
    std::string classes;
};

StepWords words_of(Step::State state) {
    switch (state) {
    case Step::State::done:
        return {"Done", "govuk-tag--green"};
    case Step::State::next:
        return {"Next", ""};
    case Step::State::later:
        break;
    }
    return {"Later", "govuk-tag--grey"};
}

} // namespace

Html empty_state(const EmptyState &state) {
    Html start;
    if (!state.start.text.empty()) {
        Button one;
        one.text = state.start.text;
        one.href = state.start.href;
        start = button(one);
    }
    return format(R"(<div class="app-empty"><h{} class="govuk-heading-m">{}</h{}>)"
                  R"(<p class="govuk-body">{}</p>{}</div>)",
                  state.heading_level, state.title.html(), state.heading_level, state.text.html(),
                  start);
}

Html confirmation(const Confirmation &confirmation) {
    Html points;
    for (const auto &point : confirmation.consequences)
        points += format("<li>{}</li>", point.html());
    Html before;
    if (!points.empty())
        before = format(R"(<p class="govuk-body">What will happen:</p>)"
                        R"(<ul class="govuk-list govuk-list--bullet">{}</ul>)",
                        points);
    if (!confirmation.undoable) {
        WarningText warning;
        warning.text =
            confirmation.warning.empty() ? Content{"This cannot be undone."} : confirmation.warning;
        before += warning_text(warning);
    }
    Form ask;
    ask.action = confirmation.action;
    ask.csrf = confirmation.csrf;
    ask.hidden = confirmation.hidden;
    ask.fields = confirmation.fields;
    ask.button = confirmation.button;
    ask.button_classes = confirmation.undoable ? "" : "govuk-button--warning";
    ask.cancel = confirmation.cancel;
    ask.keeps_draft = !confirmation.fields.empty();
    return before + form(ask);
}

Html steps(const std::vector<Step> &steps) {
    Html items;
    for (const auto &step : steps) {
        const auto [state, colour] = words_of(step.state);
        const auto note = step.note.empty() ? Html{}
                                            : format(R"(<br><span class="app-quiet">{}</span>)",
                                                     step.note.html());
        items += format(R"(<li class="app-step"{}><div>{}{}</div>{}</li>)",
                        step.state == Step::State::next ? Html{R"( aria-current="step")"} : Html{},
                        link(step.what), note, tag({.text = Html{state}, .classes = colour}));
    }
    return format(R"(<ol class="app-steps">{}</ol>)", items);
}

Html attachments(const std::vector<Attachment> &files) {
    if (files.empty())
        return Html{R"(<p class="govuk-body app-quiet">No files yet.</p>)"};
    Html items;
    for (const auto &file : files) {
        auto about = text(file.kind);
        if (!file.size.empty())
            about += text((about.empty() ? "" : ", ") + file.size);
        Html below;
        if (!file.note.empty())
            below = format(R"(<br><span class="app-quiet">{}</span>)", file.note.html());
        Html end = file.state.html();
        if (!file.remove_href.empty())
            end += format(R"( <a class="govuk-link" href="{}">Remove)"
                          R"(<span class="govuk-visually-hidden"> {}</span></a>)",
                          file.remove_href, file.name);
        items +=
            format(R"(<li class="app-file"><div>{} <span class="app-quiet">({})</span>{}</div>)"
                   R"(<div>{}</div></li>)",
                   link({.text = file.name, .href = file.href}), about, below, end);
    }
    return format(R"(<ul class="app-list app-files">{}</ul>)", items);
}

} // namespace wardmote::html
