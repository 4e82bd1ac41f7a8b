/// Made-up people and their miswritten doubles, in the manner of FEBRL's generator (Christen 2005):
/// for tests and benchmarks of record linkage.
///
/// Names are syllables put together and have Zipf's frequencies. A double has one to four errors:
/// letters put in, left out, changed or swapped, sounds written otherwise, values missing, another
/// value altogether, names exchanged, day and month exchanged. The same seed gives the same people.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/stats/linkage.hpp"
#include "engine/stats/random.hpp"

namespace wardmote::stats {

struct MadePeople {
    enum Field { given, surname, birth, number, street, town, postcode, national, fields };

    std::array<std::vector<std::string>, fields> columns;
    std::vector<std::uint32_t> person; ///< who each record is of
    std::size_t size() const { return person.size(); }
};

class PeopleMaker {
public:
    explicit PeopleMaker(std::uint64_t seed)
        : m_seed{seed} {}

    /// `originals` people, then as many doubles of them, one each.
    MadePeople with_doubles(std::size_t originals) const {
        MadePeople made;
        for (std::size_t i = 0; i < 2 * originals; ++i) {
            const std::size_t who = i % originals;
            auto values = original(who);
            if (i >= originals)
                miswrite(values, who);
            for (std::size_t f = 0; f < values.size(); ++f)
                made.columns[f].push_back(std::move(values[f]));
            made.person.push_back(static_cast<std::uint32_t>(who));
        }
        return made;
    }

private:
    using Values = std::array<std::string, MadePeople::fields>;

    static std::size_t pick(RandomStream &random, std::size_t count) {
        return static_cast<std::size_t>(random.uniform() * static_cast<double>(count));
    }

    /// A rank from 0 to count - 1 with probability about 1 / (rank + 8).
    static std::size_t zipf(RandomStream &random, std::size_t count) {
        const double offset = 8;
        const double most = std::log((static_cast<double>(count) + offset) / offset);
        const double rank = offset * (std::exp(random.uniform() * most) - 1);
        return std::min(static_cast<std::size_t>(rank), count - 1);
    }

    /// The word of a rank: two or three syllables that depend on the kind and the rank.
    static std::string word(std::uint64_t kind, std::size_t rank) {
        static constexpr std::array<const char *, 40> starts = {
            "BA",  "BRI", "CA",  "CLA", "CO", "DA",  "DE",  "DO", "E",  "FA",
            "FLO", "GA",  "GRE", "HA",  "HE", "HU",  "I",   "JA", "JO", "KA",
            "KI",  "LA",  "LE",  "LO",  "MA", "MI",  "MO",  "NA", "NI", "O",
            "PA",  "PHI", "RA",  "RO",  "SA", "SHE", "STE", "TA", "WI", "ZA"};
        static constexpr std::array<const char *, 24> middles = {
            "RA", "LI",  "NNE", "TTO", "RRI", "LLE", "NDA", "CKI", "SHA", "THE", "VI",  "MBE",
            "RO", "SSA", "DI",  "GO",  "NI",  "PHE", "LA",  "RE",  "STI", "WE",  "NGU", "TE"};
        static constexpr std::array<const char *, 20> ends = {
            "N",  "SON", "LEY", "TON",  "RD", "S",  "MAN",  "TH", "NE", "L",
            "CK", "NS",  "BY",  "FORD", "Y",  "RT", "WELL", "NG", "SE", "M"};
        RandomStream random{kind * 1'000'003, rank};
        std::string made = starts[pick(random, starts.size())];
        const std::size_t syllables = 1 + (random.uniform() < 0.35);
        for (std::size_t i = 0; i < syllables; ++i)
            made += middles[pick(random, middles.size())];
        return made + ends[pick(random, ends.size())];
    }

    static std::string birth_of(RandomStream &random) {
        const std::size_t year = 1925 + pick(random, 84);
        return fmt::format("{:04}{:02}{:02}", year, 1 + pick(random, 12), 1 + pick(random, 28));
    }

