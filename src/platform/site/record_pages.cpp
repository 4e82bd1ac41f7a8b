#include <memory>
#include <utility>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/looks.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/moj.hpp"
#include "platform/html/navigation.hpp"
#include "platform/html/record_parts.hpp"
#include "platform/html/typography.hpp"
#include "platform/record/export.hpp"
#include "platform/record/show.hpp"
#include "platform/site/import_pages.hpp"
#include "platform/site/import_work.hpp"
#include "platform/site/record_kind.hpp"
#include "platform/web/address.hpp"

namespace wardmote::site {

namespace {

using access::Act;
using Needed = access::Need;

/// What a list shows when nobody chose: what names a record, and what it can be narrowed by.
std::vector<std::string> usual_columns(const record::Description &what) {
    std::vector<std::string> columns{std::string{what.title}};
    for (const auto &field : what.fields) {
        if (field.rules.filtered && field.name != what.title) {
            columns.emplace_back(field.name);
        }
    }
    return columns;
}

/// An address part of a handler: (RecordKind::*)(request).
using Handling = web::Response (RecordKind::*)(const web::Request &) const;

web::Handler calling(const std::shared_ptr<const RecordKind> &kind, Handling handling) {
    return [kind, handling](const web::Request &request) { return ((*kind).*handling)(request); };
}

} // namespace

std::vector<record::VisibleKind> visible_kinds(const Site &site, const access::Visit &visit) {
    return visible_kinds(site, visit.person);
}

std::vector<record::VisibleKind> visible_kinds(const Site &site, const access::Person &person) {
    std::vector<record::VisibleKind> kinds;
    for (const auto *what : site.kinds()) {
        if (const auto visible = access::visible_to(person, *what)) {
            kinds.push_back({what, *visible});
        }
    }
    return kinds;
}

void Site::add_records(const record::Description &what, RecordPages pages) {
    m_kinds.push_back(&what);
    if (pages.imports && m_imports->read) {
        add_imports(*this, what, pages);
    }
    const auto own = pages.instead;
    const auto kind = std::make_shared<const RecordKind>(*this, what, std::move(pages));
    const auto handler = [&](const char *method, std::string_view part, Handling handling) {
        const auto found = own.find(method + std::string{part});
        return found == own.end() ? calling(kind, handling) : found->second;
    };
    const auto at = [&](std::string_view part) {
        return std::string{what.path} + std::string{part};
    };
    const auto get = [&](std::string_view part, Act act, Handling handling) {
        m_router.get(at(part), Needed::to(act, what.table), handler("GET ", part, handling));
    };
    const auto post = [&](std::string_view part, Act act, Handling handling) {
        m_router.post(at(part), Needed::to(act, what.table), handler("POST ", part, handling));
    };
    get("", Act::view, &RecordKind::list);
    get(".csv", Act::download, &RecordKind::csv);
    get(".json", Act::download, &RecordKind::json);
    get("/new", Act::create, &RecordKind::ask_new);
    post("", Act::create, &RecordKind::create);
    get("/:id", Act::view, &RecordKind::show);
    get("/:id/edit", Act::edit, &RecordKind::ask_edit);
    post("/:id", Act::edit, &RecordKind::update);
    get("/:id/removal", Act::remove, &RecordKind::ask_removal);
    post("/:id/removal", Act::remove, &RecordKind::remove);
    post("/:id/restoration", Act::restore, &RecordKind::restore);
    get("/:id/history", Act::history, &RecordKind::history);
    get("/:id/seen", Act::seen, &RecordKind::seen);
    if (!what.restricted.empty()) {
        get("/:id/access", Act::view, &RecordKind::access_list);
        post("/:id/access", Act::view, &RecordKind::grant);
        post("/:id/access/:person/removal", Act::view, &RecordKind::withdraw);
    }
    if (what.attachments) {
        get("/:id/files", Act::view, &RecordKind::files);
        m_router.post(at("/:id/files"), Needed::to(Act::attach, what.table),
                      calling(kind, &RecordKind::attach), {.largest_body = 26'000'000});
        get("/:id/files/:file", Act::view, &RecordKind::file);
        get("/:id/files/:file/removal", Act::attach, &RecordKind::ask_file_removal);
        post("/:id/files/:file/removal", Act::attach, &RecordKind::remove_file);
    }
}

const record::Description *Site::kind(std::string_view table) const {
    for (const auto *what : m_kinds) {
        if (what->table == table) {
            return what;
        }
    }
    return nullptr;
}

RecordKind::RecordKind(const Site &site, const record::Description &what, RecordPages pages)
    : m_site{site}
    , m_what{what}
    , m_pages{std::move(pages)}
    , m_shape{.what = &what,
              .columns = m_pages.columns.empty() ? usual_columns(what) : m_pages.columns} {}

std::optional<record::Stored> RecordKind::find(db::Transaction &tx, const web::Request &request,
                                               Act act) const {
    const auto &visit = visit_of(request);
    const auto visible = access::visible_to(visit.person, m_what);
    if (!visible) {
        return std::nullopt;
    }
    auto found = m_site.keeper().find(tx, m_what, request.parameter("id"), *visible);
    return found && may(visit, act, *found) ? std::move(found) : std::nullopt;
}

bool RecordKind::may(const access::Visit &visit, Act act, const record::Stored &record) const {
    return access::may(visit.person, act, m_what, record);
}

core::Date RecordKind::today() const {
    return m_site.clock().now().london_date();
}

std::string with_article(std::string_view one) {
    const bool vowel = one.find_first_of("aeio") == 0; // "a user", "a unit": u is said "you"
    return fmt::format("{} {}", vowel ? "an" : "a", one);
}

bool RecordKind::may_reveal(const access::Visit &visit) const {
    return access::may_somewhere(visit.person, Act::reveal, m_what.table);
}

web::Response RecordKind::missing() const {
    return web::not_found(
        fmt::format("There is no {} here, or it is not yours to see.", m_what.one));
}

std::string RecordKind::title(const record::Values &values,
                              const record::References &references) const {
    const auto &field = m_what.field(m_what.title);
    const auto &value = values[m_what.index(m_what.title)];
    if (field.kind == record::Kind::reference &&
        !references.find(field.rules.refers_to, db::text_of(value))) {
        return fmt::format("the {}", m_what.one);
    }
    return record::in_words(field, value, references, false);
}

bool RecordKind::is_restricted(const record::Values &values) const {
    return !m_what.restricted.empty() &&
           record::Codec<bool>::from(values[m_what.index(m_what.restricted)]);
}

std::string RecordKind::address(std::string_view id, std::string_view part) const {
    return fmt::format("{}/{}{}", m_what.path, id, part);
}

std::vector<html::Link> RecordKind::trail(bool to_list) const {
    std::vector<html::Link> links{{"Home", "/"}};
    links.insert(links.end(), m_pages.parents.begin(), m_pages.parents.end());
    if (to_list) {
        links.push_back({core::capitalised(m_what.many), std::string{m_what.path}});
    }
    return links;
}

html::Html RecordKind::beside_list(const access::Visit &visit) const {
    html::Html add;
    html::Html ways;
    const auto lead_to = [&](const html::Link &to) {
        ways += html::format(R"( <span class="app-small">{}</span>)", html::link(to));
    };
    if (access::may_somewhere(visit.person, Act::create, m_what.table)) {
        add = html::button({.text = "Add " + with_article(m_what.one),
                            .href = std::string{m_what.path} + "/new",
                            .classes = "govuk-!-margin-bottom-0",
                            .attributes = {{"data-key", "n"}}});
        if (m_pages.imports && m_site.imports().read) {
            lead_to({"Bring in a spreadsheet", std::string{m_what.path} + "/imports"});
        }
    }
    for (const auto &[to, need] : m_pages.ways) {
        if (m_site.may_pass(visit, need)) {
            lead_to(to);
        }
    }
    return ways.empty() ? add : html::format(R"(<div class="app-buttons">{}{}</div>)", add, ways);
}

web::Response RecordKind::list(const web::Request &request) const {
    const auto &visit = visit_of(request);
    auto shape = m_shape;
    shape.may_see_removed = access::may_somewhere(visit.person, Act::restore, m_what.table);
    const auto state = read_list(shape, request);
    const bool reveal = may_reveal(visit);
    html::Page page{.title = core::capitalised(m_what.many),
                    .section = m_pages.section,
                    .breadcrumbs = trail(false)};
    m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto kinds = visible_kinds(m_site, visit);
        record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
        const auto visible = access::visible_to(visit.person, m_what);
        const auto listing = m_site.keeper().list(tx, m_what, state.query, visible.value());
        references.load(m_what, listing.records);

        page.content = html::page_head({.title = page.title, .note = beside_list(visit)});
        const bool nothing_asked = state.filters.empty();
        if (listing.total == 0 && nothing_asked) {
            page.content += html::empty_state(
                {.title = fmt::format("No {} yet", m_what.many), .text = m_what.empty_list});
            return;
        }
        const auto last = (listing.total + html::rows_a_page - 1) / html::rows_a_page;
        const auto fields = fields_of(state);
        auto before_number = query_of(fields);
        before_number += before_number.empty() ? "?page=" : "&page=";
        auto results = html::list_tools(list_tools(shape, state, listing.total));
        results += listing.records.empty()
                       ? html::empty_state({.title = fmt::format("No {} fit", m_what.many),
                                            .text = "Take a filter away to see more."})
                       : html::data_table(list_table(shape, state, listing, references, reveal));
        results += html::pages_of(static_cast<int>(state.query.page), static_cast<int>(last),
                                  before_number);
        page.content += html::filter_layout(
            {.filter = list_filter(shape, state, references), .results = results});
        m_site.note(request, state.query.words.empty() ? "list" : "search", m_what.table, {},
                    fmt::format(R"({{"found":{}}})", listing.total));
    });
    return m_site.page(request, std::move(page));
}

