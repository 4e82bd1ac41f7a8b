#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "work/evidence/charts.hpp"
#include "work/evidence/page_query.hpp"
#include "work/evidence/pages.hpp"

namespace wardmote::evidence {

namespace {

using web::Request;
using web::Response;

DashboardPage dashboard_page(const Desk &desk, PageQuery query) {
    DashboardPage page{.desk = &desk,
                       .query = std::move(query),
                       .board = {*desk.standpoint({}), {}, {}, {}, {}, {}, {}, {}, {}, 0}};
    page.board = make_dashboard(desk, page.query.options);
    if (desk.areas(desk.part_level())->empty()) {
        return page;
    }
    for (const auto &row : page.board.rows) {
        if (!row.analysis->served.source->whole_place) {
            page.ward_measures.push_back(row.measure);
        }
    }
    for (const auto *measure : page.ward_measures) {
        const bool asked = page.query.wards.empty() ? measure->key == "asb-police"
                                                    : measure->key == page.query.wards;
        if (asked) {
            page.ward_measure = measure;
        }
    }
    if (!page.ward_measure && !page.ward_measures.empty()) {
        page.ward_measure = page.ward_measures.front();
    }
    if (page.ward_measure) {
        auto whole = page.board.at;
        whole.whole = true;
        page.wards = ward_multiples(desk, *page.ward_measure, whole, "/evidence?place=");
    }
    return page;
}

Response dashboard(const Asked &asked) {
    auto query = read_query(asked.workspace.desk(), asked.request);
    if (!query.problem.empty()) {
        return web::bad_request(query.problem);
    }
    const auto page = dashboard_page(asked.workspace.desk(), std::move(query));
    return asked.page({.title = "Evidence",
                       .content = dashboard_view(page),
                       .section = "/evidence",
                       .breadcrumbs = {home_link, evidence_link},
                       .landscape = true});
}

Response dashboard_file(const Asked &asked, bool json) {
    const auto query = read_query(asked.workspace.desk(), asked.request);
    if (!query.problem.empty()) {
        return web::bad_request(query.problem);
    }
    const auto board = make_dashboard(asked.workspace.desk(), query.options);
    return json ? web::inline_file("evidence.json", "application/json", dashboard_json(board))
                : web::download("evidence.csv", "text/csv; charset=utf-8", dashboard_csv(board));
}

/// The figure whose provenance a measure's page gives: what the page is about, else what there is.
void find_figure(MeasurePage &page) {
    for (const auto *what : {"projection-change", "projection", "change", "this", "last-year"}) {
        auto answered =
            answer(*page.desk, page.measure->key + "." + what, page.query.options.asking);
        if (answered.figure) {
            page.figure = std::move(answered.figure);
            break;
        }
        page.why_not = answered.why_not;
    }
    if (!page.figure) {
        return;
    }
    std::map<std::string, std::string> ids;
    const auto known = page.figure->provenance().as_known_on;
    for (const auto &manifest : page.desk->reader().manifests(known)) {
        ids[manifest.sha256 + manifest.file_name] = manifest.id;
    }
    for (const auto &file : page.figure->provenance().files) {
        const auto name = file.name.substr(
            file.name.rfind(": ") == std::string::npos ? 0 : file.name.rfind(": ") + 2);
        page.files.push_back({file, ids[file.sha256 + name]});
    }
    std::stable_sort(page.files.begin(), page.files.end(),
                     [](const FileLine &left, const FileLine &right) {
                         return left.file.received > right.file.received;
                     });
}

std::optional<MeasurePage> measure_page(const Desk &desk, const Request &request, PageQuery query) {
    const auto *measure = desk.measure(request.parameter("measure"));
    const auto at = desk.standpoint(query.options.asking);
    if (!measure || !at) {
        return {};
    }
    MeasurePage page{.desk = &desk,
                     .query = std::move(query),
                     .measure = measure,
                     .analysis = desk.analyse(*measure, *at)};
    find_figure(page);
    return page;
}

std::vector<html::Link> measure_crumbs(const MeasurePage &page) {
    const auto href = address("/evidence/" + page.measure->key, page.query.standpoint());
    return {home_link, evidence_link, {measure_title(page), href}};
}

Response with_measure(const Asked &asked, const std::function<Response(MeasurePage &)> &show) {
    auto query = read_query(asked.workspace.desk(), asked.request);
    if (!query.problem.empty()) {
        return web::bad_request(query.problem);
    }
    auto page = measure_page(asked.workspace.desk(), asked.request, std::move(query));
    return page ? show(*page)
                : web::not_found(fmt::format("No measure is called “{}”.",
                                             asked.request.parameter("measure")));
}

Response measure(const Asked &asked) {
    return with_measure(asked, [&](MeasurePage &page) {
        for (const auto *kind :
             {"year-to-date", "months", "control", "ward-changes", "map", "years"}) {
            if (auto drawn = make_chart(*page.desk, page.measure->key + "." + kind,
                                        page.query.options.asking)) {
                page.charts.emplace_back(kind, std::move(*drawn));
            }
        }
        return asked.page({.title = measure_title(page),
                           .content = measure_view(page),
                           .section = "/evidence",
                           .breadcrumbs = measure_crumbs(page)});
    });
}

Response provenance(const Asked &asked) {
    return with_measure(asked, [&](MeasurePage &page) {
        return asked.page({.title = measure_title(page) + ": where it comes from",
                           .content = provenance_view(page),
                           .section = "/evidence",
                           .breadcrumbs = measure_crumbs(page)});
    });
}

/// "control.csv" or "control.svg" of a measure.
Response chart_file(const Asked &asked) {
    return with_measure(asked, [&](MeasurePage &page) {
        const auto &file = asked.request.parameter("file");
        const auto dot = file.rfind('.');
        const auto end = dot == std::string::npos ? "" : file.substr(dot + 1);
        const auto drawn = make_chart(*page.desk, page.measure->key + "." + file.substr(0, dot),
                                      page.query.options.asking);
        if (!drawn || (end != "csv" && end != "svg")) {
            return web::not_found(fmt::format("This measure has no file “{}”.", file));
        }
        const auto name = fmt::format("{}-{}", page.measure->key, file);
        return end == "csv" ? web::download(name, "text/csv; charset=utf-8", chart::csv(*drawn))
                            : web::download(name, "image/svg+xml", chart::svg(*drawn));
    });
}

Response accessibility(const Asked &asked) {
    return asked.page({.title = "Accessibility",
                       .content = accessibility_view(asked.workspace.settings()),
                       .breadcrumbs = {home_link}});
}

} // namespace

Shell plain_shell(const Workspace &workspace) {
    const auto &settings = workspace.settings();
    const html::Site frame{.name = settings.partnership, .footer_note = settings.footer};
    return {.page = [frame](const Request &,
                            html::Page page) { return web::page(html::page(frame, page)); },
            .exported = [](const Request &, std::string_view, std::string_view) {}};
}

void routes(web::Router &router, const Workspace &workspace, const Shell &shell) {
    using access::Act;
    using access::Need;
    const auto asking = [&workspace, shell](auto handler) {
        return [&workspace, shell, handler](const Request &request) {
            return handler(Asked{workspace, shell, request});
        };
    };
    const auto exporting = [&workspace, shell](auto handler) {
        return [&workspace, shell, handler](const Request &request) {
            auto response = handler(Asked{workspace, shell, request});
            if (response.status == 200) {
                shell.exported(request, "evidence", request.path);
            }
            return response;
        };
    };
    const auto see = Need::to(Act::view, "evidence");
    const auto take = Need::to(Act::download, "evidence");
    router.get("/evidence", see, asking(dashboard));
    router.get("/evidence.csv", take,
               exporting([](const Asked &asked) { return dashboard_file(asked, false); }));
    router.get("/evidence.json", take,
               exporting([](const Asked &asked) { return dashboard_file(asked, true); }));
    router.get("/evidence/:measure", see, asking(measure));
    router.get("/evidence/:measure/provenance", see, asking(provenance));
    router.get("/evidence/:measure/:file", take, exporting(chart_file));
    router.get("/sources", see, asking(sources));
    router.get("/sources/:id", see, asking(source));
    router.get("/sources/:id/quarantine.csv", take, exporting(quarantine));
    // How figures are worked out and how the site can be used are no secrets.
    router.get("/methods", Need::anyone(), asking(methods));
    router.get("/methods/:name", Need::anyone(), asking(method));
    router.get("/accessibility", Need::anyone(), asking(accessibility));
}

void warm(const Workspace &workspace) {
    const auto &desk = workspace.desk();
    const auto page = dashboard_page(desk, {});
    for (const auto &row : page.board.rows) {
        for (const auto *kind : {"year-to-date", "control"}) {
            make_chart(desk, row.measure->key + "." + kind, {});
        }
    }
}

} // namespace wardmote::evidence