    std::string any(RandomStream &random, std::size_t field) const {
        switch (field) {
        case MadePeople::given:
            return word(1, zipf(random, 3000));
        case MadePeople::surname:
            return word(2, zipf(random, 30'000));
        case MadePeople::birth:
            return birth_of(random);
        case MadePeople::number:
            return fmt::format("{}", 1 + zipf(random, 300));
        case MadePeople::street:
            return word(3, zipf(random, 8000)) + (random.uniform() < 0.6 ? " ROAD" : " STREET");
        case MadePeople::national:
            return fmt::format("{:08}", pick(random, 100'000'000));
        default:
            break;
        }
        return {};
    }

    /// A town has its own outward postcodes.
    static void settle(RandomStream &random, Values &values) {
        const std::size_t town = zipf(random, 1500);
        values[MadePeople::town] = word(4, town);
        const std::string area = word(5, town % 120).substr(0, 2);
        values[MadePeople::postcode] = fmt::format(
            "{}{} {}{}{}", area, 1 + town % 20, pick(random, 10),
            static_cast<char>('A' + pick(random, 20)), static_cast<char>('A' + pick(random, 20)));
    }

    Values original(std::size_t who) const {
        RandomStream random{m_seed, 2 * who};
        Values values;
        for (std::size_t f = 0; f < values.size(); ++f)
            values[f] = any(random, f);
        settle(random, values);
        // What is missing from the first is also missing from the second.
        for (const std::size_t f : {MadePeople::given, MadePeople::birth, MadePeople::street}) {
            if (random.uniform() < 0.02)
                values[f].clear();
        }
        return values;
    }

    static char letter(RandomStream &random, bool digits) {
        return static_cast<char>(digits ? '0' + static_cast<int>(pick(random, 10))
                                        : 'A' + static_cast<int>(pick(random, 26)));
    }

    static void mistype(RandomStream &random, std::string &text) {
        if (text.empty())
            return;
        const std::size_t at = pick(random, text.size());
        const bool digits = text[at] >= '0' && text[at] <= '9';
        const double kind = random.uniform();
        if (kind < 0.25)
            text.insert(at, 1, letter(random, digits));
        else if (kind < 0.5 && text.size() > 1)
            text.erase(at, 1);
        else if (kind < 0.75)
            text[at] = letter(random, digits);
        else if (at + 1 < text.size())
            std::swap(text[at], text[at + 1]);
    }

    static void write_as_heard(RandomStream &random, std::string &text) {
        static constexpr std::array<std::pair<const char *, const char *>, 12> sounds = {
            {{"PH", "F"},
             {"CK", "K"},
             {"LL", "L"},
             {"TH", "T"},
             {"I", "Y"},
             {"S", "Z"},
             {"C", "K"},
             {"NN", "N"},
             {"TT", "T"},
             {"EY", "Y"},
             {"RR", "R"},
             {"A", "E"}}};
        const std::size_t from = pick(random, sounds.size());
        for (std::size_t i = 0; i < sounds.size(); ++i) {
            const auto &[written, heard] = sounds[(from + i) % sounds.size()];
            const auto at = text.find(written);
            if (at != text.npos) {
                text.replace(at, std::string_view{written}.size(), heard);
                return;
            }
        }
    }

    void miswrite(Values &values, std::size_t who) const {
        RandomStream random{m_seed, 2 * who + 1};
        const std::size_t errors = 1 + pick(random, 4);
        for (std::size_t e = 0; e < errors; ++e) {
            const std::size_t field = pick(random, values.size());
            const double kind = random.uniform();
            if (kind < 0.55)
                mistype(random, values[field]);
            else if (kind < 0.7)
                write_as_heard(random, values[field]);
            else if (kind < 0.82)
                values[field].clear();
            else if (kind < 0.88)
                std::swap(values[MadePeople::given], values[MadePeople::surname]);
            else if (kind < 0.92 && values[MadePeople::birth].size() == 8)
                values[MadePeople::birth] = values[MadePeople::birth].substr(0, 4) +
                                            values[MadePeople::birth].substr(6, 2) +
                                            values[MadePeople::birth].substr(4, 2);
            else if (field == MadePeople::town || field == MadePeople::postcode)
                settle(random, values);
            else
                values[field] = any(random, field);
        }
    }

    std::uint64_t m_seed;
};

/// The table of made people, and settings a person who links would choose: the columns are the
/// fields in their order, the last of them only when `with_number`. Rules that are thorough find
/// more doubles and make more pairs: for ten thousand records, not for a million.
inline LinkageTable table_of(const MadePeople &people, bool with_number) {
    static constexpr std::array<const char *, MadePeople::fields> names = {
        "Given name", "Surname", "Date of birth", "House number",
        "Street",     "Town",    "Postcode",      "National number"};
    LinkageTable table{people.size()};
    for (std::size_t f = 0; f < names.size() - (with_number ? 0 : 1); ++f)
        table.add_text(names[f], people.columns[f]);
    return table;
}

inline LinkageSettings settings_for(bool with_number, bool thorough = false) {
    using F = MadePeople;
    LinkageSettings settings;
    settings.comparisons = {
        compare_name(F::given),
        compare_name(F::surname),
        compare_date(F::birth),
        {F::number, {{LevelKind::exact}, {LevelKind::edits, 1}}, true},
        compare_name(F::street),
        compare_name(F::town),
        {F::postcode, {{LevelKind::exact}, {LevelKind::edits, 1}, {LevelKind::beginning, 3}}}};
    settings.comparisons[0].levels.insert(settings.comparisons[0].levels.begin() + 1,
                                          {LevelKind::exchanged, 0, F::surname});
    settings.comparisons[1].levels.insert(settings.comparisons[1].levels.begin() + 1,
                                          {LevelKind::exchanged, 0, F::given});
    // Each must fail before a pair is lost: birth, postcode, a name, and the house or the street.
    settings.rules = {
        {{F::birth}}, {{F::postcode}}, {{F::given}, {F::surname}}, {{F::street}, {F::number}}};
    if (with_number) {
        settings.comparisons.push_back(
            {F::national, {{LevelKind::exact}, {LevelKind::edits, 1}, {LevelKind::edits, 2}}});
        settings.rules.push_back({{F::national}});
    }
    if (thorough) {
        settings.rules.push_back({{F::surname}});
        settings.rules.push_back({{F::given}});
        settings.rules.push_back({{F::street}});
        settings.rules.push_back({{F::surname, KeyKind::soundex}, {F::town}});
        settings.rules.push_back({{F::given, KeyKind::soundex}, {F::town}});
        settings.rules.push_back({{F::birth, KeyKind::first, 4}, {F::number}});
    }
    return settings;
}

struct LinkageScore {
    std::size_t right = 0, wrong = 0, missed = 0; ///< pairs joined by clusters
    double precision() const {
        return static_cast<double>(right) / static_cast<double>(right + wrong);
    }
    double recall() const {
        return static_cast<double>(right) / static_cast<double>(right + missed);
    }
    double f1() const { return 2 * precision() * recall() / (precision() + recall()); }
};

/// Of clusters of people who each have two records, the second `size() / 2` after the first.
inline LinkageScore score_of(const MadePeople &people, const Linkage &found) {
    LinkageScore score;
    std::vector<std::size_t> sizes(people.size());
    for (const std::uint32_t cluster : found.cluster)
        ++sizes[cluster];
    std::size_t joined = 0;
    for (const std::size_t size : sizes)
        joined += size * (size > 0 ? size - 1 : 0) / 2;
    const std::size_t originals = people.size() / 2;
    for (std::size_t who = 0; who < originals; ++who)
        score.right += found.cluster[who] == found.cluster[who + originals];
    score.missed = originals - score.right;
    score.wrong = joined - score.right;
    return score;
}

} // namespace wardmote::stats
