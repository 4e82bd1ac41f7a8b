/// Figures by key: "<measure>.<what>" from the evidence.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "work/evidence/desk.hpp"
#include "work/evidence/sentences.hpp"

namespace wardmote::evidence {

/// What there is to say to a key. Without a figure, `why_not` is a sentence.
struct Answer {
    std::optional<core::Figure> figure;
    std::string why_not;
    std::string verdict; ///< "rise", "fall", "no clear change" or ""
    std::optional<Listing> listing;
};

Answer answer(const Desk &desk, std::string_view key, const Asking &asking);
std::vector<std::string> figure_keys(const Desk &desk);

/// One key's question, on its way to an answer. figures.cpp answers what compares and projects,
/// figures_more.cpp parts, years, wards and categories.
class Question {
public:
    Question(const Desk &desk, std::string key, const Measure &measure, std::string what,
             const Asking &asking);
    Answer answer();

private:
    struct Rest {
        std::string period;
        std::string comparator;
        std::string method;
        std::vector<core::Period> months;       ///< counted: gives rows and files
        std::vector<lake::Manifest> files = {}; ///< instead of those of `months`
        std::optional<std::uint64_t> rows = {};
        std::string filter = {}; ///< beside the source's own
        std::vector<std::string> notes = {};
    };
    Answer give(double value, std::string unit, std::string text, std::string sentence, Rest rest,
                stats::Verdict verdict = stats::Verdict::not_calculable) const;
    Answer refuse(std::string sentence) const;

    Answer this_period();
    Answer last_period();
    Answer change();
    Answer month_change(unsigned month);
    Answer course();
    Answer rolling(bool before, bool compared);
    Answer projection();
    Answer projection_compared();
    Answer last_year();
    Answer financial_year(core::FinancialYear year);
    Answer calendar_year(core::CalendarYear year);
    Answer lowest();
    Answer parts(bool rising);
    Answer categories();
    Answer rate();
    Answer part(const Measure::Part &part);

    std::optional<YearCount> year_count(core::FinancialYear year) const;
    Rest rest_of_year(const YearCount &year) const;
    std::uint64_t rows_in(const std::vector<core::Period> &periods) const;
    std::string method_of_change() const;
    const Measure &words() const { return m_analysis->served.measure; }

    const Desk &m_desk;
    std::string m_key;
    const Measure &m_measure;
    std::string m_what;
    Asking m_asking;
    std::optional<Standpoint> m_at;
    std::shared_ptr<const Analysis> m_analysis; ///< null for a measure of yearly counts only
};

} // namespace wardmote::evidence
