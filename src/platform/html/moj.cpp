#include "platform/html/moj.hpp"

#include "platform/html/form.hpp"

namespace wardmote::html {

namespace {

struct AlertKind {
    Literal name;
    Literal icon; ///< path data in a box of 30 by 30
};

/// Our own drawings, in the sizes of the Ministry's.
AlertKind kind_of(Alert::Kind kind) {
    switch (kind) {
    case Alert::Kind::success:
        return {"success", R"(<path fill="currentColor" d="m11.300 24.700-9.300-9.300 2.600-2.600 )"
                           R"(6.700 6.600L25.400 5.300 28 8z"/>)"};
    case Alert::Kind::warning:
        return {"warning",
                R"(<path fill="currentColor" fill-rule="evenodd" d="M15 2.500 28.700 26)"
                R"(.200H1.300zM13.500 9.500l.300 8.300h2.400l.300-8.300zm1.500 10.500a1.900 )"
                R"(1.900 0 1 0 0 3.700 1.900 1.900 0 0 0 0-3.700z"/>)"};
    case Alert::Kind::error:
        return {
            "error",
            R"(<path fill="currentColor" fill-rule="evenodd" d="M20.200 2.500H9.800L2.500 9.800)"
            R"(v10.400l7.300 7.300h10.400l7.300-7.300V9.800zM10.900 8.900 15 13l4.100-4.100 2 )"
            R"(2-4.100 4.100 4.100 4.100-2 2-4.100-4.100-4.100 4.100-2-2L13 15l-4.100-4.100z"/>)"};
    case Alert::Kind::information:
        break;
    }
    return {"information",
            R"(<path fill="currentColor" fill-rule="evenodd" d="M15 2.500a12.500 12.500 )"
            R"(0 1 1 0 25 12.500 12.500 0 0 1 0-25zm-1.300 10.400v9.500h2.700v-9.500zM15 )"
            R"(7.600a1.600 1.600 0 1 0 0 3.200 1.600 1.600 0 0 0 0-3.200z"/>)"};
}

} // namespace

Html alert(const Alert &alert) {
    const auto [name, icon] = kind_of(alert.kind);
    const Html kind = name;
    const bool heading = alert.shows_heading && !alert.text.empty();
    Html inside;
    if (heading)
        inside = format(R"(<h{} class="moj-alert__heading">{}</h{}>)", alert.heading_level,
                        alert.label, alert.heading_level);
    inside += alert.text.empty() ? text(alert.label) : alert.text.html();
    return format(
        R"(<div role="region" class="moj-alert moj-alert--{}{}" aria-label="{}: {}"><div>)"
        R"(<svg class="moj-alert__icon" aria-hidden="true" focusable="false" viewBox="0 0 30 30" )"
        R"(height="30" width="30">{}</svg></div><div class="moj-alert__content">{}</div></div>)",
        kind, heading ? Html{" moj-alert--with-heading"} : Html{}, kind, alert.label, Html{icon},
        inside);
}

namespace {

Html applied_filters(const Filter &filter) {
    if (filter.applied.empty())
        return {};
    Html groups;
    for (const auto &group : filter.applied) {
        Html tags;
        for (const auto &[words, href] : group.tags)
            tags += format(R"(<li><a class="moj-filter__tag" href="{}">)"
                           R"(<span class="govuk-visually-hidden">Remove this filter</span> {}</a>)"
                           R"(</li>)",
                           href, words);
        groups += format(R"(<h3 class="govuk-heading-s govuk-!-margin-bottom-0">{}</h3>)"
                         R"(<ul class="moj-filter-tags">{}</ul>)",
                         group.heading, tags);
    }
    return format(R"(<div class="moj-filter__selected"><div class="moj-filter__selected-heading">)"
                  R"(<div class="moj-filter__heading-title">)"
                  R"(<h2 class="govuk-heading-s">What is shown</h2></div> )"
                  R"(<div class="moj-filter__heading-action"><p><a class="govuk-link )"
                  R"(govuk-link--no-visited-state" href="{}">Clear filters</a></p></div></div>{})"
                  R"(</div>)",
                  filter.clear_href, groups);
}

} // namespace

