// How long a board pack of 40 papers and 400 pages takes: cover and index, one file, a number on
// each page, bookmarks.

#include <chrono>
#include <fstream>

#include <fmt/format.h>

#include "platform/document/process.hpp"
#include "work/partnership/pack.hpp"
#include "work/partnership/pack_job.hpp"

using namespace wardmote;
using namespace wardmote::partnership;

namespace {

constexpr int papers = 40;
constexpr int pages_each = 10;

/// A paper of plain text, a page of which is full.
void write_paper(const std::filesystem::path &folder) {
    std::ofstream html{folder / "paper.html"};
    html << "<!DOCTYPE html><title>Paper</title>";
    for (int page = 1; page <= pages_each; ++page) {
        html << fmt::format(R"(<h1 style="break-before: {}">Part {}</h1>)",
                            page == 1 ? "auto" : "page", page);
        for (int line = 0; line < 40; ++line) {
            html << "<div>What was recorded, where and when, and what the partners did.</div>";
        }
    }
    html.close();
    document::Process{
        {.words = {"weasyprint", "--quiet", "paper.html", "paper.pdf"}, .folder = folder.string()}}
        .wait();
}

} // namespace

int main() {
    const WorkFolder folder;
    write_paper(folder.path());
    PackPlan plan{
        .organisation = "Oxford", .title = "Board", .when = "12 March 2015", .venue = "Town Hall"};
    for (int paper = 1; paper <= papers; ++paper) {
        const auto file = folder.path() / fmt::format("{}.pdf", paper);
        std::filesystem::copy_file(folder.path() / "paper.pdf", file);
        const auto title = fmt::format("Paper {}", paper);
        plan.items.push_back(
            {title,
             "For information",
             {{.position = paper, .title = title, .file = file, .pages = pages_of(file)}}});
    }
    const auto began = std::chrono::steady_clock::now();
    const auto made = make_pack(plan, folder.path());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    fmt::print("{} papers, {} pages: {:.1f} s\n", papers, made.pages, took.count());
}