web::Response RecordKind::csv(const web::Request &request) const {
    const auto &visit = visit_of(request);
    auto state = read_list(m_shape, request);
    state.query.page_size = 0; // all pages of what is shown
    std::string body;
    m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto kinds = visible_kinds(m_site, visit);
        record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
        const auto visible = access::visible_to(visit.person, m_what);
        const auto listing = m_site.keeper().list(tx, m_what, state.query, visible.value());
        references.load(m_what, listing.records);
        body = record::csv(m_what, listing, state.columns, references, may_reveal(visit));
        m_site.note(request, "export", m_what.table, {},
                    fmt::format(R"({{"form":"CSV","records":{}}})", listing.total));
    });
    return web::download(fmt::format("{}.csv", m_what.many), "text/csv; charset=utf-8",
                         std::move(body));
}

web::Response RecordKind::json(const web::Request &request) const {
    const auto &visit = visit_of(request);
    auto state = read_list(m_shape, request);
    state.query.page_size = 0;
    std::string body;
    m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto visible = access::visible_to(visit.person, m_what);
        const auto listing = m_site.keeper().list(tx, m_what, state.query, visible.value());
        body = record::json(m_what, listing, state.columns, may_reveal(visit));
        m_site.note(request, "export", m_what.table, {},
                    fmt::format(R"({{"form":"JSON","records":{}}})", listing.total));
    });
    return web::download(fmt::format("{}.json", m_what.many), "application/json", std::move(body));
}

