/// A figure: one number of a report or page, with its words and the whole way back to its data.
///
/// A Figure cannot be made without saying where it came from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/clock.hpp"

namespace wardmote::core {

/// A file, or a page of records, that a figure rests on.
struct SourceFile {
    std::string name;   ///< as it was given, without its folder: "2014-12-thames-valley-street.csv"
    std::string sha256; ///< of the file as received, 64 hexadecimal digits
    std::string dataset;   ///< "police-street"
    std::string publisher; ///< who made it
    std::string licence;
    Instant received;
    std::uint64_t rows = 0; ///< rows in it
    std::uint64_t kept = 0;
    std::uint64_t quarantined = 0;
    std::uint64_t repeats = 0;

    bool operator==(const SourceFile &) const = default;
};

/// Where a figure comes from: what was counted, over which months, as known when, by which method,
/// from which files.
struct Provenance {
    std::string measure;    ///< key of the measure, or of the record list
    std::string definition; ///< the measure in words
    std::string filter;     ///< what of the source was counted, in words
    std::string area;       ///< "Oxford"
    std::string period;     ///< "April to December 2014"
    std::string comparator; ///< "April to December 2013"; empty when it is compared with nothing
    std::string method;     ///< "Seasonal share; 80% interval 303 to 337"
    Instant as_known_on;
    std::uint64_t rows = 0; ///< evidence rows counted
    std::vector<SourceFile> files;
    std::vector<std::string> notes; ///< provisional months, gaps, breaks: what a reader must know
};

/// One figure. `text` is what stands in a paragraph ("down 9.5%"), `sentence` says base, result,
/// change and period.
class Figure {
public:
    /// Throws std::logic_error when the provenance names no measure or no file.
    Figure(std::string key, double value, std::string unit, std::string text, std::string sentence,
           Provenance provenance);

    const std::string &key() const { return m_key; }
    double value() const { return m_value; }
    const std::string &unit() const { return m_unit; } ///< "per cent", "offences", "wards" ...
    const std::string &text() const { return m_text; }
    const std::string &sentence() const { return m_sentence; }
    const Provenance &provenance() const { return m_provenance; }

private:
    std::string m_key;
    double m_value;
    std::string m_unit;
    std::string m_text;
    std::string m_sentence;
    Provenance m_provenance;
};

/// The header and rows of figures.csv:
/// key,value,unit,text,sentence,measure,period,comparator,method,as_known_on,sources. Sources are
/// "name sha256" pairs joined by "; ". A value has as many decimals as it needs, one at most for
/// per cent.
std::string figures_csv(const std::vector<Figure> &figures);

} // namespace wardmote::core
