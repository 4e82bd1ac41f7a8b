#include "platform/html/form_page.hpp"

namespace wardmote::html {

namespace {

Html token(const std::string &csrf) {
    return hidden_fields({{.name = "csrf", .value = csrf}});
}

} // namespace

Html form(const Form &form) {
    Button save;
    save.text = form.button;
    save.classes = form.button_classes;
    auto buttons = button(save) + form.more_buttons;
    if (!form.cancel.text.empty())
        buttons += link(form.cancel);
    return format(R"(<form class="app-form" action="{}" method="post" novalidate{}{}>{}{}{})"
                  R"(<div class="app-buttons">{}</div></form>)",
                  form.action,
                  form.sends_files ? Html{R"( enctype="multipart/form-data")"} : Html{},
                  form.keeps_draft ? Html{" data-draft"} : Html{}, token(form.csrf),
                  hidden_fields(form.hidden), form.fields, buttons);
}

Html post_button(const PostButton &one) {
    Html inside;
    if (one.as_link) {
        inside = format(R"(<button class="app-link-button">{}</button>)", one.text.html());
    } else {
        Button drawn;
        drawn.text = one.text;
        drawn.classes = one.classes;
        inside = button(drawn);
    }
    return format(R"(<form class="app-post" action="{}" method="post">{}{}{}</form>)", one.action,
                  token(one.csrf), hidden_fields(one.hidden), inside);
}

} // namespace wardmote::html
