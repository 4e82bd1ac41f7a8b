#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>

#include "engine/core/text.hpp"
#include "engine/lake/csv.hpp"
#include "engine/lake/date_form.hpp"
#include "engine/lake/import.hpp"
#include "engine/lake/inputs.hpp"

namespace wardmote::lake {

namespace {

constexpr std::size_t sample_rows = 500;

struct Sample {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
};

/// The header is the first row with as many filled fields as any of the first rows has.
Sample sample_of(RowSource &source) {
    Sample sample;
    std::vector<std::vector<std::string>> rows;
    Row row;
    while (rows.size() < sample_rows && source.next(row)) {
        if (row.problem.empty()) {
            rows.emplace_back(row.fields.begin(), row.fields.end());
        }
    }
    const auto filled = [](const std::vector<std::string> &fields) {
        return std::count_if(fields.begin(), fields.end(),
                             [](const std::string &field) { return !field.empty(); });
    };
    const auto most = std::max_element(
        rows.begin(), rows.begin() + std::min<std::ptrdiff_t>(30, std::ssize(rows)),
        [&](const auto &a, const auto &b) { return filled(a) < filled(b); });
    if (most == rows.end()) {
        return sample;
    }
    sample.header = *most;
    sample.rows.assign(most + 1, rows.end());
    return sample;
}

/// What a column seems to hold, by its values.
struct Content {
    std::string date_form; ///< that reads all of them
    bool months = true;
    bool financial_years = true;
    bool counts = true;
    bool lsoa = true;
    bool wards = true;
    bool districts = true;
    bool unique = true;
    std::size_t different = 0;
    std::size_t filled = 0;
};

bool is_code(std::string_view text, std::initializer_list<std::string_view> starts) {
    return text.size() == 9 && std::any_of(starts.begin(), starts.end(),
                                           [&](auto start) { return text.starts_with(start); });
}

Content content_of(const Sample &sample, std::size_t column) {
    Content content;
    std::set<std::string> values;
    for (const auto &row : sample.rows) {
        const std::string_view text =
            column < row.size() ? core::trim(row[column]) : std::string_view{};
        if (text.empty()) {
            continue;
        }
        ++content.filled;
        content.unique = values.insert(std::string{text}).second && content.unique;
        content.months = content.months && core::Month::parse(text).has_value();
        content.financial_years =
            content.financial_years && core::FinancialYear::parse(text).has_value();
        const auto number = core::parse_integer(text);
        content.counts = content.counts && number && *number >= 0;
        content.lsoa = content.lsoa && is_code(text, {"E01", "W01"});
        content.wards = content.wards && is_code(text, {"E05", "W05"});
        content.districts = content.districts && is_code(text, {"E06", "E07", "E08", "E09", "W06"});
    }
    content.different = values.size();
    if (content.filled == 0) {
        content.months = content.financial_years = content.counts = content.lsoa = content.wards =
            content.districts = content.unique = false;
        return content;
    }
    for (const DateForm &form : usual_date_forms()) {
        if (std::all_of(values.begin(), values.end(),
                        [&](const std::string &value) { return form.read(value).has_value(); })) {
            content.date_form = form.example();
            break;
        }
    }
    return content;
}

bool named(std::string_view header, std::initializer_list<std::string_view> words) {
    const std::string lower = core::lower(header);
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return lower.find(word) != std::string::npos;
    });
}

/// Which canonical column this seems to be, or "".
std::string guess(std::string_view header, const Content &content) {
    if (content.lsoa) {
        return "lsoa";
    }
    if (content.wards) {
        return "ward";
    }
    if (content.districts) {
        return "district";
    }
    if (content.financial_years) {
        return "year";
    }
    if (content.months) {
        return "month";
    }
    if (!content.date_form.empty()) {
        return "date";
    }
    if (named(header, {"longitude", "lng"})) {
        return "longitude";
    }
    if (named(header, {"latitude"})) {
        return "latitude";
    }
    if (named(header, {"reference", "crime id", "case id", "case number", "ref no"}) ||
        (core::lower(header) == "id" && content.unique)) {
        return "reference";
    }
    if (content.counts && named(header, {"count", "number", "total", "incidents", "reports"})) {
        return "count";
    }
    if (named(header, {"outcome", "result", "disposal"})) {
        return "outcome";
    }
    if (named(header, {"category", "type", "kind", "offence", "reason"})) {
        return "category";
    }
    if (named(header, {"location", "street", "place"}) && !content.counts) {
        return "location";
    }
    return "";
}

