/// Live values for the tests: a few figures of a city, known by their keys.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "platform/document/document.hpp"

namespace wardmote::document {

inline core::SourceFile test_file(std::string name, char digit) {
    return {std::move(name),
            std::string(64, digit),
            "police-recorded",
            "Police",
            "Open Government Licence v3.0",
            core::Instant::start_of({2015, 1, 10}),
            1000,
            990,
            10,
            0};
}

inline core::Figure test_figure(std::string key, double value, std::string text,
                                std::string sentence) {
    core::Provenance from{
        "burglary-home",
        "Burglaries of people’s homes",
        "offence group Burglary of homes",
        "Oxford",
        "April to December 2014",
        "April to December 2013",
        "Difference of two counts",
        core::Instant::end_of({2015, 2, 2}),
        743,
        {test_file("recorded-2013.csv", 'a'), test_file("recorded-2014.csv", 'b')},
        {"December is provisional"}};
    return {std::move(key),      value,          "per cent", std::move(text),
            std::move(sentence), std::move(from)};
}

class TestValues : public LiveValues {
public:
    std::map<std::string, core::Figure, std::less<>> figures;
    std::map<std::string, std::string, std::less<>> verdicts;
    std::map<std::string, chart::Chart, std::less<>> charts;
    std::map<std::string, chart::Table, std::less<>> tables;
    std::map<std::string, std::vector<Item>, std::less<>> lists;
    std::map<std::string, std::string, std::less<>> texts;
    Options asked; ///< the options of the last figure

    TestValues() {
        add("burglary-home.change", -24, "down 24%", "fall",
            "From 421 to 320, down 24%, April to December 2014 on the same months of 2013.");
        add("bicycle-theft.change", -3.8, "down 3.8%", "no clear change",
            "From 1,424 to 1,370, down 3.8%.");
        lists["posts"] = {{{"text", "Coordinator"}, {"duties", "coordinating"}},
                          {{"text", "Officer"}, {"duties", "visiting"}}};
        texts["chair"] = "Director for Community Services";
    }

    void add(const std::string &key, double value, std::string text, std::string verdict,
             std::string sentence) {
        figures.insert_or_assign(key,
                                 test_figure(key, value, std::move(text), std::move(sentence)));
        verdicts[key] = std::move(verdict);
    }

    std::optional<core::Figure> figure(std::string_view key, const Options &options) override {
        asked = options;
        return find(figures, key);
    }
    std::optional<bool> test(std::string_view key, const Options &,
                             std::string_view word) override {
        const auto verdict = find(verdicts, key);
        return verdict ? std::optional{*verdict == word} : std::nullopt;
    }
    std::optional<chart::Chart> chart(std::string_view name) override { return find(charts, name); }
    std::optional<chart::Table> table(std::string_view name) override { return find(tables, name); }
    std::optional<std::vector<Item>> list(std::string_view name) override {
        return find(lists, name);
    }
    std::optional<std::string> text(std::string_view name) override { return find(texts, name); }
    std::string why_not(std::string_view, const Options &) override { return {}; }

private:
    template <typename Value>
    static std::optional<Value> find(const std::map<std::string, Value, std::less<>> &in,
                                     std::string_view name) {
        const auto found = in.find(name);
        return found == in.end() ? std::nullopt : std::optional{found->second};
    }
};

inline chart::Chart test_chart() {
    chart::Chart chart;
    chart.id = "burglary-home-years";
    chart.headline = "Burglary of homes is at its lowest";
    chart.subtitle = "Burglaries a year, Oxford";
    chart.sentence = "Burglary fell from 421 to 320.";
    chart.source = "Police";
    chart.wide =
        html::Html{R"(<svg class="only-wide" width="740" height="60" viewBox="0 0 740 60" )"
                   R"(role="img" aria-label="Burglary fell from 421 to 320.">)"
                   R"(<rect x="0" y="10" width="421" height="20" fill="#6b7276"/>)"
                   R"(<rect x="0" y="35" width="320" height="20" fill="#12436d"/></svg>)"};
    chart.narrow =
        html::Html{R"(<svg class="only-narrow" width="330" height="60" viewBox="0 0 330 60" )"
                   R"(role="img" aria-label="Burglary fell from 421 to 320.">)"
                   R"(<rect x="0" y="10" width="210" height="20" fill="#6b7276"/></svg>)"};
    chart.table = {"Burglaries a year",
                   {{"Year", false}, {"Burglaries", true}},
                   {{"2013-14", "421"}, {"2014-15", "320"}}};
    return chart;
}

} // namespace wardmote::document
