#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "engine/core/text.hpp"
#include "platform/document/write.hpp"
#include "platform/html/content.hpp"
#include "platform/html/form.hpp"
#include "platform/html/page.hpp"
#include "platform/site/site.hpp"
#include "work/evidence/evidence.hpp"
#include "work/reports/details.hpp"
#include "work/reports/reports.hpp"
#include "work/reports/write_job.hpp"

namespace wardmote::reports {

namespace {

namespace fs = std::filesystem;
using html::Html;
using web::Response;

/// A report that has been written, as its provenance.json tells it.
struct Kept {
    std::string folder; ///< "council-2015-02-02"
    std::string title;
    std::string day;         ///< "2 February 2015"
    std::string as_known_on; ///< "2 February 2015 at 11.59pm"
    std::string report;      ///< "council"
    std::size_t figures = 0;
};

std::string read(const fs::path &path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Only the names that usual_folder() makes: nothing that could lead out of the folder.
bool is_name(std::string_view folder) {
    return !folder.empty() && std::ranges::all_of(folder, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

fs::path reports_folder(const evidence::Workspace &workspace) {
    return fs::path{workspace.home()} / "reports";
}

/// Nothing when there is none, or when it tells of what this visit may not see.
std::optional<Kept> find(const site::Site &site, const access::Visit &visit,
                         const evidence::Workspace &workspace, const std::string &folder) {
    const auto path = reports_folder(workspace) / folder / "provenance.json";
    if (!is_name(folder) || !fs::is_regular_file(path))
        return {};
    const auto json = nlohmann::json::parse(read(path), nullptr, false);
    if (!json.is_object())
        return {};
    const auto words = [&](const char *name) {
        const auto found = json.find(name);
        return found != json.end() && found->is_string() ? found->get<std::string>() : "";
    };
    Kept kept{folder, words("title"), words("date"), words("as_known_on"), words("report"), 0};
    if (const auto day = core::Date::parse(kept.day))
        kept.day = day->text();
    if (const auto known = core::Instant::parse(kept.as_known_on))
        kept.as_known_on = known->text();
    if (const auto figures = json.find("figures"); figures != json.end())
        kept.figures = figures->size();
    if (!may_read(site, visit, kept.report))
        return {};
    return kept;
}

/// Latest first.
std::vector<Kept> all_kept(const site::Site &site, const access::Visit &visit,
                           const evidence::Workspace &workspace) {
    std::vector<std::string> names;
    std::error_code none; // no folder: no reports yet
    for (const auto &entry : fs::directory_iterator{reports_folder(workspace), none})
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names, std::ranges::greater{});
    std::vector<Kept> all;
    for (const auto &name : names)
        if (auto kept = find(site, visit, workspace, name))
            all.push_back(std::move(*kept));
    return all;
}

html::Page list_page(const site::Site &site, const evidence::Workspace &workspace,
                     const web::Request &request) {
    const auto all = all_kept(site, site::visit_of(request), workspace);
    Html rows;
    for (const auto &kept : all)
        rows += html::format(R"(<tr role="row"><th role="rowheader" scope="row">{}</th>)"
                             R"(<td role="cell" data-label="Date">{}</td>)"
                             R"(<td role="cell" data-label="Figures" class="app-num">{}</td></tr>)",
                             html::link({kept.title, "/reports/" + kept.folder}), kept.day,
                             kept.figures);
    const auto list =
        all.empty()
            ? Html{R"(<p class="govuk-body">None has been written yet.</p>)"}
            : html::format(
                  R"(<table role="table" class="app-table app-table--cards"><caption>Every )"
                  R"(figure is frozen as it was known on the day</caption><thead role="rowgroup">)"
                  R"(<tr role="row"><th role="columnheader" scope="col">Report</th>)"
                  R"(<th role="columnheader" scope="col">Date</th><th role="columnheader" )"
                  R"(scope="col" class="app-num">Figures</th></tr></thead>)"
                  R"(<tbody role="rowgroup">{}</tbody></table>)",
                  rows);
    return {.title = "Reports",
            .content = html::format(R"(<h1 class="govuk-heading-l">Reports</h1>{}{})", list,
                                    write_forms(site, workspace, request)),
            .section = "/reports",
            .breadcrumbs = {{"Home", "/"}}};
}

Html downloads(const Kept &kept) {
    const auto address = [&](const char *file) {
        return fmt::format("/reports/{}/{}", kept.folder, file);
    };
    Html links = html::button({.text = "Download PDF",
                               .href = address("report.pdf"),
                               .type = {},
                               .name = {},
                               .value = {},
                               .id = {},
                               .prevent_double_click = {},
                               .classes = "app-button-s",
                               .attributes = {}});
    for (const auto &[words, file] : {std::pair{"Word", "report.docx"},
                                      {"Figures (CSV)", "figures.csv"},
                                      {"Provenance (JSON)", "provenance.json"},
                                      {"One page by itself", "report.html"}})
        links += html::format(" {}", html::link({words, address(file)}));
    return html::format(
        R"(<div class="app-bar app-noprint"><div><p class="app-small"><b>Written as at {}</b></p>)"
        R"(<p class="app-small app-quiet govuk-!-margin-bottom-0">Its {} are frozen as known on )"
        R"({}.</p></div><div class="app-buttons">{}</div></div>)",
        kept.day, core::counted(static_cast<std::int64_t>(kept.figures), "figure", "figures"),
        kept.as_known_on, links);
}

/// The report within its own page. Safe: document::html_file() wrote it, and the page's policy runs
/// nothing in it.
Html article_of(const std::string &markup) {
    constexpr std::string_view open = "<main>", close = "</main>";
    const auto from = markup.find(open);
    const auto to = markup.rfind(close);
    if (from == std::string::npos || to == std::string::npos)
        return {};
    return Html::trusted(markup.substr(from + open.size(), to - from - open.size()));
}

Response report_page(const evidence::Workspace &workspace, const site::Site &site,
                     const web::Request &request) {
    const auto kept = find(site, site::visit_of(request), workspace, request.parameter("folder"));
    if (!kept)
        return web::not_found(
            fmt::format("There is no report “{}” here.", request.parameter("folder")));
    const auto markup = read(reports_folder(workspace) / kept->folder / "report.html");
    return site.page(request, {.title = kept->title + ", " + kept->day,
                               .content = downloads(*kept) + article_of(markup),
                               .section = "/reports",
                               .breadcrumbs = {{"Home", "/"}, {"Reports", "/reports"}}});
}

Response file_of(const site::Site &site, const evidence::Workspace &workspace,
                 const web::Request &request) {
    const auto &folder = request.parameter("folder");
    const auto &file = request.parameter("file");
    const auto &names = document::file_names();
    const auto path = reports_folder(workspace) / folder / file;
    if (!is_name(folder) || std::ranges::find(names, file) == names.end() ||
        !fs::is_regular_file(path) || !find(site, site::visit_of(request), workspace, folder))
        return web::not_found(fmt::format("The report “{}” has no file “{}”.", folder, file));
    if (file == "report.html")
        return web::document(read(path));
    const auto name = folder + "-" + file;
    return web::download(name, web::content_type_of(file), read(path));
}

} // namespace

void routes(site::Site &site, const evidence::Workspace &workspace) {
    using access::Act;
    using access::Need;
    auto &router = site.router();
    const auto see = Need::to(Act::view, "report");
    site.section({"Reports", "/reports", see, "g r"});
    site.records<Details>({.columns = {"report", "title", "addressed_to"},
                           .section = "/reports",
                           .parents = {{"Reports", "/reports"}}});
    router.get("/reports", see, [&site, &workspace](const web::Request &request) {
        return site.page(request, list_page(site, workspace, request));
    });
    add_write_page(site, workspace);
    router.get("/reports/:folder", see, [&site, &workspace](const web::Request &request) {
        return report_page(workspace, site, request);
    });
    router.get("/reports/:folder/:file", Need::to(Act::download, "report"),
               [&site, &workspace](const web::Request &request) {
                   auto response = file_of(site, workspace, request);
                   if (response.status == 200) {
                       site.note(request, "export", "report", request.path);
                   }
                   return response;
               });
}

} // namespace wardmote::reports
