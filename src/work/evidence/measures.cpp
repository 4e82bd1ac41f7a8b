#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "work/evidence/evidence.hpp"
#include "work/evidence/toml_reader.hpp"

namespace wardmote::evidence {

namespace {

void add_conditions(const TomlTable &table, std::string_view key, bool negated,
                    std::vector<lake::Condition> &conditions) {
    const auto where = table.table(key);
    if (!where) {
        return;
    }
    for (const auto &[column, node] : where->raw()) {
        const auto values = where->texts(column.str());
        if (values.empty()) {
            where->fail(node, fmt::format("“{}” names no value.", column.str()));
        }
        conditions.push_back({std::string{column.str()}, values, negated});
    }
}

Source read_source(const TomlTable &table) {
    table.only({"dataset", "where", "where_not", "flags", "words", "whole_place", "title",
                "short_title", "in_sentence", "one", "many", "definition", "note"});
    Source source;
    source.dataset = table.text("dataset");
    add_conditions(table, "where", false, source.where);
    add_conditions(table, "where_not", true, source.where);
    source.flags = table.texts("flags");
    source.words = table.text("words");
    source.whole_place = table.yes("whole_place", false);
    source.title = table.text("title", std::string{});
    source.short_title = table.text("short_title", source.title);
    source.in_sentence = table.text("in_sentence", std::string{});
    source.one = table.text("one", std::string{});
    source.many = table.text("many", std::string{});
    source.definition = table.text("definition", std::string{});
    source.note = table.text("note", std::string{});
    return source;
}

Measure::Part read_part(const TomlTable &table) {
    table.only({"key", "title", "one", "many", "where", "where_not", "flags", "words", "over"});
    Measure::Part part;
    part.key = table.text("key");
    part.title = table.text("title");
    part.one = table.text("one");
    part.many = table.text("many");
    add_conditions(table, "where", false, part.where);
    add_conditions(table, "where_not", true, part.where);
    part.flags = table.texts("flags");
    part.words = table.text("words");
    const auto over = table.text("over", "year to date");
    if (over == "calendar year") {
        part.over = Measure::Part::Over::calendar_year;
    } else if (over == "everything") {
        part.over = Measure::Part::Over::everything;
    } else if (over != "year to date") {
        table.fail(*table.find("over"),
                   "“over” must be \"year to date\", \"calendar year\" or \"everything\".");
    }
    return part;
}

template <typename Value>
Value choice(const TomlTable &table, std::string_view key, Value otherwise,
             std::initializer_list<std::pair<std::string_view, Value>> choices) {
    if (!table.find(key)) {
        return otherwise;
    }
    const auto word = table.text(key);
    std::string names;
    for (const auto &[name, value] : choices) {
        if (word == name) {
            return value;
        }
        names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", name);
    }
    table.fail(*table.find(key), fmt::format("“{}” must be one of {}.", key, names));
}

bool is_key(std::string_view key) {
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
               letter == '-';
    });
}

Measure::Break read_break(const TomlTable &table) {
    table.only({"month", "note"});
    const auto month = core::Month::parse(table.text("month"));
    if (!month) {
        table.fail(*table.find("month"), "“month” must be a month such as \"2017-04\".");
    }
    return {*month, table.text("note")};
}

