#include "platform/chart/paint.hpp"

#include <array>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "platform/chart/chart.hpp"
#include "platform/chart/palette.hpp"

namespace wardmote::chart {

namespace {

using namespace palette;

// Classes of the site's own style sheet come first; those after `m-on` are read from here only.
constexpr std::array all_paints = {
    Paint{"s-axis", {}, ink, "1"},
    Paint{"s-grid", {}, grid, "1"},
    Paint{"s-now", "none", data, "2.5", {}, {}, "round"},
    Paint{"s-was", "none", data_before, "1.75", {}, {}, "round"},
    Paint{"s-proj", "none", data, "2.5", "2 5", "round"},
    Paint{"s-mean", {}, data_before, "1", "6 4"},
    Paint{"f-80", band},
    Paint{"f-95", band_faint},
    Paint{"f-now", data},
    Paint{"f-was", data_before},
    Paint{"f-open", paper, data, "1.5"},
    Paint{"f-note", notable},
    Paint{"s-int", {}, data_before, "2"},
    Paint{"is-clear", {}, data},
    Paint{"m", {}, paper, "1.5", {}, {}, "round"},
    Paint{"m1", map[0]},
    Paint{"m2", map[1]},
    Paint{"m3", map[2]},
    Paint{"m4", map[3]},
    Paint{"m5", map[4]},
    Paint{"m-edge", "none", data_before, "1"},
    Paint{"m-halo", "none", paper, "9", {}, {}, "round"},
    Paint{"m-on", "none", ink, "4", {}, {}, "round"},
    Paint{"m-none", paper},
    Paint{"m-rim", "none", data_before, "3", {}, {}, "round"},
    Paint{"s-fine", "none", data, "1.5", {}, {}, "round"},
    Paint{"s-third", "none", data_third, "2", "8 4", {}, "round"},
    Paint{"s-fourth", "none", data_fourth, "2", "2 4", "round"},
    Paint{"f-third", data_third},
    Paint{"f-fourth", data_fourth},
    Paint{"s-break", {}, quiet, "1", "2 3"},
    Paint{"s-lead", "none", data_before, "1"},
    Paint{"s-ring", "none", notable, "1.5"},
    Paint{"s-edge", {}, data_before, "1"},
    Paint{"ref"}, // hides reference lines where the table draws them behind a whole column
};

constexpr std::array all_letterings = {
    Lettering{"t"},
    Lettering{"t-quiet", quiet},
    Lettering{"t-data", data, true},
    Lettering{"t-note", notable},
    Lettering{"t-inv", paper},
    Lettering{"t-b", {}, true},
    Lettering{"t-s", {}, false, true},
};

template <typename Table>
auto find(const Table &table, std::string_view name) {
    for (const auto &row : table) {
        if (row.name == name)
            return &row;
    }
    return static_cast<decltype(&table[0])>(nullptr);
}

using Properties = std::vector<std::pair<std::string_view, std::string_view>>;

void set(Properties &properties, std::string_view name, std::string_view value) {
    if (value.empty())
        return;
    for (auto &property : properties) {
        if (property.first == name) {
            property.second = value;
            return;
        }
    }
    properties.emplace_back(name, value);
}

void apply(Properties &properties, const Paint &paint) {
    set(properties, "fill", paint.fill);
    set(properties, "stroke", paint.stroke);
    set(properties, "stroke-width", paint.stroke_width);
    set(properties, "stroke-dasharray", paint.dashes);
    set(properties, "stroke-linecap", paint.linecap);
    set(properties, "stroke-linejoin", paint.linejoin);
}

void apply(Properties &properties, const Lettering &lettering) {
    set(properties, "fill", lettering.fill);
    set(properties, "font-weight", lettering.bold ? "bold" : "");
    set(properties, "font-size", lettering.small ? "12" : "");
}

Properties properties_of(std::string_view name) {
    Properties properties;
    if (const auto *paint = find(all_paints, name))
        apply(properties, *paint);
    else if (const auto *lettering = find(all_letterings, name))
        apply(properties, *lettering);
    else
        throw std::logic_error(fmt::format("There is no chart class {}.", name));
    return properties;
}

} // namespace

std::span<const Paint> paints() {
    return all_paints;
}

std::span<const Lettering> letterings() {
    return all_letterings;
}

std::string painted(std::string_view classes) {
    Properties properties;
    std::string_view rest = classes;
    while (!rest.empty()) {
        const auto end = rest.find(' ');
        for (const auto &[name, value] : properties_of(rest.substr(0, end)))
            set(properties, name, value);
        rest = end == rest.npos ? std::string_view{} : rest.substr(end + 1);
    }
    std::string text = fmt::format(R"( class="{}")", classes);
    for (const auto &[name, value] : properties)
        text += fmt::format(R"( {}="{}")", name, value);
    return text;
}

std::string stylesheet() {
    std::string rules = fmt::format(
        "svg text{{font:14px {};fill:{};font-variant-numeric:tabular-nums}}\n", font_family, ink);
    const auto add = [&rules](std::string_view prefix, std::string_view name) {
        std::string body;
        for (const auto &[property, value] : properties_of(name))
            body += fmt::format("{}{}:{}{}", body.empty() ? "" : ";", property, value,
                                property == "font-size" ? "px" : "");
        if (!body.empty())
            rules += fmt::format("{}.{}{{{}}}\n", prefix, name, body);
    };
    for (const Lettering &lettering : all_letterings)
        add("svg ", lettering.name);
    for (const Paint &paint : all_paints)
        add("", paint.name);
    // `.s-int.is-clear` rather than `.is-clear`: a page may use that word for something else.
    const auto clear = rules.find("\n.is-clear{");
    rules.insert(clear + 1, ".s-int");
    return rules;
}

} // namespace wardmote::chart
