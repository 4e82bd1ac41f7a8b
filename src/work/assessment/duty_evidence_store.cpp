// What assessments and consultations prove of the duties of the law.
#include <fmt/format.h>

#include "work/assessment/assessment.hpp"
#include "work/assessment/described.hpp"

namespace wardmote::assessment {

namespace {

using core::Date;
using partnership::Duty;
using partnership::Found;

struct Prepared {
    html::Link link;
    std::optional<Date> approved_on;
    std::string section; ///< its text, when one was asked for
};
/// That of a year: the one that was approved first, else the latest begun.
std::optional<Prepared> prepared_in(db::Transaction &tx, const std::string &year,
                                    std::string_view section) {
    const auto row =
        tx.first(fmt::format("select id, title, approved_on, {} as section from assessment "
                             "where tenant = :tenant and removed is null and year = :year "
                             "order by coalesce(approved_on, '9999'), created desc, id",
                             section.empty() ? "title" : section), // a name of the table `sections`
                 {{"tenant", tx.tenant()}, {"year", year}});
    if (!row) {
        return std::nullopt;
    }
    return Prepared{.link = {row->text("title"), "/assessments/" + row->text("id")},
                    .approved_on = Date::parse(row->text("approved_on")),
                    .section = row->text("section")};
}

/// An assessment proves nothing before the board approved it; after the year, it is late.
Found prepared(db::Transaction &tx, Date first, Date last, const Section *section) {
    const auto year = core::FinancialYear::containing(core::Month{first}).name();
    const auto is = prepared_in(tx, year, section == nullptr ? std::string_view{} : section->field);
    if (!is) {
        return {{}, fmt::format("There is no assessment of {}.", year)};
    }
    Found found{.proof = {is->link}, .missing = {}};
    if (!is->approved_on) {
        found.missing = fmt::format("“{}” is not approved yet.", is->link.text);
    } else if (last < *is->approved_on) {
        found.missing = fmt::format("“{}” was approved on {}, which is too late.", is->link.text,
                                    is->approved_on->text());
    } else if (section != nullptr && is->section.empty()) {
        found.missing = fmt::format("“{}” does not say {}.", is->link.text, section->words);
    }
    return found;
}

partnership::Evidence of_section(const Section *section) {
    return [section](db::Transaction &tx, const Duty &, Date first, Date last) {
        return prepared(tx, first, last, section);
    };
}

/// Consultations that ended in a period and meet a condition.
partnership::Evidence asked(std::string condition, const char *missing) {
    return [condition = std::move(condition), missing](db::Transaction &tx, const Duty &,
                                                       Date first, Date last) {
        Found found;
        tx.each("select id, title from consultation where tenant = :tenant and removed is null "
                "and held_on >= :first and held_on <= :last and " +
                    condition + " order by held_on desc, id",
                {{"tenant", tx.tenant()}, {"first", first.iso()}, {"last", last.iso()}},
                [&](const db::Row &row) {
                    found.proof.push_back({row.text("title"), "/consultations/" + row.text("id")});
                });
        if (found.proof.empty()) {
            found.missing = missing;
        }
        return found;
    };
}

} // namespace

partnership::Evidences duty_evidence() {
    partnership::Evidences all{
        {"assessment", of_section(nullptr)},
        {"consultation", asked("kind <> 'by_others'", "Nobody was asked in this period.")},
        {"consultation_groups",
         asked("kind <> 'by_others' and affected_asked = 1 and groups_asked is not null",
               "No consultation says for whom those who were asked stand and that people likely to "
               "be particularly affected were among them.")},
        {"consultation_others",
         asked("kind = 'by_others'", "No consultation by somebody else is kept.")}};
    for (const auto &section : sections) {
        all.emplace("assessment_" + std::string{section.field}, of_section(&section));
    }
    return all;
}

} // namespace wardmote::assessment
