#include "platform/record/import_headings.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "engine/core/text.hpp"

namespace wardmote::record {

namespace {

constexpr std::size_t rows_looked_at = 30;
constexpr double likeness_needed = 0.6;

using Words = std::set<std::string, std::less<>>;

/// Without words that say nothing, and without the s of a plural: "Start date" and "Starts" meet.
Words words_of(std::string_view text) {
    constexpr auto idle =
        std::to_array<std::string_view>({"a", "an", "and", "for", "is", "it", "its", "of", "on",
                                         "the", "to", "what", "which", "who", "will", "be"});
    Words words;
    const auto all = folded(text);
    for (std::size_t from = 0; from < all.size();) {
        const auto end = std::min(all.find(' ', from), all.size());
        auto word = all.substr(from, end - from);
        if (word.size() > 3 && word.ends_with('s')) {
            word.pop_back();
        }
        if (std::ranges::find(idle, word) == idle.end()) {
            words.insert(std::move(word));
        }
        from = end + 1;
    }
    return words;
}

/// Dice's coefficient of the words: 1 for the same, 0 for none in common. A whole heading that is
/// written as the name is more than one that has the same words.
double likeness(std::string_view heading, std::string_view name) {
    const auto one = folded(heading);
    if (!one.empty() && one == folded(name)) {
        return 2;
    }
    const auto left = words_of(heading);
    const auto right = words_of(name);
    const auto both =
        std::ranges::count_if(left, [&](const auto &word) { return right.contains(word); });
    return both == 0
               ? 0
               : 2.0 * static_cast<double>(both) / static_cast<double>(left.size() + right.size());
}

double likeness(std::string_view heading, const Field &field) {
    auto best = std::max(likeness(heading, field.name), likeness(heading, field.label));
    for (auto left = field.rules.also_called; !left.empty();) {
        const auto end = std::min(left.find('|'), left.size());
        best = std::max(best, likeness(heading, left.substr(0, end)));
        left.remove_prefix(std::min(end + 1, left.size()));
    }
    return best;
}

std::size_t filled(const core::SheetRow &row) {
    return static_cast<std::size_t>(
        std::ranges::count_if(row.cells, [](const auto &cell) { return !cell.empty(); }));
}

} // namespace

std::string folded(std::string_view text) {
    std::string made;
    for (const char c : core::lower(text)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                          static_cast<unsigned char>(c) >= 0x80;
        if (kept) {
            made += c;
        } else if (!made.empty() && made.back() != ' ') {
            made += ' ';
        }
    }
    return std::string{core::trim(made)};
}

std::vector<const Field *> importable_fields(const Description &what) {
    std::vector<const Field *> fields;
    for (const auto &field : what.fields) {
        if (!field.rules.off_forms) {
            fields.push_back(&field);
        }
    }
    return fields;
}

std::vector<std::string> guessed_fields(const Description &what,
                                        std::span<const std::string> headings) {
    struct Pair {
        double likeness;
        std::size_t column;
        const Field *field;
    };
    std::vector<Pair> pairs;
    for (std::size_t column = 0; column < headings.size(); ++column) {
        for (const auto *field : importable_fields(what)) {
            if (const auto like = likeness(headings[column], *field); like >= likeness_needed) {
                pairs.push_back({like, column, field});
            }
        }
    }
    std::ranges::stable_sort(pairs, std::greater{}, &Pair::likeness);
    std::vector<std::string> fields(headings.size());
    std::set<std::string_view> taken;
    for (const auto &pair : pairs) {
        if (fields[pair.column].empty() && taken.insert(pair.field->name).second) {
            fields[pair.column] = pair.field->name;
        }
    }
    return fields;
}

std::size_t heading_row(const core::Sheet &sheet, const Description &what) {
    const auto has_two = [](const core::SheetRow &row) { return filled(row) >= 2; };
    const auto first = std::ranges::find_if(sheet.rows, has_two);
    const bool of_one_column = first == sheet.rows.end();
    auto best = of_one_column ? 0 : static_cast<std::size_t>(first - sheet.rows.begin());
    std::ptrdiff_t most = 0;
    for (std::size_t i = 0; i < std::min(sheet.rows.size(), rows_looked_at); ++i) {
        if (!of_one_column && !has_two(sheet.rows[i])) {
            continue; // a title
        }
        const auto fields = guessed_fields(what, sheet.rows[i].cells);
        const auto named =
            static_cast<std::ptrdiff_t>(fields.size()) - std::ranges::count(fields, std::string{});
        if (named > most) {
            most = named;
            best = i;
        }
    }
    return best;
}

std::vector<std::string> headings_of(const core::Sheet &sheet, std::size_t row) {
    std::vector<std::string> headings;
    for (auto i = row; i < sheet.rows.size(); ++i) {
        headings.resize(std::max(headings.size(), sheet.rows[i].cells.size()));
    }
    for (std::size_t column = 0; column < headings.size(); ++column) {
        const auto &cells = sheet.rows[row].cells;
        auto words = column < cells.size() ? cells[column] : std::string{};
        std::ranges::replace(words, '\n', ' ');
        headings[column] = words.empty() ? "Column " + column_letters(column) : std::move(words);
    }
    return headings;
}

std::string fingerprint(std::span<const std::string> headings) {
    std::string all;
    for (const auto &heading : headings) {
        if (heading != row_heading && heading != reason_heading) {
            all += folded(heading);
            all += '|';
        }
    }
    return all;
}

std::string column_letters(std::size_t column) {
    std::string letters;
    for (++column; column > 0; column = (column - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
    }
    return letters;
}

} // namespace wardmote::record
