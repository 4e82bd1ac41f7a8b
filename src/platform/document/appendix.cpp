#include <algorithm>

#include "engine/core/text.hpp"
#include "platform/document/render.hpp"

#include <fmt/core.h>

namespace wardmote::document {

namespace {

void add(std::string &words, std::string_view part) {
    if (part.empty())
        return;
    if (!words.empty())
        words += words.back() == '.' ? " " : ". ";
    words += core::capitalised(part);
}

/// "Burglaries of people's homes. Offence group Burglary. Oxford."
std::string what(const core::Figure &figure) {
    const auto &from = figure.provenance();
    std::string words;
    add(words, from.definition);
    add(words, from.filter);
    add(words, from.area);
    return words;
}

std::string when(const core::Provenance &from) {
    return from.comparator.empty() ? from.period
                                   : fmt::format("{}, against {}", from.period, from.comparator);
}

std::string how(const core::Provenance &from) {
    std::string words;
    add(words, from.method);
    for (const auto &note : from.notes)
        add(words, note);
    return words;
}

Html data(const core::Provenance &from, const std::vector<std::size_t> &files, bool say_known) {
    auto words = core::counted(static_cast<std::int64_t>(from.rows), "row", "rows");
    words += files.size() == 1 ? " of file " : " of files ";
    words += runs(files);
    if (say_known)
        words += ", as known on " + from.as_known_on.text();
    return html::text(words);
}

struct Cells {
    const char *label;
    Html words;
};

Html row(const Note &note, const std::vector<Cells> &cells, Medium medium) {
    Html all;
    if (medium == Medium::word) {
        all = html::format(R"(<td><span id="f{}"></span><a href="#r{}">{}</a></td>)", note.number,
                           note.number, note.number);
        for (const auto &cell : cells)
            all += html::format("<td>{}</td>", cell.words);
        return html::format("<tr>{}</tr>", all);
    }
    all = html::format(R"(<th role="rowheader" scope="row" id="f{}"><a class="govuk-link")"
                       R"( href="#r{}" aria-label="Back to note {} in the text">{}</a></th>)",
                       note.number, note.number, note.number, note.number);
    for (const auto &cell : cells)
        all += html::format(R"(<td role="cell" data-label="{}">{}</td>)", cell.label, cell.words);
    return html::format(R"(<tr role="row">{}</tr>)", all);
}

Html table(std::string_view caption, const std::vector<const char *> &headings, const Html &rows) {
    Html head;
    for (const auto *heading : headings)
        head += html::format(R"(<th role="columnheader" scope="col">{}</th>)", heading);
    return html::format(
        R"(<table role="table" class="app-table app-table--tight app-table--cards">)"
        R"(<caption>{}</caption><thead role="rowgroup"><tr role="row">{}</tr></thead>)"
        R"(<tbody role="rowgroup">{}</tbody></table>)",
        caption, head, rows);
}

/// A hash in groups of sixteen, so that it can break between lines.
Html hash(std::string_view sha256) {
    Html groups;
    for (; sha256.size() > 16; sha256.remove_prefix(16))
        groups += html::format("{}<wbr>", sha256.substr(0, 16));
    return html::format(R"(<span class="app-hash">{}</span>)", groups + html::text(sha256));
}

Html file_rows(const Sources &sources, Medium medium) {
    Html rows;
    for (std::size_t i = 0; i < sources.files.size(); ++i) {
        const auto &file = sources.files[i];
        const auto counted = fmt::format(
            "{}{}", core::number(static_cast<std::int64_t>(file.rows)),
            file.quarantined > 0 ? fmt::format(", {} set aside", file.quarantined) : "");
        const std::vector<Cells> cells = {
            {"File", html::text(file.name)},
            {"Publisher", html::text(file.publisher.empty() ? file.dataset : file.publisher)},
            {"Rows", html::text(counted)},
            {"Received", html::text(file.received.london_date().text())},
            {"SHA-256", hash(file.sha256)}};
        Html all;
        if (medium == Medium::word)
            all = html::format("<td>{}</td>", i + 1);
        else
            all = html::format(R"(<th role="rowheader" scope="row" id="file-{}">{}</th>)", i + 1,
                               i + 1);
        for (const auto &cell : cells)
            all +=
                html::format(R"(<td role="cell" data-label="{}">{}</td>)", cell.label, cell.words);
        rows += html::format(R"(<tr role="row">{}</tr>)", all);
    }
    return rows;
}

} // namespace

Sources sources_of(const Document &document) {
    Sources sources;
    for (const auto &note : document.notes) {
        std::vector<std::size_t> numbers;
        for (const auto &file : note.figure.provenance().files) {
            const auto found = std::ranges::find_if(sources.files, [&](const auto &known) {
                return known.sha256 == file.sha256 && known.name == file.name;
            });
            const auto at = static_cast<std::size_t>(found - sources.files.begin());
            if (found == sources.files.end())
                sources.files.push_back(file);
            numbers.push_back(at + 1);
        }
        std::ranges::sort(numbers);
        sources.of_notes.push_back(std::move(numbers));
    }
    return sources;
}

std::string runs(std::span<const std::size_t> numbers) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < numbers.size();) {
        auto end = i;
        while (end + 1 < numbers.size() && numbers[end + 1] == numbers[end] + 1)
            ++end;
        if (end - i < 2) {
            for (; i <= end; ++i)
                parts.push_back(std::to_string(numbers[i]));
        } else {
            parts.push_back(fmt::format("{} to {}", numbers[i], numbers[end]));
            i = end + 1;
        }
    }
    return core::joined(parts, ", ");
}

Html appendix(const Document &document, Medium medium) {
    if (document.notes.empty())
        return {};
    const auto sources = sources_of(document);
    const auto known = document.notes.front().figure.provenance().as_known_on;
    const bool same_known = std::ranges::all_of(document.notes, [&](const Note &note) {
        return note.figure.provenance().as_known_on == known;
    });
    Html rows;
    for (std::size_t i = 0; i < document.notes.size(); ++i) {
        const auto &note = document.notes[i];
        const auto &from = note.figure.provenance();
        const auto key = html::format(R"(<span class="app-hash">{}</span>)", note.figure.key());
        rows += row(note,
                    {{"In the text", html::text(note.shown)},
                     {"What it is", html::text(what(note.figure))},
                     {"Period", html::text(when(from))},
                     {"Method", html::text(how(from))},
                     {"Key", key},
                     {"Data", data(from, sources.of_notes[i], !same_known)}},
                    medium);
    }
    const auto count = static_cast<std::int64_t>(document.notes.size());
    auto caption = core::counted(count, "figure", "figures") + ", all computed, none typed";
    if (same_known)
        caption += ". As known on " + known.text();
    const auto figures = table(
        caption, {"Note", "In the text", "What it is", "Period", "Method", "Key", "Data"}, rows);
    const auto files = table("The files they rest on, each as it was received",
                             {"No.", "File", "Publisher", "Rows", "Received", "SHA-256"},
                             file_rows(sources, medium));
    return html::format(R"(<h2 id="appendix">Appendix: where the figures come from</h2>)"
                        R"(<div class="app-doc__in app-appendix">{}{}</div>)",
                        figures, files);
}

} // namespace wardmote::document