Measure read_measure(const TomlTable &table) {
    table.only(
        {"key",       "version",       "title",     "short_title",     "plural",  "in_sentence",
         "one",       "many",          "publisher", "definition",      "sources", "annual",
         "polarity",  "denominator",   "breaks",    "provisional_lag", "theme",   "harm_weight",
         "dashboard", "district_only", "parts"});
    Measure measure;
    measure.key = table.text("key");
    if (!is_key(measure.key)) {
        table.fail(*table.find("key"), "“key” may hold small letters, digits and hyphens only.");
    }
    measure.version = static_cast<int>(table.integer("version", 1, 1, 9999));
    measure.title = table.text("title");
    measure.short_title = table.text("short_title", measure.title);
    measure.plural = table.yes("plural", false);
    measure.in_sentence = table.text("in_sentence");
    measure.one = table.text("one");
    measure.many = table.text("many");
    measure.publisher = table.text("publisher");
    measure.definition = table.text("definition");
    for (const auto &source : table.tables("sources")) {
        measure.sources.push_back(read_source(source));
    }
    if (measure.sources.empty()) {
        table.fail(fmt::format("The measure “{}” names no source.", measure.key));
    }
    for (const auto &source : table.tables("annual")) {
        measure.annual.push_back(read_source(source));
    }
    using Polarity = Measure::Polarity;
    using Denominator = Measure::Denominator;
    measure.polarity = choice(table, "polarity", Polarity::neither,
                              {{"lower_is_better", Polarity::lower_is_better},
                               {"higher_is_better", Polarity::higher_is_better},
                               {"neither", Polarity::neither}});
    measure.denominator = choice(table, "denominator", Denominator::none,
                                 {{"residents", Denominator::residents},
                                  {"households", Denominator::households},
                                  {"none", Denominator::none}});
    for (const auto &one : table.tables("breaks")) {
        measure.breaks.push_back(read_break(one));
    }
    measure.provisional_lag = static_cast<int>(table.integer("provisional_lag", 0, 0, 24));
    measure.theme = table.text("theme", std::string{});
    measure.harm_weight = table.real("harm_weight", 0);
    measure.dashboard = table.yes("dashboard", true);
    measure.district_only = table.yes("district_only", false);
    for (const auto &part : table.tables("parts")) {
        measure.parts.push_back(read_part(part));
    }
    measure.file = table.file();
    return measure;
}

void read_file(const std::filesystem::path &path, std::vector<Measure> &measures) {
    const auto document = parse_toml_file(path.string());
    const TomlTable whole{document, path.string()};
    whole.only({"measure"});
    std::set<std::string> here;
    for (const auto &table : whole.tables("measure")) {
        auto measure = read_measure(table);
        if (!here.insert(measure.key).second) {
            table.fail(fmt::format("The measure “{}” stands twice in this file.", measure.key));
        }
        const auto same = std::find_if(measures.begin(), measures.end(),
                                       [&](const Measure &one) { return one.key == measure.key; });
        if (same == measures.end()) {
            measures.push_back(std::move(measure));
        } else if (std::filesystem::path{same->file}.parent_path() == path.parent_path()) {
            table.fail(
                fmt::format("The measure “{}” is defined in {} already.", measure.key, same->file));
        } else {
            *same = std::move(measure);
        }
    }
}

} // namespace

std::string catalogue_folder() {
    if (const char *told = std::getenv("WARDMOTE_CATALOGUE"); told && *told) {
        return told;
    }
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    const auto installed = program.parent_path() / "../share/wardmote/catalogue";
    if (!error && std::filesystem::is_directory(installed, error)) {
        return std::filesystem::weakly_canonical(installed).string();
    }
    return WARDMOTE_SOURCE_DIR "/catalogue";
}

std::vector<Measure> read_measures(const std::vector<std::string> &folders) {
    std::vector<Measure> measures;
    for (const auto &folder : folders) {
        std::vector<std::filesystem::path> files;
        std::error_code error;
        for (const auto &entry : std::filesystem::directory_iterator{folder, error}) {
            if (entry.path().extension() == ".toml") {
                files.push_back(entry.path());
            }
        }
        std::sort(files.begin(), files.end());
        for (const auto &file : files) {
            read_file(file, measures);
        }
    }
    return measures;
}

std::map<std::string, std::string> read_source_titles(const std::vector<std::string> &folders) {
    std::map<std::string, std::string> titles;
    for (const auto &folder : folders) {
        std::error_code error;
        for (const auto &entry : std::filesystem::directory_iterator{folder, error}) {
            if (entry.path().extension() != ".toml") {
                continue;
            }
            try {
                const auto mapping = toml::parse_file(entry.path().string());
                const auto name = mapping["name"].value<std::string>();
                const auto title = mapping["title"].value<std::string>();
                if (name && title) {
                    titles[*name] = *title;
                }
            } catch (const toml::parse_error &) {
                continue; // the import says what is wrong with it
            }
        }
    }
    return titles;
}

} // namespace wardmote::evidence