std::string toml_text(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
        }
        quoted += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
    return quoted + "\"";
}

/// Lower-case letters and digits, with `joint` for all else.
std::string plain_name(std::string_view text, char joint) {
    std::string name;
    for (const char c : core::lower(text)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            name += c;
        } else if (!name.empty() && name.back() != joint) {
            name += joint;
        }
    }
    while (!name.empty() && name.back() == joint) {
        name.pop_back();
    }
    return name.empty() ? "column" : name;
}

std::string proposal(const Sample &sample, const std::string &name) {
    std::map<std::string, std::string> columns;
    std::string extra;
    std::string date_form;
    std::set<std::string> extra_names;
    for (std::size_t i = 0; i < sample.header.size(); ++i) {
        const std::string &header = sample.header[i];
        if (header.empty()) {
            continue;
        }
        const Content content = content_of(sample, i);
        const std::string canonical = guess(header, content);
        if (!canonical.empty() && columns.try_emplace(canonical, header).second) {
            date_form = canonical == "date" ? content.date_form : date_form;
            continue;
        }
        std::string added = plain_name(header, '_');
        while (!extra_names.insert(added).second) {
            added += "_2";
        }
        extra += fmt::format("{} = {}\n", added, toml_text(header));
    }
    std::string text = fmt::format(
        "# Proposed from {} rows: check each line, take out columns with names, addresses or free "
        "text.\n"
        "name = {}\ntitle = {}\nkind = {}\npublisher = \"\"\nlicence = \"\"\n\n[file]\nnames = "
        "[{}]\n\n[columns]\n",
        sample.rows.size(), toml_text(plain_name(name, '-')), toml_text(name),
        columns.contains("count") ? "\"counts\"" : "\"incidents\"",
        toml_text(plain_name(name, '-') + "-{owner}-{period}"));
    for (const auto &[canonical, header] : columns) {
        text += fmt::format("{} = {}\n", canonical, toml_text(header));
    }
    if (!columns.contains("date") && !columns.contains("month") && !columns.contains("year")) {
        text += "# date = \"\"   # no column of dates was found: name one, or put month = "
                "\"2014-12\" under [file]\n";
    }
    text += extra.empty() ? "" : "\n[extra]\n" + extra;
    if (!date_form.empty()) {
        text += fmt::format("\n[dates]\nforms = [{}] # 31 December 2014 as the file writes it\n",
                            toml_text(date_form));
    }
    return text;
}

} // namespace

std::string propose_mapping(const std::string &path) {
    const auto inputs = find_inputs({path});
    if (inputs.size() != 1 || !inputs.front().problem.empty()) {
        throw std::runtime_error{inputs.size() == 1
                                     ? inputs.front().problem
                                     : fmt::format("{}: is not one file. Name a CSV file or a "
                                                   "spreadsheet.",
                                                   path)};
    }
    const Input &input = inputs.front();
    const std::string name = std::filesystem::path{input.name}.stem().string();
    Sample sample;
    if (input.kind == Input::Kind::spreadsheet) {
        for (const std::string &sheet : spreadsheet_sheets(path)) {
            Sample of_sheet = sample_of(*open_spreadsheet(path, sheet));
            if (of_sheet.rows.size() > sample.rows.size()) {
                sample = std::move(of_sheet);
            }
        }
    } else {
        const auto source = open_input(input);
        CsvReader reader{*source, path};
        sample = sample_of(reader);
    }
    if (sample.rows.empty()) {
        throw std::runtime_error{
            fmt::format("{}: has no rows below a header, so nothing can be proposed.", path)};
    }
    return proposal(sample, name);
}

} // namespace wardmote::lake
