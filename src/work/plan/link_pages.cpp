// The page of an action's partners, measures of success and places.
#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/organisation.hpp"
#include "platform/html/choices.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/home.hpp"
#include "work/evidence/evidence.hpp"
#include "work/plan/desk.hpp"

namespace wardmote::plan {

namespace {

using access::Act;
using access::Need;

constexpr std::size_t most_places = 20;
constexpr std::size_t most_place = 100; ///< characters

const record::Description &what() {
    return record::description<Action>();
}

std::string address(std::string_view id, std::string_view part = {}) {
    return fmt::format("{}/{}{}", what().path, id, part);
}

/// The partners and measures ticked, and the places written one a line.
Links links_typed(const web::Request &request) {
    Links links{.partners = request.values("partner"), .measures = request.values("measure")};
    const auto typed = request.value("places").value_or("");
    for (std::size_t from = 0; from <= typed.size();) {
        const auto end = std::min(typed.find('\n', from), typed.size());
        if (const auto place = core::trim(std::string_view{typed}.substr(from, end - from));
            !place.empty()) {
            links.places.emplace_back(place);
        }
        from = end + 1;
    }
    return links;
}

html::Html link_fields(const Desk &desk, const access::Visit &visit, db::Transaction &tx,
                       const Links &links, const std::string &problem) {
    html::Choices partners{.name = "partner",
                           .chosen = links.partners,
                           .fieldset = html::Fieldset{.legend = html::Legend{.text = "Partners"}},
                           .classes = "govuk-checkboxes--small"};
    for (const auto &one : access::organisations_on(desk.site->keeper(), tx, desk.today(visit))) {
        partners.items.push_back({.text = one.value.name, .value = one.id});
    }
    auto fields = html::checkboxes(partners);
    if (const auto *evidence = desk.evidence_of(visit)) {
        html::Choices measures{
            .name = "measure",
            .chosen = links.measures,
            .fieldset = html::Fieldset{.legend = html::Legend{.text = "Measures of success"}},
            .classes = "govuk-checkboxes--small"};
        for (const auto &measure : evidence->measures()) {
            measures.items.push_back({.text = measure.title, .value = measure.key});
        }
        fields += html::checkboxes(measures);
    } else {
        for (const auto &key : links.measures) {
            fields += html::hidden_fields({{"measure", key}});
        }
    }
    html::Textarea places{.field = {.name = "places",
                                    .label = {.text = "Places"},
                                    .hint = html::Hint{.text = "One on each line"}},
                          .value = fmt::format("{}", fmt::join(links.places, "\n")),
                          .rows = 4};
    if (!problem.empty()) {
        places.field.error = html::ErrorMessage{.text = problem};
    }
    return fields + html::textarea(places);
}

web::Response links_page(const Desk &desk, const web::Request &request, const Links *typed,
                         const std::string &problem) {
    const auto &visit = site::visit_of(request);
    return desk.site->database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto stored = desk.find(tx, request, what(), Act::edit);
        if (!stored) {
            return missing(what());
        }
        const auto action = record::typed<Action>(*stored).value;
        const auto links = typed != nullptr ? *typed : links_of(tx, stored->id);
        html::Page page{.title = "Partners, measures and places",
                        .section = "/plan",
                        .breadcrumbs = {{"Home", "/"},
                                        {"Plan", "/plan"},
                                        {action.ref + " " + action.title, address(stored->id)}}};
        if (!problem.empty()) {
            page.errors.push_back({.text = problem, .href = "#places"});
        }
        page.content = html::page_head({.title = page.title}) +
                       html::form({.action = address(stored->id, "/links"),
                                   .csrf = site::csrf(request),
                                   .fields = link_fields(desk, visit, tx, links, problem),
                                   .cancel = {"Cancel", address(stored->id)}});
        return desk.site->page(request, std::move(page), problem.empty() ? 200 : 422);
    });
}

web::Response save_links(const Desk &desk, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto typed = links_typed(request);
    if (typed.places.size() > most_places ||
        std::ranges::any_of(typed.places,
                            [](const auto &place) { return place.size() > most_place; })) {
        return links_page(desk, request, &typed,
                          fmt::format("Places must be {} or fewer, each of {} characters or fewer",
                                      most_places, most_place));
    }
    const bool saved = desk.site->database().write(visit.scope(), [&](db::Transaction &tx) {
        const auto stored = desk.find(tx, request, what(), Act::edit);
        if (!stored) {
            return false;
        }
        auto links = typed;
        // Only organisations and measures that there are: a form can be made up.
        std::erase_if(links.partners, [&](const std::string &id) {
            return !desk.site->keeper().get<access::Organisation>(tx, id);
        });
        if (const auto *evidence = desk.evidence_of(visit)) {
            std::erase_if(links.measures, [&](const std::string &key) {
                return evidence->measure(key) == nullptr;
            });
        } else {
            links.measures = links_of(tx, stored->id).measures;
        }
        set_links(tx, desk.site->keeper().ledger(), stored->id, links);
        return true;
    });
    return saved ? desk.site->done(request, address(request.parameter("id")),
                                   "Partners, measures and places are saved")
                 : missing(what());
}

} // namespace

void add_link_pages(const Desk &desk) {
    auto &router = desk.site->router();
    router.get(
        "/actions/:id/links", Need::to(Act::edit, "action"),
        [desk](const web::Request &request) { return links_page(desk, request, nullptr, {}); });
    router.post("/actions/:id/links", Need::to(Act::edit, "action"),
                [desk](const web::Request &request) { return save_links(desk, request); });
}

} // namespace wardmote::plan
