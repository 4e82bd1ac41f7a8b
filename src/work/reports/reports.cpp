#include "work/reports/reports.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "engine/core/text.hpp"
#include "platform/document/write.hpp"
#include "work/evidence/evidence.hpp"
#include "work/reports/records.hpp"
#include "work/reports/values.hpp"

#include <fmt/core.h>

namespace wardmote::reports {

namespace {

namespace fs = std::filesystem;

/// The partnership's own templates stand before the shipped ones.
std::vector<fs::path> folders(const evidence::Workspace &workspace) {
    return {fs::path{workspace.home()} / "catalogue" / "reports",
            fs::path{evidence::catalogue_folder()} / "reports"};
}

/// The file of the catalogue, or an empty path.
fs::path find(const evidence::Workspace &workspace, const std::string &file) {
    for (const auto &folder : folders(workspace))
        if (fs::is_regular_file(folder / file))
            return folder / file;
    return {};
}

std::string read(const fs::path &path) {
    std::ifstream file{path, std::ios::binary};
    std::string all{std::istreambuf_iterator<char>{file}, {}};
    if (!file)
        throw std::runtime_error{fmt::format("{} cannot be read.", path.string())};
    std::erase(all, '\r'); // lines of a template may end as Windows ends them
    return all;
}

} // namespace

std::vector<std::string> report_names(const evidence::Workspace &workspace) {
    std::vector<std::string> names;
    for (const auto &folder : folders(workspace)) {
        std::error_code none; // a folder that is not there holds no templates
        for (const auto &entry : fs::directory_iterator{folder, none})
            if (entry.path().extension() == ".md")
                names.push_back(entry.path().stem().string());
    }
    std::ranges::sort(names);
    const auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    return names;
}

std::string usual_folder(const evidence::Workspace &workspace, std::string_view name,
                         core::Date as_at, std::string_view grant) {
    std::string of;
    for (const char c : core::lower(grant)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain || (!of.empty() && of.back() != '-')) {
            of += plain ? c : '-';
        }
    }
    if (!of.empty() && of.back() != '-') {
        of += '-';
    }
    return fmt::format("{}/reports/{}-{}{}", workspace.home(), name, of, as_at.iso());
}

Looking looking_of(const evidence::Workspace &workspace, const evidence::Asking &asking) {
    const auto today = workspace.today();
    return {.as_at = asking.as_at.value_or(today),
            .read = asking.as_known_on.value_or(core::Instant::end_of(today)),
            .place = workspace.settings().place};
}

Written write_report(std::string_view name, const evidence::Workspace &workspace,
                     const Records &records, const evidence::Asking &asking,
                     const std::string &folder) {
    const auto names = report_names(workspace);
    if (std::ranges::find(names, name) == names.end())
        throw std::runtime_error{fmt::format("There is no report called “{}”.", name)};
    const auto file = find(workspace, fmt::format("{}.md", name));
    ReportValues values{workspace, records, asking};
    auto document = document::compile(name, file.filename().string(), read(file), values);
    document.date = values.as_at();
    // What the evidence was asked for, or what it took where nothing was.
    document.as_known_on = asking.as_known_on;
    if (!asking.as_known_on && !document.notes.empty())
        document.as_known_on = document.notes.front().figure.provenance().as_known_on;

    document::WriteOptions options;
    options.organisation = values.text("partnership").value_or("");
    options.reference_docx = find(workspace, "reference.docx").string();
    document::write_all(document, options, folder);
    return {folder, document::file_names(), document.problems, document.notes.size(),
            document.charts.size()};
}

} // namespace wardmote::reports