html::Page RecordKind::record_page(db::Transaction &tx, const access::Visit &visit,
                                   const record::Stored &record, std::string_view part,
                                   html::Html content) const {
    const auto kinds = visible_kinds(m_site, visit);
    const record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
    const auto name = title(record.values, references);
    html::SubNavigation parts{.label = fmt::format("Parts of this {}", m_what.one)};
    const auto add = [&](std::string words, std::string_view href) {
        parts.items.push_back(
            {std::move(words), address(record.id, href), /*current=*/href == part});
    };
    add("Overview", "");
    if (m_what.attachments) {
        add("Files", "/files");
    }
    if (is_restricted(record.values)) {
        add("Access list", "/access");
    }
    if (may(visit, Act::history, record)) {
        add("History", "/history");
    }
    if (may(visit, Act::seen, record)) {
        add("Who has looked", "/seen");
    }
    auto head = html::page_head(
        {.title = name,
         .note = record.is_removed() ? html::tag({.text = "Removed", .classes = "govuk-tag--grey"})
                                     : html::Html{}});
    if (parts.items.size() > 1) {
        head += html::sub_navigation(parts);
    }
    return {.title = name,
            .content = head + content,
            .section = m_pages.section,
            .breadcrumbs = trail(true),
            .marking = m_pages.marking ? m_pages.marking(record) : html::Marking{}};
}

html::Html RecordKind::buttons(const web::Request &request, const record::Stored &record) const {
    const auto &visit = visit_of(request);
    html::Html all;
    if (may(visit, Act::edit, record)) {
        all += html::button({.text = "Edit",
                             .href = address(record.id, "/edit"),
                             .attributes = {{"data-key", "e"}}});
    }
    if (record.is_removed() && may(visit, Act::restore, record)) {
        all += html::post_button({.action = address(record.id, "/restoration"),
                                  .csrf = csrf(request),
                                  .text = "Restore",
                                  .classes = {}});
    }
    if (!record.is_removed() && may(visit, Act::remove, record)) {
        all += html::button({.text = "Remove",
                             .href = address(record.id, "/removal"),
                             .classes = "govuk-button--secondary"});
    }
    return all.empty() ? all : html::format(R"(<div class="govuk-button-group">{}</div>)", all);
}

web::Response RecordKind::show(const web::Request &request) const {
    const auto &visit = visit_of(request);
    std::optional<html::Page> page;
    m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto record = find(tx, request, Act::view);
        if (!record) {
            return;
        }
        const auto kinds = visible_kinds(m_site, visit);
        record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
        references.load(m_what, std::span{&*record, 1});
        auto content = html::summary_list(
            record::summary(m_what, record->values, references, may_reveal(visit)));
        content += buttons(request, *record);
        if (m_pages.more) {
            content += m_pages.more(tx, visit, *record);
        }
        const auto changed = core::Instant::parse(record->changed);
        content +=
            html::format(R"(<p class="app-small app-quiet">Changed by {}, {}. Version {}.</p>)",
                         access::name_of(tx, record->changed_by), changed ? changed->text() : "",
                         record->version);
        page = record_page(tx, visit, *record, "", std::move(content));
        m_site.note(request, "view", m_what.table, record->id);
    });
    return page ? m_site.page(request, std::move(*page)) : missing();
}

} // namespace wardmote::site
