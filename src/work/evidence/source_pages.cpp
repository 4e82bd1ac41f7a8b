#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "engine/core/text.hpp"
#include "work/evidence/pages.hpp"

namespace wardmote::evidence {

namespace {

SourcesPage sources_page(const Workspace &workspace, const Request &request) {
    const auto &desk = workspace.desk();
    const auto known = desk.standpoint({})->as_known_on;
    SourcesPage page{.desk = &desk,
                     .dataset = request.query("dataset").value_or(""),
                     .sort = request.query("sort").value_or("")};
    page.page = static_cast<std::size_t>(std::max<std::int64_t>(
        1, core::parse_integer(request.query("page").value_or("1")).value_or(1)));
    const auto manifests = workspace.reader().manifests(known);
    const auto ever = core::Instant::end_of(core::Date{9999, 12, 31});
    page.later = workspace.reader().manifests(ever).size() - manifests.size();
    for (auto &coverage : workspace.reader().coverage("", known)) {
        SourceLine line{.coverage = std::move(coverage)};
        for (const auto &file : manifests) {
            if (file.dataset != line.coverage.dataset || file.owner != line.coverage.owner) {
                continue;
            }
            line.rows_in += file.rows_in;
            line.kept += file.rows_kept;
            line.quarantined += file.rows_quarantined;
            line.repeated += file.rows_repeated;
            line.publisher = file.publisher;
            line.latest = line.latest ? std::max(*line.latest, file.received) : file.received;
        }
        page.lines.push_back(std::move(line));
    }
    std::set<std::string> datasets;
    for (const auto &file : manifests) {
        datasets.insert(file.dataset);
        if (page.dataset.empty() || file.dataset == page.dataset) {
            page.files.push_back(file);
        }
    }
    page.datasets.assign(datasets.begin(), datasets.end());
    std::stable_sort(page.files.begin(), page.files.end(),
                     [&](const lake::Manifest &left, const lake::Manifest &right) {
                         return page.sort == "name" ? left.file_name < right.file_name
                                : page.sort == "set-aside"
                                    ? left.rows_quarantined > right.rows_quarantined
                                : page.sort == "rows" ? left.rows_in > right.rows_in
                                                      : left.received > right.received;
                     });
    return page;
}

std::optional<lake::Manifest> find_manifest(const Workspace &workspace, const std::string &id) {
    const auto known = workspace.desk().standpoint({})->as_known_on;
    for (auto &file : workspace.reader().manifests(known)) {
        if (file.id == id) {
            return std::move(file);
        }
    }
    return {};
}

/// How often code and point disagree in the months of a file; nothing for files without points.
std::vector<lake::Disagreement> disagreements(const Workspace &workspace,
                                              const lake::Manifest &file) {
    if (!file.covers || file.rows_by_month.empty()) {
        return {};
    }
    try {
        return workspace.reader().disagreements(
            {.dataset = file.dataset,
             .where = {},
             .period = *file.covers,
             .as_known_on = core::Instant::end_of(workspace.today()),
             .level = lake::Level::district,
             .within_level = {},
             .within_code = {},
             .split_by = {},
             .owner = file.owner});
    } catch (const std::invalid_argument &) {
        return {};
    }
}

} // namespace

Response sources(const Asked &asked) {
    return asked.page({.title = "Sources",
                       .content = sources_view(sources_page(asked.workspace, asked.request)),
                       .section = "/sources",
                       .breadcrumbs = {home_link, sources_link}});
}

Response source(const Asked &asked) {
    auto file = find_manifest(asked.workspace, asked.request.parameter("id"));
    if (!file) {
        return web::not_found("No file with this number has been brought in.");
    }
    SourcePage page{.desk = &asked.workspace.desk(), .file = *file};
    page.disagreements = disagreements(asked.workspace, *file);
    for (const auto &other :
         asked.workspace.reader().manifests(asked.workspace.desk().standpoint({})->as_known_on)) {
        if (other.dataset == file->dataset && other.owner == file->owner && other.covers &&
            file->covers && other.covers->overlap(*file->covers) &&
            other.received > file->received) {
            page.superseded_by = other.id;
        }
    }
    return asked.page({.title = file->file_name,
                       .content = source_view(page),
                       .section = "/sources",
                       .breadcrumbs = {home_link, sources_link}});
}

std::optional<std::string> read_whole(const std::filesystem::path &path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) {
        return {};
    }
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

Response quarantine(const Asked &asked) {
    const auto file = find_manifest(asked.workspace, asked.request.parameter("id"));
    if (!file || file->quarantine.empty()) {
        return web::not_found("No rows of this file were set aside.");
    }
    auto rows =
        read_whole(std::filesystem::path{asked.workspace.home()} / "evidence" / file->quarantine);
    return rows ? web::download(file->file_name + "-set-aside.csv", "text/csv; charset=utf-8",
                                std::move(*rows))
                : web::not_found("The rows set aside cannot be read.");
}

} // namespace wardmote::evidence
