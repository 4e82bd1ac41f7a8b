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

Response home(const Workspace &workspace) {
    const auto &desk = workspace.desk();
    auto files = workspace.reader().manifests(desk.standpoint({})->as_known_on);
    std::stable_sort(files.begin(), files.end(), [](const auto &left, const auto &right) {
        return left.received > right.received;
    });
    std::erase_if(files, [](const lake::Manifest &file) { return file.rows_by_month.empty(); });
    const HomePage page{&desk, make_dashboard(desk, {}), std::move(files)};
    return answer_page(workspace, {.title = "Home", .content = home_view(page), .section = "/"});
}

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

Response dashboard(const Workspace &workspace, const Request &request) {
    auto query = read_query(workspace.desk(), request);
    if (!query.problem.empty()) {
        return web::bad_request(query.problem);
    }
    const auto page = dashboard_page(workspace.desk(), std::move(query));
    return answer_page(workspace, {.title = "Evidence",
                                   .content = dashboard_view(page),
                                   .section = "/evidence",
                                   .breadcrumbs = {home_link, evidence_link},
                                   .landscape = true});
}

Response dashboard_file(const Workspace &workspace, const Request &request, bool json) {
    const auto query = read_query(workspace.desk(), request);
    if (!query.problem.empty()) {
        return web::bad_request(query.problem);
    }
    const auto board = make_dashboard(workspace.desk(), query.options);
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

Response with_measure(const Workspace &workspace, const Request &request,
                      const std::function<Response(MeasurePage &)> &show) {
    auto query = read_query(workspace.desk(), request);
    if (!query.problem.empty()) {
        return web::bad_request(query.problem);
    }
    auto page = measure_page(workspace.desk(), request, std::move(query));
    return page ? show(*page)
                : web::not_found(
                      fmt::format("No measure is called “{}”.", request.parameter("measure")));
}

Response measure(const Workspace &workspace, const Request &request) {
    return with_measure(workspace, request, [&](MeasurePage &page) {
        for (const auto *kind :
             {"year-to-date", "months", "control", "ward-changes", "map", "years"}) {
            if (auto drawn = make_chart(*page.desk, page.measure->key + "." + kind,
                                        page.query.options.asking)) {
                page.charts.emplace_back(kind, std::move(*drawn));
            }
        }
        return answer_page(workspace, {.title = measure_title(page),
                                       .content = measure_view(page),
                                       .section = "/evidence",
                                       .breadcrumbs = measure_crumbs(page)});
    });
}

Response provenance(const Workspace &workspace, const Request &request) {
    return with_measure(workspace, request, [&](MeasurePage &page) {
        return answer_page(workspace, {.title = measure_title(page) + ": where it comes from",
                                       .content = provenance_view(page),
                                       .section = "/evidence",
                                       .breadcrumbs = measure_crumbs(page)});
    });
}

/// "control.csv" or "control.svg" of a measure.
Response chart_file(const Workspace &workspace, const Request &request) {
    return with_measure(workspace, request, [&](MeasurePage &page) {
        const auto &file = request.parameter("file");
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

Response accessibility(const Workspace &workspace) {
    return answer_page(workspace, {.title = "Accessibility",
                                   .content = accessibility_view(workspace.settings()),
                                   .breadcrumbs = {home_link}});
}

} // namespace

Response answer_page(const Workspace &workspace, const html::Page &page) {
    return web::page(html::page(site(workspace), page));
}

html::Site site(const Workspace &workspace) {
    const auto &settings = workspace.settings();
    html::Site shell{.name = settings.partnership};
    shell.sections = {home_link, evidence_link, {"Reports", "/reports"}, sources_link};
    shell.footer_links = {{"Accessibility", "/accessibility"}, {"Methods", "/methods"}};
    shell.footer_note = settings.footer;
    return shell;
}

void routes(web::Router &router, const Workspace &workspace) {
    const auto to = [&workspace](auto handler) {
        return
            [&workspace, handler](const Request &request) { return handler(workspace, request); };
    };
    const auto plain = [&workspace](auto handler) {
        return [&workspace, handler](const Request &) { return handler(workspace); };
    };
    router.failures([&workspace](const web::Failure &failure) {
        return html::page(
            site(workspace),
            {.title = failure.status == 404  ? "Page not found"
                      : failure.status < 500 ? "This address cannot be answered"
                                             : "Something went wrong",
             .content = failure_view(failure.status, failure.explanation, failure.request_id)});
    });
    router.get("/", plain(home));
    router.get("/evidence", to(dashboard));
    router.get("/evidence.csv", [&workspace](const Request &request) {
        return dashboard_file(workspace, request, false);
    });
    router.get("/evidence.json", [&workspace](const Request &request) {
        return dashboard_file(workspace, request, true);
    });
    router.get("/evidence/:measure", to(measure));
    router.get("/evidence/:measure/provenance", to(provenance));
    router.get("/evidence/:measure/:file", to(chart_file));
    router.get("/sources", to(sources));
    router.get("/sources/:id", to(source));
    router.get("/sources/:id/quarantine.csv", to(quarantine));
    router.get("/methods", plain(methods));
    router.get("/methods/:name", to(method));
    router.get("/accessibility", plain(accessibility));
}

} // namespace wardmote::evidence
