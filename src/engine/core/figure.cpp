#include "engine/core/figure.hpp"

#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::core {

Figure::Figure(std::string key, double value, std::string unit, std::string text,
               std::string sentence, Provenance provenance)
    : m_key{std::move(key)}
    , m_value{value}
    , m_unit{std::move(unit)}
    , m_text{std::move(text)}
    , m_sentence{std::move(sentence)}
    , m_provenance{std::move(provenance)} {
    if (m_provenance.measure.empty() || m_provenance.files.empty())
        throw std::logic_error{fmt::format("figure {} does not say where it comes from", m_key)};
}

std::string figures_csv(const std::vector<Figure> &figures) {
    std::string csv = "key,value,unit,text,sentence,measure,period,comparator,method,as_known_on,"
                      "sources\r\n";
    for (const Figure &figure : figures) {
        const Provenance &from = figure.provenance();
        const bool whole = figure.value() == std::floor(figure.value());
        std::string sources;
        for (const SourceFile &file : from.files) {
            if (!sources.empty())
                sources += "; ";
            sources += file.name + " " + file.sha256;
        }
        const std::vector<std::string> fields = {figure.key(),
                                                 whole ? fmt::format("{:.0f}", figure.value())
                                                       : fmt::format("{:.1f}", figure.value()),
                                                 figure.unit(),
                                                 figure.text(),
                                                 figure.sentence(),
                                                 from.measure,
                                                 from.period,
                                                 from.comparator,
                                                 from.method,
                                                 from.as_known_on.iso(),
                                                 sources};
        csv += csv_line(fields);
    }
    return csv;
}

} // namespace wardmote::core
