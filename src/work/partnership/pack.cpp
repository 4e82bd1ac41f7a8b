#include "work/partnership/pack.hpp"

#include <fstream>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/core/text.hpp"
#include "platform/document/process.hpp"

namespace wardmote::partnership {

namespace {

namespace fs = std::filesystem;
using html::Html;

std::string run(const fs::path &folder, std::vector<std::string> words) {
    document::Process process{{.words = std::move(words), .folder = folder.string()}};
    process.wait();
    return process.output();
}

void write(const fs::path &file, const std::string &bytes) {
    std::ofstream out{file, std::ios::binary};
    out << bytes;
    out.close();
    if (!out) {
        throw std::runtime_error{"A file of the board pack could not be written."};
    }
}

/// The first page of each paper, when the front matter has this many pages.
std::vector<std::pair<std::int64_t, std::int64_t>> placed(const PackPlan &plan,
                                                          std::int64_t front) {
    std::vector<std::pair<std::int64_t, std::int64_t>> pages;
    auto next = front + 1;
    for (const auto &item : plan.items) {
        for (const auto &part : item.parts) {
            pages.emplace_back(part.position, next);
            next += part.pages;
        }
    }
    return pages;
}

std::string front_page(const PackPlan &plan, std::int64_t front) {
    const auto pages = placed(plan, front);
    auto at = pages.begin();
    Html lines;
    std::int64_t number = 0;
    for (const auto &item : plan.items) {
        lines +=
            html::format(R"(<tr><th scope="row">{}. {}<br><small>{}</small></th><td></td></tr>)",
                         ++number, item.title, item.about);
        for (const auto &part : item.parts) {
            lines += html::format(R"(<tr><td class="paper">{}{}</td><td class="page">{}</td></tr>)",
                                  part.title, part.late ? " (late)" : "", at->second);
            ++at;
        }
    }
    return html::format(R"(<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{}</title>
<style>
@page {{ size: A4; margin: 25mm 20mm 22mm }}
body {{ font: 11pt/1.4 Arial, "Liberation Sans", sans-serif }}
h1 {{ font-size: 24pt; margin: 0 0 6mm }}
table {{ width: 100%; border-collapse: collapse }}
th, td {{ text-align: left; vertical-align: top; padding: 1.5mm 0 }}
th, td {{ border-bottom: 0.3pt solid #999 }}
tr {{ break-inside: avoid }}
small {{ font-weight: normal }}
.paper {{ padding-left: 8mm }}
.page {{ width: 20mm; text-align: right; font-variant-numeric: tabular-nums }}
</style>
</head>
<body>
<p>{}</p>
<h1>{}</h1>
<p>{}<br>{}</p>
<p>{}</p>
<p>Edition {} of the papers</p>
<h2>Agenda and index</h2>
<table><thead><tr><th scope="col">Item</th><th scope="col" class="page">Page</th></tr></thead>
<tbody>{}</tbody></table>
</body>
</html>
)",
                        plan.title, plan.organisation, plan.title, plan.when, plan.venue,
                        plan.theme.empty() ? "" : "Theme: " + plan.theme, plan.edition, lines)
        .str();
}

/// A PDF of blank A4 pages with "Page 12 of 400" at the foot of each, in a font every reader has
/// (ISO 32000-1, 9.6.2.2).
std::string numbers_pdf(std::int64_t pages) {
    std::string pdf = "%PDF-1.4\n";
    std::vector<std::size_t> offsets;
    const auto object = [&](const std::string &body) {
        offsets.push_back(pdf.size());
        pdf += fmt::format("{} 0 obj\n{}\nendobj\n", offsets.size(), body);
    };
    std::string kids;
    for (std::int64_t page = 0; page < pages; ++page) {
        kids += fmt::format("{} 0 R ", 4 + 2 * page);
    }
    object("<< /Type /Catalog /Pages 2 0 R >>");
    object(fmt::format("<< /Type /Pages /Count {} /Kids [ {}] /MediaBox [0 0 595 842] >>", pages,
                       kids));
    object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    for (std::int64_t page = 1; page <= pages; ++page) {
        object(fmt::format("<< /Type /Page /Parent 2 0 R /Contents {} 0 R "
                           "/Resources << /Font << /F 3 0 R >> >> >>",
                           offsets.size() + 2));
        // On white, so that it can be read over whatever stands there.
        const auto marks = fmt::format("1 g 476 14 100 18 re f 0 g BT /F 10 Tf 482 20 Td "
                                       "(Page {} of {}) Tj ET",
                                       page, pages);
        object(fmt::format("<< /Length {} >>\nstream\n{}\nendstream", marks.size(), marks));
    }
    const auto table = pdf.size();
    pdf += fmt::format("xref\n0 {}\n0000000000 65535 f \n", offsets.size() + 1);
    for (const auto offset : offsets) {
        pdf += fmt::format("{:010} 00000 n \n", offset);
    }
    return pdf + fmt::format("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n",
                             offsets.size() + 1, table);
}

/// What qpdf is to change so that the pack has a bookmark for each paper.
std::string bookmarks(const PackPlan &plan, const nlohmann::json &pack,
                      const std::vector<std::pair<std::int64_t, std::int64_t>> &first_pages) {
    const auto &parts = pack.at("qpdf");
    const auto &objects = parts.at(1);
    const auto root = objects.at("trailer").at("value").at("/Root").get<std::string>();
    auto catalog = objects.at("obj:" + root).at("value");
    const auto first = parts.at(0).at("maxobjectid").get<std::int64_t>() + 1;
    const auto reference = [&](std::int64_t index) { return fmt::format("{} 0 R", first + index); };

    std::vector<std::pair<std::string, std::int64_t>> marks{{"Agenda and index", 1}};
    auto page = first_pages.begin();
    for (const auto &item : plan.items) {
        for (const auto &part : item.parts) {
            marks.emplace_back(part.title, (page++)->second);
        }
    }
    nlohmann::json changed;
    const auto count = static_cast<std::int64_t>(marks.size());
    changed["obj:" + reference(0)]["value"] = {{"/Type", "/Outlines"},
                                               {"/First", reference(1)},
                                               {"/Last", reference(count)},
                                               {"/Count", count}};
    for (std::int64_t mark = 1; mark <= count; ++mark) {
        const auto &[title, number] = marks[static_cast<std::size_t>(mark - 1)];
        const auto target = pack.at("pages").at(static_cast<std::size_t>(number - 1)).at("object");
        nlohmann::json entry{{"/Title", "u:" + title},
                             {"/Parent", reference(0)},
                             {"/Dest", nlohmann::json::array({target, "/Fit"})}};
        if (mark > 1) {
            entry["/Prev"] = reference(mark - 1);
        }
        if (mark < count) {
            entry["/Next"] = reference(mark + 1);
        }
        changed["obj:" + reference(mark)]["value"] = std::move(entry);
    }
    catalog["/Outlines"] = reference(0);
    catalog["/PageMode"] = "/UseOutlines";
    catalog["/Lang"] = "u:en-GB";
    changed["obj:" + root]["value"] = std::move(catalog);
    const nlohmann::json update{
        {"qpdf", nlohmann::json::array({{{"jsonversion", 2}}, std::move(changed)})}};
    return update.dump();
}

} // namespace

std::int64_t pages_of(const std::filesystem::path &pdf) {
    const auto said = run(pdf.parent_path(), {"qpdf", "--show-npages", pdf.filename().string()});
    const auto pages = core::parse_integer(core::trim(said));
    if (!pages || *pages < 1) {
        throw std::runtime_error{"A PDF does not say how many pages it has."};
    }
    return *pages;
}

MadePack make_pack(const PackPlan &plan, const std::filesystem::path &folder) {
    // The index tells page numbers that depend on how long the index is: a second time at most.
    std::int64_t front = 0;
    for (std::int64_t guess = 1; front != guess;) {
        guess = front == 0 ? guess : front;
        write(folder / "front.html", front_page(plan, guess));
        run(folder, {"weasyprint", "--quiet", "--encoding", "utf-8", "front.html", "front.pdf"});
        front = pages_of(folder / "front.pdf");
    }
    MadePack made{.pages = front, .first_pages = placed(plan, front)};
    std::vector<std::string> words{"qpdf", "--empty", "--pages", "front.pdf"};
    for (const auto &item : plan.items) {
        for (const auto &part : item.parts) {
            made.pages += part.pages;
            words.push_back(part.file.string());
        }
    }
    write(folder / "numbers.pdf", numbers_pdf(made.pages));
    for (const auto *word : {"--", "--overlay", "numbers.pdf", "--", "stamped.pdf"}) {
        words.emplace_back(word);
    }
    run(folder, std::move(words));
    const auto trailer = nlohmann::json::parse(run(
        folder, {"qpdf", "--json=2", "--json-key=qpdf", "--json-object=trailer", "stamped.pdf"}));
    const auto root =
        trailer.at("qpdf").at(1).at("trailer").at("value").at("/Root").get<std::string>();
    const auto pack = nlohmann::json::parse(run(
        folder, {"qpdf", "--json=2", "--json-key=qpdf", "--json-key=pages", "--json-object=trailer",
                 "--json-object=" + root.substr(0, root.find(' ')) + ",0", "stamped.pdf"}));
    write(folder / "bookmarks.json", bookmarks(plan, pack, made.first_pages));
    run(folder, {"qpdf", "stamped.pdf", "--update-from-json=bookmarks.json",
                 "--object-streams=generate", "pack.pdf"});
    return made;
}

} // namespace wardmote::partnership
