#include <algorithm>

#include "platform/document/render.hpp"
#include "platform/document/write.hpp"

#include <nlohmann/json.hpp>

namespace wardmote::document {

namespace {

using nlohmann::ordered_json;

ordered_json json_of(const core::SourceFile &file, std::size_t number) {
    return {{"number", number},
            {"name", file.name},
            {"sha256", file.sha256},
            {"dataset", file.dataset},
            {"publisher", file.publisher},
            {"licence", file.licence},
            {"received", file.received.iso()},
            {"rows", file.rows},
            {"kept", file.kept},
            {"quarantined", file.quarantined},
            {"repeats", file.repeats}};
}

ordered_json json_of(const Note &note, const std::vector<std::size_t> &files) {
    const auto &figure = note.figure;
    const auto &from = figure.provenance();
    return {{"note", note.number},
            {"key", figure.key()},
            {"value", figure.value()},
            {"unit", figure.unit()},
            {"shown", note.shown},
            {"text", figure.text()},
            {"sentence", figure.sentence()},
            {"measure", from.measure},
            {"definition", from.definition},
            {"filter", from.filter},
            {"area", from.area},
            {"period", from.period},
            {"comparator", from.comparator},
            {"method", from.method},
            {"as_known_on", from.as_known_on.iso()},
            {"rows", from.rows},
            {"notes", from.notes},
            {"files", files}};
}

} // namespace

std::string provenance_json(const Document &document) {
    const auto sources = sources_of(document);
    ordered_json figures = ordered_json::array();
    for (std::size_t i = 0; i < document.notes.size(); ++i)
        figures.push_back(json_of(document.notes[i], sources.of_notes[i]));
    ordered_json files = ordered_json::array();
    for (std::size_t i = 0; i < sources.files.size(); ++i)
        files.push_back(json_of(sources.files[i], i + 1));
    const ordered_json all = {
        {"report", document.name},
        {"title", document.cover.first("Title")},
        {"date", document.date ? ordered_json(document.date->iso()) : ordered_json{}},
        {"as_known_on",
         document.as_known_on ? ordered_json(document.as_known_on->iso()) : ordered_json{}},
        {"figures", std::move(figures)},
        {"files", std::move(files)}};
    // Bytes of a record that are not UTF-8 are shown as a mark, not a failure.
    return all.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace wardmote::document