Html filter(const Filter &filter) {
    Button apply;
    apply.text = filter.button;
    return format(R"(<form class="moj-filter" action="{}" method="get" aria-label="{}">)"
                  R"(<details class="app-filter"><summary class="govuk-!-font-weight-bold">{})"
                  R"(</summary><div class="moj-filter__content">{})"
                  R"(<div class="moj-filter__options">{}{}</div></div></details></form>)",
                  filter.action, filter.label, filter.label, applied_filters(filter), filter.fields,
                  button(apply));
}

Html identity_bar(const IdentityBar &bar) {
    Html items;
    for (const auto &item : bar.items)
        items += format(R"(<div class="moj-identity-bar__title">{}</div>)", item.html());
    return format(R"(<div class="moj-identity-bar" role="region" aria-label="{}">)"
                  R"(<div class="moj-identity-bar__container">{}</div></div>)",
                  bar.label, items);
}

Html sub_navigation(const SubNavigation &navigation) {
    Html items;
    for (const auto &item : navigation.items)
        items +=
            format(R"(<li class="moj-sub-navigation__item">)"
                   R"(<a class="moj-sub-navigation__link"{} href="{}">{}</a></li>)",
                   item.current ? Html{R"( aria-current="page")"} : Html{}, item.href, item.text);
    return format(R"(<nav class="moj-sub-navigation" aria-label="{}">)"
                  R"(<ul class="moj-sub-navigation__list">{}</ul></nav>)",
                  navigation.label, items);
}

Html add_another(const AddAnother &list) {
    const bool removable = list.may_be_empty || list.items.size() > 1;
    Html items;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const auto title = list.item + " " + std::to_string(i + 1);
        Html remove;
        if (removable) {
            Button one;
            one.text = format(R"(Remove<span class="govuk-visually-hidden"> {}</span>)", title);
            one.name = "remove";
            one.value = list.name + "." + std::to_string(i);
            one.classes = "govuk-button--secondary moj-add-another__remove-button";
            remove = format(R"(<div class="moj-add-another__remove-button-container">{}</div>)",
                            button(one));
        }
        items += format(R"(<div class="moj-add-another__item">)"
                        R"(<fieldset class="govuk-fieldset moj-add-another__item-container">)"
                        R"(<legend class="govuk-fieldset__legend govuk-fieldset__legend--s )"
                        R"(moj-add-another__item-title">{}</legend>{}{}</fieldset></div>)",
                        title, list.items[i], remove);
    }
    Button add;
    add.text = list.button;
    add.name = "add";
    add.value = list.name;
    add.classes = "govuk-button--secondary moj-add-another__add-button";
    // Enter in a field presses a form's first button: that must not be one that removes something.
    return format(R"(<div class="moj-add-another"><button class="govuk-visually-hidden" )"
                  R"(tabindex="-1" aria-hidden="true">Save</button>)"
                  R"(<div class="moj-add-another__items">{}</div>)"
                  R"(<div class="moj-add-another__add-button-container">{}</div></div>)",
                  items, button(add));
}

Html timeline(const Timeline &timeline) {
    Html items;
    for (const auto &item : timeline.items) {
        const auto byline =
            item.byline.empty()
                ? Html{}
                : format(R"(<p class="moj-timeline__byline">by {}</p>)", item.byline);
        const auto description = item.description.empty()
                                     ? Html{}
                                     : format(R"(<div class="moj-timeline__description">{}</div>)",
                                              item.description.html());
        items +=
            format(R"(<div class="moj-timeline__item"><div class="moj-timeline__header">)"
                   R"(<h{} class="moj-timeline__title">{}</h{}> {}</div>)"
                   R"(<p class="moj-timeline__date"><time datetime="{}">{}</time></p>{}</div>)",
                   timeline.heading_level, item.title.html(), timeline.heading_level, byline,
                   item.datetime, item.date, description);
    }
    return format(R"(<div class="moj-timeline">{}</div>)", items);
}

} // namespace wardmote::html
