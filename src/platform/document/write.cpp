#include "platform/document/write.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <unistd.h>

#include "engine/core/figure.hpp"
#include "platform/document/process.hpp"
#include "platform/document/render.hpp"

#include <fmt/core.h>

namespace wardmote::document {

namespace {

namespace fs = std::filesystem;

/// A folder beside the one that is wanted, gone again unless it takes its place.
class Draft {
public:
    explicit Draft(const fs::path &wanted)
        : m_wanted{fs::absolute(wanted).lexically_normal()} {
        if (m_wanted.filename().empty())
            m_wanted = m_wanted.parent_path();
        fs::create_directories(m_wanted.parent_path());
        m_folder =
            m_wanted.parent_path() / fmt::format(".{}.{}", m_wanted.filename().string(), getpid());
        fs::remove_all(m_folder);
        fs::create_directories(made());
        fs::create_directory(work());
    }
    ~Draft() {
        std::error_code ignored; // of what is left behind nobody is harmed
        fs::remove_all(m_folder, ignored);
    }
    Draft(const Draft &) = delete;
    Draft &operator=(const Draft &) = delete;

    fs::path made() const { return m_folder / "made"; } ///< takes the place of the wanted one
    fs::path work() const { return m_folder / "work"; }

    void take_its_place() {
        // A folder cannot be renamed over one that is not empty, so the old one steps aside.
        const auto old = m_folder / "old";
        if (fs::exists(m_wanted))
            fs::rename(m_wanted, old);
        fs::rename(made(), m_wanted);
    }

private:
    fs::path m_wanted;
    fs::path m_folder;
};

void write(const fs::path &path, std::string_view content) {
    std::ofstream file{path, std::ios::binary};
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.close();
    if (!file)
        throw std::runtime_error{fmt::format("{} could not be written.", path.string())};
}

/// The moment that files are dated: midnight of the document's day, as seconds since 1970. A zip
/// file, which a DOCX is, knows no day before 1980.
std::string epoch_of(const Document &document) {
    const auto day = document.date.value_or(core::Date{1980, 1, 1}).days();
    return fmt::format("{}", std::chrono::sys_seconds{day}.time_since_epoch().count());
}

std::unique_ptr<Process> start(const fs::path &folder, const std::string &epoch,
                               std::vector<std::string> words) {
    return std::make_unique<Process>(Command{std::move(words),
                                             folder.string(),
                                             {{"SOURCE_DATE_EPOCH", epoch}, {"TZ", "UTC"}},
                                             std::chrono::seconds{120}});
}

} // namespace

const std::vector<std::string> &file_names() {
    static const std::vector<std::string> names = {"report.html", "report.pdf", "report.docx",
                                                   "figures.csv", "provenance.json"};
    return names;
}

void write_all(const Document &document, const WriteOptions &options, const std::string &folder) {
    try {
        Draft draft{folder};
        const auto made = draft.made();
        const auto work = draft.work();
        const auto epoch = epoch_of(document);

        // WeasyPrint takes longest, so it starts first and the rest is done beside it.
        write(work / "print.html", print_html(document, options));
        const auto pdf = start(work, epoch,
                               {"weasyprint", "--quiet", "--encoding", "utf-8", "--pdf-variant",
                                "pdf/ua-1", "--pdf-identifier", "wardmote-" + document.name,
                                "print.html", "../made/report.pdf"});

        for (std::size_t i = 0; i < document.charts.size(); ++i) {
            const auto svg = fmt::format("figure-{}.svg", i + 1);
            write(work / svg, chart::svg(document.charts[i]));
            start(work, epoch,
                  {"rsvg-convert", "--zoom", "2", "--background-color", "white", "--output",
                   picture_name(i), svg})
                ->wait();
        }
        write(work / "word.html", word_html(document, options));
        std::vector<std::string> words = {
            "pandoc",    "--from",   "html+epub_html_exts", "--to",
            "docx",      "--output", "../made/report.docx", "--metadata",
            "lang=en-GB"};
        if (!options.reference_docx.empty())
            words.push_back("--reference-doc=" + fs::absolute(options.reference_docx).string());
        words.push_back("word.html");
        const auto docx = start(work, epoch, std::move(words));

        write(made / "report.html", html_file(document, options));
        write(made / "figures.csv", core::figures_csv(document.figures()));
        write(made / "provenance.json", provenance_json(document));
        docx->wait();
        pdf->wait();
        draft.take_its_place();
    } catch (const fs::filesystem_error &error) {
        throw std::runtime_error{fmt::format("The report could not be written to {}: {}.", folder,
                                             error.code().message())};
    }
}

} // namespace wardmote::document
